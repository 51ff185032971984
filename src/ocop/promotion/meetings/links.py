"""The link by which a buyer without an account reaches their own demand.

Its secret follows from the demand, the address it was sent to and the secret of the installation:
it stands in no table, and each letter can carry it anew.
"""

import hmac
from base64 import b32encode
from hashlib import sha256

from django.conf import settings

from ocop.promotion.meetings.models import Demand

_LENGTH = 24


def secret_of(demand: Demand) -> str:
    """The secret of a demand's link."""
    told = f"demand:{demand.code}:{demand.email}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), told, sha256).digest()
    return b32encode(digest).decode().lower()[:_LENGTH]


def path_of(demand: Demand) -> str:
    """The path of the buyer's own page."""
    return f"/nhu-cau/{demand.code}/{secret_of(demand)}/"


def by_link(code: str, secret: str) -> Demand | None:
    """The demand of a link, for whoever holds it. One without an address has no link."""
    found = Demand.objects.filter(code=code).exclude(email="").first()
    right = secret_of(found) if found else "0" * _LENGTH
    # Compared also where there is none: how long it takes tells nothing.
    same = hmac.compare_digest(right.encode(), secret.strip().lower().encode())
    return found if same else None
