"""Reading registries as offices keep them: pure, without a database."""
