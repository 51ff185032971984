"""The page that a code on a pack opens, and the resolver in front of it."""
