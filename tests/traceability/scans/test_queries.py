"""Standing figures: each from its table, the same whichever table answers, filtered by who asks."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.actor import ANONYMOUS, SYSTEM, Actor
from ocop.people import queries as people
from ocop.people.roles import Role
from ocop.traceability.journal import FORGED
from ocop.traceability.scans import draining, journals, periods, queries
from tests.factories import ProducerFactory, ProductFactory
from tests.traceability.factories import make_item
from tests.traceability.scans.scenery import (
    BESIDE,
    DAY,
    FAR,
    GTINS,
    HERE,
    START,
    UNISSUED,
    Scenery,
    build,
    look,
    scan,
    write,
)
from tests.world import build_places, member, person

NOVEMBER = periods.Period("2026-11", date(2026, 11, 1), date(2026, 12, 1))
YEAR = periods.Period("2026", date(2026, 1, 1), date(2027, 1, 1))


# --- Periods.


@pytest.mark.parametrize("key", ["2026-11", "2026"])
def test_period_is_read_from_its_key(key: str) -> None:
    assert periods.read(key) == {"2026-11": NOVEMBER, "2026": YEAR}[key]


@pytest.mark.parametrize("key", ["", "2026-13", "2026-00", "26-11", "2026-11-01", "0000", "9999"])
def test_what_is_no_period_is_none(key: str) -> None:
    assert periods.read(key) is None


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 1500))
def test_periods_from_one_day_to_another_are_its_months_and_years(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    found = periods.between(first, last)
    every = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    assert [p.key for p in found if p.is_month] == sorted({f"{d:%Y-%m}" for d in every})[::-1]
    assert [p.key for p in found if not p.is_month] == sorted({f"{d:%Y}" for d in every})[::-1]
    for period in found:
        assert periods.read(period.key) == period


def test_period_says_its_name() -> None:
    assert (NOVEMBER.words, YEAR.words) == ("Tháng 11/2026", "Năm 2026")


# --- Figures.


@pytest.fixture
def scenery(now: datetime) -> Scenery:
    """Scans of two makers on three days, a stamp twice by the same phone."""
    places = build_places(now)
    found = build(commune=places.here)
    other = make_item(ProductFactory(producer__commune=places.there), now, gtin="08930000000031")
    found.items.append(other)
    write(
        look(START, lot="L-01"),
        look(START + DAY, phone=2, place=BESIDE),
        scan(START + DAY, phone=3),
        scan(START + DAY, phone=3),
        look(START + 2 * DAY, gtin=other.gtin, phone=4, place=FAR),
        scan(START + 2 * DAY, number=UNISSUED[0]),
        scan(START + 2 * DAY, version=FORGED, number=6, place=""),
    )
    draining.drain(journals.source())
    return found


def actor(now: datetime, role: Role | None, unit: object = None) -> Actor:
    return people.actor_for(person(now, role, unit), on=now.date())  # type: ignore[arg-type]


@pytest.mark.django_db
def test_who_oversees_all_reads_every_scan(scenery: Scenery) -> None:
    days = queries.days(SYSTEM, NOVEMBER)
    assert [(f"{line.day}", line.sums.scans) for line in days] == [
        ("2026-11-23", 1),
        ("2026-11-24", 3),
        ("2026-11-25", 2),
    ]
    total = queries.total(line.sums for line in days)
    assert (total.scans, total.clients, total.firsts) == (6, 4, 2)
    assert (total.forged, total.unissued) == (6, 1)
    places = queries.places(SYSTEM, NOVEMBER)
    assert [(line.code, line.sums.scans) for line in places] == [
        (HERE, 4), (BESIDE, 1), (FAR, 1), ("", 0),
    ]  # fmt: skip
    assert queries.total(line.sums for line in places) == total
    assert queries.overview(SYSTEM, NOVEMBER) == (days, places)


@pytest.mark.django_db
def test_year_is_told_by_months_and_its_places_as_of_all_its_days(
    scenery: Scenery, now: datetime
) -> None:
    write(look(START - 60 * DAY, phone=7), look(START - 60 * DAY, phone=8, place=FAR))
    draining.drain(journals.source())
    officer = actor(now, Role.COMMUNE_OFFICER, scenery.items[0].product.producer.commune)
    for who, item in ((SYSTEM, None), (SYSTEM, scenery.items[0]), (officer, None)):
        months, places = queries.overview(who, YEAR, item)
        days = queries.days(who, YEAR, item)
        assert {line.day for line in months} == {line.day.replace(day=1) for line in days}
        for line in months:
            month = [each.sums for each in days if each.day.replace(day=1) == line.day]
            assert line.sums == queries.total(month)
        assert places == queries.places(who, YEAR, item)
    assert len(queries.overview(SYSTEM, YEAR)[0]) == 2


@pytest.mark.django_db
def test_period_without_scans_is_empty(scenery: Scenery) -> None:
    october = periods.read("2026-10")
    assert october is not None
    assert queries.days(SYSTEM, october) == []
    assert queries.places(SYSTEM, october) == []
    assert queries.total([]) == queries.Sums()
    assert queries.days(SYSTEM, YEAR) == queries.days(SYSTEM, NOVEMBER)
    assert [p.key for p in queries.periods_there()] == ["2026", "2026-11"]


@pytest.mark.django_db
def test_commune_reads_its_own_makers_and_no_forgeries(scenery: Scenery, now: datetime) -> None:
    officer = actor(now, Role.COMMUNE_OFFICER, scenery.items[0].product.producer.commune)
    total = queries.total(line.sums for line in queries.days(officer, NOVEMBER))
    assert (total.scans, total.forged, total.unissued) == (4, None, None)
    assert {line.code for line in queries.places(officer, NOVEMBER)} == {HERE, BESIDE}
    assert [row.item for row in queries.items_scanned(officer, NOVEMBER)] == [scenery.items[0]]


@pytest.mark.django_db
def test_producer_reads_own_scans_and_the_office_on_that_face_none(
    scenery: Scenery, now: datetime
) -> None:
    user = member(now, scenery.items[0].product.producer)
    own = people.actor_for(user, on=now.date())
    assert len(queries.days(own, NOVEMBER, own=True)) == 2
    assert [row.scans for row in queries.items_scanned(own, NOVEMBER, own=True)] == [4]
    assert scenery.items[3] not in queries.items_of(own, own=True)
    officer = actor(now, Role.PROVINCIAL_OFFICER)
    assert queries.days(officer, NOVEMBER, own=True) == []
    assert len(queries.days(officer, NOVEMBER)) == 3


@pytest.mark.django_db
def test_others_read_nothing(scenery: Scenery, now: datetime) -> None:
    stranger = people.actor_for(member(now, ProducerFactory()), on=now.date())
    for who in (ANONYMOUS, stranger, actor(now, Role.COUNCIL_MEMBER)):
        assert queries.days(who, NOVEMBER) == []
        assert queries.places(who, NOVEMBER) == []
        assert not queries.items_scanned(who, NOVEMBER).exists()
        assert not queries.signals_visible_to(who).exists()


@pytest.mark.django_db
def test_sales_units_by_scans_with_the_share_of_their_stamps(scenery: Scenery) -> None:
    rows = list(queries.with_stamps(queries.items_scanned(SYSTEM, NOVEMBER)))
    assert [(row.item, row.scans, row.clients, row.firsts) for row in rows] == [
        (scenery.items[0], 4, 3, 1),
        (scenery.items[3], 1, 1, 0),
    ]
    assert (rows[0].active, rows[0].seen) == (10, 1)
    assert (rows[1].active, rows[1].seen) == (None, None)
    stamps = queries.stamps_of(scenery.items[0])
    assert (stamps.active, stamps.seen, stamps.percent) == (10, 1, 10)
    assert queries.stamps_of(scenery.items[3]).percent is None
    assert queries.most_scanned(SYSTEM, NOVEMBER)[0].item == scenery.items[0]


@pytest.mark.django_db
def test_lots_of_a_sales_unit(scenery: Scenery) -> None:
    lines = queries.lots(NOVEMBER, scenery.items[0])
    found = [(line.lot, line.sums.scans) for line in lines]
    assert found == [(scenery.lots[0], 3), (None, 1)]
    assert queries.lots(NOVEMBER, scenery.items[1]) == []


@pytest.mark.django_db
def test_figures_read_no_single_scan_and_grow_with_no_row(scenery: Scenery) -> None:
    """As many questions for ten times the scans, and none to the stamps or the phones."""

    def asked() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            queries.days(SYSTEM, NOVEMBER)
            queries.places(SYSTEM, NOVEMBER)
            queries.most_scanned(SYSTEM, NOVEMBER)
        return [each["sql"] for each in counted.captured_queries]

    before = asked()
    write(*(look(START + n, gtin=GTINS[n % 2], phone=n) for n in range(60)))
    draining.drain(journals.source())
    assert len(asked()) == len(before)
    assert not any("stampseen" in sql or "scanclient" in sql for sql in before)
