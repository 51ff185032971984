"""Base 64 for addresses, without padding (RFC 4648 §5), in the only form that a value has."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encode(raw: bytes) -> str:
    """Bytes as text."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Bytes from text. ValueError: it is not what `encode` writes."""
    if not text.isascii():
        raise ValueError("no base64url")
    raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(raw) != text:
        raise ValueError("no base64url in its proper form")
    return raw
