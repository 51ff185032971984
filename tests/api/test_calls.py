"""Who may call, and how errors are told."""

import re
from datetime import datetime

import pytest
from django.test import Client

from ocop.core.actor import SYSTEM
from ocop.people import queries, services
from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER
from ocop.recognition.models import BatchState
from tests.factories import ProducerFactory
from tests.world import bearer, imported, member, person

pytestmark = pytest.mark.django_db


def _token(now: datetime) -> str:
    user = services.create_account(actor=SYSTEM, name="Máy", email="may@x.example", at=now)
    services.grant_role(actor=SYSTEM, user=user, role=Role.AUDITOR, starts_on=now.date(), at=now)
    return services.issue_token(
        actor=queries.actor_for(user, on=now.date()),
        user=user,
        name="sổ",
        scopes=frozenset({READ_REGISTER}),
        at=now,
    ).secret


@pytest.mark.whole
def test_nobody_reads_as_nobody(client: Client) -> None:
    answer = client.get("/api/v1/me")
    assert answer.json() == {
        "kind": "anonymous",
        "roles": [],
        "producers": [],
        "scopes": None,
    }


@pytest.mark.whole
def test_token_acts_as_its_owner_within_its_scopes(client: Client, now: datetime) -> None:
    answer = client.get("/api/v1/me", headers={"authorization": f"Bearer {_token(now)}"})
    assert answer.json() == {
        "kind": "person",
        "roles": [{"role": "auditor", "unit": None}],
        "producers": [],
        "scopes": [READ_REGISTER],
    }


@pytest.mark.parametrize("given", ["Bearer ocop_wrong", "Basic abc", "Bearer"])
def test_wrong_token_is_a_problem_with_what_to_do(client: Client, given: str) -> None:
    answer = client.get("/api/v1/me", headers={"authorization": given})
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    body = answer.json()
    assert (body["status"], body["code"], body["type"]) == (
        401,
        "token_needed",
        "urn:ocop:problem:token_needed",
    )
    assert "Authorization: Bearer" in body["detail"]


def test_description_is_openapi_3_1(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["components"]["securitySchemes"]["Caller"] == {
        "type": "http",
        "scheme": "bearer",
    }


def test_producer_hears_for_whom_it_acts(client: Client, now: datetime) -> None:
    own = ProducerFactory(name="HTX Đồi Chè")
    ProducerFactory(name="HTX Khác")
    token = bearer(member(now, own), now, READ_REGISTER)
    told = client.get("/api/v1/me", headers=token).json()
    assert told["producers"] == [{"code": own.code, "name": "HTX Đồi Chè"}]


def test_imports_ask_nobody_for_a_token(client: Client, now: datetime) -> None:
    batch = imported(BatchState.LOADED)
    for path in ("imports", f"imports/{batch.pk}", "imports/999999"):
        answer = client.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.json()["code"]) == (401, "token_needed")
    seen = bearer(person(now, Role.AUDITOR), now)
    assert len(client.get("/api/v1/imports", headers=seen).json()["items"]) == 1
    stranger = bearer(person(now, Role.COUNCIL_MEMBER), now)
    assert client.get("/api/v1/imports", headers=stranger).status_code == 403
    assert client.get(f"/api/v1/imports/{batch.pk}", headers=stranger).status_code == 404


@pytest.mark.whole
def test_head_answers_like_get_on_every_address(client: Client, now: datetime) -> None:
    headers = bearer(person(now, Role.AUDITOR), now)
    described = client.get("/api/v1/openapi.json").json()["paths"]
    gets = [path for path, methods in described.items() if "get" in methods]
    assert len(gets) > 20
    for path in gets:
        address = re.sub(r"\{[^}]+\}", "1", path)
        read, head = (ask(address, headers=headers) for ask in (client.get, client.head))
        assert (head.status_code, head["Content-Type"]) == (read.status_code, read["Content-Type"])
        assert head.content == b""
        assert head["Content-Length"] == str(len(read.content))
    assert client.head("/api/v1/imports").status_code == 401


def test_keys_are_explained_with_their_prefix(client: Client) -> None:
    page = client.get("/api/").content.decode()
    assert "<code>ocop_</code>" in page
    assert "Bearer ocop_" in page


def test_days_of_a_star_are_described(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json", headers={"accept-language": "en"})
    schemas = answer.json()["components"]["schemas"]
    for name in ("StarOut", "RecognitionOut"):
        assert "day after" in schemas[name]["properties"]["valid_from"]["description"]
        assert "last valid day" in schemas[name]["properties"]["expires_on"]["description"]


def test_body_that_is_no_json_is_told_in_vietnamese(client: Client, now: datetime) -> None:
    headers = bearer(person(now, Role.AUDITOR), now)
    answer = client.post("/api/v1/rounds", b"{", content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")
    assert "JSON" in answer.json()["detail"]
