"""Writes of support."""
