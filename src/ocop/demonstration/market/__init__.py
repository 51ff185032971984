"""Selling online in the demonstration province."""
