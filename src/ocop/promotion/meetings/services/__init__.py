"""Writes of trade meetings."""
