"""Pages of the coordination office and the communes."""
