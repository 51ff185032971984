"""Criteria sets by decree, and scoring."""
