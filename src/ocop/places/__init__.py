"""Administrative units through time."""
