"""Since when units support producers at fairs: from grants and payments, never added up."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from ocop.core import attachments
from ocop.programme import indicators
from ocop.programme.readings import Source
from ocop.programme.scope import Choice
from ocop.support.models import Category, GrantBatch, GrantBatchState
from tests.factories import CREATED
from tests.programme import province
from tests.programme.province import Province, scope
from tests.support import factories as making
from tests.support.factories import GrantFactory, LineFactory, PolicyFactory

pytestmark = pytest.mark.django_db
READING = indicators.get("fair_support_since")


@pytest.fixture
def place() -> Province:
    return province.units()


def since(*choices: Choice, on: date = province.END_OF_MARCH) -> object:
    return READING.figure(scope(*choices, as_of=on)).value


def test_the_first_grant_for_fairs_tells_the_year(place: Province) -> None:
    assert READING.source is Source.SUPPORT
    assert since() is None
    GrantFactory(unit=place.phu_xuyen, year=2021)
    GrantFactory(unit=place.phu_xuyen, year=2019)
    GrantFactory(unit=place.phu_xuyen, year=2018, category=Category.TRADEMARK)
    assert since() == 2019
    assert READING.write(2019) == "2019"


def test_of_two_units_the_earlier_and_each_has_its_own(place: Province) -> None:
    GrantFactory(unit=place.phu_xuyen, year=2021)
    GrantFactory(unit=place.hoai_duc, year=2019)
    assert since() == 2019
    lines = READING.slices(scope(), "district_then")
    assert {line.label: line.count for line in lines} == {
        "Huyện Hoài Đức": 2019,
        "Huyện Phú Xuyên": 2021,
    }
    for line in lines:
        assert since(("district_then", line.key)) == line.count
    rows = READING.rows(scope())
    assert {row.name: row.counted_year for row in rows} == {
        line.label: line.count for line in lines
    }


def test_a_commune_within_a_district_is_part_of_it(place: Province) -> None:
    GrantFactory(unit=place.van_tu, year=2020)
    GrantFactory(unit=place.phu_xuyen, year=2022)
    assert [line.count for line in READING.slices(scope(), "district_then")] == [2020]
    assert [line.count for line in READING.slices(scope(), "commune_then")] == [2020]


def test_a_grant_of_a_year_alone_counts_when_the_year_is_over(place: Province) -> None:
    GrantFactory(unit=place.phu_xuyen, year=2023)
    assert since(on=date(2023, 12, 30)) is None
    assert since(on=date(2023, 12, 31)) == 2023
    GrantFactory(unit=place.phu_xuyen, year=2022, given_on=date(2022, 5, 2))
    assert since(on=date(2022, 5, 1)) is None
    assert since(on=date(2022, 5, 2)) == 2022


def test_what_was_read_or_undone_or_names_no_unit_does_not_count(place: Province) -> None:
    GrantFactory(unit=None, year=2019)
    for state in (GrantBatchState.READ, GrantBatchState.UNDONE):
        GrantFactory(unit=place.phu_xuyen, year=2020, batch=batch(state))
    assert since() is None
    GrantFactory(unit=place.phu_xuyen, year=2020, batch=batch(GrantBatchState.LOADED))
    assert since() == 2020


def test_invented_grants_count_in_a_demonstration_only(place: Province) -> None:
    GrantFactory(unit=place.phu_xuyen, year=2020, demonstration=True)
    assert not scope().demonstration
    assert since() is None


def test_money_paid_here_counts_from_the_day_of_its_voucher(now: datetime) -> None:
    place, today = province.units(), timezone.localdate(now)
    line = LineFactory(unit=place.today_phu_xuyen, year=today.year)
    request = making.asked(now, PolicyFactory(category=Category.PROMOTION))
    making.approved(now, request, line)
    assert since(on=today) is None  # promised is not given
    making.paid(now, request)
    assert since(on=today) == today.year
    GrantFactory(unit=place.today_phu_xuyen, year=2025, given_on=date(2025, 8, 1))
    assert since(on=today) == 2025


def batch(state: str) -> GrantBatch:
    kept = attachments.store(b"a,b\n1,2\n", filename="a.csv", at=CREATED)
    return GrantBatch.objects.create(
        code=f"b{GrantBatch.objects.count()}", filename="a.csv", attachment=kept, level="district",
        state=state, created_at=CREATED,
    )  # fmt: skip
