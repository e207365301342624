"""The history of a line: what was said of it and when, what changed, and how each report told it."""
