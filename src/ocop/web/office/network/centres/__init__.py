"""Pages of creative design centres in the office."""
