"""Public codes: what stands in an address instead of a database key."""

import secrets
from random import Random

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32: no i, l, o, u


def public_code(random: Random | None = None) -> str:
    """Eight characters, 40 bits. `random` makes the codes of the demonstration repeatable."""
    choose = random.choice if random else secrets.choice
    return "".join(choose(ALPHABET) for _ in range(8))
