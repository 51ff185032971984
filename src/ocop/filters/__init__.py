"""Filters of lists, one set per list: the tables of the web and the API take the same ones."""
