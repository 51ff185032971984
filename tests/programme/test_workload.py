"""The council's work to come, read from stars, dossiers and sittings."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.models import Sitting, SittingState
from ocop.dossiers.models import Dossier, State
from ocop.programme.workload import CAPACITY, outlook
from ocop.recognition.models import Kind, Recognition
from ocop.recognition.refiling import note_filed
from tests.councils.hall import new_council
from tests.factories import version
from tests.world import build_places, recognised

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _province(now: datetime) -> None:
    build_places(now)


def _ends(name: str, day: date) -> Recognition:
    return recognised(name, on=day.replace(year=day.year - 3))


def _filed(name: str, day: date, kind: Kind, state: State, filed_on: date) -> None:
    row = recognised(name, on=day.replace(year=day.year - 3))
    Dossier.objects.create(
        code=name, kind=kind, product=row.product, version=version(), previous=row, state=state,
        province="01", created_at=timezone.now(),
        submitted_at=timezone.make_aware(datetime.combine(filed_on, time.min)),
    )  # fmt: skip


def test_windows_are_counted_and_spread_over_the_days_left() -> None:
    _ends("Một", date(2027, 6, 30))  # 01/01/2027 to 02/03/2027
    _ends("Hai", ON + timedelta(days=120))  # its last day of filing is today
    _ends("Muộn", ON + timedelta(days=119))
    found = outlook(SYSTEM, on=ON, province="01")
    months = {f"{each.month.days.start:%m/%Y}": each.month for each in found.months}
    assert found.late == 1
    assert (months["11/2026"].closes, months["11/2026"].filed) == (1, 1)
    assert (months["01/2027"].opens, months["01/2027"].filed) == (1, Fraction(31, 61))
    assert months["01/2027"].decided == 1  # filed on 30/11/2026, 45 days later 14/01/2027
    assert sum(each.month.filed for each in found.months) == 2


def test_what_was_filed_is_awaited_no_more_and_decided_within_45_days() -> None:
    day = date(2027, 5, 1)  # its window is open since 02/11/2026
    _filed("Nộp", day, Kind.REEVALUATION, State.RECEIVED, date(2026, 11, 20))
    _filed("Nâng", date(2028, 9, 1), Kind.UPGRADE, State.EXAMINING, date(2026, 9, 1))
    _filed("Soạn", day, Kind.REEVALUATION, State.DRAFT, date(2026, 11, 20))
    _filed("Xong", day, Kind.REEVALUATION, State.WITHDRAWN, date(2026, 11, 20))
    found = outlook(SYSTEM, on=ON, province="01")
    assert found.waiting == 2
    months = {f"{each.month.days.start:%m/%Y}": each.month for each in found.months}
    assert sum(each.month.filed for each in found.months) == 2  # of the draft and the withdrawn
    assert months["11/2026"].decided == 1  # 45 days since 01/09 are over: now
    assert months["01/2027"].decided > 1  # 20/11/2026 and 45 days: 04/01/2027


def test_what_came_in_its_window_is_not_awaited_again_while_it_is_mended() -> None:
    day = date(2027, 5, 1)
    _filed("Sửa", day, Kind.REEVALUATION, State.RETURNED, date(2026, 11, 20))
    _filed("Muộn", day, Kind.REEVALUATION, State.RETURNED, date(2026, 11, 20))
    note_filed(Recognition.objects.get(product__name="Sửa"), date(2026, 11, 20))
    found = outlook(SYSTEM, on=ON, province="01")
    assert found.waiting == 1
    assert sum(each.month.filed for each in found.months) == 1  # the other one only


def test_sittings_that_are_planned_stand_against_those_that_are_needed(now: datetime) -> None:

    options.set_option(actor=SYSTEM, option=CAPACITY, value=2, at=now)
    for number in range(5):
        _ends(f"Trà {number}", ON + timedelta(days=120))  # decided in January
    council, _people = new_council(now)
    starts_at = datetime(2027, 1, 20, 1, tzinfo=UTC)  # 8 o'clock in Hà Nội
    for state in (SittingState.PLANNED, SittingState.CANCELLED):
        Sitting.objects.create(
            code=state[:8],
            council=council,
            title="Phiên",
            state=state,
            created_at=now,
            starts_at=starts_at,
        )
    found = outlook(SYSTEM, on=ON, province="01")
    january = next(each for each in found.months if each.month.days.start == date(2027, 1, 1))
    assert (january.sittings, january.planned, january.missing) == (3, 1, 2)


@pytest.mark.parametrize("value", [0, -1, 1001, True, "30"])
def test_capacity_is_a_number_of_products(value: object) -> None:
    assert not CAPACITY.accepts(value)
