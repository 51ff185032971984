"""Writes of design centres."""
