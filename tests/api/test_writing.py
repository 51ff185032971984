"""Writes by the API: the same services, the same refusals, and a scope besides."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.criteria.models import LegalVersion
from ocop.people import services as people
from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition.models import ImportBatch, Recognition
from tests.core import crafted
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory
from tests.recognition.registries import HEADING, book, row
from tests.world import bearer, build_places, person

pytestmark = pytest.mark.django_db


def key(now: datetime, role: Role, *scopes: str) -> dict[str, str]:
    """The header of a new person's token."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    user = people.create_account(actor=SYSTEM, name=role, email=f"{role}@a.example", at=now)
    people.grant_role(actor=SYSTEM, user=user, role=role, starts_on=date(2026, 1, 1), at=now)
    secret = people.issue_token(
        actor=SYSTEM, user=user, name="thử", scopes=frozenset(scopes), at=now
    ).secret
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def officer(now: datetime) -> dict[str, str]:
    return key(now, Role.PROVINCIAL_OFFICER, READ_REGISTER, WRITE_REGISTER)


@pytest.fixture
def head(now: datetime) -> dict[str, str]:
    return key(now, Role.OFFICE_HEAD, READ_REGISTER, WRITE_REGISTER)


def send(client: Client, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    call = getattr(client, method)
    return call(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


def test_producer_and_product_are_entered_and_changed(
    client: Client, officer: dict[str, str]
) -> None:
    made = send(client, "post", "producers", {"name": "HTX Biển", "phone": "0912345678"}, officer)
    assert made.status_code == 201
    code = made.json()["code"]
    changed = send(client, "patch", f"producers/{code}", {"address": "Thôn 1"}, officer)
    assert changed.status_code == 200
    producer = Producer.objects.get(code=code)
    assert (producer.name, producer.address) == ("HTX Biển", "Thôn 1")
    assert producer.phone

    told = {"producer": code, "name": "Mắm nêm", "sector": "I"}
    product = send(client, "post", "products", told, officer).json()["code"]
    send(client, "patch", f"products/{product}", {"story": "Ủ chượp"}, officer)
    found = Product.objects.get(code=product)
    assert (found.name, found.sector, found.story) == ("Mắm nêm", "I", "Ủ chượp")
    again = send(client, "post", "products", told, officer)
    assert (again.status_code, again.json()["code"]) == (422, "product_alike")


def test_facts_about_persons_are_written_by_the_office_and_read_by_no_call(
    client: Client, officer: dict[str, str], now: datetime
) -> None:
    told = {"name": "HTX Biển", "leader_sex": "female", "leader_ethnicity": "Mường", "workers": 4}
    code = send(client, "post", "producers", told, officer).json()["code"]
    path = f"producers/{code}"
    assert send(client, "patch", path, {"workers_local": 3}, officer).status_code == 200
    assert send(client, "patch", path, {"address": "Thôn 1"}, officer).status_code == 200
    answer = send(client, "patch", path, {"workers_local": 5}, officer)
    assert (answer.status_code, answer.json()["code"]) == (422, "producer_workers_local")
    answer = send(client, "patch", path, {"leader_sex": "khác"}, officer)
    assert (answer.status_code, answer.json()["code"]) == (422, "producer_leader_sex")
    found = Producer.objects.get(code=code)
    assert (found.leader_sex, found.leader_ethnicity) == ("female", "Mường")
    assert (found.workers, found.workers_local, found.address) == (4, 3, "Thôn 1")
    read = client.get(f"/api/v1/{path}", headers=officer).json()
    assert not set(read) & {"leader_name", "leader_sex", "leader_ethnicity", "workers"}
    assert send(client, "patch", path, {"leader_sex": None}, officer).status_code == 200
    assert Producer.objects.get(code=code).leader_sex == ""


def test_officer_of_a_commune_writes_no_facts_about_persons(client: Client, now: datetime) -> None:
    places = build_places(now)
    made = ProducerFactory(commune=places.here, leader_sex="female")
    user = person(now, Role.COMMUNE_OFFICER, places.here)
    token = bearer(user, now, WRITE_REGISTER)
    path = f"producers/{made.code}"
    assert send(client, "patch", path, {"story": "Mới"}, token).status_code == 200
    answer = send(client, "patch", path, {"leader_sex": "male"}, token)
    assert (answer.status_code, answer.json()["code"]) == (403, "restricted_facts")
    assert Producer.objects.get(pk=made.pk).leader_sex == "female"


def test_decision_is_recorded_whole_or_not_at_all(
    client: Client, officer: dict[str, str], head: dict[str, str]
) -> None:
    LegalVersion.objects.create(
        code="X", document="X", issued_on=date(2026, 1, 1), effective_from=date(2026, 1, 1)
    )
    first, second = ProductFactory(), ProductFactory()
    told = {
        "number": "12/QĐ-UBND",
        "signed_on": "2026-08-05",
        "authority": "UBND thành phố Hà Nội",
        "level": "province",
        "results": [{"product": first.code, "stars": 4}, {"product": second.code, "stars": 6}],
    }
    assert send(client, "post", "decisions", told, officer).status_code == 422
    assert not Recognition.objects.exists()
    told["results"][1]["stars"] = 3
    answer = send(client, "post", "decisions", told, officer)
    assert (answer.status_code, answer.json()["recognitions"]) == (201, 2)

    given = Recognition.objects.get(product=first)
    path = f"recognitions/{given.pk}/revocation"
    ended = {"day": "2026-09-01", "reason": "ngừng sản xuất, chủ thể xác nhận ngày 20/8/2026"}
    slip = send(client, "post", path, {**ended, "day": "mai"}, head).json()
    assert [error["field"] for error in slip["errors"]] == ["day"]
    assert send(client, "post", path, ended, head).json()["code"] == "ground_needed"
    answer = send(client, "post", path, {**ended, "ground": "stopped"}, head).json()
    assert answer["code"] == "decision_needed"
    named = {error["field"] for error in answer["errors"]}
    assert named == {"number", "signed_on", "authority", "level"}
    ended |= {
        "ground": "stopped",
        "number": "15/QĐ-UBND",
        "signed_on": "2026-08-31",
        "authority": "UBND thành phố Hà Nội",
        "level": "province",
    }
    assert send(client, "post", path, ended, officer).status_code == 403
    wrong = send(client, "post", path, {**ended, "level": "centre"}, head)
    assert [error["field"] for error in wrong.json()["errors"]] == ["level"]
    assert send(client, "post", path, ended, head).status_code == 200
    given.refresh_from_db()
    assert given.revoked_on == date(2026, 9, 1)


def test_extension_of_a_replaced_star_is_refused_and_no_list_asks_for_it(
    client: Client, officer: dict[str, str]
) -> None:
    first = RecognitionFactory(on=date(2023, 12, 20))  # its window closed in August 2026
    listed = "/api/v1/recognitions?state=window_missed"
    assert client.get(listed).json()["total"] == 1
    RecognitionFactory(product=first.product, on=date(2026, 6, 1), stars=4)
    assert client.get(listed).json()["total"] == 0
    assert client.get("/api/v1/recognitions?state=replaced").json()["items"][0]["id"] == first.pk
    told = {"day": "2027-01-31", "reason": "nộp hồ sơ muộn"}
    answer = send(client, "post", f"recognitions/{first.pk}/extension", told, officer)
    assert (answer.status_code, answer.json()["code"]) == (422, "extension_replaced")


def test_import_from_file_to_publication(client: Client, officer: dict[str, str]) -> None:
    file = SimpleUploadedFile("so.xlsx", book(HEADING, row(address=None), row("Chè", stars="?")))
    made = client.post("/api/v1/imports", {"file": file}, headers=officer)
    assert made.status_code == 201
    told = made.json()
    assert (told["rows"], told["accepted"], told["rejected"]) == (2, 1, 1)
    path = f"imports/{told['id']}"
    remarks = client.get(f"/api/v1/{path}/remarks", headers=officer).json()
    assert remarks["total"] == told["remarks"] == len(remarks["items"])
    assert [r["code"] for r in remarks["items"] if r["rejects"]] == ["stars_unreadable"]
    assert made.headers["Location"].endswith(path)
    assert send(client, "post", f"{path}/load", {}, officer).json()["code"] == "bad_rows"
    loaded = send(client, "post", f"{path}/load", {"skip_bad": True}, officer).json()
    assert loaded["state"] == "loaded"
    assert client.get("/api/v1/products").json()["total"] == 0
    assert send(client, "post", f"{path}/publish", {}, officer).json()["state"] == "published"
    assert client.get("/api/v1/products").json()["total"] == 1
    assert send(client, "post", f"{path}/undo", {"reason": "nhầm"}, officer).status_code == 422


@pytest.mark.parametrize(
    ("bad", "code", "told"),
    [
        ("x" * 140_000, "cell_too_long", "ô thứ 2 "),
        ("HTX N\0úi", "text_unreadable", "vị trí thứ 10, sau “Chè,HTX N”"),
    ],
)
def test_file_that_cannot_be_read_leaves_no_import(
    client: Client, officer: dict[str, str], bad: str, code: str, told: str
) -> None:
    content = f"Tên sản phẩm,Chủ thể,Hạng sao\nMắm,HTX Biển,3\nChè,{bad},3\n".encode()
    file = SimpleUploadedFile("so.csv", content)
    answer = client.post("/api/v1/imports", {"file": file}, headers=officer)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert "Dòng 3" in answer.json()["detail"]
    assert told in answer.json()["detail"]
    assert "Hãy" in answer.json()["detail"]
    assert not ImportBatch.objects.exists()


def test_workbook_that_is_none_is_refused_saying_what_it_is(
    client: Client, officer: dict[str, str]
) -> None:
    file = SimpleUploadedFile("so.xlsx", b"<html><table></table></html>")
    answer = client.post("/api/v1/imports", {"file": file}, headers=officer)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_workbook")
    assert "HTML" in answer.json()["detail"]
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("refs", "code"), [(crafted.PANIC, "not_a_workbook"), (crafted.FAR, "sheet_too_large")]
)
def test_workbook_that_harms_the_reader_is_refused(
    client: Client, officer: dict[str, str], refs: tuple[str, str], code: str
) -> None:
    file = SimpleUploadedFile("so.xlsx", crafted.cells(*refs))
    answer = client.post("/api/v1/imports", {"file": file}, headers=officer)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not ImportBatch.objects.exists()


def test_column_that_is_not_read_is_a_remark_without_a_field(
    client: Client, officer: dict[str, str]
) -> None:
    content = book((*HEADING, "Ghi chú"), [*row(address=None), "x"])
    file = SimpleUploadedFile("so.xlsx", content)
    told = client.post("/api/v1/imports", {"file": file}, headers=officer).json()
    remarks = client.get(f"/api/v1/imports/{told['id']}/remarks", headers=officer).json()["items"]
    (found,) = [r for r in remarks if r["code"] == "column_not_read"]
    assert (found["row"], found["field"], found["rejects"]) == (1, "", False)
    assert "Ghi chú" in found["message"]


_DECISION = {
    "number": "1/QĐ-UBND",
    "signed_on": "2026-01-01",
    "authority": "UBND",
    "level": "province",
    "results": [],
}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("post", "producers", {"name": "A"}),
        ("patch", "producers/00000000", {"name": "A"}),
        ("post", "products", {"producer": "00000000", "name": "A"}),
        ("patch", "products/00000000", {"name": "A"}),
        ("post", "decisions", _DECISION),
        ("post", "recognitions/1/annulment", {"day": "2026-01-01", "reason": "xem lại"}),
        ("post", "imports/1/load", {"reason": "xem lại"}),
    ],
)
def test_writing_needs_a_token_with_the_scope(
    client: Client, now: datetime, method: str, path: str, body: dict[str, Any]
) -> None:
    assert send(client, method, path, body, {}).status_code == 401
    reader = key(now, Role.PROVINCIAL_OFFICER, READ_REGISTER)
    answer = send(client, method, path, body, reader)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_scope_never_widens_what_its_owner_may_do(client: Client, now: datetime) -> None:
    member = key(now, Role.COUNCIL_MEMBER, WRITE_REGISTER)
    assert send(client, "post", "producers", {"name": "HTX"}, member).status_code == 403
    hidden = ProducerFactory(listed=False)
    answer = send(client, "patch", f"producers/{hidden.code}", {"name": "X"}, member)
    assert answer.status_code == 404


def test_page_names_every_operation(client: Client) -> None:
    page = client.get("/api/").content.decode()
    described = client.get("/api/v1/openapi.json").json()
    for path, methods in described["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/khong-co", 404),
        ("get", "/api/khong-co", 404),
        ("delete", "/api/v1/products", 405),
    ],
)
def test_wrong_addresses_and_methods_are_problems(
    client: Client, method: str, path: str, status: int
) -> None:
    answer = getattr(client, method)(path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_one_producer_is_read_by_code(client: Client) -> None:
    shown, hidden = ProducerFactory(listed=True), ProducerFactory(listed=False)
    assert client.get(f"/api/v1/producers/{shown.code}").json()["name"] == shown.name
    assert client.get(f"/api/v1/producers/{hidden.code}").status_code == 404
