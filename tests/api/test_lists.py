"""The lists of the API: what each caller sees, in pages, narrowed, counted, refused."""

import base64
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.criteria.services import load_decree
from ocop.people.roles import Role
from ocop.people.scopes import READ_ACCOUNTS, READ_CRITERIA, READ_PROGRAMME, READ_REGISTER
from ocop.places.models import Level
from ocop.places.queries import key_of
from ocop.producers.models import ProducerKind
from ocop.products.models import Sector
from ocop.recognition.models import BatchState, Evidence, Kind, Recognition
from tests import world
from tests.factories import (
    DecisionFactory,
    ProducerFactory,
    RecognitionFactory,
    RegistrationFactory,
    TargetFactory,
    UnitFactory,
)
from tests.world import Places, bearer, person, recognised

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
PROBLEM = "application/problem+json"
#: Lists that come in pages.
PAGED = ("units", "products", "producers", "recognitions", "indicators/evaluated/rows")


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return world.build_places(now)


@pytest.fixture
def rows(places: Places) -> dict[str, Recognition]:
    return world.build_rows(places)


def _name(item: dict[str, Any]) -> str:
    return str(item["product"]["name"] if "product" in item else item["name"])


def _names(client: Client, path: str, headers: dict[str, str] | None = None) -> list[str]:
    page = client.get(f"{V1}/{path}", headers=headers).json()
    assert page["total"] == len(page["items"])
    return sorted(_name(item) for item in page["items"])


# --- Who sees what -----------------------------------------------------------------------------
Viewer = Callable[[datetime, Places, dict[str, Recognition]], dict[str, str]]
PUBLIC = {"Công khai", "Đã công bố"}
HERE = {"Ẩn ở đây", "Đề nghị", "Chưa công bố", "Hoàn tác"}
OWN = {"Ẩn nơi khác"}
ALL = PUBLIC | HERE | OWN | {"Ý tưởng", "Mẫu"}


def _anyone(_now: datetime, _places: Places, _rows: dict[str, Recognition]) -> dict[str, str]:
    return {}


def _as(role: Role) -> Viewer:
    def viewer(now: datetime, places: Places, rows: dict[str, Recognition]) -> dict[str, str]:
        unit = places.here if role == Role.COMMUNE_OFFICER else None
        return bearer(person(now, role, unit), now)

    return viewer


def _maker(now: datetime, _places: Places, rows: dict[str, Recognition]) -> dict[str, str]:
    return bearer(world.member(now, rows["Ẩn nơi khác"].product.producer), now)


VIEWERS = [
    pytest.param(_anyone, "public", id="anonymous"),
    pytest.param(_as(Role.INSPECTOR), "public", id="inspector"),
    pytest.param(_as(Role.COUNCIL_MEMBER), "public", id="council"),
    pytest.param(_maker, "own", id="producer"),
    pytest.param(_as(Role.COMMUNE_OFFICER), "commune", id="commune"),
    pytest.param(_as(Role.PROVINCIAL_OFFICER), "office", id="office"),
    pytest.param(_as(Role.AUDITOR), "office", id="auditor"),
    pytest.param(_as(Role.ADMINISTRATOR), "office", id="administrator"),
]
#: A star that is proposed, unpublished, undone or invented rules no product, whoever asks.
SEEN = {
    "recognitions": {
        "public": PUBLIC,
        "own": PUBLIC | OWN,
        "commune": PUBLIC | {"Ẩn ở đây", "Đề nghị"},
        "office": ALL - {"Hoàn tác"},
    },
    "products": {
        "public": PUBLIC,
        "own": PUBLIC | OWN,
        "commune": PUBLIC | {"Ẩn ở đây"},
        "office": PUBLIC | OWN | {"Ẩn ở đây", "Ý tưởng"},
    },
    "producers": {
        "public": PUBLIC | {"Ý tưởng", "Mẫu"},
        "own": PUBLIC | {"Ý tưởng", "Mẫu"} | OWN,
        "commune": PUBLIC | {"Ý tưởng", "Mẫu"} | HERE,
        "office": ALL,
    },
}
SEEN_ALONE = {
    "public": PUBLIC | {"Mẫu"},
    "own": PUBLIC | {"Mẫu"} | OWN,
    "commune": PUBLIC | {"Mẫu"} | HERE,
    "office": ALL,
}


