"""The network of the demonstration."""
