"""Which goods fit what a buyer looks for, with the reasons.

Points of a hundred: product 50, quantity 20, season 20, place 10. What is not known counts a
quarter of its part, so that whoever tells more stands in front. The further the product is from
what was named, the less the other parts count: much of something else is not what was asked for.
Goods of another kind, with fewer stars than asked for or in none of the months asked for do not fit
at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from ocop.core.language import noop as N_

YEAR = frozenset(range(1, 13))


class Measure(StrEnum):
    """In what quantities are told."""

    KG = "kg"
    TONNE = "tonne"
    LITRE = "litre"
    PIECE = "piece"
    BOX = "box"
    BOTTLE = "bottle"
    PACK = "pack"
    SET = "set"


#: What a measure measures, and how many of the smallest it is. Others compare with themselves only.
_SIZES = {Measure.KG: ("mass", 1), Measure.TONNE: ("mass", 1000)}


class Reach(StrEnum):
    """How far goods are delivered; who reaches further reaches what is nearer."""

    HERE = "here"
    COUNTRY = "country"
    ABROAD = "abroad"


_NEAR_TO_FAR = tuple(Reach)


class Part(StrEnum):
    """What is compared."""

    PRODUCT = "product"
    QUANTITY = "quantity"
    SEASON = "season"
    PLACE = "place"


MOST: Mapping[Part, int] = {Part.PRODUCT: 50, Part.QUANTITY: 20, Part.SEASON: 20, Part.PLACE: 10}


class Fit(StrEnum):
    """How well a part fits."""

    NAMED = "named"
    GROUP = "group"
    SOME_WORDS = "some_words"
    SECTOR = "sector"
    ENOUGH = "enough"
    SHARE = "share"
    NOT_ASKED = "not_asked"
    NOT_TOLD = "not_told"
    OTHER_MEASURE = "other_measure"
    ALL_MONTHS = "all_months"
    SOME_MONTHS = "some_months"
    REACHED = "reached"
    TOO_FAR = "too_far"


#: `%(number)s` is the per cent of a share, or how many months of how many.
WORDS: Mapping[tuple[Part, Fit], str] = {
    (Part.PRODUCT, Fit.NAMED): N_("đúng tên sản phẩm cần mua"),
    (Part.PRODUCT, Fit.GROUP): N_("cùng bộ sản phẩm"),
    (Part.PRODUCT, Fit.SOME_WORDS): N_("tên gần giống, cùng ngành hàng"),
    (Part.PRODUCT, Fit.SECTOR): N_("cùng ngành hàng"),
    (Part.QUANTITY, Fit.ENOUGH): N_("đủ số lượng"),
    (Part.QUANTITY, Fit.SHARE): N_("đáp ứng %(number)s số lượng"),
    (Part.QUANTITY, Fit.NOT_ASKED): N_("người mua không nêu số lượng"),
    (Part.QUANTITY, Fit.NOT_TOLD): N_("chủ thể chưa nêu số lượng"),
    (Part.QUANTITY, Fit.OTHER_MEASURE): N_("hai bên dùng đơn vị khác nhau"),
    (Part.SEASON, Fit.ALL_MONTHS): N_("có hàng mọi tháng cần mua"),
    (Part.SEASON, Fit.SOME_MONTHS): N_("có hàng %(number)s tháng cần mua"),
    (Part.SEASON, Fit.NOT_TOLD): N_("chủ thể chưa nêu mùa vụ"),
    (Part.PLACE, Fit.REACHED): N_("giao được tới nơi nhận"),
    (Part.PLACE, Fit.TOO_FAR): N_("chưa giao tới nơi nhận"),
    (Part.PLACE, Fit.NOT_TOLD): N_("chủ thể chưa nêu nơi giao"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a buyer looks for. `words`: the words of its name as they are spelled, or folded where
    it was written without marks (`bare`); `quantity` a month; no months: all the year; no `stars`:
    none asked for."""

    words: tuple[str, ...]
    sector: str = ""
    group: int = 0
    quantity: Decimal | None = None
    measure: Measure = Measure.KG
    months: frozenset[int] = frozenset()
    reach: Reach = Reach.HERE
    stars: int | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Goods:
    """A product, and what its producer offers of it; None and no months: not told. `words` as they
    are spelled: miến *dong* is not from *Đông* Anh."""

    words: frozenset[str]
    sector: str = ""
    group: int = 0
    stars: int | None = None
    quantity: Decimal | None = None
    measure: Measure = Measure.KG
    months: frozenset[int] = frozenset()
    reach: Reach | None = None
    folded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """How a part fits and what it counts; `number` as in `WORDS`."""

    part: Part
    fit: Fit
    points: int
    number: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Goods that fit, with a reason for each part."""

    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)


def match(wanted: Wanted, goods: Goods) -> Match | None:
    """How goods fit what is wanted; None: they do not."""
    product, season = _product(wanted, goods), _season(wanted, goods)
    if product is None or season is None:
        return None
    if wanted.stars is not None and (goods.stars or 0) < wanted.stars:
        return None
    rest = (_quantity(wanted, goods), season, _place(wanted, goods))
    most = MOST[Part.PRODUCT]
    near = (replace(each, points=each.points * product.points // most) for each in rest)
    return Match((product, *near))


def _product(wanted: Wanted, goods: Goods) -> Reason | None:
    same_sector = bool(wanted.sector) and wanted.sector == goods.sector
    if wanted.sector and not same_sector:
        return None
    named = goods.folded if wanted.bare else goods.words
    found = sum(word in named for word in wanted.words)
    if wanted.words and found == len(wanted.words):
        return Reason(Part.PRODUCT, Fit.NAMED, MOST[Part.PRODUCT])
    if wanted.group and wanted.group == goods.group:
        return Reason(Part.PRODUCT, Fit.GROUP, 35)
    if same_sector and found * 2 >= len(wanted.words) > 0:
        return Reason(Part.PRODUCT, Fit.SOME_WORDS, 25)
    if same_sector and not wanted.group:
        return Reason(Part.PRODUCT, Fit.SECTOR, 10)
    return None


def _quantity(wanted: Wanted, goods: Goods) -> Reason:
    part, most = Part.QUANTITY, MOST[Part.QUANTITY]
    if wanted.quantity is None:
        return Reason(part, Fit.NOT_ASKED, most)
    if goods.quantity is None:
        return Reason(part, Fit.NOT_TOLD, most // 4)
    need = _sized(wanted.quantity, wanted.measure)
    have = _sized(goods.quantity, goods.measure)
    if need[0] != have[0]:
        return Reason(part, Fit.OTHER_MEASURE, most // 4)
    if have[1] >= need[1]:
        return Reason(part, Fit.ENOUGH, most)
    share = have[1] / need[1]
    return Reason(part, Fit.SHARE, int(share * most), (int(share * 100),))


def _season(wanted: Wanted, goods: Goods) -> Reason | None:
    part, most = Part.SEASON, MOST[Part.SEASON]
    if not goods.months:
        return Reason(part, Fit.NOT_TOLD, most // 4)
    months = wanted.months or YEAR
    both = len(months & goods.months)
    if not both:
        return None
    if both == len(months):
        return Reason(part, Fit.ALL_MONTHS, most)
    return Reason(part, Fit.SOME_MONTHS, most * both // len(months), (both, len(months)))


def _place(wanted: Wanted, goods: Goods) -> Reason:
    part, most = Part.PLACE, MOST[Part.PLACE]
    if goods.reach is None:
        return Reason(part, Fit.NOT_TOLD, most // 4)
    if _NEAR_TO_FAR.index(goods.reach) >= _NEAR_TO_FAR.index(wanted.reach):
        return Reason(part, Fit.REACHED, most)
    return Reason(part, Fit.TOO_FAR, 0)


def _sized(quantity: Decimal, measure: Measure) -> tuple[str, Decimal]:
    kind, size = _SIZES.get(measure, (measure.value, 1))
    return kind, quantity * size
