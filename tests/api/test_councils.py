"""The council's score workbooks by the API."""

import io
import json
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.models import ScoreWorkbook
from ocop.councils.services.workbooks import store_workbook
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from ocop.people.scopes import READ_COUNCILS, READ_REGISTER, WRITE_COUNCILS
from tests.councils.books import filled, tables, template
from tests.world import bearer, person

pytestmark = pytest.mark.django_db
V1 = "/api/v1/workbooks"
BEST = {c.code: max(o.points for o in c.options) for c in load_set(13).criteria}
TEMPLATE = {
    "title": "Phiên 2",
    "members": ["An", "Bình", " "],
    "products": [{"name": "Cà phê", "set": 13}, {"name": "Rau", "set": 1}],
}


@pytest.fixture(autouse=True)
def _demonstration(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


def marked(**changed: int) -> bytes:
    """Full marks, but for the first member where `changed` says so (codes with _ for .)."""
    lower = {code.replace("_", "."): points for code, points in changed.items()}

    def points(row: dict[str, object]) -> int:
        code = str(row["Mã tiêu chí"])
        first = row["Hội đồng viên"] == "Nguyễn Văn An"
        return lower[code] if first and code in lower else BEST[code]

    return filled(template(("Cà phê", 13)), points)


def stored(now: datetime, title: str = "Phiên 1", **changed: int) -> ScoreWorkbook:
    return store_workbook(
        actor=SYSTEM, title=title, content=marked(**changed), filename="phieu.xlsx", at=now
    )


def secretary(now: datetime) -> dict[str, str]:
    return bearer(person(now, Role.COUNCIL_SECRETARY), now, READ_COUNCILS, WRITE_COUNCILS)


def bring(client: Client, content: bytes, headers: dict[str, str], title: str = "Phiên 1") -> Any:
    file = SimpleUploadedFile("phieu.xlsx", content)
    return client.post(V1, {"file": file, "title": title}, headers=headers)


def test_workbook_is_brought_and_its_results_told(client: Client, now: datetime) -> None:
    headers = secretary(now)
    made = bring(client, marked(**{"3_2": 0}), headers)
    assert made.status_code == 201
    told = made.json()
    assert made["Location"].endswith(f"/workbooks/{told['id']}")
    assert client.get(made["Location"], headers=headers).json() == told
    assert (told["title"], told["rules"]["quorum_percent"]) == ("Phiên 1", 75)
    (outcome,) = told["outcomes"]
    assert (outcome["product"], outcome["set"], outcome["members"]) == ("Cà phê", 13, 3)
    low = 100 - BEST["3.2"]
    assert outcome["totals"] == {"Nguyễn Văn An": low, "Trần Thị Bình": 100, "Lê Cúc": 100}
    assert outcome["mean"] == pytest.approx((low + 200) / 3, abs=1e-12)
    assert outcome["spread"] == BEST["3.2"]
    assert (outcome["star"], outcome["final"]) == (5, True)
    assert outcome["star_words"] == "Đề nghị Bộ Nông nghiệp và Môi trường đánh giá 5 sao"
    assert outcome["marks"]["Nguyễn Văn An"]["3.2"] == 0
    assert outcome["sections"]["A"] + outcome["sections"]["B"] + outcome["sections"]["C"] == (
        pytest.approx(outcome["mean"])
    )


def test_result_that_is_not_final_says_why_and_what_holds_it_back(
    client: Client, now: datetime
) -> None:
    row = stored(now, **{"1_5": 2})
    (outcome,) = client.get(f"{V1}/{row.pk}", headers=secretary(now)).json()["outcomes"]
    assert outcome["differing"] == ["1.5"]
    assert outcome["final"] is False
    assert outcome["star_words"].endswith("5 sao, tạm tính")
    (problem,) = outcome["problems"]
    assert problem["code"] == "levels_differ"
    assert "1.5" in problem["message"]
    assert outcome["missed"] == {"3": {}, "4": {}, "5": {}}


def test_wrong_workbook_is_told_cell_by_cell_and_not_kept(client: Client, now: datetime) -> None:
    answer = bring(client, filled(template(("Cà phê", 13)), lambda _row: 77), secretary(now))
    assert (answer.status_code, answer.json()["code"]) == (422, "workbook_wrong_cells")
    assert {error["field"] for error in answer.json()["errors"]} == {"file"}
    assert "Chấm điểm!" in answer.json()["errors"][0]["message"]
    for content, title, code in (
        (b"nothing", "Phiên 1", "workbook_unreadable"),
        (marked(), " ", "title_missing"),
        (marked(), "x" * 201, "text_too_long"),
        (marked(), "x\0", "text_unreadable"),
    ):
        answer = bring(client, content, secretary(now), title)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not ScoreWorkbook.objects.exists()


def test_workbooks_come_in_pages(client: Client, now: datetime) -> None:
    rows = [stored(now, f"Phiên {number}") for number in range(3)]
    headers = secretary(now)
    first = client.get(f"{V1}?limit=2", headers=headers).json()
    assert (first["total"], first["demonstration"]) == (3, True)
    rest = client.get(first["next"], headers=headers).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == [row.pk for row in rows]
    assert rest["next"] is None
    assert client.get(f"{V1}?title=x", headers=headers).json()["code"] == "unknown_filter"


def test_template_is_filled_from_the_call_and_can_be_brought_back(
    client: Client, now: datetime
) -> None:
    headers = secretary(now)
    answer = client.post(
        f"{V1}/template", TEMPLATE, content_type="application/json", headers=headers
    )
    assert answer.status_code == 200
    sheets = tables(answer.content)
    assert [row[:2] for row in sheets["Hội đồng"][1:]] == [
        ["An", "Chủ tịch"],
        ["Bình", "Thành viên"],
    ]
    assert any(str(row[0]).startswith("DỮ LIỆU MẪU") for row in sheets["Hướng dẫn"])
    content = filled(answer.content, lambda _row: 0)
    told = bring(client, content, headers).json()
    assert [o["product"] for o in told["outcomes"]] == ["Cà phê", "Rau"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"members": []}, "template_empty"),
        ({"products": []}, "template_empty"),
        ({"products": [{"name": "Rau", "set": 27}]}, "unknown_set"),
        ({"members": ["An", "an"]}, "template_name_twice"),
    ],
)
def test_template_of_nothing_is_refused(
    client: Client, now: datetime, changed: dict[str, Any], code: str
) -> None:
    body = json.dumps({**TEMPLATE, **changed})
    answer = client.post(
        f"{V1}/template", body, content_type="application/json", headers=secretary(now)
    )
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(("kind", "start"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF-")])
def test_results_come_as_files(client: Client, now: datetime, kind: str, start: bytes) -> None:
    row = stored(now)
    answer = client.get(f"{V1}/{row.pk}/results.{kind}", headers=secretary(now))
    assert answer.content.startswith(start)
    assert answer["Content-Disposition"].endswith(f'ket-qua-cham-{row.pk}.{kind}"')
    if kind == "docx":
        assert Document(io.BytesIO(answer.content)).paragraphs[0].text == "Phiên 1"
    wrong = client.get(f"{V1}/{row.pk}/results.odt", headers=secretary(now))
    assert (wrong.status_code, wrong["Content-Type"]) == (422, "application/problem+json")


def test_who_scores_blind_or_is_nobody_reads_nothing(client: Client, now: datetime) -> None:
    row = stored(now)
    for headers, listed, one in (
        ({}, 401, 404),
        (bearer(person(now, Role.COUNCIL_MEMBER), now), 403, 404),
        (bearer(person(now, Role.INSPECTOR), now), 403, 404),
        (bearer(person(now, Role.AUDITOR), now), 200, 200),
        (bearer(person(now, Role.OFFICE_HEAD), now), 200, 200),
    ):
        assert client.get(V1, headers=headers).status_code == listed
        for path in (f"{row.pk}", f"{row.pk}/results.pdf"):
            assert client.get(f"{V1}/{path}", headers=headers).status_code == one
    auditor = bearer(person(now, Role.AUDITOR), now)
    assert bring(client, marked(), auditor).status_code == 403
    member = bearer(person(now, Role.COUNCIL_MEMBER), now)
    body = json.dumps(TEMPLATE)
    answer = client.post(f"{V1}/template", body, content_type="application/json", headers=member)
    assert answer.status_code == 403


def test_each_call_needs_its_scope(client: Client, now: datetime) -> None:
    row = stored(now)
    user = person(now, Role.OFFICE_HEAD)
    other, reading = bearer(user, now, READ_REGISTER), bearer(user, now, READ_COUNCILS)
    for path in ("", f"/{row.pk}", f"/{row.pk}/results.xlsx"):
        assert client.get(V1 + path, headers=other).json()["code"] == "scope_missing"
    assert bring(client, marked(), reading).json()["code"] == "scope_missing"
    assert bring(client, marked(), {}).status_code == 401
    assert ScoreWorkbook.objects.count() == 1
