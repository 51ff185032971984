"""Indicators, targets and the words they are told in."""
