"""Writes of selling online."""
