"""Reads of dossiers, by subject."""
