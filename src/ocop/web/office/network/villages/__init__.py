"""Pages of craft villages in the office."""
