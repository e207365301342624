"""Loads the sample as it was known on a day (model of the portal: “The sample on a day”)."""
