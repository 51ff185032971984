"""The national exchange table PTNT_OCOP by the API."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.people.scopes import READ_PROGRAMME, READ_REGISTER
from ocop.recognition.models import Evidence
from tests.world import Places, bearer, build_places, person, recognised

pytestmark = pytest.mark.django_db
V1 = "/api/v1/ptnt-ocop"
COLUMNS = (
    "MA_OCOP", "MA_DVHC", "MA_KY", "MA_SAN_PHAM", "TEN_SAN_PHAM", "HANG", "CHU_THE", "DOANH_THU",
    "TRANG_THAI",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


def test_table_holds_every_product_with_a_star_today_in_its_columns(
    client: Client, now: datetime, places: Places
) -> None:
    honey = recognised(
        "Mật ong",
        commune=places.here,
        stars=4,
        potential_five=True,
        revenue=1_500_000_000,
        official_code="01-09001-001-2024",
    ).product
    recognised("Hết hạn", on=date(2020, 1, 1))
    recognised("Mẫu", evidence=Evidence.M)
    recognised("Tỉnh khác", province="48")
    told = client.get(V1, headers=bearer(person(now, Role.AUDITOR), now)).json()
    assert (told["total"], told["demonstration"]) == (1, False)
    (row,) = told["items"]
    assert tuple(row) == COLUMNS
    assert row == {
        "MA_OCOP": honey.code,
        "MA_DVHC": "09001",
        "MA_KY": "2026",
        "MA_SAN_PHAM": "01-09001-001-2024",
        "TEN_SAN_PHAM": "Mật ong",
        "HANG": "4*",
        "CHU_THE": "HTX Mật ong",
        "DOANH_THU": 1_500_000_000,
        "TRANG_THAI": "Còn hiệu lực",
    }
    before = client.get(
        f"{V1}?as_of=2022-12-31", headers=bearer(person(now, Role.AUDITOR), now)
    ).json()
    assert [(r["TEN_SAN_PHAM"], r["MA_KY"]) for r in before["items"]] == [("Hết hạn", "2022")]


def test_pages_hold_the_rows_of_the_offices_file(
    client: Client, now: datetime, places: Places
) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    for number in range(5):
        recognised(
            f"Chè {number}", on=date(2025, 1, 1) + timedelta(days=-number), evidence=Evidence.M
        )
    head = person(now, Role.OFFICE_HEAD)
    following, found = f"{V1}?limit=2", []
    while following:
        page = client.get(following, headers=bearer(head, now)).json()
        assert page["demonstration"] is True
        found += page["items"]
        following = page["next"]
    client.force_login(head)
    answer = client.get("/dieu-hanh/PTNT_OCOP.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    filed = list(csv.DictReader(io.StringIO(text)))
    assert {row["TRANG_THAI"] for row in found} == {"Còn hiệu lực (Dữ liệu mẫu)"}
    assert sorted(row["MA_OCOP"] for row in found) == sorted(row["MA_OCOP"] for row in filed)
    assert len(filed) == 5


def test_revenue_by_product_is_for_the_office_and_its_auditors(
    client: Client, now: datetime, places: Places
) -> None:
    recognised("Mật ong")
    assert client.get(V1).status_code == 401
    for role in (Role.INSPECTOR, Role.COUNCIL_CHAIR):
        assert client.get(V1, headers=bearer(person(now, role), now)).status_code == 403
    head = person(now, Role.OFFICE_HEAD)
    other = client.get(V1, headers=bearer(head, now, READ_REGISTER))
    assert (other.status_code, other.json()["code"]) == (403, "scope_missing")
    assert client.get(V1, headers=bearer(head, now, READ_PROGRAMME)).status_code == 200
    for query in ("rank=4", "as_of=x", "limit=0"):
        assert client.get(f"{V1}?{query}", headers=bearer(head, now)).status_code == 422
