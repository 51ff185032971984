"""Pages for everybody: buyers, tourists, journalists."""
