"""What an address asks for and nobody understands is refused at its name, by every call."""

import re
from datetime import date, datetime

import pytest
from django.test import Client

from ocop.people.roles import Role
from tests.world import Places, bearer, build_places, person, recognised

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.mark.whole
def test_every_call_that_reads_refuses_what_it_does_not_name(
    client: Client, now: datetime, places: Places
) -> None:
    key = bearer(person(now, Role.OFFICE_HEAD), now)
    described = client.get("/api/v1/openapi.json").json()["paths"]
    for path in (path for path, methods in described.items() if "get" in methods):
        kinds = {p["name"]: p for p in described[path]["get"].get("parameters", ())}
        whole = [n for n, p in kinds.items() if p["schema"].get("type") == "integer"]
        address = re.sub(r"\{(\w+)\}", lambda m, w=whole: "1" if m[1] in w else "xlsx", path)
        asked = {"colour": "red", "utm_source": "zalo", "from": "1"}
        asked |= {"address": "Hà Nội", "on": "2026-01-01"} if "locate" in path else {}
        if "from" not in kinds:
            del asked["from"]
        answer = client.get(address, asked, headers=key)
        assert answer.status_code == 422, address
        told = answer.json()
        assert told["code"] == "unknown_filter", address
        assert [error["field"] for error in told["errors"]] == ["colour"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("call", ["progress", "indicators", "targets", "indicators/valid/rows"])
@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("province", "99"),
        ("province", "x"),
        ("term", "2030-2021"),
        ("as_of", "x"),
        ("as_of", "0001-01-01"),
    ],
)
def test_frame_that_is_not_understood_is_told_at_its_parameter(
    client: Client, places: Places, call: str, name: str, given: str, language: str
) -> None:
    answer = client.get(f"/api/v1/{call}", {name: given}, headers={"accept-language": language})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [name]


def test_province_that_there_is_has_its_own_figures(client: Client, places: Places) -> None:
    recognised("Mật ong", commune=places.here)
    told = client.get("/api/v1/progress", {"province": "01"}).json()
    assert told == client.get("/api/v1/progress").json()
    assert told["evaluated_total"] == 1


def test_call_without_parameters_says_so(client: Client) -> None:
    for language, words in (("vi", "không nhận tham số"), ("en", "takes no parameters")):
        answer = client.get("/api/v1/me?as=head", headers={"accept-language": language})
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_filter")
        assert words in answer.json()["detail"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("query", ["as_of=x", "as_of=0001-01-01", "rank=4", "day=2025-01-01"])
def test_exchange_file_refuses_what_it_does_not_understand(
    client: Client, now: datetime, places: Places, kind: str, query: str
) -> None:
    client.force_login(person(now, Role.AUDITOR))
    answer = client.get(f"/dieu-hanh/PTNT_OCOP.{kind}?{query}")
    assert answer.status_code == 409
    assert query.split("=")[0 if "as_of" not in query else 1] in answer.content.decode()


def test_exchange_file_is_of_the_day_it_is_asked_for(
    client: Client, now: datetime, places: Places
) -> None:
    recognised("Mật ong", commune=places.here, on=date(2020, 1, 1))
    client.force_login(person(now, Role.AUDITOR))
    told = {}
    for day in ("2022-12-31", "31/12/2022", ""):
        answer = client.get("/dieu-hanh/PTNT_OCOP.csv", {"as_of": day})
        told[day] = b"".join(answer.streaming_content).decode()
    assert "Mật ong" in told["2022-12-31"]
    assert told["31/12/2022"] == told["2022-12-31"]
    assert "Mật ong" not in told[""]


@pytest.mark.parametrize("address", ["dinh-nghia/", "bao-cao.docx", "bao-cao.xlsx", "bao-cao.pdf"])
def test_public_report_passes_over_names_that_others_add_and_refuses_a_wrong_value(
    client: Client, places: Places, address: str
) -> None:
    assert client.get(f"/so-lieu/{address}?gad_source=1").status_code == 200
    answer = client.get(f"/so-lieu/{address}?province=x")
    assert answer.status_code in (404, 409)


@pytest.mark.parametrize("given", ["01/06/2026", "1/6/2026", "20260601", "2026-06-31", "x"])
def test_day_in_a_filter_is_iso_only(
    client: Client, now: datetime, places: Places, given: str
) -> None:
    key = bearer(person(now, Role.OFFICE_HEAD), now)
    assert client.get("/api/v1/radar", {"start": "2026-06-01"}, headers=key).status_code == 200
    answer = client.get("/api/v1/radar", {"start": given}, headers=key)
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["field"] == "start"
    assert "2026-11-23" in error["message"]
