"""How often one address may do what anybody may do, counted without keeping an address.

The login library counts in the shared cache, under names that hold the address or the login that
was tried. The cache keeps them only as keyed hashes: those of counters by the salt of the day,
which lies outside the database and is thrown away, so a counter begins anew at midnight; all others
by the installation's secret. What has run out is deleted by the worker (`core.caching`).
"""

from hashlib import blake2b

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

from ocop.core import zone
from ocop.traceability import salts

_COUNTERS = "allauth:rl:"


def may_go_on(request: HttpRequest, action: str, rate: str) -> bool:
    """Count one more of an act from this address; False: there were too many. `rate`: 5/h/ip."""
    config = {action: rate}
    return ratelimit.consume(request, app="ocop", action=action, config=config) is not None


def cache_key(key: str, prefix: str, version: int) -> str:
    """What an entry of the cache is called in its table (KEY_FUNCTION of the settings)."""
    secret = settings.SECRET_KEY.encode()
    if key.startswith(_COUNTERS):
        secret = salts.of(zone.today())
    told = f"{prefix}:{version}:{key}".encode()
    return blake2b(told, digest_size=32, key=blake2b(secret).digest()).hexdigest()
