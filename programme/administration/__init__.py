"""The administration of the portal: people and their roles, invitations, rounds, thresholds, bodies."""
