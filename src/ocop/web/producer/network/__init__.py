"""Points that one keeps: their goods and sales."""
