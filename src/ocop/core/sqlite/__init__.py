"""The framework's SQLite, with another way to wait for one's turn (see `base`)."""
