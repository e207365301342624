"""What a meeting hands over to the authority's case management: its papers and their metadata."""
