"""Writes of traceability, by their subject."""
