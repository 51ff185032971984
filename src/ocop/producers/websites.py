"""Addresses of web pages, as people write them."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

_check = URLValidator(schemes=["http", "https"])


def normalise(text: str) -> str | None:
    """`ocop.example` becomes `https://ocop.example`; None for what is no address of a page."""
    address = text.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        _check(address)
    except ValidationError:
        return None
    return address
