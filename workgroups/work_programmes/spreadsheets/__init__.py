"""A work programme as a spreadsheet: out, and in again with a preview of what would change."""
