"""Products, their sectors and codes, and the warning about names that are too alike."""
