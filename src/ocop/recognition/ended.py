"""Which certified stars changed since their label was printed: what the signed list tells."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

from django.core.cache import cache
from django.db.models import F, Q
from django.utils import timezone

from ocop.recognition import labels
from ocop.recognition.ended_list import Change, Changed, sealed, text_of
from ocop.recognition.log import chains
from ocop.recognition.models import Certificate, Recognition
from ocop.recognition.standing import eligible
from ocop.recognition.validity import last_extension_day
from ocop.recognition.visibility import never_public, published

#: A list may be so old (seconds) when it is handed out: a revocation shows within a minute.
KEPT = 60


def sealed_list(*, at: datetime) -> str:
    """The list of now in its envelope, made once a minute, whoever asks."""
    signer = chains.signer(labels.PURPOSE, at=at)

    def make() -> str:
        day = timezone.localtime(at)
        return sealed(text_of(changes(day.date()), at=day), signer.public, signer.sign)

    return str(cache.get_or_set(f"ended:{signer.public.hex()}", make, KEPT))


def changes(on: date) -> Iterator[Changed]:
    """Every change of a recognition that has a certificate, as decided up to a day."""
    rows = Recognition.objects.filter(published(), certificate__isnull=False).exclude(
        evidence__in=never_public()
    )
    revoked = Q(revoked_on__isnull=False, restored_on=None)
    annulled = Q(annulled_on__isnull=False)
    for change, which, column in (
        (Change.REVOKED, revoked, "revoked_on"),
        (Change.ANNULLED, annulled, "annulled_on"),
    ):
        found = rows.filter(which).values_list("pk", column)
        yield from (Changed(pk, change, day) for pk, day in found.iterator())
    extended = rows.filter(extended_until__gt=F("expires_on"))
    for pk, last, until in extended.values_list("pk", "expires_on", "extended_until").iterator():
        assert last is not None
        assert until is not None
        yield Changed(pk, Change.EXTENDED, min(until, last_extension_day(last)))
    yield from _replaced(on)


def _replaced(on: date) -> Iterator[Changed]:
    """Certified recognitions in whose place the next of their product stands."""
    certified = Certificate.objects.values("recognition__product")
    rows = eligible(on).filter(product__in=certified)
    ordered = (
        rows.annotate(paper=F("certificate__pk"))
        .order_by("product_id", "weight", F("began").asc(nulls_first=True), "pk")
        .values_list("product_id", "pk", "began", "paper")
    )
    for (product, pk, _began, paper), (next_product, _pk, day, _paper) in pairwise(
        ordered.iterator()
    ):
        if product == next_product and paper is not None and day is not None:
            yield Changed(pk, Change.REPLACED, day)
