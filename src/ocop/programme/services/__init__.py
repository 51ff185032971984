"""Writes of the programme, by subject."""