@pytest.mark.whole
@pytest.mark.parametrize("path", list(SEEN))
@pytest.mark.parametrize(("viewer", "sight"), VIEWERS)
def test_rows_and_total_are_what_the_caller_may_see(
    client: Client,
    now: datetime,
    places: Places,
    rows: dict[str, Recognition],
    viewer: Viewer,
    sight: str,
    path: str,
) -> None:
    found = _names(client, path, viewer(now, places, rows))
    assert found == sorted(
        f"HTX {name}" if path == "producers" else name for name in SEEN[path][sight]
    )


@pytest.mark.whole
@pytest.mark.parametrize(("viewer", "sight"), VIEWERS)
def test_another_ones_product_is_not_found(
    client: Client,
    now: datetime,
    places: Places,
    rows: dict[str, Recognition],
    viewer: Viewer,
    sight: str,
) -> None:
    headers = viewer(now, places, rows)
    answers = {
        name: client.get(f"{V1}/products/{row.product.code}", headers=headers)
        for name, row in rows.items()
    }
    hidden = {name for name, answer in answers.items() if answer.status_code != 200}
    assert hidden == ALL - SEEN_ALONE[sight]
    for name in hidden:
        assert answers[name].status_code == 404
        assert answers[name]["Content-Type"] == PROBLEM
    for name in SEEN_ALONE[sight]:
        assert answers[name].json()["name"] == name


def test_star_of_a_product_is_the_same_for_public_and_office(
    client: Client, now: datetime, rows: dict[str, Recognition]
) -> None:
    """An office that sees more rows sees no other star."""
    product = rows["Công khai"].product
    for evidence, batch in (
        (Evidence.B2, None),
        (Evidence.B1, world.imported(BatchState.LOADED)),
        (Evidence.M, None),
    ):
        RecognitionFactory(
            product=product, on=date(2026, 6, 1), stars=4, evidence=evidence, batch=batch
        )
    office = bearer(person(now, Role.OFFICE_HEAD), now)
    address = f"{V1}/products/{product.code}"
    stars = [client.get(address, headers=h).json()["star"] for h in ({}, office)]
    assert stars[0] == stars[1]
    assert (stars[0]["stars"], stars[0]["evidence"]) == (3, "A")


def test_demonstration_rows_are_public_in_a_demonstration_only_and_marked(
    client: Client, now: datetime, rows: dict[str, Recognition]
) -> None:
    for shown in (False, True):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=shown, at=now)
        for path in ("products", "recognitions", "producers", "units"):
            assert client.get(f"{V1}/{path}").json()["demonstration"] is shown
        assert client.get(f"{V1}/progress").json()["demonstration"] is shown
        assert ("Mẫu" in _names(client, "recognitions")) is shown
        assert ("Mẫu" in _names(client, "products")) is shown
    marked = [
        item["product"]["name"]
        for item in client.get(f"{V1}/recognitions").json()["items"]
        if item["evidence"] == "M"
    ]
    assert marked == ["Mẫu"]


def test_persons_tax_code_is_told_to_few(client: Client, now: datetime, places: Places) -> None:
    household = ProducerFactory(
        kind=ProducerKind.HOUSEHOLD, tax_code=world.PERSONAL_CODE, commune=places.here
    )
    company = ProducerFactory(kind=ProducerKind.ENTERPRISE, tax_code="0100109106")
    told = {company.code: "0100109106", household.code: world.PERSONAL_CODE}
    kept = {**told, household.code: ""}
    for headers, expected in (
        ({}, kept),
        (bearer(person(now, Role.INSPECTOR), now), kept),
        (bearer(person(now, Role.COMMUNE_OFFICER, places.here), now), kept),
        (bearer(person(now, Role.ADMINISTRATOR), now), kept),
        (bearer(world.member(now, company), now), kept),
        (bearer(world.member(now, household), now), told),
        (bearer(person(now, Role.AUDITOR), now), told),
        (bearer(person(now, Role.PROVINCIAL_OFFICER), now), told),
    ):
        items = client.get(f"{V1}/producers", headers=headers).json()["items"]
        assert {item["code"]: item["tax_code"] for item in items} == expected


def test_rows_behind_figures_hold_nothing_proposed_unpublished_or_invented(
    client: Client, now: datetime, rows: dict[str, Recognition]
) -> None:
    never = {"Đề nghị", "Chưa công bố", "Hoàn tác", "Mẫu"}
    for headers in ({}, bearer(person(now, Role.OFFICE_HEAD), now)):
        page = client.get(f"{V1}/indicators/evaluated/rows", headers=headers).json()
        listed = {item["name"].split(":")[0] for item in page["items"]}
        assert listed >= PUBLIC
        assert not listed & never
        figures = {i["key"]: i for i in client.get(f"{V1}/indicators", headers=headers).json()}
        assert figures["evaluated"]["value"] == page["total"]


