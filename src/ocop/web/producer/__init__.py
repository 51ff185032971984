"""The producer face."""
