"""What calls about selling online take and answer. Money is in whole đồng."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema

from ocop.api.inputs import JsonIn


class ShopOut(Schema):
    """Where a product is bought: the page, the name of the marketplace or site, and its kind."""

    address: str
    name: str
    kind: str


class OnlineProductOut(Schema):
    """A product with a valid star that can be bought online today."""

    code: str
    name: str
    producer: str
    sector: str
    stars: int
    shops: list[ShopOut]


class ShopLinkOut(Schema):
    """A link of a product to a shop; `state` and `reason` are of the last check. `marketplace` is a
    key, empty for a site of one's own."""

    code: str
    product: str
    producer: str
    address: str
    marketplace: str
    state: str
    reason: str
    failures: int
    checked_at: datetime | None
    starts_on: date
    ends_on: date | None


class LinkCheckOut(Schema):
    """A check of a link; `status` is that of the page, where one answered."""

    at: datetime
    state: str
    reason: str
    status: int | None


class WholeShopLinkOut(ShopLinkOut):
    """A link with its checks, newest first."""

    checks: list[LinkCheckOut]


class ShopLinkIn(JsonIn):
    """A product's code and the address of a page where it is sold."""

    product: str
    address: str


class AddressIn(JsonIn):
    """The other address of a link."""

    address: str


class LinkReasonIn(JsonIn):
    """Why a link is taken away."""

    reason: str


class OnlineReportOut(Schema):
    """The sales of a producer in a quarter (`2026-q3`) and what of them was online; `share` is in
    percent with one decimal, null where nothing was sold."""

    producer: str
    quarter: str
    total: int
    online: int
    share: str | None
    sent_at: datetime


class OnlineReportIn(JsonIn):
    """The sales of a quarter that is over, all and online."""

    total: int
    online: int


class SellerListOut(Schema):
    """What a producer has ready to sell online, by the list in force: how many questions are
    settled, which are missing, which have no answer."""

    producer: str
    checklist: str
    answers: dict[str, str]
    note: str
    ready: int
    missing: list[str]
    open: list[str]


class SellerListIn(JsonIn):
    """Answers by the keys of the questions; what is left out has no answer."""

    answers: dict[str, Literal["yes", "no", "other"]]
    note: str = ""
