"""Administrative units through time."""

from ocop.places.locating import Located, locate

__all__ = ["Located", "locate"]
