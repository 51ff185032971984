"""Decision 6385/QĐ-UBND: the sheet of 100 points, areas and shares by number, the yearly plan."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.refusals import Refused
from ocop.criteria.sets import from_data
from ocop.network.centres import numbers, options, renewal, sheet
from ocop.network.centres.numbers import Condition, Numbers
from ocop.network.centres.yearly import Standing, Year
from tests.network.centres.factories import GOOD

DAY = date(2023, 12, 14)
HELD = sheet.sheets()[0]


def _row() -> dict[str, Any]:
    path = resources.files("ocop.network.centres").joinpath("data", "sheets.yaml")
    return deepcopy(yaml.safe_load(path.read_text("utf-8"))[0])


def test_the_decision_of_14_december_2023_gives_its_zones_these_points() -> None:
    held = sheet.sheet_on(DAY)
    assert held is not None
    assert held.document == "6385/QĐ-UBND"
    assert [(part.zone, part.max) for part in held.parts] == [
        ("display", 20), ("meeting", 15), ("experience", 20), ("photo", 10),
    ]  # fmt: skip
    assert (held.rest, held.area, held.meeting_area, held.goods_percent) == (35, 500, 100, 60)


def test_before_the_decision_there_is_no_sheet() -> None:
    assert sheet.sheet_on(date(2023, 12, 13)) is None
    assert sheet.keyed("none") is None


@pytest.mark.parametrize(
    "change",
    [
        {"rest": 34},
        {"rest": -1},
        {"pass_from": 0},
        {"pass_from": 101},
        {"goods_percent": 101},
        {"parts": [{"zone": "display", "max": 33}, {"zone": "display", "max": 32}]},
        {"parts": [{"zone": "display", "max": 65}, {"zone": "photo", "max": 0}]},
    ],
)
def test_an_unsound_sheet_stops(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="qd-6385-2023"):
        sheet.read(_row() | change)


def test_a_sheet_that_ended_holds_no_more() -> None:
    ended = sheet.read(_row() | {"until": date(2026, 1, 1)})
    assert ended.holds_on(date(2025, 12, 31))
    assert not ended.holds_on(date(2026, 1, 1))


def test_the_points_left_to_the_province_are_divided_by_its_setting() -> None:
    parts = sheet.division(options.DIVISION.default, HELD.rest)
    assert sum(part.max for part in parts) == 35
    assert sheet.division("Quản lý: 20; Quảng bá:15 ;", 35)[1].name == "Quảng bá"


@pytest.mark.parametrize(
    "text",
    ["", "Quản lý", "Quản lý: 34", "Quản lý: 20; Quản lý: 15", "Quản lý: 35; Khác: 0",
     ": 35", "Quản lý: 35,5", "Quản lý: ba mươi lăm", f"{'a' * 121}: 35", "A: ٣٥"],
)  # fmt: skip
def test_a_division_that_is_none_is_refused(text: str) -> None:
    assert not sheet.divides(text, 35)
    with pytest.raises(Refused):
        sheet.division(text, 35)


def test_a_setting_that_is_no_text_divides_nothing() -> None:
    assert not sheet.divides(35, 35)


def test_the_setting_is_checked_when_it_is_changed() -> None:
    assert options.DIVISION.accepts(options.DIVISION.default)
    assert not options.DIVISION.accepts("Quản lý: 36")
    assert [options.PASS.accepts(value) for value in (70, 0, 101, True, "70")] == [
        True, False, False, False, False,
    ]  # fmt: skip


def test_a_council_marks_it_in_whole_points_to_100_without_stars() -> None:
    parts = sheet.division(options.DIVISION.default, HELD.rest)
    made = from_data(sheet.as_set(HELD, parts, 70), {})
    assert sum(criterion.max for criterion in made.criteria) == 100
    assert sum(section.max for section in made.sections) == 100
    assert all(c.levels == tuple(range(c.max + 1)) for c in made.criteria)
    assert made.minimums == {3: {}, 4: {}, 5: {}}
    assert (made.pass_from, made.gates, made.title) == (70, (), HELD.name)


def test_numbers_that_meet_every_condition() -> None:
    found = numbers.answers(GOOD, HELD)
    assert [answer.condition for answer in found] == list(Condition)
    assert numbers.verdict(found) is True


def _met(condition: Condition, **more: Any) -> bool | None:
    told = Numbers(**{
        "area": GOOD.area, "zones": GOOD.zones, "goods": GOOD.goods, "ocop": GOOD.ocop,
        "craft": GOOD.craft,
    } | more)  # fmt: skip
    found = {answer.condition: answer.met for answer in numbers.answers(told, HELD)}
    assert all(met for other, met in found.items() if other != condition) or "area" in more
    return found[condition]


@pytest.mark.parametrize(
    ("area", "met"), [(None, None), ("499.99", False), ("500", True), ("500.01", True)]
)
def test_the_place_has_at_least_500_square_metres(area: str | None, met: bool | None) -> None:
    told = None if area is None else Decimal(area)
    small = {key: Decimal(100) for key in GOOD.zones}
    assert _met(Condition.AREA, area=told, zones=small) is met


@pytest.mark.parametrize(("area", "met"), [("99.99", False), ("100", True)])
def test_people_meet_in_at_least_100_square_metres(area: str, met: bool) -> None:
    assert _met(Condition.MEETING, zones={**GOOD.zones, "meeting": Decimal(area)}) is met


@pytest.mark.parametrize(
    ("goods", "ocop", "craft", "met"),
    [
        (100, 40, 20, True), (100, 40, 19, False), (1667, 1000, 0, False), (5, 3, 0, True),
        (10, None, 6, True), (10, None, None, None), (None, 6, 0, None), (0, 0, 0, False),
    ],
)  # fmt: skip
def test_sixty_per_cent_of_the_goods_are_ocop_or_typical_craft(
    goods: int | None, ocop: int | None, craft: int | None, met: bool | None
) -> None:
    assert _met(Condition.GOODS, goods=goods, ocop=ocop, craft=craft) is met


def test_a_zone_that_nobody_told_is_not_known_and_one_without_room_is_not_there() -> None:
    without = {key: area for key, area in GOOD.zones.items() if key != "photo"}
    assert _met(Condition.ZONES, zones=without) is None
    assert _met(Condition.ZONES, zones={**without, "photo": Decimal(0)}) is False
    (told,) = [
        answer
        for answer in numbers.answers(Numbers(zones=without), HELD)
        if answer.condition == Condition.ZONES
    ]
    assert told.lacking == ("photo",)


def test_zones_larger_than_the_place_contradict_it() -> None:
    assert _met(Condition.WITHIN, zones={**GOOD.zones, "display": Decimal(400)}) is False
    assert [a.met for a in numbers.answers(Numbers(), HELD)] == [None] * 5


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5))
def test_one_condition_not_met_is_enough_and_one_not_known_leaves_it_open(
    met: list[bool | None],
) -> None:
    found = [numbers.Answer(Condition.AREA, each) for each in met]
    expected = False if False in met else None if None in met else True
    assert numbers.verdict(found) is expected


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        (GOOD, []),
        (Numbers(), []),
        (Numbers(area=Decimal(0)), ["area"]),
        (Numbers(zones={"photo": Decimal(-1)}), ["zone_photo"]),
        (Numbers(goods=10, ocop=8, craft=3), ["goods"]),
        (Numbers(goods=-1), ["goods"]),
        (Numbers(ocop=-1, craft=-2), ["ocop", "craft"]),
    ],
)
def test_numbers_that_cannot_be_are_named(told: Numbers, fields: list[str]) -> None:
    assert numbers.contradicting(told) == fields


@pytest.mark.parametrize(
    ("recognised", "standing", "missing", "room"),
    [
        (4, Standing.BELOW, 1, 6), (5, Standing.WITHIN, 0, 5), (10, Standing.WITHIN, 0, 0),
        (11, Standing.ABOVE, 0, 0),
    ],
)  # fmt: skip
def test_the_plan_of_2024_is_five_to_ten(
    recognised: int, standing: Standing, missing: int, room: int
) -> None:
    year = Year(2024, recognised, 5, 10)
    assert (year.standing, year.missing, year.room) == (standing, missing, room)


def test_a_plan_of_one_number_and_none_at_all() -> None:
    assert (Year(2024, 12, 5).standing, Year(2024, 12, 5).room) == (Standing.WITHIN, None)
    assert (Year(2024, 3).standing, Year(2024, 3).missing) == (None, 0)


def test_a_recognition_is_looked_at_again_on_the_same_day_of_a_later_month() -> None:
    assert renewal.due_on(date(2023, 12, 27), 36) == date(2026, 12, 27)
    assert renewal.due_on(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert renewal.due_on(date(2023, 10, 31), 13) == date(2024, 11, 30)
    assert not renewal.is_due(date(2023, 12, 27), 36, date(2026, 12, 26))
    assert renewal.is_due(date(2023, 12, 27), 36, date(2026, 12, 27))
