"""The OpenAPI description: valid, complete, and made without the database."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from jsonschema import Draft202012Validator
from ninja import Schema
from schemathesis.specs.openapi.definitions import OPENAPI_31

from ocop.api import description
from ocop.api.urls import ROOMS, v1
from ocop.core import language
from ocop.filters.dossiers import DossierFilter
from ocop.filters.register import ProducerFilter, ProductFilter, RecognitionFilter
from ocop.filters.units import UnitListFilter


@pytest.fixture
def described() -> dict[str, Any]:
    """Not marked for the database: whoever touches it fails."""
    document: dict[str, Any] = json.loads(json.dumps(v1.get_openapi_schema(path_prefix="/api/v1/")))
    return document


def test_description_is_valid_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.1.0"
    validator = Draft202012Validator(OPENAPI_31)
    assert [error.message for error in validator.iter_errors(described)] == []
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_check_of_the_description_finds_what_is_wrong(described: dict[str, Any]) -> None:
    described["paths"]["/api/v1/products"]["get"]["parameters"][0].pop("in")
    assert not Draft202012Validator(OPENAPI_31).is_valid(described)


def test_every_operation_has_a_name_of_its_own_and_a_summary(described: dict[str, Any]) -> None:
    operations = [o for path in described["paths"].values() for o in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names) > 10
    assert all(operation["summary"] for operation in operations)
    # Made of the function's name when it is left out, so in English.
    assert [o["summary"] for o in operations if o["summary"].isascii()] == []


@pytest.mark.django_db
def test_every_operation_tells_how_it_refuses(described: dict[str, Any], client: Client) -> None:
    for path in described["paths"].values():
        for operation in path.values():
            told = operation["responses"]["default"]["content"]
            assert told == {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            }
    problem = Draft202012Validator(described["components"]["schemas"]["Problem"])
    for answer in (client.get("/api/v1/none"), client.post("/api/v1/products")):
        assert answer.status_code in (401, 404)
        assert list(problem.iter_errors(answer.json())) == []


def test_no_two_schemas_share_a_name() -> None:
    """Else one takes the other's place in the description."""
    found: dict[str, set[str]] = {}
    for room in ROOMS:
        for name, value in vars(room).items():
            if isinstance(value, type) and issubclass(value, Schema) and "[" not in name:
                found.setdefault(value.__name__, set()).add(value.__module__)
    assert {name: rooms for name, rooms in found.items() if len(rooms) > 1} == {}


@pytest.mark.parametrize(
    ("path", "filters"),
    [
        ("products", ProductFilter),
        ("recognitions", RecognitionFilter),
        ("producers", ProducerFilter),
        ("units", UnitListFilter),
        ("dossiers", DossierFilter),
    ],
)
def test_list_names_its_filters_and_pages(
    described: dict[str, Any], path: str, filters: Any
) -> None:
    parameters = {
        each["name"]: each["schema"]
        for each in described["paths"][f"/api/v1/{path}"]["get"]["parameters"]
    }
    assert set(parameters) == {*filters.base_filters, "limit", "cursor"}
    assert parameters["limit"] == {"type": "integer", "minimum": 1, "maximum": 500}
    kinds = {"set": "integer", "year": "integer", "batch": "integer", "province": "string"}
    for name, kind in kinds.items():
        assert parameters.get(name, {"type": kind}) == {"type": kind}


def test_closed_choices_are_described(described: dict[str, Any]) -> None:
    found = described["paths"]["/api/v1/products"]["get"]["parameters"]
    (rank,) = (each["schema"] for each in found if each["name"] == "rank")
    assert rank == {"type": "string", "enum": ["5", "4p", "4", "3"]}


def test_rows_behind_a_number_name_their_cuts(described: dict[str, Any]) -> None:
    found = described["paths"]["/api/v1/indicators/{key}/rows"]["get"]["parameters"]
    names = [each["name"] for each in found]
    assert len(set(names)) == len(names)
    assert {"key", "as_of", "year", "rank", "limit", "cursor"} <= set(names)


@pytest.mark.django_db
def test_description_is_served_as_it_is_built(client: Client, described: dict[str, Any]) -> None:
    assert client.get("/api/v1/openapi.json").json() == described


# --- One language ------------------------------------------------------------------------------
#: Vietnamese that stands in English sentences, as everywhere: a currency and the number of a law.
_KEPT = ("đồng", "QĐ-BNNMT", "QĐ-TTg")
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u00e0-\u00fd\u1ea0-\u1ef9]")


def sentences(node: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of a description, with its place."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("summary", "description", "title") and isinstance(value, str):
                yield f"{where}/{key}", value
            else:
                yield from sentences(value, f"{where}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from sentences(value, f"{where}/{number}")


@pytest.fixture
def both() -> dict[str, dict[str, str]]:
    """The sentences by place, in each language; built without the database."""
    found = {}
    for code in ("vi", "en"):
        with language.using(code), translation.override(code):
            found[code] = dict(sentences(v1.get_openapi_schema(path_prefix="/api/v1/")))
    return found


def test_each_language_says_everything_and_nothing_in_the_other(
    both: dict[str, dict[str, str]],
) -> None:
    assert both["vi"].keys() == both["en"].keys()
    assert len(both["vi"]) > 400
    for place, said in both["vi"].items():
        if place == "/info/title":
            continue
        assert said != both["en"][place], place
        assert said, place
    for place, said in both["en"].items():
        rest = re.sub("|".join(_KEPT), "", said)
        assert not _VIETNAMESE.search(rest), (place, said)
    plain = [said for place, said in both["vi"].items() if not _VIETNAMESE.search(said)]
    assert plain == ["OCOP"]


def test_no_vietnamese_text_is_left_without_its_owner(described: dict[str, Any]) -> None:
    words = description.vietnamese()
    names = {each["operationId"] for each in description.operations(described)}
    assert words["operations"].keys() == names
    schemas = described["components"]["schemas"]
    assert words["schemas"].keys() == {n for n, s in schemas.items() if "description" in s}


def test_names_repeated_as_titles_are_left_out(both: dict[str, dict[str, str]]) -> None:
    """The library makes them of names in the code: English words in either language."""
    assert [place for place in both["vi"] if place.endswith("/title")] == ["/info/title"]
    schemas = v1.get_openapi_schema(path_prefix="/api/v1/")["components"]["schemas"]
    assert "title" in schemas["SittingOut"]["properties"]  # a field of that name stays


@pytest.mark.django_db
def test_description_comes_in_the_language_that_is_asked_for(client: Client) -> None:
    told = {}
    for code in ("vi", "en"):
        answer = client.get("/api/v1/openapi.json", headers={"accept-language": code})
        assert answer.headers["Content-Language"] == code
        assert "Accept-Language" in answer.headers["Vary"]
        told[code] = answer.json()["paths"]["/api/v1/products"]["get"]
        page = client.get("/api/", headers={"accept-language": code}).content.decode()
        assert told[code]["description"] in page
    assert told["vi"]["summary"] == "Các sản phẩm"
    assert told["en"]["summary"] == "Products"
    assert told["en"]["description"].startswith("Products that ever got a star")
    (sector,) = (p for p in told["en"]["parameters"] if p["name"] == "sector")
    assert not _VIETNAMESE.search(sector["description"])


@pytest.mark.parametrize("path", ["recognitions/{key}/credential", "credential-status-list"])
def test_credentials_are_described_as_what_they_are(described: dict[str, Any], path: str) -> None:
    answer = described["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]
    assert answer["content"] == {"application/vc+jwt": {"schema": {"type": "string"}}}