def test_rows_behind_what_producers_tell_in_confidence_are_the_offices(
    client: Client, now: datetime, rows: dict[str, Recognition]
) -> None:
    rows["Công khai"].product.producer.__class__.objects.update(leader_sex="female", workers=9)
    path = f"{V1}/indicators/workers/rows"
    office = bearer(person(now, Role.AUDITOR), now)
    assert client.get(path, headers=office).json()["total"] > 0
    for headers in ({}, bearer(person(now, Role.INSPECTOR), now)):
        assert client.get(path, headers=headers).status_code == 404


def test_criteria_sets_and_targets_are_everybodys(
    client: Client, now: datetime, places: Places
) -> None:
    load_decree(actor=SYSTEM, at=now)
    TargetFactory(unit=places.province, starts_on=date(2026, 1, 1), ends_on=date(2031, 1, 1))
    TargetFactory(unit=places.there, starts_on=date(2026, 1, 1), ends_on=date(2031, 1, 1))
    for headers in ({}, bearer(person(now, Role.OFFICE_HEAD), now)):
        sets = client.get(f"{V1}/criteria-sets", headers=headers).json()
        assert [found["number"] for found in sets] == list(range(1, 27))
        assert {found["compared"] for found in sets} == {False}
        targets = client.get(f"{V1}/targets", headers=headers).json()
        assert [(t["indicator"], t["low"]) for t in targets] == [("evaluated_in_term", 2000)]
    whole = client.get(f"{V1}/criteria-sets/13").json()
    assert whole["number"] == 13
    missing = client.get(f"{V1}/criteria-sets/99")
    assert (missing.status_code, missing["Content-Type"]) == (422, PROBLEM)


# --- Tokens ------------------------------------------------------------------------------------
SCOPE_OF = {
    "products": READ_REGISTER,
    "products/{code}": READ_REGISTER,
    "recognitions": READ_REGISTER,
    "producers": READ_REGISTER,
    "criteria-sets": READ_CRITERIA,
    "criteria-sets/1": READ_CRITERIA,
    "progress": READ_PROGRAMME,
    "indicators": READ_PROGRAMME,
    "indicators/evaluated/rows": READ_PROGRAMME,
    "indicators/evaluated/cuts/year": READ_PROGRAMME,
    "targets": READ_PROGRAMME,
}


@pytest.mark.parametrize(("path", "scope"), SCOPE_OF.items())
def test_token_needs_the_scope_of_the_list(
    client: Client, now: datetime, places: Places, path: str, scope: str
) -> None:
    address = f"{V1}/{path.format(code=recognised('Mật ong').product.code)}"
    user = person(now, Role.OFFICE_HEAD)
    assert client.get(address, headers=bearer(user, now, scope)).status_code == 200
    refused = client.get(address, headers=bearer(user, now, READ_ACCOUNTS))
    assert (refused.status_code, refused["Content-Type"]) == (403, PROBLEM)
    assert refused.json()["code"] == "scope_missing"
    assert scope in refused.json()["detail"]


@pytest.mark.parametrize("path", [*SCOPE_OF, "units"])
def test_wrong_or_revoked_token_reads_not_even_what_is_public(
    client: Client, now: datetime, places: Places, path: str
) -> None:
    address = f"{V1}/{path.format(code=recognised('Mật ong').product.code)}"
    user = person(now, Role.OFFICE_HEAD)
    revoked = bearer(user, now)
    user.tokens.update(revoked_at=now)
    for headers in ({"authorization": "Bearer ocop_wrong"}, revoked):
        answer = client.get(address, headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM)
        assert answer["WWW-Authenticate"] == "Bearer"


