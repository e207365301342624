"""Deadlines counted back from meetings: laid for every round and budget season, moved, and done."""
