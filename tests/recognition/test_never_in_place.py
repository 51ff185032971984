"""What a decision says stands as it was entered: a wrong record is corrected by an act of its own
and, where one is due, by another recognition, never by writing over the old one.

Art. 8 and 10 know the revocation and the annulment of a result, Art. 12.3 the extension;
publication and proof of what is known follow the signing. Each has columns of its own, set by an
act of its own. Everything else of a row is never changed.
"""

import ast
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver

import ocop
from ocop.api.urls import v1
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.producers import services as producers
from ocop.producers.models import ProducerKind
from ocop.products import services as products
from ocop.recognition import importing
from ocop.recognition.authority import Level
from ocop.recognition.correcting import correct_record
from ocop.recognition.models import Decision, Evidence, Ground, Kind, Recognition
from ocop.recognition.registry_import import Wishes
from ocop.recognition.services import (
    Paper,
    Result,
    annul,
    attach_decision,
    complete_decision,
    confirm_extension,
    record_decision,
    revoke,
)
from tests.dossiers import making
from tests.dossiers.test_filed_stars import ranked
from tests.factories import RecognitionFactory, version
from tests.recognition import registries
from tests.recognition.registries import HEADING, book
from tests.world import annulled_by, build_places, recognised, revoked_by

pytestmark = pytest.mark.django_db

#: Set by an act of its own that the law knows, each with its event.
BY_ACT = {
    Recognition: {
        "filed_on", "extended_until", "extension_reason", "revoked_on", "revoked_ground",
        "restored_on", "annulled_on", "mistaken",
        "annulling_number", "annulling_signed_on", "annulling_authority",
        "commune",  # only where none was known (`settling.tell_rows`)
    },
    Decision: {
        "attachment_id", "signatures", "awaits_publication", "published_on", "file_public",
        "mistaken_on",
    },
}  # fmt: skip
PAPER = Paper("12/QĐ-UBND", date(2026, 9, 30), "UBND thành phố Hà Nội", Level.PROVINCE)


@pytest.fixture(autouse=True)
def _law() -> None:
    version()


def standing() -> dict[tuple[str, int], dict[str, Any]]:
    """What every decision and recognition says, but for what the acts set."""
    return {
        (model.__name__, row.pk): {
            field.attname: getattr(row, field.attname)
            for field in model._meta.concrete_fields
            if field.attname not in acts
        }
        for model, acts in BY_ACT.items()
        for row in model._default_manager.all()
    }


def unchanged(before: dict[tuple[str, int], dict[str, Any]]) -> bool:
    now = standing()
    return {key: now.get(key) for key in before} == before


# --- by any act of the office ---------------------------------------------------------------------
def test_no_act_of_the_office_changes_what_a_decision_said(now: datetime) -> None:
    places = build_places(now)
    star = recognised("Chè", on=date(2023, 11, 1), commune=places.here)
    other = recognised("Gạo", on=date(2025, 1, 2), commune=places.here)
    third = recognised("Nấm", on=date(2025, 1, 2), commune=places.here)
    before = standing()
    last = {"last_day": date(2027, 1, 1), "reason": "Hồ sơ đang xét", "at": now}
    confirm_extension(actor=SYSTEM, recognition=star, **last)
    assert unchanged(before)
    revoke(
        actor=SYSTEM, recognition=other, ground=Ground.MARK, **revoked_by(date(2026, 2, 1)),
        reason="Quyết định 9/QĐ-UBND", at=now,
    )  # fmt: skip
    assert unchanged(before)
    annul(
        actor=SYSTEM, recognition=third, **annulled_by(date(2026, 3, 1)),
        reason="Quyết định 10/QĐ-UBND", at=now,
    )  # fmt: skip
    assert unchanged(before)
    correct_record(actor=SYSTEM, rows=[star], reason="ghi nhầm số quyết định", at=now)
    assert unchanged(before)
    assert star.decision is not None
    attach_decision(
        actor=SYSTEM, decision=star.decision, content=making.picture(), filename="a.png",
        reason="", at=now,
    )  # fmt: skip
    assert unchanged(before)


