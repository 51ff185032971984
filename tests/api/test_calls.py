"""Who may call, and how errors are told."""

from datetime import datetime

import pytest
from django.test import Client

from ocop.core.actor import SYSTEM
from ocop.people import queries, services
from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER

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


def test_nobody_reads_as_nobody(client: Client) -> None:
    answer = client.get("/api/v1/me")
    assert answer.json() == {"kind": "anonymous", "roles": [], "scopes": None}


def test_token_acts_as_its_owner_within_its_scopes(client: Client, now: datetime) -> None:
    answer = client.get("/api/v1/me", headers={"authorization": f"Bearer {_token(now)}"})
    assert answer.json() == {
        "kind": "person",
        "roles": [{"role": "auditor", "unit": None}],
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
