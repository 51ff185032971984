"""Version 1 of the API: one module of operations and schemas per room."""
