"""Secrets of API tokens: shown once, kept as a digest."""

import hashlib
import secrets

PREFIX = "ocop_"  # lets a leaked key be recognised for what it is


def new_secret() -> str:
    """A secret of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret: SHA-256 suffices for a text that is long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()
