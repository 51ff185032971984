"""The kernel: actions, events, options, files, papers, languages, checks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, migrations, transaction

from ocop.core import actions, attachments, events, language, options, papers
from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.core.checking import fits, needs_reason
from ocop.core.db import ProtectEvents
from ocop.core.models import Attachment, Event, EventObject
from ocop.core.refusals import NotAllowed, Refused
from tests.factories import ProducerFactory

database = pytest.mark.django_db
HEAD = Actor(ActorKind.PERSON, 1, frozenset({Grant("office_head")}))


# --- Actions -----------------------------------------------------------------------------------
def _positional(actor: Actor, *, at: datetime) -> None: ...
def _late_actor(*, at: datetime, actor: Actor) -> None: ...
def _no_time(*, actor: Actor) -> None: ...
def _good(*, actor: Actor, at: datetime) -> None: ...


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("test.positional", _positional),
        ("test.late", _late_actor),
        ("test.timeless", _no_time),
        ("core.set_option", _good),  # the name is taken
    ],
)
def test_service_of_another_shape_stops_the_import(name: str, service: Callable[..., Any]) -> None:
    before = dict(actions.REGISTRY)
    with pytest.raises(TypeError, match=name):
        actions.action(name)(service)
    assert before == actions.REGISTRY


# --- Options -----------------------------------------------------------------------------------
def test_option_is_declared_once() -> None:
    with pytest.raises(TypeError, match=r"installation\.province"):
        options.declare("installation.province", "", "x", lambda _value: True)


@database
def test_option_fixed_at_installation_is_the_systems(now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        options.set_option(actor=HEAD, option=options.PROVINCE, value="01", at=now)
    assert refusal.value.code == "option_fixed"
    with pytest.raises(Refused) as refusal:
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value="yes", at=now)
    assert refusal.value.code == "option_value"
    with pytest.raises(NotAllowed):
        options.set_option(actor=ANONYMOUS, option=options.DEMONSTRATION, value=True, at=now)
    assert (options.PROVINCE.get(), options.DEMONSTRATION.get()) == ("", False)


# --- Events ------------------------------------------------------------------------------------
def _event(now: datetime) -> Event:
    producer = ProducerFactory()
    event = events.record(SYSTEM, "producers.producer_created", producer, at=now)
    assert list(events.activity(producer)) == [event]
    return event


@database
@pytest.mark.parametrize("table", [Event, EventObject])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_what_happened_is_never_changed_or_deleted(
    now: datetime, table: type[Any], change: str
) -> None:
    event = _event(now)
    rows = EventObject.objects.filter(event=event) if table is EventObject else None
    chosen = rows if rows is not None else Event.objects.filter(pk=event.pk)
    column = "kind" if table is EventObject else "name"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        chosen.update(**{column: "x"}) if change == "update" else chosen._raw_delete("default")
    assert Event.objects.get().name == "producers.producer_created"
    assert EventObject.objects.count() == 1


@database
def test_migration_that_protects_events_can_be_taken_back(now: datetime) -> None:
    step = ProtectEvents()
    assert step.deconstruct() == ("ProtectEvents", [], {})
    assert isinstance(step, migrations.RunPython)
    event = _event(now)
    connection.check_constraints()  # PostgreSQL alters no table while a check is open

    class Editor:
        def __init__(self) -> None:
            self.connection = connection

    assert step.reverse_code is not None
    step.reverse_code(None, Editor())
    try:
        Event.objects.filter(pk=event.pk).update(reason="sửa")
    finally:
        step.code(None, Editor())
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(reason="sửa nữa")
    assert Event.objects.get().reason == "sửa"


# --- Files and papers --------------------------------------------------------------------------
@database
def test_same_file_is_kept_once_and_a_large_one_not_at_all(now: datetime, settings: Any) -> None:
    first = attachments.store(b"ten,sao\n", filename="a.csv", at=now)
    assert attachments.store(b"ten,sao\n", filename="b.csv", at=now) == first
    settings.OCOP_MAX_UPLOAD = 1_000_000
    with pytest.raises(Refused, match="lớn hơn 1 MB") as refusal:
        attachments.store(b"a" * 1_000_001, filename="a.csv", at=now)
    assert refusal.value.code == "file_too_large"
    assert Attachment.objects.count() == 1


@database
def test_papers_say_when_they_were_made_how_filtered_and_whose_data_they_hold(
    now: datetime,
) -> None:
    assert papers.notes(now) == ["Xuất ngày 23/11/2026 lúc 09:00"]
    assert papers.notes(now, ["Ngành: I", "Hạng: 4"])[1:] == ["Lọc theo: Ngành: I; Hạng: 4"]
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    assert papers.notes(now)[-1] == papers.mark()
    with language.using("en"):
        assert papers.mark() != papers.notes(now)[0]
        assert "MẪU" not in papers.mark()


# --- Languages ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "vi"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "vi_VN.UTF-8", "OCOP_LANGUAGE": "en"}, "en"),
        ({"LC_ALL": "", "LANG": "en_US"}, "en"),
    ],
)
def test_terminal_speaks_as_its_locale_asks(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], spoken: str
) -> None:
    for name in ("OCOP_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language.from_environment() == spoken


def test_anything_but_english_means_vietnamese() -> None:
    for asked, spoken in (("en-GB", "en"), ("vi", "vi"), ("fr", "vi"), ("en", "en")):
        with language.using("vi"):
            language.activate(asked)
            assert language.active() == spoken
    with language.using("en"):
        assert language.gettext("Tệp rỗng. Hãy kiểm tra rồi gửi lại.").isascii()
        assert language.gettext("không có trong danh mục") == "không có trong danh mục"


# --- Checks ------------------------------------------------------------------------------------
def test_reason_is_more_than_spaces() -> None:
    for whole in (" Sai ", "ốm", "y9"):  # two letters are a whole word
        needs_reason(whole)
    for text, code in (
        (" \n", "reason_needed"),
        (".", "reason_short"),
        (" x ", "reason_short"),
        ("…..", "reason_short"),
    ):
        with pytest.raises(Refused) as refusal:
            needs_reason(text)
        assert (refusal.value.code, list(refusal.value.fields)) == (code, ["reason"])


def test_reason_is_as_long_as_somebody_reads() -> None:
    needs_reason(" " + "ý" * 2_000 + " ")
    for text, code in (("ý" * 2_001, "text_too_long"), ("lời \ud83c", "text_unreadable")):
        with pytest.raises(Refused) as refusal:
            needs_reason(text, field="answer")
        assert (refusal.value.code, list(refusal.value.fields)) == (code, ["answer"])


def test_row_fits_its_columns_or_the_field_is_named() -> None:
    fits(Event(name="x" * 80, actor_kind="person", reason="vì\n\tthế"))
    for row, field in (
        (Event(name="x" * 81), "name"),
        (Event(name="x", reason="a\0b"), "reason"),
        (Event(name="a\x1b", reason=""), "name"),
    ):
        with pytest.raises(Refused) as refusal:
            fits(row)
        assert list(refusal.value.fields) == [field]
