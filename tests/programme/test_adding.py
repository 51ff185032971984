"""Reported figures of units of several eras: nothing is counted twice, nothing known is lost.

The issue's own figures: 1,350 villages, 105 points, and Phú Xuyên's three points in communes that
are parts of today's.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from random import Random

import pytest

from ocop.places.models import Extent, Level, Succession, Unit
from ocop.programme import indicators
from ocop.programme.adding import addable, topmost
from ocop.programme.models import ReportedFigure
from ocop.programme.readings import Figure
from ocop.programme.scope import Scope
from tests.factories import MERGER, OldUnitFactory, ReportedFigureFactory, UnitFactory
from tests.programme import province
from tests.programme.province import Province, scope

pytestmark = pytest.mark.django_db
THEN, NOW = date(2024, 3, 31), date(2026, 3, 31)


@pytest.fixture
def place() -> Province:
    return province.units()


def told(unit: Unit, value: int, as_of: date = THEN) -> ReportedFigure:
    return ReportedFigureFactory(indicator="sales_points", unit=unit, value=value, as_of=as_of)


def figure(frame: Scope | None = None) -> Figure:
    return indicators.get("sales_points").figure(frame or scope(as_of=NOW))


def test_district_of_then_and_a_commune_that_came_out_of_it_are_not_added(place: Province) -> None:
    told(place.phu_xuyen, 3)
    told(place.today_phu_xuyen, 2, NOW)
    assert figure().value == 2  # both cover the same communes of today: the newer speaks
    assert figure(scope(as_of=THEN)).value == 3
    assert figure(scope(as_of=NOW)).as_of == NOW


def test_units_of_two_eras_that_cannot_overlap_are_added(place: Province) -> None:
    told(place.hoai_duc, 10)
    told(place.today_phu_xuyen, 2, NOW)
    assert figure().value == 12


def test_new_report_takes_the_place_of_the_old_one_of_its_area_alone(place: Province) -> None:
    told(place.hoai_duc, 10)
    told(place.phu_xuyen, 3)
    told(place.today_phu_xuyen, 2, NOW)
    assert figure().value == 12
    assert figure(scope(as_of=THEN)).value == 13
    told(place.today_hoai_duc, 9, NOW)
    assert figure().value == 11


def test_part_of_an_area_does_not_silence_the_whole(place: Province) -> None:
    """A district of then stays until the communes that came out of it have reported, too."""
    other = UnitFactory(name="Xã Phượng Dực", parent=place.now)
    Succession.objects.filter(old=place.tan_dan).update(new=other)
    told(place.hoai_duc, 10)
    told(place.phu_xuyen, 3)
    told(place.today_phu_xuyen, 2, NOW)
    assert figure().value == 13
    assert figure().as_of == THEN
    told(other, 2, NOW)
    assert figure().value == 14


def test_overlap_in_one_area_takes_nothing_from_another(place: Province) -> None:
    """Hoài Đức of then never reported: its commune of today counts whatever Phú Xuyên tells."""
    told(place.phu_xuyen, 3)
    told(place.today_hoai_duc, 9, NOW)
    assert figure().value == 12
    told(place.today_phu_xuyen, 2, NOW)
    assert figure().value == 11


def test_own_figure_of_the_province_comes_before_every_sum(place: Province) -> None:
    told(place.phu_xuyen, 3)
    told(place.today_phu_xuyen, 2, NOW)
    told(place.then, 105)
    assert figure().value == 105
    told(place.now, 120, NOW)
    assert figure().value == 120
    assert figure(scope(as_of=THEN)).value == 105


def test_overlap_that_the_lists_cannot_exclude_is_not_added(place: Province) -> None:
    """A district whose communes are in no list may have given something to any commune."""
    unknown = OldUnitFactory(
        code="281", name="Huyện Ứng Hòa", level=Level.DISTRICT, parent=place.then
    )
    told(unknown, 5)
    told(place.today_hoai_duc, 9, NOW)
    assert figure().value == 9
    lost = OldUnitFactory(name="Xã không rõ nay ở đâu", parent=unknown)
    assert figure().value == 9
    Succession.objects.create(old=lost, new=place.today_phu_xuyen, extent=Extent.PART)
    assert figure().value == 14


def test_commune_that_was_split_overlaps_with_every_part(place: Province) -> None:
    Succession.objects.create(old=place.van_tu, new=place.today_hoai_duc, extent=Extent.PART)
    told(place.van_tu, 4)
    told(place.today_hoai_duc, 9, NOW)
    assert figure().value == 9


def test_communes_of_then_that_followed_each_other_in_one_district_are_not_added(
    place: Province,
) -> None:
    """As Sơn Hà, which became Quang Hà on 2025-01-01: one district, two eras of communes."""
    before = OldUnitFactory(name="Xã Sơn Hà", parent=place.phu_xuyen, valid_to=date(2025, 1, 1))
    after = UnitFactory(
        name="Xã Quang Hà", parent=place.phu_xuyen, valid_from=date(2025, 1, 1), valid_to=MERGER
    )
    Succession.objects.create(old=before, new=after, extent=Extent.WHOLE)
    Succession.objects.create(old=after, new=place.today_phu_xuyen, extent=Extent.PART)
    told(before, 1)
    told(place.tan_dan, 1)
    told(after, 3, date(2025, 3, 31))
    frame = scope(as_of=date(2025, 3, 31))
    assert figure(frame).value == 4  # Tân Dân stood on both days
    slices = indicators.get("sales_points").slices(frame, "district_then")
    assert [(s.label, s.count) for s in slices] == [("Huyện Phú Xuyên", 4)]
    assert figure(scope(as_of=THEN)).value == 2


def test_list_behind_the_number_holds_what_was_added(place: Province) -> None:
    told(place.phu_xuyen, 3)
    told(place.today_phu_xuyen, 2, NOW)
    told(place.hoai_duc, 10)
    reading = indicators.get("sales_points")
    rows = reading.rows(scope(as_of=NOW))
    assert sum(row.value for row in rows) == figure().value


def test_province_made_of_three_is_the_sum_of_the_three_until_it_tells_its_own() -> None:
    """As Lâm Đồng, Bình Thuận and Đắk Nông became Lâm Đồng on 2025-07-01."""
    now = UnitFactory(code="68", name="Tỉnh Lâm Đồng", level=Level.PROVINCE)
    olds = [
        OldUnitFactory(code=code, name=f"Tỉnh {code}", level=Level.PROVINCE)
        for code in ("68", "60", "67")
    ]
    for old, value in zip(olds, (100, 20, 3), strict=True):
        Succession.objects.create(old=old, new=now, extent=Extent.WHOLE)
        told(old, value)
    today = replace(scope(as_of=NOW), province="68")
    assert figure(today).value == 123
    assert figure(replace(scope(as_of=THEN), province="68")).value == 100
    assert figure(replace(scope(as_of=THEN), province="67")).value == 3
    assert figure(replace(scope(as_of=NOW), province="67")).value is None
    told(now, 130, NOW)
    assert figure(today).value == 130


def _territories(random: Random) -> Iterator[tuple[Unit, frozenset[int]]]:
    """Random units of three eras with the hamlets that each really holds."""
    then = OldUnitFactory(code="01", level=Level.PROVINCE)
    now = UnitFactory(code="01", level=Level.PROVINCE)
    Succession.objects.create(old=then, new=now, extent=Extent.WHOLE)
    hamlets = range(12)
    between = date(2025, 1, 1)
    districts = [OldUnitFactory(level=Level.DISTRICT, parent=then) for _ in range(3)]
    lies_in = [random.randrange(3) for _ in hamlets]
    held: dict[Unit, set[int]] = {district: set() for district in districts}
    eras: list[list[Unit]] = []
    for since, until in ((None, between), (between, MERGER), (MERGER, None)):
        era: dict[tuple[int, int], Unit] = {}
        for hamlet in hamlets:
            district = lies_in[hamlet]
            key = (district if until else 0, random.randrange(2 if until else 4))
            if key not in era:
                more = {"valid_from": since} if since else {}
                above = districts[district] if until else now
                make = UnitFactory if since else OldUnitFactory
                era[key] = make(parent=above, valid_to=until, **more)
                held[era[key]] = set()
            held[era[key]].add(hamlet)
            if until:
                held[districts[district]].add(hamlet)
        eras.append(list(era.values()))
    for olds, news in pairwise(eras):
        for old in olds:
            for new in news:
                if held[old] & held[new]:
                    Succession.objects.create(old=old, new=new, extent=Extent.PART)
    yield from ((unit, frozenset(own)) for unit, own in held.items() if own)


def _leads(old: Unit, new: Unit) -> bool:
    """Slowly: whether a part of one unit, or of what lies below it, is in the other."""
    below = [old, *Unit.objects.filter(parent=old)]
    targets = {new.pk, *Unit.objects.filter(parent=new).values_list("pk", flat=True)}
    return any(
        step.new_id in targets or _leads(step.new, new)
        for step in Succession.objects.filter(old__in=below)
    )


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(45))
def test_no_hamlet_is_ever_counted_twice(seed: int) -> None:
    random = Random(seed)
    held = dict(_territories(random))
    figures = [
        told(unit, len(own), {None: NOW, MERGER: date(2025, 2, 1)}.get(unit.valid_to, THEN))
        for unit, own in held.items()
        if random.random() < (0.06, 0.15, 0.3)[seed % 3]
    ]
    used = addable(figures, None)
    assert bool(used) == bool(figures)
    for one, other in combinations(used, 2):
        assert not held[one.unit] & held[other.unit]
    top = topmost(figures, None)
    for area in _areas(top):
        speaking = [figure for figure in area if figure in used]
        assert speaking
        days = [max(f.unit.valid_from for f in speaking), min(_end(f.unit) for f in speaking)]
        assert days[0] < days[1]  # there was a day on which all of them existed
        on = {day: [f for f in area if f.unit.valid_from <= day < _end(f.unit)] for day in _DAYS}
        assert speaking in on.values()  # all of the area that did
        most = max((_weight(era), day) for day, era in on.items() if era)
        assert speaking == on[most[1]]


_DAYS = (THEN, date(2025, 2, 1), NOW)


def _areas(figures: list[ReportedFigure]) -> list[list[ReportedFigure]]:
    """Slowly: figures in groups that overlap, joined until no two groups do."""
    groups = [[figure] for figure in figures]
    for one, other in combinations(figures, 2):
        if _leads(one.unit, other.unit) or _leads(other.unit, one.unit):
            joined = [group for group in groups if one in group or other in group]
            kept = [group for group in groups if group not in joined]
            groups = [*kept, [figure for group in joined for figure in group]]
    return [[figure for figure in figures if figure in group] for group in groups]


def _weight(figures: list[ReportedFigure]) -> int:
    """Slowly: how many communes of today the units became; here no part is the largest."""
    now = Unit.objects.filter(level=Level.COMMUNE, valid_to=None)
    return sum(any(f.unit == unit for f in figures) for unit in now)


def _end(unit: Unit) -> date:
    return unit.valid_to or date.max
