"""What the municipalities pay: keys and shares of years, settlements, what is carried from year to year."""
