"""Reads the programme document and the sample, and puts them into the database whole or not at all."""
