"""Support by the API: asked for, approved, paid; as each caller may see it."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from ocop.people.roles import Role
from ocop.people.scopes import READ_SUPPORT
from ocop.support.models import SupportRequest
from tests.factories import ProducerFactory
from tests.support import factories as making
from tests.support.factories import GrantFactory, LineFactory, PolicyFactory
from tests.world import bearer, member, person

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


def test_a_request_is_asked_approved_and_paid(now: datetime) -> None:
    day = timezone.localdate()  # calls act now
    maker, policy, line = ProducerFactory(), PolicyFactory(), LineFactory(year=day.year)
    own = bearer(member(now, maker), now)
    head = bearer(person(now, Role.OFFICE_HEAD), now)
    client, today = Client(), day.isoformat()

    def send(path: str, body: object, headers: dict[str, str], status: int = 200) -> dict:
        answer = client.post(
            f"{BASE}{path}", body, content_type="application/json", headers=headers
        )
        assert answer.status_code == status, answer.content
        return answer.json()

    asked = {"policy": policy.code, "producer": maker.code, "purpose": "Gian hàng", "cost": 9_000}
    made = send("/support-requests", asked, own, 201)
    assert (made["asked_amount"], made["most"], made["state"]) == (4_500, 4_500, "asked")
    path = f"/support-requests/{made['code']}"
    approval = {"amount": 4_500, "line": line.code, "decision": "1/QĐ", "decided_on": today}
    assert send(f"{path}/approval", approval, own, 404)["code"] == "not_found"
    assert send(f"{path}/approval", approval, head)["state"] == "approved"
    done = {"real_cost": 8_000, "accepted_on": today}
    assert send(f"{path}/acceptance", done, head, 422)["code"] == "acceptance_paper"
    making.with_minutes(now, SupportRequest.objects.get())
    assert send(f"{path}/acceptance", done, head)["accepted_amount"] == 4_000
    paid = send(f"{path}/payment", {"paid_on": today, "voucher": "UNC 1"}, head)
    assert paid["money"] == [{"kind": "paid", "amount": 4_000, "on": today, "voucher": "UNC 1"}]


def test_more_than_the_ceiling_is_a_problem_that_says_what_is_left(now: datetime) -> None:
    maker, policy = ProducerFactory(), PolicyFactory(ceiling=5_000)
    body = {
        "policy": policy.code, "producer": maker.code, "purpose": "Gian hàng", "cost": 20_000,
        "amount": 6_000,
    }  # fmt: skip
    answer = Client().post(
        f"{BASE}/support-requests", body, content_type="application/json",
        headers=bearer(member(now, maker), now),
    )  # fmt: skip
    assert answer.status_code == 422
    assert answer.json()["code"] == "support_amount"
    assert "5.000" in answer.json()["detail"]


def test_lists_hold_what_the_caller_may_see(now: datetime) -> None:
    mine = making.approved(now)
    making.asked(now)
    GrantFactory(producer=mine.producer)
    GrantFactory()
    own = bearer(member(now, mine.producer), now, READ_SUPPORT)
    office = bearer(person(now, Role.PROVINCIAL_OFFICER), now, READ_SUPPORT)

    def count(path: str, headers: dict[str, str]) -> int:
        return len(Client().get(f"{BASE}/{path}", headers=headers).json()["items"])

    assert (count("support-requests", own), count("support-requests", office)) == (1, 2)
    assert (count("support-grants", own), count("support-grants", office)) == (1, 2)
    assert (count("budget-lines", own), count("budget-lines", office)) == (0, 1)
    assert count("support-policies", own) == 2
