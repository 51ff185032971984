"""The radar: every number is as long as the list behind it, and everybody sees the own part."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import SYSTEM, Actor
from ocop.people import queries as people
from ocop.people.roles import Role
from ocop.products.models import Product, ProductState, Sector
from ocop.recognition.ending import KEPT, UNKNOWN, Ending
from ocop.recognition.expiry import by_commune
from ocop.recognition.models import BatchState, Evidence
from ocop.recognition.radar import Board, Cut, board, named
from ocop.recognition.validity import State
from tests.factories import RecognitionFactory
from tests.world import Places, build_places, build_rows, imported, person, recognised

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 30)
_FIELDS = {Cut.SECTOR: "sector", Cut.RANK: "rank", Cut.PRODUCER: "producer"}


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


def _ends(name: str, day: date, **more: Any) -> Any:
    """A product whose star was signed 36 months before this day."""
    return recognised(name, on=day.replace(year=day.year - 3), **more)


def _rows(actor: Actor, by: Ending) -> list[str]:
    return sorted(
        row.recognition.product.name
        for commune in by_commune(actor, by, on=ON)
        for row in commune.rows
    )


@pytest.fixture
def varied(places: Places) -> None:
    here, there = places.here, places.there
    _ends("Hôm nay", ON, commune=here)
    _ends("Hôm qua", ON - timedelta(days=1), commune=here, sector=Sector.DRINK)
    _ends("Quá hạn", date(2027, 2, 1), commune=there, stars=4)
    _ends("Đang hạn", date(2027, 4, 30), commune=there, stars=4, potential_five=True)
    _ends("Ngày cuối", date(2027, 11, 29), commune=here, sector="")
    _ends("Sau tầm", date(2027, 11, 30), commune=here)
    _ends("Xưa", date(2023, 5, 5), commune=None, unit=places.before)
    _ends("Không rõ", date(2025, 5, 5), commune=None)
    RecognitionFactory(
        product=_ends("Kéo dài", date(2026, 9, 1), commune=here).product,
        on=date(2020, 1, 1),
        commune=here,
    )
    extended = _ends("Đã kéo dài", date(2026, 9, 2), commune=there)
    type(extended).objects.filter(pk=extended.pk).update(extended_until=date(2027, 1, 1))


def _behind(found: Board, line: Any, column: Any) -> Ending:
    """What the link of a number asks for."""
    by = Ending(start=column.first, end=column.last)
    if found.cut is Cut.COMMUNE:
        return replace(by, places=(int(line.key),))
    return replace(by, **{_FIELDS[found.cut]: line.key})


@pytest.mark.whole
@pytest.mark.usefixtures("varied")
@pytest.mark.parametrize("cut", list(Cut))
def test_every_number_is_as_long_as_the_list_behind_it(cut: Cut) -> None:
    found = board(SYSTEM, cut, on=ON, by=Ending())
    assert found.total == 9
    lines = named(cut, found.lines)
    assert sum(line.total for line in lines) == sum(found.totals) == 9
    for line in lines:
        assert line.label
        for column, count in zip(found.columns, line.counts, strict=True):
            assert len(_rows(SYSTEM, _behind(found, line, column))) == count


@pytest.mark.usefixtures("varied")
def test_who_can_file_who_missed_it_and_who_is_out() -> None:
    found = board(SYSTEM, Cut.COMMUNE, on=ON, by=Ending())
    expected = {
        State.WINDOW_OPEN: ["Đang hạn"],
        State.WINDOW_MISSED: ["Hôm nay", "Quá hạn"],
        KEPT: ["Hôm qua", "Kéo dài", "Đã kéo dài"],
        State.EXTENDED: ["Đã kéo dài"],
        State.EXTENSION_UNCONFIRMED: ["Hôm qua", "Kéo dài"],
        State.EXPIRED: ["Không rõ", "Xưa"],
        State.VALID: ["Ngày cuối"],
    }
    for state, names in expected.items():
        assert found.count(state) == len(names)
        assert _rows(SYSTEM, Ending(state=state, end=date(2027, 11, 29))) == sorted(names)


@pytest.mark.usefixtures("varied")
def test_lines_stand_in_their_order_and_name_what_is_not_known(places: Places) -> None:
    communes = board(SYSTEM, Cut.COMMUNE, on=ON, by=Ending())
    assert [line.label for line in communes.lines] == [
        "Xã Đại Xuyên",
        "Xã Phú Yên",
        "Xã Ứng Hòa",
        "Chưa rõ xã, phường",
    ]
    sectors = board(SYSTEM, Cut.SECTOR, on=ON, by=Ending())
    assert [line.key for line in sectors.lines] == ["I", "II", UNKNOWN]
    ranks = board(SYSTEM, Cut.RANK, on=ON, by=Ending())
    assert [line.key for line in ranks.lines] == ["4p", "4", "3"]


@pytest.mark.usefixtures("varied")
def test_filters_are_kept_in_every_cut(places: Places) -> None:
    by = Ending(unit=places.there, rank="4")
    assert board(SYSTEM, Cut.SECTOR, on=ON, by=by).total == 1
    assert _rows(SYSTEM, by) == ["Quá hạn"]
    maker = Product.objects.get(name="Hôm nay").producer
    found = board(SYSTEM, Cut.PRODUCER, on=ON, by=Ending(producer=maker.code))
    assert [line.label for line in named(Cut.PRODUCER, found.lines)] == ["HTX Hôm nay"]
    assert found.columns[1].last == ON
    assert found.lines[0].counts[1] == 1


def test_producers_with_most_stars_come_first(places: Places) -> None:
    first = _ends("Một", date(2027, 1, 1), commune=places.here)
    many = _ends("Hai", date(2027, 1, 1), commune=places.here).product.producer
    _ends("Ba", date(2027, 2, 1), commune=places.here, producer=many)
    found = named(Cut.PRODUCER, board(SYSTEM, Cut.PRODUCER, on=ON, by=Ending()).lines)
    assert [(line.key, line.total) for line in found] == [
        (many.code, 2),
        (first.product.producer.code, 1),
    ]


def test_what_is_stopped_revoked_replaced_or_proposed_is_in_no_number(places: Places) -> None:
    day, here = date(2027, 1, 5), places.here
    kept = _ends("Còn", day, commune=here)
    _ends("Ngừng", day, commune=here, state=ProductState.STOPPED)
    _ends("Thu hồi", day, commune=here, revoked_on=ON)
    _ends("Đề nghị", day, commune=here, evidence=Evidence.B2)
    _ends("Chưa công bố", day, commune=here, batch=imported(BatchState.LOADED))
    closed = _ends("Chủ thể ngừng", day, commune=here).product.producer
    type(closed).objects.filter(pk=closed.pk).update(stopped_on=ON)
    again = _ends("Có lần sau", day, commune=here)
    RecognitionFactory(product=again.product, on=date(2026, 10, 1), commune=here)
    assert _rows(SYSTEM, Ending(end=date(2027, 11, 29))) == [kept.product.name]
    assert board(SYSTEM, Cut.COMMUNE, on=ON, by=Ending()).total == 1


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.PROVINCIAL_OFFICER, 4),
        (Role.AUDITOR, 4),
        (Role.COMMUNE_OFFICER, 2),
        (Role.INSPECTOR, 0),
        (Role.COUNCIL_MEMBER, 0),
    ],
)
def test_each_sees_the_own_part(now: datetime, places: Places, role: Role, seen: int) -> None:
    build_rows(places)
    day = date(2027, 1, 5)
    _ends("Ở đây", day, commune=places.here, listed=False)
    _ends("Khi đó", day, commune=None, unit=places.before, listed=False)
    _ends("Nơi khác", day, commune=places.there, listed=False)
    _ends("Không rõ", day, commune=None)
    unit = places.here if role is Role.COMMUNE_OFFICER else None
    actor = people.actor_for(person(now, role, unit), on=now.date())
    by = Ending(end=date(2027, 11, 29))
    assert board(actor, Cut.COMMUNE, on=ON, by=by).total == len(_rows(actor, by)) == seen
