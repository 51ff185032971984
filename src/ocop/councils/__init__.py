"""Councils and what comes of their marks."""
