"""The network of the programme: where its goods are shown and sold."""
