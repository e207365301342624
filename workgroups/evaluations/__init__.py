"""Rounds of self-evaluation: started by the office, answered by the groups' members, counted when closed."""
