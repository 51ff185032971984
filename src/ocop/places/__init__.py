"""Administrative units through time."""

from ocop.places.locating import Located, locate, located_alike

__all__ = ["Located", "locate", "located_alike"]