def test_each_act_is_done_once(now: datetime) -> None:
    star = recognised("Chè", on=date(2025, 1, 2), commune=build_places(now).here)
    told = {"actor": SYSTEM, "recognition": star, "reason": "Quyết định 9/QĐ-UBND", "at": now}
    revoke(**told, ground=Ground.MARK, **revoked_by(date(2026, 2, 1)))
    with pytest.raises(Refused):
        revoke(**told, ground=Ground.FORGED, **revoked_by(date(2026, 3, 1)))
    annul(**told, **annulled_by(date(2026, 4, 1)))
    with pytest.raises(Refused):
        annul(**told, **annulled_by(date(2026, 5, 1)))
    star.refresh_from_db()
    assert (star.revoked_on, star.revoked_ground) == (date(2026, 2, 1), Ground.MARK)
    assert star.annulled_on == date(2026, 4, 1)


def test_a_right_result_comes_by_another_decision_beside_the_annulled_one(now: datetime) -> None:
    places = build_places(now)
    wrong = recognised("Chè", on=date(2026, 6, 1), stars=4, commune=places.here)
    annul(
        actor=SYSTEM, recognition=wrong, **annulled_by(date(2026, 9, 1)),
        reason="Quyết định 10/QĐ-UBND", at=now,
    )  # fmt: skip
    before = standing()
    record_decision(actor=SYSTEM, paper=PAPER, results=[Result(wrong.product, 3)], at=now)
    assert unchanged(before)
    assert [row.stars for row in wrong.product.recognitions.order_by("pk")] == [4, 3]


def test_adding_a_product_that_was_left_out_changes_no_other(now: datetime) -> None:
    places = build_places(now)
    first, second = (recognised(n, commune=places.here).product for n in ("Chè", "Gạo"))
    decision = record_decision(
        actor=SYSTEM, paper=PAPER, results=[Result(first, 4, Kind.UPGRADE)], at=now
    )
    before = standing()
    complete_decision(
        actor=SYSTEM, decision=decision, level=PAPER.level, reason="Ghi sót khi nhập",
        results=[Result(second, 4, Kind.UPGRADE)], at=now,
    )  # fmt: skip
    assert unchanged(before)


def test_a_product_or_producer_that_changes_leaves_its_record(now: datetime) -> None:
    places = build_places(now)
    star = recognised("Chè", commune=places.here)
    before = standing()
    facts = products.Particulars(
        name="Chè mới", sector=star.product.sector, set_number=5, commune=places.there
    )
    products.change_product(actor=SYSTEM, product=star.product, particulars=facts, at=now)
    maker = producers.Particulars(name="HTX mới", kind=ProducerKind.HOUSEHOLD, commune=places.there)
    producers.change_producer(
        actor=SYSTEM, producer=star.product.producer, particulars=maker, at=now
    )
    assert unchanged(before)


def test_a_dossier_filed_or_withdrawn_changes_no_star(now: datetime) -> None:
    star = ranked(now.date() + timedelta(days=150))
    before = standing()
    making.filed(now, product=star.product, kind=Kind.REEVALUATION)
    assert unchanged(before)
    assert Recognition.objects.get().filed_on == now.date()


# --- by imports -----------------------------------------------------------------------------------
def bring(now: datetime, *rows: Any, heading: Any = HEADING, publish: bool = True) -> Any:
    return importing.import_file(
        actor=SYSTEM, content=book(heading, *rows), filename="so.xlsx", wishes=Wishes(),
        publish=publish, skip_bad=True, at=now,
    )  # fmt: skip


def row(**more: Any) -> list[Any]:
    return registries.row(**{"address": None, **more})


@pytest.mark.parametrize(
    "other", [{"stars": 4}, {"signed_on": "06/08/2026"}, {"producer": "HTX Biển Xanh 2"}]
)
def test_a_file_changes_nothing_that_stands(now: datetime, other: dict[str, Any]) -> None:
    bring(now, row())
    before = standing()
    batch = bring(now, row(name="Nước mắm"), row(**other), publish=False)
    assert unchanged(before)
    importing.undo_import(actor=SYSTEM, batch=batch, reason="Nhầm tệp khi nhập", at=now)
    assert standing() == before


