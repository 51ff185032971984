"""What assistive technology steers by: headings in order, landmarks and columns with own names."""

import re
from datetime import datetime
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from tests import world
from tests.factories import RegistrationFactory, UnitFactory
from tests.recognition.registries import HEADING, book, row
from tests.world import person, recognised

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(now: datetime) -> None:
    world.build_places(now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


def test_headings_of_the_catalogue_skip_no_level(client: Client) -> None:
    recognised("Mật ong", commune=UnitFactory())
    page = client.get(reverse("catalogue")).content.decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert 3 in levels
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_two_landmarks_of_an_import_have_one_name(client: Client, now: datetime) -> None:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    file = SimpleUploadedFile("so.xlsx", book(HEADING, row(), row("Cà phê", stars="đạt")))
    page = client.post(reverse("office:import"), {"file": file}, follow=True).content.decode()
    names = re.findall(r'<(?:section|div)[^>]* aria-labelledby="([^"]*)"', page)
    assert {"luu-y", "xem-truoc"} <= set(names)
    assert len(names) == len(set(names))


def test_every_column_of_the_registrations_has_a_heading(client: Client, now: datetime) -> None:
    RegistrationFactory(year=2026)
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    page = client.get(reverse("office:registrations")).content.decode()
    headings = re.findall(r"<th[^>]*>(.*?)</th>", page, re.S)
    assert headings
    assert all(re.sub(r"<[^>]*>", "", heading).strip() for heading in headings)
