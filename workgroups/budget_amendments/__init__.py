"""How a decided budget changes: proposed, decided by the body whose matter it is, then an amendment of it."""
