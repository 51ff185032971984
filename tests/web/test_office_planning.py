"""Registrations, targets and reported figures in the office."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.dossiers.models import Registration
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.places.queries import key_of
from ocop.programme.models import ReportedFigure, Target
from tests.factories import RegistrationFactory
from tests.world import Places, build_places, person

pytestmark = pytest.mark.django_db
LIST = "/dieu-hanh/dang-ky/"
TARGETS = "/dieu-hanh/muc-tieu/"


@pytest.fixture
def places(now: datetime) -> Places:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_places(now)


@pytest.fixture
def commune(places: Places) -> Unit:
    return places.here


def enter(client: Client, now: datetime, role: Role, unit: Unit | None = None) -> None:
    client.force_login(person(now, role, unit))


def listed(unit: Unit, lines: str) -> dict[str, str]:
    return {
        "unit": key_of(unit),
        "year": "2026",
        "kind": "first",
        "registered_on": "2026-01-15",
        "lines": lines,
    }


def test_list_is_pasted_whole_or_refused_whole(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.COMMUNE_OFFICER, commune)
    lines = "Mật ong; HTX Ong Vàng\nChè xanh\tHộ bà Lan\n\nGạo"
    assert client.post(f"{LIST}moi/", listed(commune, lines)).status_code == 302
    kept = set(Registration.objects.values_list("product_name", "producer_name"))
    assert kept == {("Mật ong", "HTX Ong Vàng"), ("Chè xanh", "Hộ bà Lan"), ("Gạo", "")}
    again = client.post(f"{LIST}moi/", listed(commune, "Nấm\nGạo"))
    assert again.status_code == 200
    assert "Nấm" in again.content.decode()  # what was typed stays
    assert Registration.objects.count() == 3


def test_officer_registers_for_the_own_commune_only(
    client: Client, now: datetime, commune: Unit, places: Places
) -> None:
    enter(client, now, Role.COMMUNE_OFFICER, commune)
    other = places.there
    assert client.post(f"{LIST}moi/", listed(other, "Gạo")).status_code == 403
    theirs = RegistrationFactory(unit=other, product_name="Của xã khác")
    assert "Của xã khác" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{theirs.pk}/rut/").status_code == 404


def test_withdrawing_needs_a_reason_and_stays_on_record(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.PROVINCIAL_OFFICER)
    row = RegistrationFactory(unit=commune)
    address = f"{LIST}{row.pk}/rut/"
    page = client.get(address).content.decode()
    assert "Những gì sẽ thay đổi" in page
    assert "không còn trong danh sách đăng ký năm 2024" in page
    assert client.post(address, {"reason": " "}).status_code == 200
    assert client.post(address, {"reason": "đổi kế hoạch"}).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_on is not None
    assert address not in client.get(LIST).content.decode()


def test_filters_narrow_by_words_without_marks(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.AUDITOR)
    RegistrationFactory(unit=commune, product_name="Mật ong rừng", year=2025)
    RegistrationFactory(unit=commune, product_name="Chè xanh", year=2026)
    page = client.get(f"{LIST}?q=mat+on").content.decode()
    assert "Mật ong rừng" in page
    assert "Chè xanh" not in page
    assert "Mật ong rừng" not in client.get(f"{LIST}?year=2026").content.decode()


def test_target_is_set_and_replaced(client: Client, now: datetime, commune: Unit) -> None:
    enter(client, now, Role.OFFICE_HEAD)
    told = {
        "indicator": "evaluated_in_term",
        "term": "2026-2030",
        "low": "1000",
        "high": "1200",
        "source": "Kế hoạch 12/KH-UBND",
    }
    assert client.post(f"{TARGETS}moi/", told).status_code == 302
    client.post(f"{TARGETS}moi/", {**told, "low": "1100"})
    target = Target.objects.get()
    assert (target.low, target.high) == (Decimal(1100), Decimal(1200))
    assert target.unit == commune.parent
    assert "1.100–1.200" in client.get(TARGETS).content.decode()
    assert client.post(f"{TARGETS}moi/", {**told, "term": "2030-2026"}).status_code == 200
    assert client.post(f"{TARGETS}moi/", {**told, "high": "5"}).status_code == 200


def test_figure_is_kept_with_its_source(client: Client, now: datetime, commune: Unit) -> None:
    enter(client, now, Role.PROVINCIAL_OFFICER)
    told = {"indicator": "sales_points", "as_of": "2026-03-31", "value": "105", "source": "BC 5"}
    assert client.post(f"{TARGETS}so-lieu/", told).status_code == 302
    assert ReportedFigure.objects.get().value == 105
    assert "BC 5" in client.get(TARGETS).content.decode()
    late = client.post(f"{TARGETS}so-lieu/", {**told, "as_of": "2999-01-01"})
    assert "không được sau hôm nay" in late.content.decode()


@pytest.mark.parametrize(
    ("role", "registrations", "targets", "setting"),
    [
        (Role.AUDITOR, 200, 200, 403),
        (Role.COUNCIL_MEMBER, 403, 403, 403),
        (Role.INSPECTOR, 403, 403, 403),
    ],
)
def test_who_may_open_what(
    client: Client,
    now: datetime,
    commune: Unit,
    role: Role,
    registrations: int,
    targets: int,
    setting: int,
) -> None:
    enter(client, now, role)
    assert client.get(LIST).status_code == registrations
    assert client.get(TARGETS).status_code == targets
    assert client.get(f"{TARGETS}moi/").status_code == setting
    assert client.get(f"{TARGETS}so-lieu/").status_code == setting
