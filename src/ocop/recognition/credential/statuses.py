"""The list of stars that are void: one bit for each recognition, at the recognition's own number.

That number is given once and never again, it stands on the printed label too, and nothing needs to
be hidden: the register is public, revocations most of all. So no row ties a credential to a place.
A bit is set when the star was revoked (Art. 8), its result annulled (Art. 10.1b), or when it was
extended (Art. 12.3) and that is over: the authority may have refused before the day that an older
credential names. The one way back is a decision that sets the revocation aside: the star holds
again by its own dates, so its bit is taken back in the next version, and the log keeps both.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from ocop.core.credentials import bitstrings
from ocop.core.models import Event
from ocop.recognition.credential import issuing
from ocop.recognition.log import chains
from ocop.recognition.log.forms import STATUS_KIND, STATUS_LIST, decided
from ocop.recognition.models import LogEntry, Recognition
from ocop.recognition.states import revoked

#: How long a list may be kept (seconds): a revocation shows everywhere within a minute.
KEPT = 60
#: After these days a copy says nothing any more of what is not revoked.
_GOOD_FOR = timedelta(days=7)
_AN_HOUR = timedelta(hours=1)
_LAST = "credential:last-status-list"


@dataclass(frozen=True, slots=True)
class Bits:
    """The bits of a day, how many of them are set, and their digest."""

    bits: bytes
    count: int

    @property
    def sha256(self) -> str:
        """Of the bits themselves, not of how they are packed."""
        return sha256(self.bits).hexdigest()


def bits_on(on: date, *, without: Collection[int] = ()) -> Bits:
    """The bits as they stand at the end of a day, from what is entered now; `without`: as if these
    rows were not void."""
    void = Recognition.objects.filter(
        revoked(on) | Q(annulled_on__lte=on) | Q(extended_until__lt=on), decided()
    )
    indices = sorted(set(void.order_by().values_list("pk", flat=True)) - set(without))
    return Bits(bitstrings.bits_of(indices), len(indices))


def last_version() -> Event | None:
    """The event of the last version that the log has taken in; None while no bit was ever set."""
    versions = LogEntry.objects.filter(kind=STATUS_KIND, form=STATUS_LIST.name)
    last = versions.select_related("event").order_by("-index").first()
    return last.event if last else None


def next_version(*, at: datetime) -> tuple[int, Bits] | None:
    """The number and the bits of a version that is still to be told; None where there is none. A
    list without a bit set is the same for everybody and needs no version."""
    now, last = bits_on(timezone.localdate(at)), last_version()
    if last is None:
        return (1, now) if now.count else None
    if last.change["sha256"] == now.sha256:
        return None
    return last.change["number"] + 1, now


def status_list(*, at: datetime) -> str:
    """The list of now in its envelope; the same for all who ask within one minute. While nothing
    can be signed, the last one that was, as long as it may be believed."""
    minute = timezone.localtime(at).replace(second=0, microsecond=0)
    found = bits_on(minute.date())
    try:
        sealed = issuing.sealed(_credential(found, minute), at=at)
    except chains.Unusable:
        kept = cache.get(_LAST)
        if kept is None or kept.until < at:
            raise
        return str(kept.sealed)
    _keep(sealed, found, minute)
    return sealed


@dataclass(frozen=True, slots=True)
class _Kept:
    """The last list that was signed, and until when it may be believed."""

    sealed: str
    sha256: str
    until: datetime


def _keep(sealed: str, found: Bits, minute: datetime) -> None:
    """Keep a list for a time in which none can be signed; not each of one hour that says the
    same."""
    kept, until = cache.get(_LAST), minute + _GOOD_FOR
    if kept is None or kept.sha256 != found.sha256 or until - kept.until >= _AN_HOUR:
        seconds = int(_GOOD_FOR.total_seconds())
        cache.set(_LAST, _Kept(sealed, found.sha256, until), timeout=seconds)


def _credential(found: Bits, minute: datetime) -> dict[str, Any]:
    address = issuing.addresses().status_list
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuing.did(),
        "validFrom": minute.isoformat(),
        "validUntil": (minute + _GOOD_FOR).isoformat(),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bitstrings.encoded(found.bits),
            "ttl": KEPT * 1000,
        },
    }
