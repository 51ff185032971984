"""Pages of the network in the office."""