# --- Pages -------------------------------------------------------------------------------------
def _walk(client: Client, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        answer = client.get(following)
        page = answer.json()
        found += page["items"]
        following = page["next"]
        link = f'<{following}>; rel="next"' if following else None
        assert answer.headers.get("Link") == link
    return found


@pytest.mark.whole
@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
@pytest.mark.parametrize("path", PAGED)
def test_pages_of_any_size_walk_every_row_once(
    client: Client, places: Places, path: str, size: int
) -> None:
    for number in range(7):
        recognised(f"Mật ong {number}")
    extra = "&level=commune" if path == "units" else ""
    for number in range(4):
        UnitFactory(parent=places.province, name=f"Xã Mới {number}")
    everything = client.get(f"{V1}/{path}?limit=500{extra}").json()
    assert everything["next"] is None
    assert len(everything["items"]) == everything["total"] == 7
    assert _walk(client, f"{V1}/{path}?limit={size}{extra}") == everything["items"]


def test_rows_that_come_or_go_between_pages_move_no_other_row(
    client: Client, places: Places
) -> None:
    first, second, third = (recognised(f"Mật ong {number}") for number in range(3))
    page = client.get(f"{V1}/recognitions?limit=1").json()
    assert [item["id"] for item in page["items"]] == [first.pk]
    first.delete()
    fourth = recognised("Mật ong 3")
    rest = [item["id"] for item in _walk(client, page["next"])]
    assert rest == [second.pk, third.pk, fourth.pk]


def test_following_pages_keep_the_filter(client: Client, places: Places) -> None:
    for number in range(3):
        recognised(f"Mật ong {number}", sector=Sector.FOOD)
        recognised(f"Chè {number}", sector=Sector.DRINK)
    found = _walk(client, f"{V1}/products?limit=1&sector=II")
    assert [item["name"] for item in found] == ["Chè 0", "Chè 1", "Chè 2"]


# --- Filters -----------------------------------------------------------------------------------
@pytest.fixture
def contrast(places: Places) -> None:
    """Two products that differ in everything a filter speaks of, and one of another province."""
    honey = ProducerFactory(
        name="HTX Mật ong",
        kind=ProducerKind.COOPERATIVE,
        commune=places.here,
        unit=places.before,
        tax_code="0100109106",
    )
    recognised(
        "Mật ong",
        producer=honey,
        commune=places.here,
        unit=places.before,
        sector=Sector.FOOD,
        set_number=1,
        stars=4,
        potential_five=True,
    )
    bowl = ProducerFactory(name="HTX Bát gốm", kind=ProducerKind.HOUSEHOLD, commune=places.there)
    recognised(
        "Bát gốm",
        producer=bowl,
        commune=places.there,
        sector=Sector.HANDICRAFT,
        set_number=2,
        stars=4,
        on=date(2022, 5, 4),
        kind=Kind.UPGRADE,
        evidence=Evidence.B1,
        batch=world.imported(BatchState.PUBLISHED),
    )
    UnitFactory(code="48", name="Thành phố Đà Nẵng", level=Level.PROVINCE)
    recognised("Nước mắm", province="48")


HONEY = {
    "q": "mat o",
    "sector": "I",
    "rank": "4p",
    "state": "valid",
    "valid": "true",
    "unit": "09001",
    "year": "2024",
    "kind": "first",
    "evidence": "A",
    "producer_kind": "cooperative",
    "set": "1",
}
FILTERS = [
    *(
        ("products", "office:products", name, HONEY[name], "Mật ong")
        for name in (*("q", "sector", "rank", "state", "valid"), "unit", "year", "producer_kind")
    ),
    ("products", "office:products", "set", "2", "Bát gốm"),
    ("products", "office:products", "province", "48", "Nước mắm"),
    *(("recognitions", "office:register", name, value, "Mật ong") for name, value in HONEY.items()),
    ("recognitions", "office:register", "valid", "false", "Bát gốm"),
    ("recognitions", "office:register", "batch", "", "Bát gốm"),
    ("recognitions", "office:register", "province", "48", "Nước mắm"),
    ("producers", "office:producers", "q", "mat", "HTX Mật ong"),
    ("producers", "office:producers", "q", "0100109106", "HTX Mật ong"),
    ("producers", "office:producers", "kind", "household", "HTX Bát gốm"),
    ("producers", "office:producers", "unit", "09001", "HTX Mật ong"),
    ("producers", "office:producers", "province", "48", "HTX Nước mắm"),
    ("units", "office:units", "q", "dai xuyen", "Xã Đại Xuyên"),
    ("units", "office:units", "q", "280", "Huyện Phú Xuyên"),
    ("units", "office:units", "level", "district", "Huyện Phú Xuyên"),
    ("units", "office:units", "province", "48", "Thành phố Đà Nẵng"),
]


@pytest.fixture
def office(client: Client, now: datetime) -> dict[str, str]:
    """A token of the office, whose browser is signed in, too."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    user = person(now, Role.OFFICE_HEAD)
    client.force_login(user)
    return bearer(user, now)


def _column(answer: Any) -> list[str]:
    """The names in a workbook: its first column below the heading."""
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells = [row[0] for row in sheet.iter_rows(values_only=True)]
    top = max(place for place, cell in enumerate(cells) if cell is None)
    return [str(cell) for cell in cells[top + 2 :]]


@pytest.mark.whole
@pytest.mark.parametrize(("path", "table", "name", "value", "left"), FILTERS)
def test_filter_leaves_what_the_filter_of_the_table_leaves(
    client: Client,
    contrast: None,
    office: dict[str, str],
    path: str,
    table: str,
    name: str,
    value: str,
    left: str,
) -> None:
    if name == "batch":
        value = str(Recognition.objects.exclude(batch=None).values_list("batch", flat=True).get())
    assert len(_names(client, path, office)) > 1
    assert _names(client, f"{path}?{name}={value}", office) == [left]
    assert _column(client.get(reverse(table), {name: value, "format": "xlsx"})) == [left]


@pytest.mark.parametrize("path", ["products", "recognitions", "producers"])
def test_unit_of_then_finds_what_lies_in_its_successor(
    client: Client, places: Places, contrast: None, path: str
) -> None:
    for unit in (places.here, places.before, places.district):
        (found,) = _names(client, f"{path}?unit={key_of(unit)}")
        assert found.endswith("Mật ong")


def test_units_of_a_day_are_those_of_that_day(client: Client, places: Places) -> None:
    assert "Huyện Phú Xuyên" in _names(client, "units?on=2025-06-30")
    assert "Xã Đại Xuyên" not in _names(client, "units?on=2025-06-30")
    assert _names(client, "units?on=2025-07-01") == [
        "Thành phố Hà Nội",
        "Xã Đại Xuyên",
        "Xã Ứng Hòa",
    ]


def test_filters_of_a_row_behind_a_number_are_its_cuts(
    client: Client, places: Places, contrast: None
) -> None:
    for query, left in (("year=2022", "Bát gốm"), ("rank=4p", "Mật ong"), ("sector=IV", "Bát gốm")):
        page = client.get(f"{V1}/indicators/evaluated/rows?{query}").json()
        assert [item["name"].split(":")[0] for item in page["items"]] == [left]


# --- What cannot be read -----------------------------------------------------------------------
def _told(answer: Any) -> dict[str, Any]:
    assert answer["Content-Type"] == PROBLEM
    body: dict[str, Any] = answer.json()
    assert body["status"] == answer.status_code
    return body


def _cursor(content: str) -> str:
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


WRONG_PAGING = [
    *(("limit", given) for given in ("", "0", "501", "-1", "5.0", "abc", "²", "9" * 5000)),
    *(
        ("cursor", given)
        for given in (
            "abc",
            "đ",
            "!!",
            _cursor("[]"),
            _cursor("{}"),
            _cursor('{"after": "x"}'),
            _cursor('{"after": Infinity}'),
            _cursor('{"after": null}'),
        )
    ),
]
WRONG_VALUES = [
    ("products", "sector", "VII"),
    ("products", "rank", "6"),
    ("products", "valid", "có"),
    ("products", "unit", "99999"),
    ("products", "unit", "09001.2025"),
    ("products", "state", "fresh"),
    ("products", "set", "27"),
    ("products", "year", "2024.5"),
    ("products", "year", "abc"),
    ("products", "province", "99"),
    ("recognitions", "kind", "second"),
    ("recognitions", "evidence", "D"),
    ("recognitions", "batch", "0"),
    ("recognitions", "set", "NaN"),
    ("producers", "kind", "giant"),
    ("units", "level", "village"),
    ("units", "on", "31/02/2025"),
]


@pytest.mark.whole
@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize(("name", "given"), WRONG_PAGING)
def test_wrong_paging_is_told_in_both_languages(
    client: Client, places: Places, path: str, name: str, given: str
) -> None:
    told = {}
    for language in ("vi", "en"):
        answer = client.get(f"{V1}/{path}", {name: given}, headers={"accept-language": language})
        assert answer.status_code == 422
        told[language] = _told(answer)
        assert told[language]["code"] == name
    assert "Hãy" in told["vi"]["detail"] or "phải" in told["vi"]["detail"]
    assert told["vi"]["detail"] != told["en"]["detail"]
    assert told["vi"]["title"] != told["en"]["title"]


@pytest.mark.parametrize(("path", "name", "given"), WRONG_VALUES)
def test_wrong_value_of_a_filter_is_told_at_its_field_in_both_languages(
    client: Client, places: Places, path: str, name: str, given: str
) -> None:
    told = {}
    for language in ("vi", "en"):
        answer = client.get(f"{V1}/{path}", {name: given}, headers={"accept-language": language})
        assert answer.status_code == 422
        told[language] = _told(answer)
        assert {error["field"] for error in told[language]["errors"]} == {name}
    assert told["vi"]["detail"] != told["en"]["detail"]
    assert told["vi"]["errors"] != told["en"]["errors"]


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("products", "sector"),
        ("recognitions", "evidence"),
        ("producers", "kind"),
        ("units", "level"),
        ("indicators/evaluated/rows", "rank"),
    ],
)
def test_unknown_filter_is_refused_with_those_that_there_are(
    client: Client, places: Places, path: str, offered: str
) -> None:
    details = []
    for language in ("vi", "en"):
        answer = client.get(f"{V1}/{path}?colour=red", headers={"accept-language": language})
        assert answer.status_code == 422
        body = _told(answer)
        assert body["code"] == "unknown_filter"
        for word in ("colour", offered, "limit", "cursor"):
            assert word in body["detail"]
        details.append(body["detail"])
    assert details[0] != details[1]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("progress", "as_of=abc"),
        ("indicators", "as_of=2024-02-30"),
        ("targets", "term=abc"),
        ("targets", "term=2030-2021"),
        ("progress", "as_of=0001-01-01"),
        ("indicators/nothing/rows", ""),
        ("locate", "address=Xã+Đại+Xuyên"),
        ("criteria-sets/abc", ""),
    ],
)
def test_frame_that_cannot_be_read_is_told_in_both_languages(
    client: Client, places: Places, path: str, query: str
) -> None:
    told = []
    for language in ("vi", "en"):
        answer = client.get(f"{V1}/{path}?{query}", headers={"accept-language": language})
        assert answer.status_code == 422
        told.append(_told(answer))
    assert told[0]["detail"] != told[1]["detail"]
    if "errors" in told[0]:
        assert told[0]["errors"] != told[1]["errors"]


# --- Work of the database ----------------------------------------------------------------------
def _grow(places: Places, count: int) -> None:
    for number in range(count):
        row = recognised(
            f"Mật ong {number} của {count}",
            commune=places.here,
            unit=places.before,
            decision=DecisionFactory(signed_on=date(2024, 12, 30)),
            evaluated_on=date(2024, 12, 30),
        )
        row.product.producer.__class__.objects.filter(pk=row.product.producer_id).update(
            workers=3, leader_sex="female", unit=places.before
        )
        RegistrationFactory(year=2026, unit=places.before, product=row.product)
        UnitFactory(parent=places.here)


@pytest.mark.whole
@pytest.mark.parametrize("viewer", [_anyone, _as(Role.OFFICE_HEAD), _as(Role.COMMUNE_OFFICER)])
@pytest.mark.parametrize(
    "path",
    [
        "units",
        "products",
        "recognitions",
        "producers",
        "indicators",
        "indicators/evaluated/rows",
        "indicators/producers_valid/rows",
        "indicators/registered/rows",
        "indicators/evaluated/cuts/commune_now",
        "targets",
    ],
)
def test_three_rows_take_as_many_queries_as_one(
    client: Client, now: datetime, places: Places, viewer: Viewer, path: str
) -> None:
    headers = viewer(now, places, {})
    counts, sizes = [], []
    for more in (1, 2):
        _grow(places, more)
        TargetFactory(
            unit=places.province,
            indicator=("evaluated_in_term", "craft_villages")[more - 1],
            starts_on=date(2026, 1, 1),
            ends_on=date(2031, 1, 1),
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(f"{V1}/{path}", headers=headers)
        assert answer.status_code == 200
        counts.append(len(queries))
        body = answer.json()
        sizes.append(len(body["items"] if isinstance(body, dict) else body))
    assert counts[0] == counts[1]
    if "cuts" not in path and path != "indicators":
        assert sizes[0] < sizes[1]


def test_member_of_a_producer_takes_no_query_per_row(
    client: Client, now: datetime, places: Places
) -> None:
    mine = ProducerFactory()
    headers = bearer(world.member(now, mine), now)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{V1}/producers", headers=headers)
        counts.append(len(queries))
        ProducerFactory.create_batch(2)
    assert counts[0] == counts[1]
