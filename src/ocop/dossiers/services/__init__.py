"""Writes of dossiers, by subject."""
