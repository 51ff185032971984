"""CSV files that the system gives away: no name in them is run as a formula by a spreadsheet."""

import csv
import io
import zipfile
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from ocop.core.csvs import cells
from ocop.core.official.bundle import Piece, bundle
from ocop.people.roles import Role
from tests.world import build_places, person, recognised, with_second_factor

EVIL = "=1+cmd|' /C calc'!A0"


@pytest.mark.django_db
def test_exchange_table_runs_no_formula(client: Client, now: datetime) -> None:
    places = build_places(now)
    recognised(EVIL, commune=places.here)
    client.force_login(with_second_factor(person(now, Role.OFFICE_HEAD), now))
    answer = client.get(reverse("office:exchange", args=["csv"]))
    told = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (row,) = csv.DictReader(io.StringIO(told))
    assert (row["TEN_SAN_PHAM"], row["CHU_THE"]) == (f"'{EVIL}", f"HTX {EVIL}")


def test_index_of_a_bundle_runs_no_formula() -> None:
    into = io.BytesIO()
    bundle(into, "Hồ sơ", [Piece("a", EVIL, "pdf", b"1")])
    told = zipfile.ZipFile(into).read("index.csv").decode("utf-8-sig")
    assert [row["tai_lieu"] for row in csv.DictReader(io.StringIO(told))] == [f"'{EVIL}"]


def test_numbers_and_names_stay_as_they_are() -> None:
    assert cells([-5, None, "Mật ong", "3*", "", "@a", " +1", "\t=1"]) == [
        -5, None, "Mật ong", "3*", "", "'@a", "' +1", "'\t=1",
    ]  # fmt: skip
