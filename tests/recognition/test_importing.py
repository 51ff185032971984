"""Imports into the register: all or nothing, once, undone without a trace, then published."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.jobs import life
from ocop.core.models import Event
from ocop.core.refusals import Refused
from ocop.criteria.services import load_decree
from ocop.people import services as people
from ocop.people.queries import actor_for
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.places.services import load_units
from ocop.producers.models import Producer, ProducerKind
from ocop.products import services as products
from ocop.products.models import Product
from ocop.recognition import importing, imports, jobs, undoing
from ocop.recognition.models import (
    BatchState,
    ColumnMapping,
    Decision,
    ImportBatch,
    Kind,
    Recognition,
)
from ocop.recognition.queries import visible_to
from ocop.recognition.registry_import import Field, Wishes
from tests.factories import PDF, ProducerFactory, ProductFactory
from tests.recognition import registries
from tests.recognition.registries import HEADING, HERE, book

pytestmark = pytest.mark.django_db
TABLES = (Recognition, Product, Producer, Decision)


def row(name: str = "Mắm nêm", **more: Any) -> list[Any]:
    """A right row that names no place: most tests need no units."""
    return registries.row(name, **{"address": None, **more})


@pytest.fixture
def units(now: datetime) -> None:
    load_units(actor=SYSTEM, at=now)
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="68", at=now)


def bring(now: datetime, *rows: Sequence[Any], publish: bool = True, **more: Any) -> ImportBatch:
    return importing.import_file(
        actor=SYSTEM,
        content=book(more.pop("heading", HEADING), *rows),
        filename="so.xlsx",
        wishes=more.pop("wishes", Wishes()),
        publish=publish,
        at=now,
        **more,
    )


@pytest.mark.usefixtures("units")
def test_place_that_was_ambiguous_follows_a_later_certain_row(now: datetime) -> None:
    """An old unit that was divided has no commune of today until a row tells it."""
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    old = "Phường Quảng An, quận Tây Hồ, Hà Nội"
    bring(now, row(address=old, decision="12/QĐ-UBND", signed_on="03/04/2023"))
    product = Product.objects.get()
    assert (product.commune, product.unit and product.unit.name) == (None, "Phường Quảng An")
    later = row(
        address="Phường Tây Hồ, Hà Nội", decision="8802/QĐ-UBND", signed_on="05/01/2026", stars=4
    )
    bring(now, later, publish=False)
    product.refresh_from_db()
    assert product.commune is None  # not before the public, and may be undone
    importing.publish_import(actor=SYSTEM, batch=ImportBatch.objects.latest("pk"), at=now)
    product.refresh_from_db()
    assert product.commune is not None
    assert product.commune.name == "Phường Tây Hồ"
    assert product.unit is not None
    assert product.unit.name == "Phường Quảng An"  # as it was recognised then
    bring(
        now,
        row(
            "Mắm nêm",
            address="Phường Hồng Hà, Hà Nội",
            decision="9/QĐ-UBND",
            signed_on="06/01/2026",
            stars=5,
        ),
    )
    product.refresh_from_db()
    assert product.commune.name == "Phường Tây Hồ"  # what is known stays


def counts() -> list[int]:
    return [model._default_manager.count() for model in TABLES]


@pytest.mark.usefixtures("units")
def test_row_becomes_a_recognition_with_all_its_facts(now: datetime) -> None:
    batch = bring(now, row(address=HERE))
    found = Recognition.objects.select_related("product__producer", "decision", "commune").get()
    assert (batch.rows, batch.accepted, batch.rejected, batch.unchanged) == (1, 1, 0, 0)
    assert (found.stars, found.kind, found.evidence) == (3, Kind.FIRST, "A")
    assert (found.valid_from, found.expires_on) == (date(2026, 8, 5), date(2029, 8, 5))
    assert found.decision is not None
    assert (found.decision.number, found.decision.signed_on) == (
        "3981/QĐ-UBND",
        date(2026, 8, 5),
    )
    assert found.commune == Unit.objects.get(name="Xã Đức Trọng", valid_to=None)
    assert (found.province, found.product.province) == ("68", "68")
    assert found.product.producer.kind == ProducerKind.COOPERATIVE
    assert not found.product.demonstration


@pytest.mark.usefixtures("units")
def test_same_file_again_brings_nothing(now: datetime) -> None:
    bring(now, row(), row("Cà phê"))
    before = counts()
    with pytest.raises(Refused) as refusal:
        bring(now, row(), row("Cà phê"))
    assert refusal.value.code == "nothing_new"
    assert counts() == before
    again = bring(now, row(), row("Cà phê"), row("Chè"))
    assert (again.accepted, again.unchanged) == (1, 2)
    assert Decision.objects.count() == 1
    assert Producer.objects.count() == 1


def test_all_or_nothing_unless_bad_rows_shall_be_skipped(now: datetime) -> None:
    rows = (row(), row("Cà phê", stars="đạt"))
    with pytest.raises(Refused) as refusal:
        bring(now, *rows)
    assert refusal.value.code == "bad_rows"
    assert counts() == [0, 0, 0, 0]
    assert ImportBatch.objects.count() == 0
    batch = bring(now, *rows, skip_bad=True)
    assert (batch.rows, batch.accepted, batch.rejected) == (2, 1, 1)
    bad = [report for report in imports.reports_of(batch) if report.rejects]
    assert [(report.row, report.field) for report in bad] == [(3, Field.STARS)]


def test_star_that_contradicts_the_register_is_refused(now: datetime) -> None:
    bring(now, row(stars=3))
    with pytest.raises(Refused):
        bring(now, row(stars=4))
    batch = bring(now, row(stars=4), row("Chè"), skip_bad=True)
    assert (batch.accepted, batch.unchanged, batch.rejected) == (1, 0, 1)
    assert Recognition.objects.get(product__name="Mắm nêm").stars == 3


def test_nothing_is_public_before_publication(now: datetime) -> None:
    batch = bring(now, row(), publish=False)
    assert batch.state == BatchState.LOADED
    assert not visible_to(ANONYMOUS).exists()
    assert visible_to(SYSTEM).count() == 1
    assert not Product.objects.get().listed
    importing.publish_import(actor=SYSTEM, batch=batch, at=now)
    assert visible_to(ANONYMOUS).count() == 1
    assert Product.objects.get().listed
    assert Producer.objects.get().listed


def test_proposal_never_comes_before_the_public(now: datetime) -> None:
    bring(now, [*row(), "B2"], heading=(*HEADING, "Mức chứng cứ"))
    found = Recognition.objects.get()
    assert (found.valid_from, found.expires_on) == (None, None)
    assert not visible_to(ANONYMOUS).exists()
    assert not Product.objects.get().listed


def test_undoing_removes_exactly_what_came(now: datetime) -> None:
    old = ProductFactory(name="Cà phê", producer=ProducerFactory(name="HTX Biển Xanh"))
    before = counts()
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value=old.province, at=now)
    batch = bring(
        now,
        row("Cà phê"),
        row("Mắm nêm"),
        row("Chè", producer="HTX khác"),
        publish=False,
    )
    assert counts() == [before[0] + 3, before[1] + 2, before[2] + 1, before[3] + 1]
    importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)
    assert counts() == before
    assert batch.state == BatchState.UNDONE
    again = bring(now, row("Cà phê"))
    assert again.accepted == 1


def test_undoing_leaves_what_somebody_worked_with_since(now: datetime) -> None:
    batch = bring(now, row(), publish=False)
    product = Product.objects.get()
    products.stop_product(actor=SYSTEM, product=product, reason="hết mùa", at=now)
    importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)
    assert counts() == [0, 1, 1, 0]


def test_published_import_is_not_undone(now: datetime) -> None:
    batch = bring(now, row())
    with pytest.raises(Refused):
        importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)
    assert Recognition.objects.count() == 1


def test_kinds_follow_the_order_of_time_even_where_the_past_comes_later(now: datetime) -> None:
    bring(now, row(decision="9/QĐ-UBND", signed_on="01/03/2025", stars=4))
    assert Recognition.objects.get().kind == Kind.FIRST
    bring(
        now,
        row(decision="1/QĐ-UBND", signed_on="01/03/2019", stars=3),
        row(decision="5/QĐ-UBND", signed_on="01/03/2022", stars=3),
    )
    told = Recognition.objects.order_by("evaluated_on").values_list("kind", flat=True)
    assert list(told) == [Kind.FIRST, Kind.REEVALUATION, Kind.UPGRADE]


def test_undoing_gives_back_the_kind_that_was(now: datetime) -> None:
    bring(now, row(decision="9/QĐ-UBND", signed_on="01/03/2025"))
    batch = bring(now, row(decision="1/QĐ-UBND", signed_on="01/03/2019"), publish=False)
    assert Recognition.objects.get(evaluated_on=date(2025, 3, 1)).kind == Kind.REEVALUATION
    importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)
    assert Recognition.objects.get().kind == Kind.FIRST


def test_tax_code_tells_the_producer_whatever_the_spelling(now: datetime) -> None:
    heading = (*HEADING, "Mã số thuế")
    bring(now, [*row(), "0100109106"], heading=heading)
    batch = bring(
        now,
        [*row("Chè", producer="HTX Biển Xanh (cơ sở 1)"), "0100109106"],
        heading=heading,
    )
    assert Producer.objects.count() == 1
    told = [r.code.value for r in imports.reports_of(batch) if r.field == Field.PRODUCER]
    assert told == ["producer_name_differs"]
    with pytest.raises(Refused):
        bring(now, [*row("Gạo", producer="Công ty Núi Cao"), "0100109106"], heading=heading)


@pytest.mark.usefixtures("units")
def test_same_name_in_another_commune_is_another_producer(now: datetime) -> None:
    bring(now, row(address=HERE), row("Chè", address="phường Phan Thiết, tỉnh Lâm Đồng"))
    assert Producer.objects.count() == 2


def test_marks_tell_names_apart(now: datetime) -> None:
    bring(now, row("Sơn Hà"), row("Sơn Hạ"))
    assert Product.objects.count() == 2


def test_told_columns_are_remembered_for_the_next_file(now: datetime) -> None:
    heading = ("Tên sản phẩm", "Ai làm ra", "Hạng sao")
    told = Wishes(columns={Field.PRODUCER: "B"})
    batch = importing.receive_import(
        actor=SYSTEM,
        content=book(heading, ("Mắm", "HTX Biển", 3)),
        filename="a.xlsx",
        wishes=told,
        at=now,
    )
    jobs.read_import(actor=SYSTEM, batch=batch, at=now)
    assert batch.state == BatchState.READ
    assert ColumnMapping.objects.count() == 1
    bring(now, ("Cà phê", "HTX Núi", 4), heading=heading)
    assert Product.objects.get().producer.name == "HTX Núi"


def test_reading_changes_nothing_but_the_preview(now: datetime) -> None:
    batch = importing.receive_import(
        actor=SYSTEM, content=book(HEADING, row(), row("Chè", stars="?")), filename="a.xlsx", at=now
    )
    jobs.read_import(actor=SYSTEM, batch=batch, at=now)
    assert counts() == [0, 0, 0, 0]
    assert (batch.rows, batch.accepted, batch.rejected) == (2, 1, 1)
    assert [record["name"] for record in batch.sample] == ["Mắm nêm"]


def test_large_file_is_work_for_the_worker(
    now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SMALL", 0)
    batch = importing.receive_import(
        actor=SYSTEM, content=book(HEADING, row()), filename="a.xlsx", at=now
    )
    jobs.read_import(actor=SYSTEM, batch=batch, at=now)
    batch.refresh_from_db()
    assert (batch.state, batch.job) == (BatchState.RECEIVED, jobs.READING)
    assert jobs.is_at_work(batch, now)
    with pytest.raises(Refused):
        jobs.read_import(actor=SYSTEM, batch=batch, at=now)
    assert not jobs.is_at_work(batch, now + life.SILENT)


@pytest.mark.parametrize(("spoken", "word"), [("vi", "quyền"), ("en", "permission")])
def test_worker_notes_what_is_refused_in_the_language_of_who_asked(
    now: datetime, spoken: str, word: str
) -> None:
    batch = importing.receive_import(
        actor=SYSTEM, content=book(HEADING, row()), filename="a.xlsx", at=now
    )
    jobs.work.func(batch.pk, jobs.READING, None, spoken, False)  # nobody: refused
    batch.refresh_from_db()
    assert (batch.state, batch.job) == (BatchState.RECEIVED, "")
    assert word in batch.failure


def test_every_step_is_an_event_and_rows_know_theirs(now: datetime) -> None:
    bring(now, row())
    names = list(Event.objects.order_by("pk").values_list("name", flat=True))
    assert names == [
        "recognition.import_received",
        "recognition.import_loaded",
        "recognition.import_published",
    ]
    loaded = Event.objects.get(name="recognition.import_loaded")
    named = set(loaded.objects_named.values_list("kind", "object_id"))
    assert {("product", Product.objects.get().pk), ("producer", Producer.objects.get().pk)} <= named


def test_day_that_comes_later_completes_the_row_that_had_only_a_number(now: datetime) -> None:
    bring(now, row(signed_on=None))
    first = Recognition.objects.get()
    assert (first.decision, first.decision_number) == (None, "3981/QĐ-UBND")
    assert (first.evidence, first.expires_on) == ("B1", None)
    batch = bring(now, row(), publish=False)
    told = Recognition.objects.get()
    assert told.pk == first.pk
    assert told.decision is not None
    assert (told.decision.number, told.decision_number) == ("3981/QĐ-UBND", "")
    assert (told.evidence, told.expires_on) == ("A", date(2029, 8, 5))
    assert (batch.accepted, batch.unchanged) == (1, 0)
    with pytest.raises(Refused):
        bring(now, row())  # the same again: nothing new
    importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)
    back = Recognition.objects.get()
    assert (back.decision, back.decision_number) == (None, "3981/QĐ-UBND")
    assert (back.evidence, back.expires_on, back.valid_from) == ("B1", None, None)
    assert not Decision.objects.exists()
    assert bring(now, row()).accepted == 1


def test_another_star_under_the_same_number_completes_nothing(now: datetime) -> None:
    bring(now, row(signed_on=None, stars=3))
    bring(now, row(stars=4))
    assert Recognition.objects.count() == 2


def received(now: datetime, *rows: Sequence[Any]) -> ImportBatch:
    return importing.receive_import(
        actor=SYSTEM, content=book(HEADING, *rows), filename="so.xlsx", at=now
    )


def test_file_that_is_no_table_is_not_kept(now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        importing.receive_import(actor=SYSTEM, content=PDF, filename="so.pdf", at=now)
    assert (refusal.value.code, list(refusal.value.fields)) == ("file_type", ["file"])
    assert not ImportBatch.objects.exists()


def test_import_takes_its_steps_in_order_and_each_once(now: datetime) -> None:
    batch = received(now, row())
    with pytest.raises(Refused) as refusal:
        importing.publish_import(actor=SYSTEM, batch=batch, at=now)
    assert refusal.value.code == "import_state"
    importing.change_wishes(actor=SYSTEM, batch=batch, wishes=Wishes(evidence="B1"), at=now)
    result = importing.read_batch(batch, at=now)
    assert imports.wishes_of(batch).evidence == "B1"
    importing.load_import(actor=SYSTEM, batch=batch, result=result, at=now)
    for step, more in (
        (importing.load_import, {"result": result}),
        (importing.note_reading, {"result": result}),
        (importing.change_wishes, {"wishes": Wishes()}),
    ):
        with pytest.raises(Refused) as refusal:
            step(actor=SYSTEM, batch=batch, at=now, **more)
        assert refusal.value.code == "import_state"
    importing.publish_import(actor=SYSTEM, batch=batch, at=now)
    with pytest.raises(Refused):
        importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)


def test_import_that_was_never_loaded_is_undone_without_a_trace(now: datetime) -> None:
    batch = received(now, row())
    importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)
    assert batch.state == BatchState.UNDONE
    assert Event.objects.get(name="recognition.import_undone").change == {"removed": {}}
    with pytest.raises(Refused, match="đã hoàn tác"):
        importing.check_undoable(batch)


def test_imports_and_their_files_are_the_offices(now: datetime) -> None:
    batch = received(now, row(), row("Chè", stars="?"))
    jobs.read_import(actor=SYSTEM, batch=batch, at=now)
    assert list(imports.batches(SYSTEM)) == [batch]
    assert not imports.batches(ANONYMOUS).exists()
    assert imports.outline_of(batch).columns == HEADING
    into = BytesIO()
    assert imports.write_error_workbook(into, batch) == 3  # one is remarked only, one of the file
    assert into.getvalue().startswith(b"PK")


def test_many_rows_come_in_chunks_with_signs_of_progress(now: datetime) -> None:
    """More than a chunk; the database then looks at its tables anew."""
    told: list[int] = []
    rows = [row(f"Chè {number}", decision=None, signed_on=None) for number in range(2_100)]
    batch = received(now, *rows)
    result = importing.read_batch(batch, at=now)
    importing.load_import(actor=SYSTEM, batch=batch, result=result, progress=told.append, at=now)
    assert told == [2_000, 2_100]
    assert counts() == [2_100, 2_100, 1, 0]
    importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)
    assert counts() == [0, 0, 0, 0]


def test_decisions_of_one_day_share_their_law(now: datetime) -> None:
    load_decree(actor=SYSTEM, at=now)
    bring(now, row(), row("Chè", decision="4000/QĐ-UBND"))
    laws = [d.legal_version.code for d in Decision.objects.select_related("legal_version")]
    assert laws == ["QD26-2026", "QD26-2026"]


def test_row_that_differs_in_small_things_is_left_and_told(now: datetime) -> None:
    heading = (*HEADING, "Ngày hết hạn", "Điểm")
    bring(now, [*row(), None, None], heading=heading)
    told = importing.receive_import(
        actor=SYSTEM,
        content=book(heading, [*row(), "01/01/2029", 91]),
        filename="so.xlsx",
        at=now,
    )
    jobs.read_import(actor=SYSTEM, batch=told, at=now)
    found = {r.code.value: r for r in imports.reports_of(told)}
    assert (told.accepted, told.unchanged, told.rejected) == (0, 1, 0)
    assert found["differs_from_register"].facts["fields"] == "Ngày hết hạn, Tổng điểm"
    assert Recognition.objects.get().expires_on == date(2029, 8, 5)


@pytest.mark.usefixtures("units")
def test_producer_is_found_by_name_and_place(now: datetime) -> None:
    """The same name in the same commune, or the only one where one commune is not known."""
    bring(now, row(address=HERE))
    bring(now, row("Chè", address=HERE), row("Gạo"))
    assert Producer.objects.count() == 1
    bring(now, row("Nấm", address="phường Phan Thiết, tỉnh Lâm Đồng"))
    assert Producer.objects.count() == 2
    bring(now, row("Tỏi"))  # which of the two is not said
    assert Producer.objects.count() == 3


def test_load_is_work_for_the_worker_and_begins_once(
    now: datetime, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    batch = received(now, row())
    monkeypatch.setattr(jobs, "SMALL", 0)
    office = people.create_account(actor=SYSTEM, name="A", email="a@a.example", at=now)
    people.grant_role(
        actor=SYSTEM, user=office, role=Role.OFFICE_HEAD, starts_on=date(2026, 1, 1), at=now
    )
    actor = actor_for(office, on=now.date())
    with time_machine.travel(now, tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            jobs.load_import(actor=actor, batch=batch, skip_bad=False, at=now)
        batch.refresh_from_db()
        assert (batch.state, batch.job, batch.failure) == (BatchState.LOADED, "", "")
        assert Recognition.objects.count() == 1


def test_worker_gives_signs_of_life_once_a_second(now: datetime) -> None:
    batch = received(now, row())
    with time_machine.travel(now, tick=False) as clock:
        beat = jobs._heartbeat(batch.pk)
        seen = []
        for seconds, rows in ((0, 500), (1, 1_000), (0, 1_500), (2, 2_000)):
            clock.shift(seconds)
            beat(rows)
            batch.refresh_from_db()
            seen.append(batch.progress)
    assert seen == [0, 1_000, 1_000, 2_000]
    assert batch.job_seen_at == now + timedelta(seconds=3)


def test_worker_that_fails_says_so_and_frees_the_import(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = received(now, row())

    def broken(*_given: Any, **_more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(importing, "read_batch", broken)
    with pytest.raises(RuntimeError):
        jobs.work.func(batch.pk, jobs.READING, None, "vi", False)
    batch.refresh_from_db()
    assert batch.job == ""
    assert "báo quản trị hệ thống" in batch.failure
    jobs.note_failure(batch, "Tệp hỏng.")
    assert ImportBatch.objects.get().failure == "Tệp hỏng."


def test_undoing_needs_a_reason_and_keeps_it(now: datetime) -> None:
    batch = bring(now, row(), publish=False)
    with pytest.raises(Refused) as refusal:
        importing.undo_import(actor=SYSTEM, batch=batch, reason=" ", at=now)
    assert "reason" in refusal.value.fields
    importing.undo_import(actor=SYSTEM, batch=batch, reason=" nhầm tệp ", at=now)
    assert Event.objects.get(name="recognition.import_undone").reason == "nhầm tệp"


def test_plan_of_undoing_is_what_undoing_does(now: datetime) -> None:
    """Products that somebody worked with stay, and so do their producers."""
    batch = bring(now, row(), row("Chè", producer="HTX Đồi"), publish=False)
    products.stop_product(
        actor=SYSTEM, product=Product.objects.get(name="Chè"), reason="hết mùa", at=now
    )
    planned = undoing.plan(batch).counts
    assert planned == {"recognition": 2, "product": 1, "producer": 1, "decision": 1}
    importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm", at=now)
    assert Event.objects.get(name="recognition.import_undone").change == {"removed": planned}
    assert counts() == [0, 1, 1, 0]
