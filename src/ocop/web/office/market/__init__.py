"""Selling online in the office."""
