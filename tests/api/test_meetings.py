"""Trade meetings over the API: a demand, what fits it, an offer, a round, a deal."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.people.scopes import READ_PROMOTION
from ocop.promotion.meetings.models import DemandOffer
from ocop.promotion.meetings.services import deals
from tests.promotion.days.factories import going_on
from tests.promotion.factories import make_goods
from tests.promotion.meetings import factories as making
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


def test_trade_meetings_over_the_api(now: datetime) -> None:
    office = Caller(bearer(person(now, Role.PROVINCIAL_OFFICER), now))
    honey = make_goods(now, "Mật ong")
    maker = Caller(bearer(member(now, honey.producer), now))
    today = timezone.localdate(now)
    told = {
        "buyer": "Siêu thị Biển", "buyer_kind": "retail", "contact": "Trần Văn Bình",
        "wanted": "Mật ong", "open_until": (today + timedelta(days=30)).isoformat(),
        "email": "mua@vi-du.vn", "quantity": "100.5", "months": [12, 1],
    }  # fmt: skip
    code = office("post", "demands", told).json()["code"]
    assert maker("get", f"demands/{code}").status_code == 404
    assert office("post", f"demands/{code}/publication").status_code == 200
    read = maker("get", f"demands/{code}")
    assert read.json()["quantity"] == "100.50"
    assert "Bình" not in read.content.decode()
    assert "mua@vi-du.vn" not in read.content.decode()
    supply = {"quantity": "50", "reach": "country"}
    assert maker("put", f"products/{honey.code}/supply", supply).status_code == 200
    best = office("get", f"demands/{code}/matches").json()[0]
    assert (best["product"], best["offered"]) == (honey.code, True)
    assert sum(each["points"] for each in best["reasons"]) == best["points"]
    wish = {"product": honey.code, "contact": "Chị Hai", "price": 90_000}
    offer = maker("post", f"demands/{code}/offers", wish).json()["code"]
    assert maker("get", f"demands/{code}/offers").json()["total"] == 1
    assert office("put", f"demand-offers/{offer}/judgement", {"wanted": True}).status_code == 200
    plan = {
        "name": "Kết nối", "place": "Hội trường A", "turns": 4, "minutes": 20, "tables": 2,
        "starts_at": (now + timedelta(days=7)).isoformat(),
    }  # fmt: skip
    bare = plan | {"starts_at": (now + timedelta(days=7)).replace(tzinfo=None).isoformat()}
    assert office("post", "meeting-rounds", bare).status_code == 201
    row = office("post", "meeting-rounds", plan).json()["code"]
    assert office("put", f"meeting-rounds/{row}", plan | {"tables": 3}).status_code == 200
    assert office("post", f"meeting-rounds/{row}/arrangement").status_code == 200
    assert office("post", f"meeting-rounds/{row}/telling").status_code == 200
    found = office("get", f"meeting-rounds/{row}").json()
    assert (found["gap"], found["tables"], len(found["meetings"])) == (0, 3, 1)
    early = office("put", f"meeting-rounds/{row}/meetings/1/1", {"outcome": "agreed"})
    assert early.json()["code"] == "meeting_to_come"
    off = {"reason": "Bão số 7"}
    assert maker("post", f"meeting-rounds/{row}/cancelling", off).status_code == 404
    assert office("post", f"meeting-rounds/{row}/cancelling", off).status_code == 200
    found = office("get", f"meeting-rounds/{row}").json()
    assert (found["state"], found["cancelled_for"]) == ("cancelled", "Bão số 7")
    signed = {
        "producer": honey.producer.code, "kind": "contract", "subject": "Mật ong",
        "signed_on": (today - timedelta(days=85)).isoformat(), "value": 50_000_000,
        "demand": code,
    }  # fmt: skip
    deal = maker("post", "deals", signed).json()["code"]
    told_of = {"delivered": 10_000_000}
    assert maker("put", f"deals/{deal}/follow-ups/1", told_of).status_code == 200
    assert office("get", f"deals/{deal}").json()["delivered"] == 10_000_000
    assert maker("post", f"deals/{deal}/ending", {"broken": False}).status_code == 200
    assert office("get", "deals?state=done").json()["total"] == 1
    assert maker("post", f"demand-offers/{offer}/withdrawal").status_code == 200
    assert DemandOffer.objects.get().state == "withdrawn"
    assert maker("delete", f"products/{honey.code}/supply").status_code == 200
    assert maker("delete", f"products/{honey.code}/supply").status_code == 404
    until = {"open_until": (today + timedelta(days=90)).isoformat()}
    assert maker("post", f"demands/{code}/extension", until).status_code == 403
    assert office("post", f"demands/{code}/extension", until).status_code == 200
    assert office("post", f"demands/{code}/closing", {"reason": "Đã mua đủ"}).status_code == 200


def test_a_demand_of_the_public_is_confirmed_or_refused(now: datetime) -> None:
    office = Caller(bearer(person(now, Role.PROVINCIAL_OFFICER), now))
    one, other = making.sent(now), making.sent(now)
    assert office("post", f"demands/{one.code}/confirmation").status_code == 200
    told = {"reason": "Không phải hàng OCOP"}
    assert office("post", f"demands/{other.code}/refusal", told).status_code == 200


def test_deals_of_others_are_not_there(now: datetime) -> None:
    deal = making.deal(now)
    stranger = Caller(bearer(member(now, make_goods(now).producer), now, READ_PROMOTION))
    assert stranger("get", f"deals/{deal.code}").status_code == 404
    assert stranger("get", "deals").json()["total"] == 0
    assert stranger("get", "meeting-rounds").json()["total"] == 0
    assert stranger("post", "demands", {}).status_code in (403, 422)


def test_deals_are_told_by_event(now: datetime) -> None:
    event = going_on(now)
    maker = event.applications.select_related("producer").order_by("pk")[0].producer
    at_event = deals.record_deal(
        actor=SYSTEM, producer=maker, signed=making.signed_of(now, event=event), at=now
    )
    making.deal(now)
    office = Caller(bearer(person(now, Role.PROVINCIAL_OFFICER), now))
    told = office("get", f"deals?event={event.code}").json()["items"]
    assert [row["code"] for row in told] == [at_event.code]
    assert office("get", "deals?event=khongco1").status_code == 422
