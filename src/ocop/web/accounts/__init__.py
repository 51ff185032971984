"""Signing in, second factor, own account."""
