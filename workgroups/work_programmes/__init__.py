"""A group’s work programme: its grid, its rows and cells, its way to approval, its versions."""
