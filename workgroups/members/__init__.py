"""Who belongs to a group: its seats and their holders, what is missing, and how the office keeps them."""
