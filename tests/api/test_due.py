"""Registrations and ending stars by the API."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people import queries
from ocop.people import services as people
from ocop.people.roles import Role
from ocop.people.scopes import READ_PROGRAMME, READ_REGISTER
from ocop.places.models import Unit
from tests.factories import ProductFactory, RecognitionFactory, RegistrationFactory
from tests.world import Places, build_places, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(now: datetime) -> Places:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_places(now)


def header(now: datetime, role: Role, unit: Unit | None = None) -> dict[str, str]:
    user = person(now, role, unit)
    issued = people.issue_token(
        actor=queries.actor_for(user, on=now.date()),
        user=user,
        name="thử",
        scopes=frozenset({READ_REGISTER, READ_PROGRAMME}),
        at=now,
    )
    return {"Authorization": f"Bearer {issued.secret}"}


def test_registrations_are_for_staff_and_a_commune_sees_its_own(
    client: Client, now: datetime, places: Places
) -> None:
    RegistrationFactory(unit=places.here, product_name="Chè", year=2026)
    RegistrationFactory(unit=places.there, product_name="Gạo", year=2025)
    assert client.get("/api/v1/registrations").status_code == 401
    office = header(now, Role.AUDITOR)
    told = client.get("/api/v1/registrations", headers=office).json()
    assert [row["product_name"] for row in told["items"]] == ["Chè", "Gạo"]
    narrowed = client.get("/api/v1/registrations?year=2025", headers=office).json()
    assert narrowed["total"] == 1
    own = header(now, Role.COMMUNE_OFFICER, places.here)
    told = client.get("/api/v1/registrations", headers=own).json()
    assert [row["product_name"] for row in told["items"]] == ["Chè"]
    member = header(now, Role.COUNCIL_MEMBER)
    assert client.get("/api/v1/registrations", headers=member).status_code == 403


def test_extended_star_comes_with_the_last_day_of_its_extension(
    client: Client, now: datetime, places: Places
) -> None:
    """Art. 12.3: it holds to that day, to which the days left count."""
    today = timezone.localdate()
    ended, until = today - timedelta(days=30), today + timedelta(days=20)
    product = ProductFactory(listed=True, province="01", commune=places.here)
    RecognitionFactory(
        product=product,
        commune=places.here,
        province="01",
        on=date(ended.year - 3, 1, 1),
        expires_on=ended,
        extended_until=until,
    )
    office = header(now, Role.PROVINCIAL_OFFICER)
    (row,) = client.get("/api/v1/expiring?state=extended", headers=office).json()["items"]
    assert (row["expires_on"], row["extended_until"]) == (ended.isoformat(), until.isoformat())
    assert row["days_left"] == 20


def test_ending_stars_come_with_the_days_for_filing(
    client: Client, now: datetime, places: Places
) -> None:
    ends = timezone.localdate() + timedelta(days=100)
    product = ProductFactory(listed=True, province="01", commune=places.here)
    RecognitionFactory(
        product=product,
        commune=places.here,
        province="01",
        on=date(ends.year - 3, 1, 1),
        expires_on=ends,
    )
    office = header(now, Role.PROVINCIAL_OFFICER)
    (row,) = client.get("/api/v1/expiring", headers=office).json()["items"]
    assert (row["product"], row["days_left"]) == (product.code, 100)
    assert row["file_from"] == (ends - timedelta(days=180)).isoformat()
    assert row["file_until"] == (ends - timedelta(days=120)).isoformat()
    other = header(now, Role.COMMUNE_OFFICER, places.there)
    assert client.get("/api/v1/expiring", headers=other).json()["items"] == []
    assert client.get("/api/v1/expiring").status_code == 401


@pytest.mark.parametrize(
    ("path", "code", "field"),
    [
        ("expiring?star=9", "unknown_filter", "star"),
        ("registrations?kind=xx", "filter_value", "kind"),
        ("recognitions?sector=XX", "filter_value", "sector"),
        ("recognitions?star=9", "unknown_filter", "star"),
        ("recognitions?unit=abc", "filter_value", "unit"),
        ("indicators/evaluated/rows?sector=XX", "filter_value", "sector"),
        ("indicators/evaluated/rows?year=abc", "filter_value", "year"),
        ("indicators/evaluated/rows?star=9", "unknown_filter", "star"),
    ],
)
def test_filter_that_is_not_understood_is_a_problem_that_names_it(
    client: Client, now: datetime, places: Places, path: str, code: str, field: str
) -> None:
    answer = client.get(f"/api/v1/{path}", headers=header(now, Role.AUDITOR))
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["code"] == code
    assert [error["field"] for error in told["errors"]] == [field]
