"""Links to shops and what came of asking, for tests."""

from datetime import date, datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.core.codes import public_code
from ocop.market.fetching import Answer
from ocop.market.models import LinkState, OnlineReport, ShopLink
from ocop.market.services.links import Checked, record_checks
from ocop.market.verdicts import Reason
from ocop.producers.models import Producer
from ocop.products.models import Product
from tests.factories import CREATED, RecognitionFactory

SINCE = date(2026, 1, 15)
CHECKED = datetime.fromisoformat("2026-11-20T03:00:00+00:00")


def starred(**more: Any) -> Product:
    """A product with a valid star of three."""
    return RecognitionFactory(on=date(2025, 1, 10), **more).product


def make_link(product: Product | None = None, **more: Any) -> ShopLink:
    """A link to a page that was found."""
    host = more.pop("host", "shopee.vn")
    told = {
        "product": product or starred(),
        "code": public_code(),
        "address": f"https://{host}/{public_code()}",
        "host": host,
        "marketplace": "shopee",
        "state": LinkState.ALIVE,
        "reason": "ok",
        "checked_at": CHECKED,
        "check_from": CHECKED,
        "starts_on": SINCE,
        "created_at": CREATED,
        **more,
    }
    return ShopLink.objects.create(**told)


def waiting(product: Product | None = None, **more: Any) -> ShopLink:
    """A link that nobody looked at yet."""
    return make_link(product, state=LinkState.WAITING, reason="", checked_at=None, **more)


def make_report(producer: Producer, first_day: date, total: int, online: int) -> OnlineReport:
    """What a producer told of a quarter."""
    return OnlineReport.objects.create(
        producer=producer, starts_on=first_day, total=total, online=online, sent_at=CREATED
    )


def check(link: ShopLink, reason: Reason, at: datetime, status: int | None = None) -> ShopLink:
    """What comes of a link when a check ends so."""
    record_checks(actor=SYSTEM, checked=[Checked(link, Answer(reason, status))], at=at)
    link.refresh_from_db()
    return link
