"""Versions of criteria sets, their differences and whose star they change, by the API."""

import copy
from datetime import datetime
from typing import Any

import pytest
import yaml
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.services.workbooks import store_workbook
from ocop.criteria import queries
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.services import draft_set, load_decree, publish_set
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from ocop.people.scopes import READ_COUNCILS, READ_CRITERIA
from tests.councils.books import filled, template
from tests.world import bearer, person

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
BEST = {c.code: max(o.points for o in c.options) for c in load_set(1).criteria}


@pytest.fixture(autouse=True)
def _loaded(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    load_decree(actor=SYSTEM, at=now)


@pytest.fixture
def versions(now: datetime) -> tuple[CriteriaSetVersion, CriteriaSetVersion]:
    """Set 1 as packaged, and a revision that asks for the highest level of 1.1 for four stars."""
    data: dict[str, Any] = copy.deepcopy(dict(load_set(1).raw))
    first = data["sections"][0]["parts"][0]["parts"][0]
    assert first["code"] == "1.1"
    first["options"][-1]["star"] = 4
    old = queries.current(SYSTEM).get(number=1)
    content = yaml.safe_dump(data).encode()
    draft = draft_set(actor=SYSTEM, since=old, content=content, at=now)
    return old, publish_set(actor=SYSTEM, version=draft, at=now)


def sitting(now: datetime, title: str) -> int:
    """A stored workbook of two products of set 1: one with full marks, one lower in 1.1."""

    def points(row: dict[str, object]) -> int:
        code = str(row["Mã tiêu chí"])
        return 2 if code == "1.1" and row["Sản phẩm"] == "Rau kém" else BEST[code]

    content = filled(template(("Rau tốt", 1), ("Rau kém", 1)), points)
    stored = store_workbook(
        actor=SYSTEM, title=title, content=content, filename="phieu.xlsx", at=now
    )
    return int(stored.pk)


def test_versions_of_a_set_are_listed_the_newest_first(
    client: Client, versions: tuple[CriteriaSetVersion, CriteriaSetVersion]
) -> None:
    old, new = versions
    found = client.get(f"{V1}/criteria-sets/1/versions").json()
    assert [(v["id"], v["revision"]) for v in found] == [(new.pk, 2), (old.pk, 1)]
    assert client.get(f"{V1}/criteria-sets").json()[0]["id"] == new.pk
    assert client.get(f"{V1}/criteria-sets/99/versions").json() == []


def test_difference_tells_what_changed(
    client: Client, versions: tuple[CriteriaSetVersion, CriteriaSetVersion]
) -> None:
    old, new = versions
    told = client.get(f"{V1}/criteria-versions/{new.pk}/difference?from={old.pk}").json()
    assert (told["before"]["revision"], told["after"]["revision"]) == (1, 2)
    (change,) = told["differences"]
    assert (change["criterion"], change["kind"]) == ("1.1", "minimum")
    assert change["after"] == "4★ ≥ 3"
    same = client.get(f"{V1}/criteria-versions/{new.pk}/difference?from={new.pk}").json()
    assert same["differences"] == []


def test_shifts_name_the_products_whose_star_would_change(
    client: Client, now: datetime, versions: tuple[CriteriaSetVersion, CriteriaSetVersion]
) -> None:
    old, new = versions
    key = sitting(now, "Phiên 1")
    path = f"{V1}/criteria-versions/{new.pk}/shifts?from={old.pk}"
    told = client.get(path, headers=bearer(person(now, Role.AUDITOR), now)).json()
    assert told["items"] == [
        {
            "workbook": key,
            "item": None,
            "sitting": "Phiên 1",
            "product": "Rau kém",
            "star_before": 5,
            "star_after": 3,
            "mean_before": 99.0,
            "mean_after": 99.0,
        }
    ]


def test_shifts_are_for_those_who_read_the_workbooks(
    client: Client, now: datetime, versions: tuple[CriteriaSetVersion, CriteriaSetVersion]
) -> None:
    sitting(now, "Phiên 1")
    old, new = versions
    path = f"{V1}/criteria-versions/{new.pk}/shifts?from={old.pk}"
    assert client.get(path).status_code == 401
    assert (
        client.get(path, headers=bearer(person(now, Role.COUNCIL_MEMBER), now)).status_code == 403
    )
    head = person(now, Role.OFFICE_HEAD)
    for scope in (READ_CRITERIA, READ_COUNCILS):
        answer = client.get(path, headers=bearer(head, now, scope))
        assert answer.json()["code"] == "scope_missing"
    both = bearer(head, now, READ_CRITERIA, READ_COUNCILS)
    assert client.get(path, headers=both).json()["total"] == 1


def test_versions_that_cannot_be_compared_are_refused(
    client: Client, now: datetime, versions: tuple[CriteriaSetVersion, CriteriaSetVersion]
) -> None:
    _old, new = versions
    other = queries.current(SYSTEM).get(number=2)
    headers = bearer(person(now, Role.OFFICE_HEAD), now)
    path = f"{V1}/criteria-versions/{new.pk}"
    for query, status, code in (
        ("shifts", 422, "invalid"),
        ("shifts?from=x", 422, "invalid"),
        ("shifts?from=0", 404, "not_found"),
        (f"shifts?from={other.pk}", 422, "other_set"),
        ("difference", 422, "invalid"),
        ("difference?from=0", 404, "not_found"),
    ):
        answer = client.get(f"{path}/{query}", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_version_that_is_not_published_is_for_those_who_load_it(
    client: Client, now: datetime, versions: tuple[CriteriaSetVersion, CriteriaSetVersion]
) -> None:
    old, draft = versions
    CriteriaSetVersion.objects.filter(pk=draft.pk).update(published_at=None)
    path = f"{V1}/criteria-versions/{draft.pk}/difference?from={old.pk}"
    assert client.get(path).status_code == 404
    assert [v["id"] for v in client.get(f"{V1}/criteria-sets/1/versions").json()] == [old.pk]
    head = bearer(person(now, Role.OFFICE_HEAD), now)
    assert client.get(path, headers=head).status_code == 200


def test_sheet_is_scored_without_a_token(client: Client) -> None:
    body = {"set": 1, "marks": {**BEST, "1.1": 2}, "gates": {"forged_dossier": False}}
    told = client.post(f"{V1}/score", body, content_type="application/json").json()
    assert (told["total"], told["band"], told["star"]) == (99, 5, 5)
    assert told["stopped"] == []
    stopped = {**body, "gates": {"forged_dossier": True}}
    told = client.post(f"{V1}/score", stopped, content_type="application/json").json()
    assert (told["star"], told["stopped"], told["advice"]) == (None, ["forged_dossier"], [])
    low = {"set": 1, "marks": {**BEST, "1.1": 0}}
    told = client.post(f"{V1}/score", low, content_type="application/json").json()
    assert {way["star"] for way in told["advice"]} <= {told["star"] + 1}
