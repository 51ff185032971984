"""The network in the office: where goods are shown and sold."""
