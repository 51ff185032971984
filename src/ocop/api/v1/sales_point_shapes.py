"""What the API says and takes of sales points."""

from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from ocop.api.inputs import JsonIn
from ocop.api.moments import Moment
from ocop.api.v1.register import INVENTED, MakerOut, PlaceOut


class PlaceCheckOut(Schema):
    """A question of the checklist of a place; a visit answers it by its `key`."""

    key: str
    words: str


class PointPlaceOut(Schema):
    """A place where a point may stand, by the decision in force, with what a visit looks at."""

    key: str
    name: str
    document: str
    lapsed: bool  # the time for which the decision was written is over
    checks: list[PlaceCheckOut]


class SalesPointOut(Schema):
    """A point that introduces and sells goods of the programme. `place_type` is a place of the
    decision in force; `closed_days` are digits, Monday is 1; `number` is that of the decision."""

    code: str
    name: str
    place_type: str
    state: str
    operator: str
    address: str
    commune_now: PlaceOut | None
    lat: float | None
    lon: float | None
    phone: str
    website: str
    opens_at: time | None
    closes_at: time | None
    closed_days: str
    chain: str
    number: str
    authority: str
    recognised_on: date | None
    closed_on: date | None
    demonstration: bool = Field(description=INVENTED)


class PointVisitOut(Schema):
    """A visit to a point with its checklist; `photos` says how many there are."""

    code: str
    visited_at: datetime
    answers: dict[str, str]
    passed: bool
    note: str
    photos: int


class PointKeeperOut(Schema):
    """Somebody who keeps a point, until `ends_on` if that is told."""

    key: int
    name: str
    starts_on: date
    ends_on: date | None


class PointInsideOut(Schema):
    """What only those see who oversee a point, keep it or run it: its money in whole đồng, visits,
    keepers, goods that may not stand there today, and the months whose sales are to be told."""

    approved_cost: int | None
    state_paid: int
    answer: str
    visits: list[PointVisitOut]
    keepers: list[PointKeeperOut]
    gone: list[MakerOut]
    awaited: list[date]
    mark: str


class PointPhotoOut(Schema):
    """A photograph on the public page of a point."""

    key: int
    caption: str
    address: str


class SalesPointDetailOut(SalesPointOut):
    """A point by itself, with the products that stand there today: those whose star ended have left
    the list by themselves. `inside` is null for who sees what is public."""

    goods: list[MakerOut]
    photos: list[PointPhotoOut]
    inside: PointInsideOut | None


class SalesPointIn(JsonIn):
    """What is known of a point. Left out: unchanged, or empty for a new one. `commune` is the code
    of today's commune, `founder` of the unit that set the point up."""

    name: str | None = None
    place_type: str | None = None
    operator: str | None = None
    address: str | None = None
    commune: str | None = None
    founder: str | None = None
    lat: float | None = None
    lon: float | None = None
    phone: str | None = None
    website: str | None = None
    opens_at: time | None = None
    closes_at: time | None = None
    closed_days: str | None = None


class NewSalesPointIn(SalesPointIn):
    """An application for a point, run by a producer of the programme if one is named."""

    producer: str = ""
    name: str
    place_type: str
    operator: str
    address: str
    commune: str


class SalesPointChangeIn(SalesPointIn):
    """A change of a point. With `seen`, the `mark` under which it was read, the change is refused
    when something happened to it since."""

    seen: str = ""


class PointVisitIn(JsonIn):
    """What was found at a point: yes or no by the key of each question of its place."""

    visited_at: Moment
    answers: dict[str, Literal["yes", "no"]]
    note: str = ""
    lat: float | None = None
    lon: float | None = None


class PointDecisionIn(JsonIn):
    """The decision that recognises a point."""

    number: str
    signed_on: date
    authority: str


class PointCorrectionIn(PointDecisionIn):
    """The decision as it should have been entered, and why it is mended."""

    reason: str


class PointMoneyIn(JsonIn):
    """The approved cost of a point and what the State paid of it, in whole đồng: at most half."""

    approved_cost: int
    state_paid: int


class KeeperIn(JsonIn):
    """Who keeps a point: the e-mail or telephone of an account."""

    login: str


class ChainIn(JsonIn):
    """A chain of points; with `shared_stock` what one of them offers is offered by all."""

    name: str
    shared_stock: bool


class SalesChainOut(Schema):
    """A chain of points; `points` says how many there are."""

    code: str
    name: str
    shared_stock: bool
    points: int


class JoinIn(JsonIn):
    """The chain of a point by its code; null takes the point out of its chain."""

    chain: str | None


class StockIn(JsonIn):
    """A product that is put on the shelf; `shared`: at all points of the chain."""

    product: str
    shared: bool = False


class KeyGoodOut(Schema):
    """A product that may stand at points without a star, by a document; until the day before
    `ends_on` if that is told."""

    key: int
    product: MakerOut
    basis: str
    document: str
    starts_on: date
    ends_on: date | None


class KeyGoodIn(JsonIn):
    """The document that names a product as `key`, `typical` or a `speciality`."""

    product: str
    basis: Literal["key", "typical", "speciality"]
    document: str
    starts_on: date


class SoldIn(JsonIn):
    """How many packs of a product were sold and, where it is known, for how much (đồng)."""

    product: str
    quantity: int
    amount: int | None = None


class SalesIn(JsonIn):
    """The sales of a month, named by its first day. The same `client_id` sent twice is told once;
    another one takes the place of what was told."""

    client_id: UUID
    month: date
    sold: list[SoldIn]


class SoldOut(Schema):
    """A product in a month: packs and, as far as told, đồng."""

    product: MakerOut
    quantity: int
    amount: int | None


class SalesReportOut(Schema):
    """What a point sold in a month, named by its first day."""

    point: MakerOut
    month: date
    sent_at: datetime
    sold: list[SoldOut]
