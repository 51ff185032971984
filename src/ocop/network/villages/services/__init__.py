"""Writes of craft villages."""
