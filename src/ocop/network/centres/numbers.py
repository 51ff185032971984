"""Whether the numbers of a centre meet what the decision asks: area, zones, goods.

An answer is yes, no, or not known: what nobody wrote down is never taken for met.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ocop.network.centres.sheet import MEETING, Sheet


class Condition(StrEnum):
    """What is held against a number."""

    AREA = "area"  # the whole place
    ZONES = "zones"  # every zone of the sheet is there
    WITHIN = "within"  # the zones are no larger than the place
    MEETING = "meeting"  # the zone where people meet and trade
    GOODS = "goods"  # recognised OCOP or typical craft among the goods on show


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is told or measured of a centre: square metres, and kinds of goods on show."""

    area: Decimal | None = None
    zones: Mapping[str, Decimal] = field(default_factory=dict)
    goods: int | None = None
    ocop: int | None = None  # of them recognised OCOP
    craft: int | None = None  # of them typical craft without a star


@dataclass(frozen=True, slots=True)
class Answer:
    """One condition: met, not met, or None where the numbers do not tell; with what was held
    against what."""

    condition: Condition
    met: bool | None
    told: Decimal | int | None = None
    needed: Decimal | int | None = None
    lacking: tuple[str, ...] = ()  # zones


def answers(numbers: Numbers, sheet: Sheet) -> list[Answer]:
    """Every condition of the sheet, in order."""
    return [
        _at_least(Condition.AREA, numbers.area, sheet.area),
        _zones(numbers, sheet),
        _within(numbers),
        _at_least(Condition.MEETING, numbers.zones.get(MEETING), sheet.meeting_area),
        _goods(numbers, sheet),
    ]


def verdict(found: Sequence[Answer]) -> bool | None:
    """Met when all are; not met where one is not; not known where one is not known."""
    met = [answer.met for answer in found]
    if False in met:
        return False
    return None if None in met else True


def contradicting(numbers: Numbers) -> list[str]:
    """The fields whose numbers cannot be: below nothing, or more than the goods on show."""
    found = []
    if numbers.area is not None and numbers.area <= 0:
        found.append("area")
    found += [f"zone_{key}" for key, area in numbers.zones.items() if area < 0]
    for name in ("goods", "ocop", "craft"):
        value = getattr(numbers, name)
        if value is not None and value < 0:
            found.append(name)
    some = (numbers.ocop or 0) + (numbers.craft or 0)
    if not found and numbers.goods is not None and some > numbers.goods:
        found.append("goods")
    return found


def _at_least(condition: Condition, told: Decimal | None, needed: int) -> Answer:
    return Answer(condition, None if told is None else told >= needed, told, needed)


def _zones(numbers: Numbers, sheet: Sheet) -> Answer:
    """A zone of 0 m² is not there; one of which nobody told is not known."""
    wanted = [part.zone for part in sheet.parts if part.zone]
    lacking = tuple(key for key in wanted if not numbers.zones.get(key))
    absent = [key for key in lacking if numbers.zones.get(key) == 0]
    met = False if absent else None if lacking else True
    return Answer(Condition.ZONES, met, len(wanted) - len(lacking), len(wanted), lacking)


def _within(numbers: Numbers) -> Answer:
    used = sum(numbers.zones.values(), Decimal(0))
    if numbers.area is None or not numbers.zones:
        return Answer(Condition.WITHIN, None, None, numbers.area)
    return Answer(Condition.WITHIN, used <= numbers.area, used, numbers.area)


def _goods(numbers: Numbers, sheet: Sheet) -> Answer:
    """Whole numbers are compared, so that 59.99 % is no 60 %."""
    needed = sheet.goods_percent
    if not numbers.goods or (numbers.ocop is None and numbers.craft is None):
        return Answer(Condition.GOODS, False if numbers.goods == 0 else None, None, needed)
    some = (numbers.ocop or 0) + (numbers.craft or 0)
    share = Decimal(100 * some) / Decimal(numbers.goods)
    return Answer(Condition.GOODS, 100 * some >= needed * numbers.goods, share, needed)
