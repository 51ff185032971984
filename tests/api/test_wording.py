"""Sign-off and official wording of criteria sets by the API."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.criteria import queries
from ocop.criteria.models import CriteriaSetVersion, Wording
from ocop.criteria.services import load_decree
from ocop.people.roles import Role
from ocop.people.scopes import READ_CRITERIA
from tests.api.calling import Program, program
from tests.world import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(now: datetime) -> CriteriaSetVersion:
    load_decree(actor=SYSTEM, at=now)
    return queries.current(SYSTEM).get(number=1)


@pytest.fixture
def office(now: datetime) -> Program:
    return program(person(now, Role.PROVINCIAL_OFFICER), now)


def test_set_is_signed_off_once_with_the_text_it_was_compared_with(
    office: Program, first: CriteriaSetVersion
) -> None:
    call = f"POST criteria-versions/{first.pk}/sign-off"
    office.refused(call, {"note": " "}, "note_needed")
    done = office(call, {"note": "Bản PDF có chữ ký số ngày 15/01/2026"})
    assert (done["id"], done["compared"]) == (first.pk, True)
    assert Event.objects.latest("pk").reason == "Bản PDF có chữ ký số ngày 15/01/2026"
    assert office("GET criteria-sets")[0]["compared"] is True
    office.refused(call, {"note": "Lần nữa"}, "signed_off")
    office.missing("POST criteria-versions/0/sign-off", {"note": "Công báo"})


def test_template_is_filled_loaded_and_read(
    office: Program, first: CriteriaSetVersion, client: Client
) -> None:
    path = f"criteria-versions/{first.pk}/wording"
    book = openpyxl.load_workbook(BytesIO(office(f"GET {path}/template")))
    page = book.active
    assert page is not None
    page["E2"], page["E3"] = "Nguồn gốc sản phẩm (chính thức)", "Mức một (chính thức)"
    filled = BytesIO()
    book.save(filled)
    assert office.send(path, filled.getvalue(), 200) == {"rows": 2}
    lines = [
        {"criterion": "1.1", "option": None, "text": "Nguồn gốc sản phẩm (chính thức)"},
        {"criterion": "1.1", "option": 1, "text": "Mức một (chính thức)"},
    ]
    assert office(f"GET {path}") == lines
    assert client.get(f"/api/v1/{path}").json() == lines  # the words of the law are everybody's


def test_wording_that_does_not_fit_is_refused_whole(
    office: Program, first: CriteriaSetVersion
) -> None:
    path = f"criteria-versions/{first.pk}/wording"
    content = b"a,b,c,d,e\n1.1,1,,,x\n9.9,,,,y\n"
    assert office.send(path, content, 422)["code"] == "wording_rows"
    assert office.send(path, b"a,b,c,d,e\n", 422)["code"] == "wording_empty"
    office.refused(f"POST {path}", None, "invalid")
    assert not Wording.objects.exists()


def test_only_the_office_signs_off_and_loads(first: CriteriaSetVersion, now: datetime) -> None:
    path = f"criteria-versions/{first.pk}"
    content = b"a,b,c,d,e\n1.1,1,,,x\n"
    auditor = program(person(now, Role.AUDITOR), now)
    reader = program(person(now, Role.OFFICE_HEAD), now, READ_CRITERIA)
    for caller, code in ((auditor, "not_allowed"), (reader, "scope_missing")):
        caller.refused(f"POST {path}/sign-off", {"note": "Công báo"}, code, 403)
        assert caller.send(f"{path}/wording", content, 403)["code"] == code
    assert not Wording.objects.exists()


def test_version_that_is_not_published_is_not_there(
    office: Program, first: CriteriaSetVersion, client: Client
) -> None:
    CriteriaSetVersion.objects.filter(pk=first.pk).update(published_at=None)
    path = f"criteria-versions/{first.pk}"
    for each in ("wording", "wording/template"):
        assert client.get(f"/api/v1/{path}/{each}").status_code == 404
    office.refused(f"POST {path}/sign-off", {"note": "Công báo"}, "signed_off")  # sees drafts
