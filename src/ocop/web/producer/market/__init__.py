"""Selling online on the producer's face."""
