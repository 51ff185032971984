"""The provincial office of Vietnam's One Commune One Product programme (OCOP)."""
