"""Writes of the days of events."""
