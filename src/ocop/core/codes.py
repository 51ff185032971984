"""Public codes: what stands in an address instead of a database key."""

import secrets
from random import Random
from typing import Any

from django.db.models import QuerySet

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32: no i, l, o, u


def public_code(random: Random | None = None) -> str:
    """Eight characters, 40 bits. `random` makes the codes of the demonstration repeatable."""
    if random:
        return "".join(random.choice(ALPHABET) for _ in range(8))
    return "".join(ALPHABET[byte % 32] for byte in secrets.token_bytes(8))


def public_codes(count: int, rows: QuerySet[Any]) -> list[str]:
    """So many codes, all different and none of them in `rows` yet."""
    found: set[str] = set()
    while len(found) < count:
        drawn = {public_code() for _ in range(count - len(found))}
        found |= drawn - set(rows.filter(code__in=drawn).values_list("code", flat=True))
    return list(found)
