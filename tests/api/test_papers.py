"""Papers by the API: the same that the pages give, to the same people."""

import io
import zipfile
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.models import Obstacle, Sheet
from ocop.dossiers.models import CommuneReport, Dossier, State
from ocop.people.roles import Role
from ocop.people.scopes import READ_COUNCILS, READ_DOSSIERS
from tests.api.calling import Program, program
from tests.councils.hall import Hall, open_hall
from tests.dossiers import making
from tests.world import member, person

pytestmark = pytest.mark.django_db
FORMS = [("form-01", ["pdf", "docx"]), ("form-02", ["pdf", "docx"])]
WHOLE = ("whole", ["zip"])


@pytest.fixture
def at(now: datetime) -> datetime:
    """The API acts now; a demonstration asks nobody for a one-time code."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return timezone.now()


@pytest.fixture
def dossier(at: datetime) -> Dossier:
    found = making.filed(at)
    topics = {"material": {"holds": True, "text": "Lúa trồng tại xã"}}
    CommuneReport.objects.create(dossier=found, topics=topics, updated_at=at)
    return found


@pytest.fixture
def office(at: datetime) -> Program:
    return program(person(at, Role.PROVINCIAL_OFFICER), at)


def offered(caller: Program, path: str) -> list[tuple[str, list[str]]]:
    return [(row["key"], row["kinds"]) for row in caller(f"GET {path}")]


def text_of(content: bytes) -> str:
    return "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)


def test_forms_are_listed_and_taken_as_pdf_docx_and_zip(dossier: Dossier, office: Program) -> None:
    path = f"dossiers/{dossier.code}/papers"
    others = [("form-03", ["pdf", "docx"]), ("examination", ["pdf", "docx"]), WHOLE]
    assert offered(office, path) == [*FORMS, *others]
    assert "BÁO CÁO XEM XÉT" in text_of(office(f"GET {path}/examination/docx"))
    assert office(f"GET {path}/form-01/pdf").startswith(b"%PDF-")
    assert "PHIẾU ĐĂNG KÝ" in text_of(office(f"GET {path}/form-01/docx"))
    assert "Lúa trồng tại xã" in text_of(office(f"GET {path}/form-03/docx"))
    packed = zipfile.ZipFile(io.BytesIO(office(f"GET {path}/whole/zip")))
    assert packed.namelist()[-2:] == ["index.html", "index.csv"]


def test_file_says_what_it_is_and_is_kept_by_nobody_else(dossier: Dossier, office: Program) -> None:
    address = f"/api/v1/dossiers/{dossier.code}/papers/form-01/pdf"
    answer = Client().get(address, headers=office.headers)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="mau-01-')
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("paper", ["form-04/pdf", "form-01/zip", "whole/pdf", "minutes/pdf"])
def test_what_there_is_not_is_not_found(dossier: Dossier, office: Program, paper: str) -> None:
    office.missing(f"GET dossiers/{dossier.code}/papers/{paper}")


def test_producer_takes_the_own_forms_and_not_form_03(
    at: datetime, dossier: Dossier, office: Program
) -> None:
    own = program(member(at, dossier.product.producer), at)
    path = f"dossiers/{dossier.code}/papers"
    assert offered(own, path) == [*FORMS, WHOLE]
    own.missing(f"GET {path}/form-03/pdf")
    names = zipfile.ZipFile(io.BytesIO(own(f"GET {path}/whole/zip"))).namelist()
    assert not [name for name in names if "mau-so-03" in name]
    stranger = program(member(at, making.filed(at).product.producer), at)
    stranger.missing(f"GET {path}")
    stranger.missing(f"GET {path}/form-01/pdf")


def test_notice_waits_for_the_decision(dossier: Dossier, office: Program) -> None:
    path = f"dossiers/{dossier.code}/papers"
    office.missing(f"GET {path}/notice-commune/docx")
    Dossier.objects.filter(pk=dossier.pk).update(state=State.REFUSED)
    keys = [key for key, _kinds in offered(office, path)]
    assert {"notice-producer", "notice-commune"} <= set(keys)
    assert "không được công nhận" in text_of(office(f"GET {path}/notice-commune/docx"))


def test_paper_needs_the_scope_of_its_thing(at: datetime, dossier: Dossier) -> None:
    user = person(at, Role.PROVINCIAL_OFFICER)
    councils = program(user, at, READ_COUNCILS)
    for path in ("papers", "papers/form-01/pdf"):
        told = councils(f"GET dossiers/{dossier.code}/{path}", status=403)
        assert told["code"] == "scope_missing"
    hall = open_hall(at)
    dossiers = program(user, at, READ_DOSSIERS)
    for path in (
        f"sittings/{hall.sitting.code}/papers",
        f"sittings/{hall.sitting.code}/papers/invitation/pdf",
        f"items/{hall.item.code}/papers",
        f"items/{hall.item.code}/papers/own-sheet/pdf",
    ):
        assert dossiers(f"GET {path}", status=403)["code"] == "scope_missing"


def concluded(hall: Hall) -> None:
    hall.submit_all(80, 82, 84)
    hall.answer()
    hall.conclude()


def test_sitting_gives_its_results_to_who_leads_it(at: datetime, office: Program) -> None:
    hall = open_hall(at, members=3)
    concluded(hall)
    chair, _secretary, judge = [program(user, at) for user in hall.people]
    path = f"sittings/{hall.sitting.code}/papers"
    led = ["invitation", "blank-sheets", "summary", "minutes", "whole", "decision-list", "decree"]
    assert [key for key, _kinds in offered(chair, path)] == led
    assert [key for key, _kinds in offered(office, path)] == led
    assert offered(judge, path) == [("invitation", ["pdf", "docx"])]
    assert "BIÊN BẢN" in text_of(chair(f"GET {path}/minutes/docx"))
    for key in (
        "minutes/docx",
        "summary/pdf",
        "whole/zip",
        "blank-sheets/zip",
        "decision-list/pdf",
    ):
        judge.missing(f"GET {path}/{key}")
    assert judge(f"GET {path}/invitation/pdf").startswith(b"%PDF-")
    auditor = program(person(at, Role.AUDITOR), at)
    assert "decision-list" not in [key for key, _kinds in offered(auditor, path)]
    outsider = program(open_hall(at).people[0], at)
    outsider.missing(f"GET {path}")
    outsider.missing(f"GET {path}/invitation/pdf")


def test_sheets_stay_blind(at: datetime, office: Program) -> None:
    hall = open_hall(at, members=3)
    hall.mark(0, {"1.1": 1})
    path = f"items/{hall.item.code}/papers"
    theirs = Sheet.objects.get(seat=hall.seat(0))
    judge = program(hall.people[2], at)
    for caller in (judge, office):
        assert offered(caller, path) == []
        caller.missing(f"GET {path}/sheet-{theirs.pk}/docx")
        caller.missing(f"GET {path}/own-sheet/docx")
    own = program(hall.people[0], at)
    assert "own-sheet" in [key for key, _kinds in offered(own, path)]
    assert own(f"GET {path}/own-sheet/pdf").startswith(b"%PDF-")
    hall.mark(2, {"1.1": 1})
    assert f"sheet-{theirs.pk}" not in [key for key, _kinds in offered(judge, path)]
    hall.submit_all(80, 82, 84)
    judge.missing(f"GET {path}/sheet-{theirs.pk}/docx")  # until the case is concluded
    chair = program(hall.people[0], at)
    keys = [key for key, _kinds in offered(chair, path)]
    assert keys == ["own-sheet", *(f"sheet-{s.pk}" for s in Sheet.objects.order_by("seat__place"))]


def test_recused_member_takes_no_paper_of_the_case(at: datetime) -> None:
    hall = open_hall(at, members=3)
    concluded(hall)
    path = f"items/{hall.item.code}/papers"
    judge = program(hall.people[2], at)
    assert len(offered(judge, path)) == 4
    Obstacle.objects.create(
        case=hall.item.case, seat=hall.seat(2), ground="declared", state="recused", raised_at=at
    )
    judge.missing(f"GET {path}")
    judge.missing(f"GET {path}/own-sheet/pdf")
