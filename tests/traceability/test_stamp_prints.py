"""Files of stamps as jobs: made once, told when ready, gone after their days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import pyzipper
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.jobs import files, life
from ocop.core.jobs.files import JobState, is_at_work
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.traceability import jobs, print_files, stamp_keys, stamp_queries
from ocop.traceability.models import PrintKind, StampOrder, StampPrint
from ocop.traceability.services import exceptions, printing, ranges
from ocop.traceability.services.keys import rotate_stamp_key
from ocop.traceability.stamp_options import KEPT_DAYS
from tests.traceability import stamps_making as making
from tests.world import member, person

pytestmark = pytest.mark.django_db
Captured = Callable[..., Any]


def asked(order: StampOrder, now: datetime, kind: str = PrintKind.CSV, **more: Any) -> StampPrint:
    wish = more.pop("wish", None) or making.wish(order, kind, **more)
    return jobs.ask_print(actor=more.pop("actor", SYSTEM), order=order, wish=wish, at=now)


def content(made: StampPrint) -> bytes:
    with made.file.open("rb") as file:
        told: bytes = file.read()
    return told


@pytest.mark.parametrize("kind", PrintKind.values)
def test_a_job_makes_every_kind(
    now: datetime, kind: str, django_capture_on_commit_callbacks: Captured
) -> None:
    order = making.approved(now, quantity=30, hidden=True)
    with django_capture_on_commit_callbacks(execute=True):
        made = asked(order, now, kind)
    made.refresh_from_db()
    assert (made.state, made.done, made.pieces, made.run) == ("ready", 30, 30, 1)
    assert made.size == len(content(made)) > 100
    ending = {"a4": "pdf", "roll": "pdf", "csv": "csv"}.get(kind, "zip")
    assert made.name.endswith(f".{ending}")
    assert order.code in made.name


def test_who_asked_is_told_when_it_is_ready(
    now: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    user = person(now, Role.PROVINCIAL_OFFICER)
    actor = people.actor_for(user, on=now.date())
    order = making.approved(now)
    with django_capture_on_commit_callbacks(execute=True):
        made = jobs.ask_print(actor=actor, order=order, wish=making.wish(order), at=now)
    told = Message.objects.get(user=user, kind="traceability.print_ready")
    assert told.link == f"/dieu-hanh/truy-xuat/tem/tep/{made.code}/"


def test_the_same_file_is_made_once(
    now: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    order = making.approved(now)
    with django_capture_on_commit_callbacks(execute=True):
        first = asked(order, now)
    with django_capture_on_commit_callbacks(execute=True):
        assert asked(order, now).pk == first.pk
        assert asked(order, now, PrintKind.A4).pk != first.pk
    said = exceptions.except_stamps(
        actor=SYSTEM,
        order=order,
        spans=making.places(order, 1, 10),
        kind="voided",
        reason="Không in phần này",
        at=now,
    )
    assert said
    assert asked(order, now).pk != first.pk  # other numbers now
    assert StampPrint.objects.latest("pk").pieces == 90


def test_voided_stamps_are_left_out_and_places_stay(
    now: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    order = making.approved(now, quantity=5)
    exceptions.except_stamps(
        actor=SYSTEM,
        order=order,
        spans=making.places(order, 2, 3),
        kind="voided",
        reason="Không in phần này",
        at=now,
    )
    with django_capture_on_commit_callbacks(execute=True):
        made = asked(order, now)
    made.refresh_from_db()
    lines = content(made).decode().split("\r\n")
    assert [line.split(",")[0] for line in lines if line] == ["stt", "1", "4", "5"]


def test_stamps_of_an_old_key_are_printed_with_it(
    now: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    order = making.approved(now, quantity=3)
    rotate_stamp_key(actor=SYSTEM, reason="Thay khóa hằng năm", at=now)
    with django_capture_on_commit_callbacks(execute=True):
        made = asked(order, now)
    made.refresh_from_db()
    reader = stamp_keys.reader()
    lines = content(made).decode().split("\r\n")[1:-1]
    found = [reader.read(line.split(",")[1]) for line in lines]
    assert [(stamp.version, stamp.number) for stamp in found if stamp] == [(0, 0), (0, 1), (0, 2)]


def test_hidden_codes_are_the_orders_own(
    now: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    order = making.approved(now, quantity=4, hidden=True)
    with django_capture_on_commit_callbacks(execute=True):
        made = asked(order, now, PrintKind.HIDDEN)
    made.refresh_from_db()
    word = printing.tell_password(actor=SYSTEM, made=made, at=now)
    with pyzipper.AESZipFile(BytesIO(content(made))) as bundle:
        bundle.setpassword(word.encode())
        assert len(bundle.read("ma-an.csv").splitlines()) == 5
    event = Event.objects.get(name="traceability.password_told")
    assert word not in str(event.change)


def test_who_may_have_files_and_passwords(now: datetime) -> None:
    order = making.approved(now, hidden=True)
    made = printing.ask_print(
        actor=SYSTEM, order=order, wish=making.wish(order, PrintKind.HIDDEN), at=now
    )
    own = people.actor_for(member(now, order.item.product.producer), on=now.date())
    auditor = people.actor_for(person(now, Role.AUDITOR), on=now.date())
    office = people.actor_for(person(now, Role.PROVINCIAL_OFFICER), on=now.date())
    for who in (own, auditor):
        assert not stamp_queries.prints_visible_to(who).exists()
        with pytest.raises(NotAllowed):
            printing.ask_print(actor=who, order=order, wish=making.wish(order), at=now)
        with pytest.raises(NotAllowed):
            printing.tell_password(actor=who, made=made, at=now)
    assert stamp_queries.prints_visible_to(office).get() == made
    assert printing.tell_password(actor=office, made=made, at=now)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "docx"}, "kind"),
        ({"kind": PrintKind.HIDDEN}, "kind"),
        ({"kind": PrintKind.A4, "module": 0.1}, "module"),
        ({"kind": PrintKind.A4, "columns": 40}, "columns"),
        ({"kind": PrintKind.ROLL, "across": 5.0}, "across"),
    ],
)
def test_what_cannot_be_made_is_refused_before_it_begins(
    now: datetime, change: dict[str, Any], field: str
) -> None:
    order = making.approved(now)
    with pytest.raises(Refused) as refused:
        asked(order, now, **change)
    assert field in refused.value.fields
    assert not StampPrint.objects.exists()


def test_a_file_of_too_many_or_of_other_numbers_is_refused(now: datetime) -> None:
    order = making.approved(now, quantity=100)
    most = dict(printing.MOST)
    assert most[PrintKind.A4] == most[PrintKind.CSV] == 1_000_000
    maker = order.item.product.producer
    printing_allowance(maker, now)
    large = making.approved(now, order.item, quantity=10_001)
    with pytest.raises(Refused) as refused:
        asked(large, now, PrintKind.SVG)
    assert "10.000" in refused.value.message
    beyond = printing.Wish(
        PrintKind.CSV, making.places(order, 1, 101)[0], making.wish(order).layout
    )
    with pytest.raises(Refused) as refused:
        asked(order, now, wish=beyond)
    assert "places" in refused.value.fields


def printing_allowance(maker: Any, now: datetime) -> None:
    from ocop.traceability.services.allowances import set_allowance

    set_allowance(actor=SYSTEM, producer=maker, year=2026, quantity=1_000_000, at=now)


def test_printed_stamps_are_printed_once(now: datetime) -> None:
    order = making.approved(now)
    ranges.confirm_printing(
        actor=SYSTEM,
        order=order,
        spans=making.places(order, 1, 50),
        counted=ranges.Counted(50),
        at=now,
    )
    with pytest.raises(Refused) as refused:
        asked(order, now)
    assert "đã in" in refused.value.message
    rest = printing.Wish(PrintKind.CSV, making.places(order, 51, 100)[0], making.wish(order).layout)
    assert asked(order, now, wish=rest).pieces == 50


def test_an_order_without_numbers_or_stamps_has_no_file(now: datetime) -> None:
    waiting = making.requested(now)
    wish = making.wish(making.approved(now))
    with pytest.raises(Refused) as refused:
        asked(waiting, now, wish=wish)
    assert refused.value.code == "order_without_numbers"
    order = making.approved(now)
    exceptions.except_stamps(
        actor=SYSTEM,
        order=order,
        spans=making.places(order, 1, 100),
        kind="voided",
        reason="Hủy cả đơn",
        at=now,
    )
    with pytest.raises(Refused) as refused:
        asked(order, now)
    assert "places" in refused.value.fields


def test_an_address_that_no_code_can_hold_is_told(now: datetime, settings: Any) -> None:
    order = making.approved(now)
    settings.OCOP_STAMP_URL = "https://a_b.vn"
    with pytest.raises(Refused) as refused:
        asked(order, now, PrintKind.A4)
    assert "OCOP_STAMP_URL" in refused.value.message


def test_a_missing_file_of_secrets_stops_the_asking(now: datetime) -> None:
    order = making.approved(now)
    stamp_keys.path().unlink()
    with pytest.raises(stamp_keys.StampKeysWrong):
        asked(order, now)


def test_a_refusal_in_the_job_is_told(
    now: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    user = person(now, Role.PROVINCIAL_OFFICER)
    order = making.approved(now)
    actor = people.actor_for(user, on=now.date())
    with django_capture_on_commit_callbacks(execute=True):
        made = jobs.ask_print(actor=actor, order=order, wish=making.wish(order), at=now)
        stamp_keys.path().unlink()
    made.refresh_from_db()
    assert made.state == JobState.FAILED
    assert "Thiếu khóa tem" in made.failure
    told = Message.objects.get(user=user, kind="traceability.print_failed")
    assert told.body == made.failure


def test_a_job_that_ends_with_its_machine_is_begun_again_and_at_last_given_up(
    now: datetime,
) -> None:
    order = making.approved(now)
    made = asked(order, now)  # nothing runs: the transaction of a test is never committed
    assert jobs.resume_silent(at=now + timedelta(minutes=1)) == 0
    at = now
    for run in (2, 3):
        StampPrint.objects.update(state=JobState.WORKING)
        at += timedelta(minutes=5)
        assert jobs.resume_silent(at=at) == 1
        made.refresh_from_db()
        assert (made.run, made.state) == (run, JobState.WAITING)
    StampPrint.objects.update(state=JobState.WORKING)
    assert jobs.resume_silent(at=at + timedelta(minutes=5)) == 0
    made.refresh_from_db()
    assert made.state == JobState.FAILED
    assert "nhiều lần" in made.failure


def test_what_waits_behind_long_work_is_handed_on_and_never_given_up(
    now: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    made = asked(making.approved(now), now)  # its message is lost with the machine
    for turn in range(1, 6):
        at = now + timedelta(minutes=3 * turn)
        assert is_at_work(made, at)
        assert jobs.resume_silent(at=at) == 1
        assert jobs.resume_silent(at=at) == 0
        made.refresh_from_db()
        assert (made.run, made.state, made.seen_at) == (1, JobState.WAITING, at)
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.resume_silent(at=at + timedelta(minutes=3)) == 1
    made.refresh_from_db()
    assert (made.run, made.state) == (1, JobState.READY)


def test_an_earlier_run_has_nothing_to_say(now: datetime) -> None:
    made = asked(making.approved(now), now)
    StampPrint.objects.update(state=JobState.WORKING, run=2)
    result = printing.Made("stamps/x.csv", "x.csv", 1)
    with pytest.raises(life.Superseded):
        printing.keep_print(actor=SYSTEM, made=made, result=result, at=now)
    with pytest.raises(life.Superseded):
        printing.give_up_print(actor=SYSTEM, made=made, failure="Lỗi", at=now)
    made.seen_at = timezone.now() - timedelta(hours=1)
    jobs.work.func(made.pk, 1)  # an older message of the queue
    made.refresh_from_db()
    assert (made.state, made.run) == (JobState.WORKING, 2)


def test_a_run_that_is_overtaken_while_it_writes_leaves_no_file(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = asked(making.approved(now), now)
    beat = files.heartbeat(made)
    monkeypatch.setattr(life, "BEAT", timedelta(0))
    with pytest.raises(life.Superseded):
        beat(10)  # it waits still: this run is not the one at work
    StampPrint.objects.update(state=JobState.WORKING)
    beat(20)
    made.refresh_from_db()
    assert made.done == 20


def test_files_go_after_their_days_and_the_row_stays(
    now: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    options.set_option(actor=SYSTEM, option=KEPT_DAYS, value=3, at=now)
    order = making.approved(now)
    with django_capture_on_commit_callbacks(execute=True):
        made = asked(order, now)
    made.refresh_from_db()
    storage, name = made.file.storage, made.file.name
    assert made.ended_at is not None
    until = stamp_queries.kept_until(made)
    assert until == made.ended_at + timedelta(days=3)
    assert jobs.forget_old(at=until - timedelta(hours=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.forget_old(at=until + timedelta(hours=1)) == 1
    made.refresh_from_db()
    assert (made.state, made.file.name, made.size, made.pieces) == ("removed", "", 0, 100)
    assert not storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        assert asked(order, now).pk != made.pk  # it can be made anew


def test_a_lost_file_is_made_anew(
    now: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    order = making.approved(now)
    with django_capture_on_commit_callbacks(execute=True):
        made = asked(order, now)
    made.refresh_from_db()
    made.file.storage.delete(made.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        again = asked(order, now)
    again.refresh_from_db()
    assert (again.pk, again.run, again.state) == (made.pk, 2, "ready")


def test_only_files_of_hidden_codes_have_a_password(now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        printing.tell_password(actor=SYSTEM, made=asked(making.approved(now), now), at=now)
    assert refused.value.code == "print_without_password"


def test_the_demonstration_says_that_its_stamps_are_samples(
    now: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    import pypdfium2

    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    order = making.approved(now, quantity=3)
    for kind, words in (
        (PrintKind.A4, "KHÔNG DÁN LÊN HÀNG"),
        (PrintKind.ROLL, "MẪU, KHÔNG DÁN"),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            made = asked(order, now, kind)
        made.refresh_from_db()
        document = pypdfium2.PdfDocument(content(made))
        assert all(words in page.get_textpage().get_text_range() for page in document)
    assert print_files.STEP == 4_000
