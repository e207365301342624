"""The past comes in: reports that were presented before the portal made them."""
