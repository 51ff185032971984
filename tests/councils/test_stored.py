"""Stored workbooks: who reads them, their papers, and whose star another version would change."""

import copy
import io
from datetime import datetime
from typing import Any

import pytest
from docx import Document

from ocop.core import options, papers
from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.councils import documents
from ocop.councils.models import ScoreWorkbook
from ocop.councils.outcome import Minimums
from ocop.councils.queries import workbooks as queries
from ocop.councils.queries.trials import trial
from ocop.councils.services.workbooks import store_workbook
from ocop.criteria.sets import CriteriaSet, from_data, load_set
from ocop.people.roles import Role
from tests.councils.books import filled, tables, template

pytestmark = pytest.mark.django_db
RICE = load_set(1)
BEST = {c.code: max(o.points for o in c.options) for c in RICE.criteria}


def stricter() -> CriteriaSet:
    """Set 1 with the highest level of 1.1 asked for from four stars on."""
    data: dict[str, Any] = copy.deepcopy(dict(RICE.raw))
    first = data["sections"][0]["parts"][0]["parts"][0]
    assert first["code"] == "1.1"
    first["options"][-1]["star"] = 4
    return from_data(data, data["disqualifier_notes"])


def stored(now: datetime, *products: tuple[str, int], low: str = "") -> ScoreWorkbook:
    """Full marks, but for 1.1 of the product `low`."""

    def points(row: dict[str, object]) -> int:
        code = str(row["Mã tiêu chí"])
        if row["Sản phẩm"] == low and code == "1.1":
            return 2
        number = int(str(row["Bộ tiêu chí"]).partition(".")[0])
        return max(o.points for o in load_set(number).by_code[code].options)

    content = filled(template(*products), points)
    return store_workbook(
        actor=SYSTEM, title="Phiên 1", content=content, filename="phieu.xlsx", at=now
    )


def test_shifts_name_the_products_whose_star_would_change(now: datetime) -> None:
    workbook = stored(now, ("Gạo", 1), ("Gạo kém", 1), ("Cà phê", 13), low="Gạo kém")
    (shift,) = trial(SYSTEM, RICE, stricter()).shifts
    assert (shift.workbook, shift.before.product) == (workbook, "Gạo kém")
    assert (shift.before.star, shift.after.star) == (5, 3)
    assert shift.before.mean == shift.after.mean == 99
    assert trial(SYSTEM, RICE, RICE).shifts == []
    assert trial(ANONYMOUS, RICE, stricter()).shifts == []


def test_shifts_keep_to_the_rules_the_workbook_was_computed_under(now: datetime) -> None:
    """One of three members stands lower in 1.1: the median passes, every member does not."""

    def points(row: dict[str, object]) -> int:
        code = str(row["Mã tiêu chí"])
        return 2 if code == "1.1" and row["Hội đồng viên"] == "Lê Cúc" else BEST[code]

    for minimums in (Minimums.MEDIAN, Minimums.EVERY):
        options.set_option(actor=SYSTEM, option=queries.MINIMUMS, value=minimums.value, at=now)
        store_workbook(
            actor=SYSTEM,
            title=minimums,
            content=filled(template(("Gạo", 1)), points),
            filename="phieu.xlsx",
            at=now,
        )
    assert [s.title for s in trial(SYSTEM, RICE, stricter()).shifts] == ["every"]


@pytest.mark.parametrize("kind", list(papers.MEDIA_TYPES))
def test_papers_say_what_was_computed_and_whose_data_it_is(now: datetime, kind: str) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    content = documents.document(stored(now, ("Gạo", 1)), kind, at=now)
    if kind == "xlsx":
        rows = tables(content)["Kết quả"]
        assert rows[0][0] == "Phiên 1"
        assert papers.mark() in [row[0] for row in rows]
    elif kind == "docx":
        said = [p.text for p in Document(io.BytesIO(content)).paragraphs]
        assert said[0] == "Phiên 1"
        assert papers.mark() in said
    else:
        assert content.startswith(b"%PDF-")


def test_who_scores_blind_reads_no_workbook(now: datetime) -> None:
    workbook = stored(now, ("Gạo", 1))
    for role, reads in (
        (Role.COUNCIL_SECRETARY, True),
        (Role.COUNCIL_CHAIR, True),
        (Role.PROVINCIAL_OFFICER, True),
        (Role.AUDITOR, True),
        (Role.COUNCIL_MEMBER, False),
        (Role.ADVISORY_MEMBER, False),
    ):
        actor = Actor(ActorKind.PERSON, 2, frozenset({Grant(role)}))
        assert list(queries.listed(actor)) == ([workbook] if reads else [])
    assert "outcome" in queries.listed(SYSTEM).get().get_deferred_fields()
