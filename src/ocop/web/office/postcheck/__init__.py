"""The office's and the inspectors' pages after a star is given."""
