"""Trade events over the API: a fair from its call to its result, and what is told to whom."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.people.roles import Role
from ocop.people.scopes import READ_PROMOTION, READ_REGISTER
from ocop.promotion.models import EventApplication, TradeEvent
from tests.promotion import factories as making
from tests.world import bearer, member, person

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def now() -> datetime:
    return timezone.now()


class Caller:
    """Somebody with a token."""

    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        more = {} if body is None else {"data": json.dumps(body)}
        ask = getattr(Client(), method)
        return ask(API + path, content_type="application/json", headers=self._headers, **more)


def test_a_fair_over_the_api(now: datetime) -> None:
    office = Caller(bearer(person(now, Role.PROVINCIAL_OFFICER), now))
    product = making.make_goods(now, "Mật ong")
    maker = Caller(bearer(member(now, product.producer), now))
    today = timezone.localdate(now)
    told = {
        "name": "Hội chợ Xuân", "kind": "fair", "place": "Mỹ Đình", "series": "Hội chợ Xuân",
        "starts_on": (today + timedelta(days=20)).isoformat(),
        "ends_on": (today + timedelta(days=22)).isoformat(),
        "calls_until": (today + timedelta(days=9)).isoformat(),
        "organisers": ["Sở Công Thương"],
    }  # fmt: skip
    code = office("post", "trade-events", told).json()["code"]
    booth = {"label": "A01", "x": 0, "y": 0, "width": 30, "depth": 30, "sector": "I"}
    plan = {"width": 100, "depth": 100, "booths": [booth]}
    assert office("put", f"trade-events/{code}/plan", plan).status_code == 200
    assert office("get", f"trade-events/{code}/plan").json()["booths"][0]["label"] == "A01"
    assert maker("get", f"trade-events/{code}").status_code == 404
    office("post", f"trade-events/{code}/opening")
    wish = {
        "producer": product.producer.code, "contact": "Chị Hai", "area": 900,
        "goods": [{"product": product.code}],
    }  # fmt: skip
    answer = maker("post", f"trade-events/{code}/applications", wish)
    assert answer.status_code == 422
    assert "chưa xác nhận nhãn" in answer.json()["detail"]
    wish["goods"] = [{"product": product.code, "labelled": True}]
    row = maker("post", f"trade-events/{code}/applications", wish).json()["code"]
    office("post", f"trade-events/{code}/closing")
    office("put", f"event-applications/{row}/booth", {"label": "A01"})
    (seen,) = maker("get", f"trade-events/{code}/applications").json()["items"]
    assert (seen["state"], seen["booth"]) == ("sent", "")
    (seen,) = office("get", f"trade-events/{code}/applications").json()["items"]
    assert seen["booth"] == "A01"
    office("post", f"trade-events/{code}/result")
    (seen,) = maker("get", f"trade-events/{code}/applications").json()["items"]
    assert (seen["state"], seen["booth"]) == ("accepted", "A01")
    found = Client().get(f"{API}trade-events/{code}").json()
    assert found["participants"] == ["HTX Mật ong"]
    assert found["organisers"] == ["Sở Công Thương"]


def test_an_allocation_is_asked_for_read_and_taken(
    now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    office = Caller(bearer(person(now, Role.PROVINCIAL_OFFICER), now))
    event = making.choosing(now, applicants=3, booths=2)
    with django_capture_on_commit_callbacks(execute=True):
        answer = office("post", f"trade-events/{event.code}/allocations")
    assert answer.status_code == 202
    made = office("get", f"event-allocations/{answer.json()['code']}").json()
    assert (made["state"], made["gap"], len(made["seats"])) == ("ready", 0, 2)
    (refused,) = made["refusals"]
    assert refused["reason"] == "points"
    office("post", f"event-allocations/{made['code']}/taking")
    assert EventApplication.objects.filter(assignment__isnull=False).count() == 2
    again = office("post", f"event-allocations/{made['code']}/taking")
    assert again.status_code == 422
    assert "đã được đưa lên" in again.json()["detail"]


def test_contacts_of_others_are_not_told(now: datetime) -> None:
    event = making.make_event(now)
    making.applied(now, event)
    stranger = Caller(bearer(member(now, making.make_goods(now).producer), now))
    assert stranger("get", f"trade-events/{event.code}/applications").json()["items"] == []
    nobody = Client().get(f"{API}trade-events/{event.code}/applications")
    assert nobody.json()["items"] == []


def test_a_token_needs_the_scope_of_events(now: datetime) -> None:
    making.make_event(now)
    user = person(now, Role.PROVINCIAL_OFFICER)
    reader = Caller(bearer(user, now, READ_PROMOTION))
    assert reader("get", "trade-events").json()["total"] == 1
    assert (
        reader("post", f"trade-events/{TradeEvent.objects.get().code}/closing").status_code == 403
    )
    other = Caller(bearer(user, now, READ_REGISTER))
    assert other("get", "trade-events").status_code == 403
