"""Lists that grow with use come in pages, and nothing is missed or repeated between them."""

import json
from base64 import urlsafe_b64encode
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.api.urls import v1
from ocop.people.roles import Role
from ocop.recognition.models import BatchState, ImportBatch, Recognition
from tests.factories import ProductFactory, RecognitionFactory
from tests.world import Places, bearer, build_places, imported, person

#: Arrays that do not grow with use: closed by the law, or parts of one thing.
CLOSED = {
    "indicators": "declared in code",
    "indicator_cut": "as many as a cut has values",
    "targets": "set once for a year or term and an indicator",
    "criteria_sets": "26 by the decree",
    "criteria_set_versions": "one for each change of the law",
    "dossier_evidence": "of one dossier",
    "dossier_papers": "declared in code",
    "sitting_papers": "declared in code",
    "item_papers": "a sheet for each seat",
    "advisers": "the team of today",
    "demand_matches": "the sixty that fit best",
    "criteria_wording": "of one set",
    "sheets": "a sheet for each seat and attempt",
    "product_history": "of one product",
    "stamp_keys": "at most sixteen",
    "stamp_order_prints": "of one order",
    "sales_point_places": "named by the decision in force",
    "product_passports": "of one product: one for each size on sale",
}


def test_what_grows_with_use_is_no_bare_array() -> None:
    described = v1.get_openapi_schema(path_prefix="/api/v1/")["paths"].values()
    found = set()
    for path in described:
        for told in (
            path.get("get", {}).get("responses", {}).get(200, {}).get("content", {}).items()
        ):
            if told[1]["schema"].get("type") == "array":
                found.add(path["get"]["operationId"])
    assert found == set(CLOSED)


def walked(client: Client, address: str, key: dict[str, str]) -> list[dict[str, Any]]:
    """The pages of a list, one row each, from the first to the last."""
    found, following = [], address
    while following:
        answer = client.get(following, headers=key)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        (row,) = page["items"]
        found.append(row)
        following = page["next"]
        assert ("Link" in answer.headers) is bool(following)
    assert page["total"] == len(found)
    return found


@pytest.mark.django_db
def test_imports_come_whole_and_the_newest_first(client: Client, now: datetime) -> None:
    batches = [imported(BatchState.LOADED).pk for _ in range(3)]
    key = bearer(person(now, Role.AUDITOR), now)
    assert [row["id"] for row in walked(client, "/api/v1/imports?limit=1", key)] == batches[::-1]
    page = client.get("/api/v1/imports?limit=1", headers=key).json()
    imported(BatchState.LOADED)  # between two calls
    assert client.get(page["next"], headers=key).json()["items"][0]["id"] == batches[1]


@pytest.mark.django_db
def test_remarks_of_an_import_come_in_pages_in_the_order_of_the_rows(
    client: Client, now: datetime
) -> None:
    batch = imported(BatchState.READ)
    told = [[row, "stars", "stars_unreadable", {"text": "?"}, True] for row in (2, 3, 3, 7)]
    ImportBatch.objects.filter(pk=batch.pk).update(reports=told)
    key = bearer(person(now, Role.AUDITOR), now)
    address = f"/api/v1/imports/{batch.pk}"
    rows = walked(client, f"{address}/remarks?limit=1", key)
    assert [row["row"] for row in rows] == [2, 3, 3, 7]
    assert client.get(address, headers=key).json()["remarks"] == 4


@pytest.fixture
def ending(now: datetime) -> list[Recognition]:
    """Three stars: two end on one day, one before them."""
    places: Places = build_places(now)
    last = timezone.localdate() + timedelta(days=100)
    return [
        RecognitionFactory(
            product=ProductFactory(listed=True, province="01", commune=places.here),
            commune=places.here,
            province="01",
            on=date(ends.year - 3, 1, 1),
            expires_on=ends,
        )
        for ends in (last, last, last - timedelta(days=9))
    ]


@pytest.mark.django_db
def test_ending_stars_come_in_pages_the_first_to_end_first(
    client: Client, now: datetime, ending: list[Recognition]
) -> None:
    key = bearer(person(now, Role.AUDITOR), now)
    expected = [ending[index].product.code for index in (2, 0, 1)]
    assert [row["product"] for row in walked(client, "/api/v1/expiring?limit=1", key)] == expected
    first = client.get("/api/v1/expiring?limit=1", headers=key).json()
    ending[2].delete()  # the row that the cursor names
    again = client.get(first["next"], headers=key).json()
    assert again["items"][0]["product"] == expected[1]


@pytest.mark.django_db
@pytest.mark.parametrize("after", [5, [5, 5], [["x"]], "x", None, {"a": 1}])
def test_cursor_of_another_list_is_refused(
    client: Client, now: datetime, ending: list[Recognition], after: Any
) -> None:
    assert ending
    cursor = urlsafe_b64encode(json.dumps({"after": after}).encode()).decode().rstrip("=")
    key = bearer(person(now, Role.AUDITOR), now)
    answer = client.get(f"/api/v1/expiring?cursor={cursor}", headers=key)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "cursor")
    assert [error["field"] for error in told["errors"]] == ["cursor"]
