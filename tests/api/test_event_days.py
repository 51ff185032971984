"""The days of a fair over the API: tickets, entries, sales, visitors, costs and the report."""

import json
import uuid
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.people.roles import Role
from tests.promotion.days import factories
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


def test_the_days_of_a_fair_over_the_api(now: datetime) -> None:
    event = factories.going_on(now)
    row, other = event.applications.select_related("producer").order_by("pk")
    office = Caller(bearer(person(now, Role.PROVINCIAL_OFFICER), now))
    maker = Caller(bearer(member(now, row.producer), now))
    fair, day = f"trade-events/{event.code}", event.starts_on.isoformat()
    made = office("post", f"{fair}/tickets", {"kind": "visitor", "count": 2})
    assert made.status_code == 201
    one, two = made.json()["codes"]
    named = maker("post", f"event-applications/{row.code}/tickets", {"holder": "Chị Hai"})
    own = named.json()["code"]
    office("post", f"event-tickets/{two}/voiding", {"reason": "In hỏng một vé"})
    showings = [
        {"id": str(uuid.uuid4()), "ticket": ticket, "gate": "A", "at": f"{day}T08:00:00+07:00"}
        for ticket in (one, own, one, "zzzzzzzz")
    ]
    told = office("post", f"{fair}/checkins", {"records": showings}).json()
    assert sorted(each["state"] for each in told) == ["entered", "entered", "repeat", "unknown"]
    seen = {each["code"]: each for each in office("get", f"{fair}/tickets").json()["items"]}
    assert seen[own]["days_entered"] == 1
    assert seen[own]["holder"] == "Chị Hai"
    assert seen[two]["void_at"] is not None
    assert [each["code"] for each in maker("get", f"{fair}/tickets").json()["items"]] == [own]
    taken_back = {"day": day, "reason": "Nhầm khách"}
    assert maker("post", f"event-tickets/{own}/undoing", taken_back).status_code == 403
    assert office("post", f"event-tickets/{one}/undoing", taken_back).status_code == 200
    again = office("post", f"{fair}/checkins", {"records": showings}).json()
    assert sorted(each["state"] for each in again) == ["entered", "undone", "undone", "unknown"]
    entries = office("get", f"{fair}/entries?state=counts").json()["items"]
    assert [each["ticket"] for each in entries] == [own]
    mine = maker("get", f"{fair}/entries").json()["items"]
    assert [each["ticket"] for each in mine] == [own]

    sale = {"client_id": str(uuid.uuid4()), "sold": 3_000_000, "ordered": 500, "contacts": 2}
    assert maker("put", f"event-applications/{row.code}/days/{day}", sale).status_code == 200
    assert maker("put", f"event-applications/{other.code}/days/{day}", sale).status_code == 404
    late = maker(
        "put", f"event-applications/{row.code}/days/{event.ends_on.isoformat()}",
        sale | {"client_id": str(uuid.uuid4())},
    )  # fmt: skip
    assert late.status_code == 422
    (line,) = office("get", f"{fair}/booth-days").json()["items"]
    assert (line["producer"]["code"], line["sold"]) == (row.producer.code, 3_000_000)
    assert office("put", f"{fair}/days/{day}/visitors", {"counted": 99}).status_code == 200

    cost = {
        "words": "Mặt bằng", "kind": "ground", "payer": "state", "amount": 1_000_000,
        "paid_on": day,
    }  # fmt: skip
    kept = office("post", f"{fair}/costs", cost).json()
    wrong = office("post", f"{fair}/costs", cost | {"amount": 5}).json()
    gone = office("post", f"{fair}/costs/{wrong['key']}/removal", {"reason": "Ghi hai lần"}).json()
    assert gone["removed_for"] == "Ghi hai lần"
    assert [each["key"] for each in office("get", f"{fair}/costs").json()["items"]] == [
        kept["key"],
        wrong["key"],
    ]
    report = office("get", f"{fair}/report").json()
    assert (report["applicants"], report["booths"], report["visitors"]) == (2, 1, 99)
    assert (report["sold"], report["ordered"], report["contacts"]) == (3_000_000, 500, 2)
    assert report["paid"] == {"state": 1_000_000}
    assert report["days"][0] | {"booths": 1} == {
        "day": day, "visitors": 99, "exhibitors": 1, "booths": 1, "sold": 3_000_000,
        "ordered": 500, "contacts": 2,
    }  # fmt: skip
    for path in (f"{fair}/costs", f"{fair}/report"):
        assert maker("get", path).status_code == 403
