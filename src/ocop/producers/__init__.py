"""Producers (chủ thể) and the people who act for them."""
