"""Writes of promotion."""
