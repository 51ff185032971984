"""What callers send: every field is known by its name, and numbers are numbers."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ocop.api.inputs import FormIn, JsonIn
from ocop.api.urls import v1
from ocop.councils.models import Sheet
from ocop.people.roles import Role
from tests.api.calling import program
from tests.councils.hall import Hall, open_hall
from tests.world import person

FIRST = "1.1"


@pytest.fixture
def hall(db: None, now: datetime) -> Hall:
    return open_hall(now)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"mark": {FIRST: {"points": 0}}}, "mark"),
        ({"marks": {FIRST: {"points": 0, "coment": "x"}}}, f"marks.{FIRST}.coment"),
        ({"marks": {FIRST: {"points": True}}}, f"marks.{FIRST}.points"),
        ({"marks": {FIRST: {"points": "1"}}}, f"marks.{FIRST}.points"),
        ({"marks": {FIRST: {"points": 1.0}}}, f"marks.{FIRST}.points"),
        ({"gates": {"forged_dossier": 1}}, "gates.forged_dossier"),
        ({"wants_meeting": "true"}, "wants_meeting"),
        ({"attempt": True}, "attempt"),
    ],
)
def test_a_slip_is_refused_by_its_name_and_nothing_saved(
    hall: Hall, body: dict[str, Any], field: str
) -> None:
    member = program(hall.people[2], hall.now)
    told = member.refused(f"PATCH items/{hall.item.code}/sheet", body, "invalid")
    [error] = told["errors"]
    assert error["field"] == field
    assert not Sheet.objects.exists()


def test_a_slip_is_told_in_the_language_of_the_caller(hall: Hall) -> None:
    member = program(hall.people[2], hall.now)
    for language, words in (("vi", "không có trường này"), ("en", "no such field")):
        answer = Client().patch(
            f"/api/v1/items/{hall.item.code}/sheet",
            json.dumps({"mark": {}}),
            content_type="application/json",
            headers={**member.headers, "Accept-Language": language},
        )
        assert words in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("name", ["captoin", "note"])
def test_a_form_beside_a_file_has_no_other_fields(hall: Hall, name: str) -> None:
    officer = program(person(hall.now, Role.PROVINCIAL_OFFICER), hall.now)
    path = f"items/{hall.item.code}/paper-sheets"
    told = {"seat": hall.seat(2).pk, "marks": "{}", name: "x"}
    assert officer.send(path, b"", 422, **told)["errors"][0]["field"] == name
    assert officer.send(path, b"%PDF-", 422, seat=hall.seat(2).pk, marks=json.dumps({FIRST: True}))[
        "errors"
    ][0]["field"].endswith(f"marks.{FIRST}")


def test_two_files_are_not_one(hall: Hall) -> None:
    officer = program(person(hall.now, Role.PROVINCIAL_OFFICER), hall.now)
    more = {"scan": SimpleUploadedFile("a.pdf", b"%PDF-")}
    told = {"seat": hall.seat(2).pk, "marks": "{}", **more}
    answer = officer.send(f"items/{hall.item.code}/paper-sheets", b"%PDF-", 422, **told)
    assert answer["errors"][0]["field"] == "scan"


def _bodies() -> Iterator[str]:
    """Every schema that a body of the API names, with those inside of it."""
    document = v1.get_openapi_schema()
    schemas = document["components"]["schemas"]

    def named(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(found := node.get("$ref"), str):
                name = found.rpartition("/")[2]
                yield name
                yield from named(schemas[name])
            for value in node.values():
                yield from named(value)
        elif isinstance(node, list):
            for value in node:
                yield from named(value)

    for path in document["paths"].values():
        for operation in path.values():
            yield from named(operation.get("requestBody", {}))


def test_every_body_says_that_it_takes_nothing_else() -> None:
    schemas = v1.get_openapi_schema()["components"]["schemas"]
    objects = {name for name in _bodies() if schemas[name].get("type") == "object"}
    assert len(objects) > 60
    assert {n for n in objects if schemas[n].get("additionalProperties") is not False} == set()


def test_every_number_of_a_body_is_strict() -> None:
    """Also of a schema that is written tomorrow."""

    class Told(JsonIn):
        count: int = 0
        length: float | None = None
        sure: bool = False
        points: dict[str, int] = {}

    for wrong in ({"count": True}, {"count": "1"}, {"length": "1"}, {"length": True}, {"sure": 1}):
        with pytest.raises(ValueError, match="1 validation error"):
            Told.model_validate(wrong)
    assert Told.model_validate({"length": 1, "points": {"a": 2}}).points == {"a": 2}
    assert not issubclass(JsonIn, FormIn)
