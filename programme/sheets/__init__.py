"""Tables as files: a spreadsheet for people and CSV for machines, from the same cells."""
