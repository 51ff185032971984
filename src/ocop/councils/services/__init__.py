"""Writes of councils, by subject."""
