"""Writes of post-checks, complaints and revocation cases."""
