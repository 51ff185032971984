"""What an installation that just opened is told to do, and to whom."""

import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.services import load_decree
from ocop.people.models import User
from ocop.people.roles import Role
from tests.factories import RecognitionFactory, TargetFactory
from tests.world import build_places, person, with_second_factor

pytestmark = pytest.mark.django_db
ADMINISTRATION, OFFICE = reverse("administration:home"), reverse("office:home")


@pytest.fixture(autouse=True)
def _real(now: datetime, settings: LazySettings) -> Iterator[None]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.HTTPS = False
    with time_machine.travel(now, tick=False):
        yield


def _steps(client: Client, user: User, now: datetime, address: str) -> dict[str, tuple[bool, str]]:
    """The steps of a page by name: whether done, and the link."""
    client.force_login(with_second_factor(user, now))
    page = client.get(address).content.decode()
    part = page.partition('id="buoc-dau"')[2].partition("</ol>")[0]
    rows = re.findall(r"<li>(.*?)</li>", part, re.S)
    found = {}
    for row in rows:
        (name,) = re.findall(r"<b>(.*?)</b>", row)
        link = re.search(r'href="([^"]+)"', row)
        found[name] = ("Đã xong" in row, link[1] if link else "")
    return found


def test_administrator_and_office_see_what_is_to_be_done_first(
    client: Client, now: datetime
) -> None:
    places = build_places(now)
    load_decree(actor=SYSTEM, at=now)
    administrator = person(now, Role.ADMINISTRATOR)
    steps = _steps(client, administrator, now, ADMINISTRATION)
    assert list(steps) == [
        "Tài khoản và vai trò",
        "Thư điện tử",
        "HTTPS",
        "Đối chiếu bộ tiêu chí",
        "Nạp sổ đăng ký",
        "Mục tiêu của kỳ",
    ]
    assert not any(done for done, _link in steps.values())
    assert steps["Tài khoản và vai trò"][1] == reverse("administration:accounts")
    for _done, link in steps.values():
        assert client.get(link.partition("#")[0]).status_code == 200
    page = client.get(ADMINISTRATION).content.decode()
    for name in ("Thư điện tử", "HTTPS"):
        anchor = steps[name][1].rpartition("#")[2]
        assert f'<tr id="{anchor}">' in page
    head = person(now, Role.OFFICE_HEAD)
    TargetFactory(unit=places.province, starts_on=date(2026, 1, 1), ends_on=date(2031, 1, 1))
    steps = _steps(client, head, now, OFFICE)
    assert {name for name, (done, _link) in steps.items() if done} == {
        "Tài khoản và vai trò",
        "Mục tiêu của kỳ",
    }
    assert steps["Tài khoản và vai trò"][1] == ""  # the administrator's
    assert steps["Nạp sổ đăng ký"][1] == reverse("office:import")
    assert steps["Đối chiếu bộ tiêu chí"][1] == reverse("office:criteria")


def test_steps_go_when_all_are_done(client: Client, now: datetime, settings: LazySettings) -> None:
    places = build_places(now)
    load_decree(actor=SYSTEM, at=now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    TargetFactory(unit=places.province)
    RecognitionFactory()
    head = person(now, Role.OFFICE_HEAD)
    CriteriaSetVersion.objects.update(signed_off_at=now)
    assert [name for name, (done, _) in _steps(client, head, now, OFFICE).items() if not done] == [
        "HTTPS"
    ]
    settings.HTTPS = True
    client.defaults["wsgi.url_scheme"] = "https"
    assert _steps(client, head, now, OFFICE) == {}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COMMUNE_OFFICER, Role.COUNCIL_CHAIR])
def test_others_are_not_told(client: Client, now: datetime, role: Role) -> None:
    places = build_places(now)
    unit = places.here if role is Role.COMMUNE_OFFICER else None
    assert _steps(client, person(now, role, unit), now, OFFICE) == {}


def test_demonstration_has_no_first_steps(client: Client, now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    build_places(now)
    assert _steps(client, person(now, Role.OFFICE_HEAD), now, OFFICE) == {}
