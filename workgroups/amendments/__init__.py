"""How a decided target or an approved action changes: proposed, decided by the body whose matter it is."""
