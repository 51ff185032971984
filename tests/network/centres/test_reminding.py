"""What is told of centres by the clock: months that nobody told, visits and assessments due."""

from datetime import UTC, date, datetime

import pytest

from ocop.network.centres.models import CentreMonth
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.producers.models import ProducerMembership
from ocop.programme.reminding import _centres
from tests.factories import ProducerFactory
from tests.network.centres.factories import make_assessment, make_centre, make_visit
from tests.world import person

pytestmark = pytest.mark.django_db


def _on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)


def _remind(day: date) -> int:
    return _centres(day, day, _on(day))


def test_a_month_that_nobody_told_is_asked_for_once_some_days_after_its_end(now: datetime) -> None:
    user, maker = person(now, None), ProducerFactory()
    ProducerMembership.objects.create(user=user, producer=maker, starts_on=date(2026, 1, 1))
    centre = make_centre(producer=maker, recognised_on=date(2026, 8, 20))
    make_centre(recognised_on=date(2026, 10, 2))  # not yet there in September
    assert _remind(date(2026, 10, 3)) == 0
    assert _remind(date(2026, 10, 8)) == 1
    assert _remind(date(2026, 10, 9)) == 0
    (message,) = Message.objects.filter(user=user)
    assert message.link == f"/cua-toi/trung-tam/{centre.code}/thang/2026-09/"
    CentreMonth.objects.create(
        centre=centre, month=date(2026, 10, 1), visitors=0, sent_at=_on(date(2026, 11, 1))
    )
    assert _remind(date(2026, 11, 8)) == 0


def test_the_office_hears_once_of_a_visit_and_of_an_assessment_that_is_due(now: datetime) -> None:
    person(now, Role.PROVINCIAL_OFFICER)
    centre = make_centre(recognised_on=date(2023, 12, 27))
    make_visit(centre, date(2025, 12, 1))
    assert _remind(date(2026, 11, 30)) == 0
    assert _remind(date(2026, 12, 1)) == 1
    assert _remind(date(2026, 12, 2)) == 0
    make_visit(centre, date(2026, 12, 3))
    assert _remind(date(2026, 12, 27)) == 1  # three years are over
    assert _remind(date(2026, 12, 28)) == 0


def test_an_assessment_under_way_is_awaited_no_more(now: datetime) -> None:
    person(now, Role.PROVINCIAL_OFFICER)
    centre = make_centre(recognised_on=date(2023, 12, 27))
    make_visit(centre, date(2026, 12, 3))
    make_assessment(centre, round="again", opened_on=date(2026, 12, 5))
    assert _remind(date(2026, 12, 27)) == 0
