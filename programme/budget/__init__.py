"""The budget of a year: read as it stood on a day, drawn up, proposed, decided."""
