"""The council face."""
