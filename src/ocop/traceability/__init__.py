"""Stamps, lots and events: what a pack says about where it comes from, and who asked."""
