"""Meetings: read, called, their agendas and minutes."""
