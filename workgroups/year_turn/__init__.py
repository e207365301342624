"""The turn of the year: what became of each line of a plan, and what of it stands in the next year's."""
