"""Reads of councils, by subject."""
