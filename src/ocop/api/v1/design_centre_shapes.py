"""What the API says and takes of design centres."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

from ocop.api.inputs import JsonIn
from ocop.api.v1.register import INVENTED, MakerOut, PlaceOut

Area = Annotated[Decimal, Field(max_digits=9, decimal_places=2)]


class DesignCentreOut(Schema):
    """A centre that designs, shows and sells. `recognised_on` is the day of its first recognition,
    `ended_on` the first day without one."""

    code: str
    name: str
    state: str
    operator: str
    address: str
    commune_now: PlaceOut | None
    lat: float | None
    lon: float | None
    phone: str
    website: str
    summary: str
    recognised_on: date | None
    ended_on: date | None
    demonstration: bool = Field(description=INVENTED)


class CentreNumbersOut(Schema):
    """Square metres by zone, and kinds of goods on show: told of an assessment, or measured."""

    area: float | None
    zones: dict[str, float]
    goods: int | None
    ocop: int | None
    craft: int | None


class CentreConditionOut(Schema):
    """A condition of the sheet held against numbers; `met` is null where they do not tell."""

    condition: str
    met: bool | None
    told: float | None
    needed: float | None


class CentreAssessmentOut(Schema):
    """An assessment: its numbers and conditions, the council's mean, and the decision. `round` is
    `first` or `again`; `mean` is null until the council concluded."""

    code: str
    round: str
    state: str
    document: str
    opened_on: date
    numbers: CentreNumbersOut
    conditions: list[CentreConditionOut]
    mean: float | None
    passed: bool | None
    number: str
    signed_on: date | None
    authority: str
    answer: str


class CentreVisitOut(Schema):
    """A visit with what was measured; `passed` when every condition was met."""

    code: str
    visited_on: date
    numbers: CentreNumbersOut
    passed: bool
    note: str


class CentreMonthOut(Schema):
    """Visitors of a month, named by its first day, and income in whole đồng as far as told."""

    month: date
    visitors: int
    income: int | None


class CentreKeeperOut(Schema):
    """Somebody who keeps a centre, until `ends_on` if that is told."""

    key: int
    name: str
    starts_on: date
    ends_on: date | None


class CentreInsideOut(Schema):
    """What only those see who oversee a centre, keep it or run it."""

    assessments: list[CentreAssessmentOut]
    visits: list[CentreVisitOut]
    keepers: list[CentreKeeperOut]
    months: list[CentreMonthOut]
    awaited: list[date]
    visit_due_on: date | None
    assessment_due_on: date | None
    mark: str


class CentreVisitorsOut(Schema):
    """Visitors of a month, named by its first day."""

    month: date
    visitors: int


class CentrePhotoOut(Schema):
    """A photograph on the public page of a centre."""

    key: int
    caption: str
    address: str


class DesignCentreDetailOut(DesignCentreOut):
    """A centre by itself, with the products of community tourism and the villages to which it is
    tied. `inside` is null for who sees what is public."""

    products: list[MakerOut]
    villages: list[MakerOut]
    visitors: list[CentreVisitorsOut]
    photos: list[CentrePhotoOut]
    inside: CentreInsideOut | None


class CentreNumbersIn(JsonIn):
    """Square metres by zone (`display`, `meeting`, `experience`, `photo`), and kinds of goods on
    show. What is left out is not known."""

    area: Area | None = None
    zones: dict[str, Area] = {}
    goods: int | None = None
    ocop: int | None = None
    craft: int | None = None


class DesignCentreIn(JsonIn):
    """What is known of a centre. Left out: unchanged, or empty for a new one. `commune` is the code
    of today's commune."""

    name: str | None = None
    operator: str | None = None
    address: str | None = None
    commune: str | None = None
    lat: float | None = None
    lon: float | None = None
    phone: str | None = None
    website: str | None = None
    summary: str | None = None


class NewDesignCentreIn(DesignCentreIn):
    """An application for a centre with its numbers, run by a producer of the programme if one is
    named."""

    producer: str = ""
    name: str
    operator: str
    address: str
    commune: str
    numbers: CentreNumbersIn


class DesignCentreChangeIn(DesignCentreIn):
    """A change of a centre, and of its numbers until the council has them. With `seen`, the `mark`
    under which it was read, the change is refused when something happened to it since."""

    seen: str = ""
    numbers: CentreNumbersIn | None = None


class CentreVisitIn(JsonIn):
    """What was measured on a day."""

    visited_on: date
    numbers: CentreNumbersIn
    note: str = ""


class CentreSittingIn(JsonIn):
    """The sitting of a council that judges a centre."""

    sitting: str


class CentreDecisionIn(JsonIn):
    """The decision that recognises a centre."""

    number: str
    signed_on: date
    authority: str


class CentreEndIn(JsonIn):
    """The decision that ends a recognition; `ended_on` is the first day without it."""

    number: str
    ended_on: date
    reason: str


class CentreTiesIn(JsonIn):
    """The codes of the products of community tourism and of the villages to which a centre is tied:
    what is not named is tied no more."""

    products: list[str]
    villages: list[str]


class CentreMonthIn(JsonIn):
    """Visitors of a month, named by its first day, and income in whole đồng where it is known."""

    month: date
    visitors: int
    income: int | None = None