@pytest.mark.parametrize("stars", [3, 4])
def test_a_record_that_was_found_wrong_is_no_past_of_its_file(now: datetime, stars: int) -> None:
    bring(now, row())
    wrong = Recognition.objects.select_related("decision", "product__producer").get()
    correct_record(actor=SYSTEM, rows=[wrong], reason="nhập sai hạng sao", at=now)
    batch = bring(now, row(stars=stars))
    assert (batch.accepted, batch.unchanged, batch.rejected) == (1, 0, 0)
    true = Recognition.objects.get(mistaken=False)
    assert (true.stars, true.annulled_on) == (stars, None)
    assert true.product_id == wrong.product_id


def test_a_file_changes_nothing_that_the_office_entered(now: datetime) -> None:
    product = recognised("Mắm nêm", commune=build_places(now).here).product
    record_decision(actor=SYSTEM, paper=PAPER, results=[Result(product, 4, Kind.UPGRADE)], at=now)
    before = standing()
    batch = bring(now, row(stars=5, decision="1/QĐ-UBND", producer=product.producer.name))
    assert batch.accepted == 1
    assert unchanged(before)


def test_the_day_of_a_decision_completes_what_was_not_known_and_nothing_else(
    now: datetime,
) -> None:
    with_end = (*HEADING, "Ngày hết hạn")
    bring(now, [*row(signed_on=None), "01/07/2029"], heading=with_end)
    star = Recognition.objects.get()
    assert (star.decision, star.expires_on) == (None, date(2029, 7, 1))
    known = {name: value for name, value in standing()["Recognition", star.pk].items() if value}
    for name in ("decision_number", "evidence", "row_key"):  # said by the decision from now on
        known.pop(name)
    batch = bring(now, row(), publish=False)
    told = standing()["Recognition", star.pk]
    assert told["decision_id"] is not None
    assert {name: told[name] for name in known} == known
    importing.undo_import(actor=SYSTEM, batch=batch, reason="Nhầm tệp khi nhập", at=now)
    star.refresh_from_db()
    assert (star.decision, star.evidence, star.expires_on) == (
        None, Evidence.B1, date(2029, 7, 1),
    )  # fmt: skip


def test_undoing_takes_only_what_came_with_the_file(now: datetime) -> None:
    bring(now, row())
    RecognitionFactory()
    before = standing()
    batch = bring(now, row(name="Nước mắm", decision="4000/QĐ-UBND"), publish=False)
    assert len(standing()) == len(before) + 2
    importing.undo_import(actor=SYSTEM, batch=batch, reason="Nhầm tệp khi nhập", at=now)
    assert standing() == before


# --- by the way the house is built ----------------------------------------------------------------
def test_no_page_or_call_edits_a_decision_or_a_recognition() -> None:
    described = v1.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    for path, methods in described.items():
        if path.startswith(("/api/v1/decisions", "/api/v1/recognitions")):
            assert not {"put", "patch", "delete"} & set(methods), path
    names = {name for name in _names(get_resolver().url_patterns) if name}
    assert not {name for name in names if name.startswith(("decision_change", "recognition_ch"))}


def _names(patterns: Any) -> Iterator[str]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern.url_patterns)
        else:
            yield pattern.name or ""


def test_no_code_writes_over_other_columns() -> None:
    """Every `Recognition…update(…)` and `Decision…update(…)` in the sources names only columns that
    an act of its own sets."""
    allowed = set().union(*BY_ACT.values())
    found = 0
    for file in sorted(Path(ocop.__file__).parent.rglob("*.py")):
        if "migrations" in file.parts:
            continue
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            of = {n.id for n in ast.walk(call.func.value) if isinstance(n, ast.Name)}
            if call.func.attr == "update" and of & {"Recognition", "Decision"}:
                found += 1
                assert {word.arg for word in call.keywords} <= allowed, file
    assert found >= 5
