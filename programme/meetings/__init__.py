"""Meetings of bodies: called, moved and held; their agendas, and what is written down of them."""
