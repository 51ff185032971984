"""Corrected criteria sets by the API: the file, the draft, its difference, publication."""

from datetime import datetime

import pytest
from django.test import Client

from ocop.core.actor import SYSTEM
from ocop.criteria import queries
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.services import load_decree
from ocop.criteria.sets import load_set
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
def head(now: datetime) -> Program:
    return program(person(now, Role.OFFICE_HEAD), now)


@pytest.fixture
def officer(now: datetime) -> Program:
    return program(person(now, Role.PROVINCIAL_OFFICER), now)


def _corrected(caller: Program, first: CriteriaSetVersion) -> bytes:
    content: bytes = caller(f"GET criteria-versions/{first.pk}/file")
    return content.replace(b"{points: 3, label", b"{points: 3, star: 4, label", 1)


def test_draft_is_compared_and_published(
    officer: Program, head: Program, first: CriteriaSetVersion, client: Client, now: datetime
) -> None:
    content = _corrected(officer, first)
    draft = officer.send(f"criteria-versions/{first.pk}/drafts", content)
    assert (draft["number"], draft["revision"], draft["published"]) == (1, 2, False)
    path = f"criteria-versions/{draft['id']}"
    told = officer(f"GET {path}/difference?from={first.pk}")
    assert [(d["criterion"], d["kind"]) for d in told["differences"]] == [("1.1", "minimum")]
    assert client.get(f"/api/v1/{path}/file").status_code == 404
    auditor = program(person(now, Role.AUDITOR), now)
    auditor.missing(f"POST {path}/publish")

    best = {c.code: c.max for c in load_set(1).criteria} | {"1.1": 2}
    sheet = {"set": 1, "marks": best, "gates": {}}
    before = head("POST score", sheet)["star"]
    assert head(f"POST {path}/publish")["published"] is True
    assert [v["id"] for v in client.get("/api/v1/criteria-sets/1/versions").json()] == [
        draft["id"],
        first.pk,
    ]
    assert head("POST score", sheet)["star"] < before  # a trial is of the set in force
    head.refused(f"POST {path}/publish", None, "not_a_draft")


def test_draft_is_dropped_and_what_is_published_stays(
    head: Program, first: CriteriaSetVersion
) -> None:
    draft = head.send(f"criteria-versions/{first.pk}/drafts", _corrected(head, first))
    head(f"DELETE criteria-versions/{draft['id']}", status=204)
    head.missing(f"DELETE criteria-versions/{draft['id']}")
    head.refused(f"DELETE criteria-versions/{first.pk}", None, "not_a_draft")


def test_file_that_does_not_fit_is_refused(head: Program, first: CriteriaSetVersion) -> None:
    path = f"criteria-versions/{first.pk}/drafts"
    content = _corrected(head, first)
    assert head.send(path, b"[]", 422)["code"] == "set_file"
    assert head.send(path, content.replace(b"max: 40", b"max: 41"), 422)["code"] == "set_unsound"
    assert head.send(path, content.replace(b"number: 1\n", b"number: 2\n"), 422)["code"] == (
        "other_set"
    )
    same = head(f"GET criteria-versions/{first.pk}/file")
    assert head.send(path, same, 422)["code"] == "set_unchanged"
    assert not CriteriaSetVersion.objects.filter(published_at=None).exists()


def test_reader_only_reads(first: CriteriaSetVersion, now: datetime) -> None:
    reader = program(person(now, Role.OFFICE_HEAD), now, READ_CRITERIA)
    content = _corrected(reader, first)
    told = reader.send(f"criteria-versions/{first.pk}/drafts", content, 403)
    assert told["code"] == "scope_missing"
