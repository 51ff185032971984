"""Traceability in the demonstration: what is sold, where it is made, and in which lots."""
