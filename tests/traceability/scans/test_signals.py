"""What cannot be becomes a signal, once; people look into it and conclude."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ocop.core import options as core_options
from ocop.core.actor import SYSTEM, Actor, ActorKind, Grant
from ocop.core.events import activity
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.traceability.journal import FORGED, Scan
from ocop.traceability.models import Finding, ScanSignal, StampException, StampOpening
from ocop.traceability.scans import draining, journals, options, raising, services
from ocop.traceability.services import exceptions
from tests.traceability.scans.scenery import (
    ACTIVE,
    BESIDE,
    DAY,
    DELIVERED,
    FAR,
    HERE,
    HOUR,
    LOST,
    MINUTE,
    START,
    UNISSUED,
    build,
    client,
    look,
    scan,
    write,
)
from tests.world import person

pytestmark = pytest.mark.django_db
INSPECTOR = Actor(ActorKind.PERSON, user_id=7, grants=frozenset({Grant(Role.INSPECTOR)}))
AUDITOR = Actor(ActorKind.PERSON, user_id=8, grants=frozenset({Grant(Role.AUDITOR)}))
AT = datetime(2026, 11, 24, 2, tzinfo=UTC)


def counted(*scans: Scan) -> None:
    write(*scans)
    draining.drain(journals.source())


def signals() -> list[tuple[str, str, int]]:
    rows = ScanSignal.objects.order_by("rule", "subject")
    return [(row.rule, row.subject, row.measure) for row in rows]


def limit(option: Any, value: int) -> None:
    core_options.set_option(actor=SYSTEM, option=option, value=value, at=AT)


def test_ordinary_scans_raise_nothing() -> None:
    """A buyer, the family in the evening, a friend in the next province, a look at the product."""
    build()
    counted(
        scan(START + 10 * HOUR),
        scan(START + 19 * HOUR, phone=2),
        scan(START + 20 * HOUR, phone=3, place=BESIDE),
        scan(START + 2 * DAY, phone=4, place=FAR),
        look(START + HOUR),
    )
    assert signals() == []


def test_check_before_activation_is_one_signal_of_its_order() -> None:
    scenery = build()
    limit(options.EARLY, 0)
    counted(scan(number=DELIVERED[0]), scan(number=DELIVERED[1]), scan(START + 8 * HOUR))
    delivered, active = (f"order:{each.pk}" for each in (scenery.delivered, scenery.active))
    assert signals() == sorted([("early", delivered, 2), ("early", active, 1)])
    signal = ScanSignal.objects.get(subject=delivered)
    assert (signal.item, signal.order) == (scenery.items[2], scenery.delivered)
    counted(scan(number=DELIVERED[2]))
    signal.refresh_from_db()
    assert signal.measure == 3
    assert ScanSignal.objects.count() == 2


def test_who_tries_a_few_new_stamps_is_no_signal() -> None:
    scenery = build()
    counted(*(scan(START + n * MINUTE, number=DELIVERED[n]) for n in range(3)))
    assert signals() == []
    counted(scan(START + HOUR, number=DELIVERED[0]))
    assert signals() == [("early", f"order:{scenery.delivered.pk}", 4)]
    assert ScanSignal.objects.get().limit == 3


def test_inspectors_learn_of_the_first_signal_of_a_kind_on_a_day(now: datetime) -> None:
    inspector, office = person(now, Role.INSPECTOR), person(now, Role.PROVINCIAL_OFFICER)
    person(now, Role.AUDITOR)
    build()
    limit(options.EARLY, 0)
    counted(scan(number=DELIVERED[0]))
    counted(scan(START + 8 * HOUR), scan(START + HOUR, number=DELIVERED[1]))
    assert ScanSignal.objects.count() == 2
    told = Message.objects.filter(kind="traceability.signal_raised")
    assert {message.user for message in told} == {inspector, office}
    assert told.count() == 2
    assert told[0].link == "/dieu-hanh/truy-xuat/nghi-van/?state=open"
    assert {m.subject for m in told} == {"Nghi vấn từ lượt quét tem: Quét trước khi kích hoạt"}


def test_stamp_that_was_never_given_out() -> None:
    build()
    counted(scan(number=UNISSUED[0]), scan(number=UNISSUED[0], phone=2))
    assert signals() == [("unissued", f"stamp:3:{UNISSUED[0]}", 2)]


def test_lost_stamp_is_on_some_pack() -> None:
    scenery = build()
    StampException.objects.update(lifted_at=None)
    counted(scan(number=LOST[0]))
    found = {rule: subject for rule, subject, _n in signals()}
    assert found["gone"] == f"stamp:3:{LOST[0]}"
    assert ScanSignal.objects.get(rule="gone").order == scenery.delivered


def test_scan_of_before_a_stamp_was_lost_is_no_signal() -> None:
    """A buyer scanned it, it was voided, and only then was the scan counted."""
    build()
    StampException.objects.update(at=datetime(2026, 11, 23, 8, tzinfo=UTC))  # 15:00 in Hà Nội
    counted(scan(START + 14 * HOUR, number=LOST[0]))
    assert "gone" not in {rule for rule, _s, _n in signals()}
    counted(scan(START + 15 * HOUR, number=LOST[0]))
    assert ("gone", f"stamp:3:{LOST[0]}", 1) in signals()


def test_stamp_that_was_found_again_is_gone_no_more() -> None:
    build()
    StampException.objects.update(lifted_at=AT)
    counted(scan(number=LOST[0]))
    assert "gone" not in {rule for rule, _s, _n in signals()}


def test_more_phones_than_one_pack_meets() -> None:
    scenery = build()
    usual = options.DEVICES.get()
    counted(*(scan(phone=phone) for phone in range(usual)))
    assert signals() == []
    counted(scan(phone=usual))
    assert signals() == [("devices", "stamp:3:0", usual + 1)]
    signal = ScanSignal.objects.get()
    assert (signal.limit, signal.item, signal.lot) == (usual, scenery.items[0], scenery.lots[0])
    assert (signal.version, signal.number) == (3, ACTIVE[0])


def test_limit_that_the_office_sets_holds_from_then_on() -> None:
    build()
    limit(options.DEVICES, 2)
    counted(*(scan(phone=phone) for phone in range(3)))
    assert signals() == [("devices", "stamp:3:0", 3)]


def test_two_places_too_far_apart_in_too_short_a_time() -> None:
    """Hà Nội and Cà Mau within ten minutes, whatever the scans in between tell of no place."""
    build()
    noon = START + 12 * HOUR
    counted(scan(noon), scan(noon + MINUTE, place=""), scan(noon + 10 * MINUTE, place=FAR, phone=2))
    assert signals() == [("far", "stamp:3:0", 1)]
    facts = ScanSignal.objects.get().facts
    assert facts == {
        "one": HERE, "one_at": noon, "other": FAR, "other_at": noon + 10 * MINUTE, "km": 1320,
    }  # fmt: skip


def test_one_client_that_tries_serials() -> None:
    build()
    usual = options.FORGED.get()
    told = {"version": FORGED, "client": client(5)}
    counted(scan(number=usual, **told))
    assert signals() == []
    counted(scan(number=3, **told), scan(number=9, version=FORGED, phone=6))
    subject = f"source:2026-11-23:{client(5).hex()}"
    assert signals() == [("forged", subject, usual + 3)]
    assert ScanSignal.objects.get().item is None
    assert ScanSignal.objects.get().facts == {"places": [HERE]}


def test_flood_from_many_clients_is_not_thousands_of_signals() -> None:
    build()
    many = raising.MOST_OF_A_FLOOD + 20
    counted(*(scan(version=FORGED, number=1000, phone=phone) for phone in range(many)))
    assert ScanSignal.objects.count() == raising.MOST_OF_A_FLOOD
    counted(scan(START + DAY, version=FORGED, number=1000))
    assert ScanSignal.objects.count() == raising.MOST_OF_A_FLOOD + 1  # the next day has its own


def test_phones_after_the_hidden_code_was_opened() -> None:
    scenery = build()
    opened = datetime(2026, 11, 23, 4, tzinfo=UTC)  # 11:00 in Hà Nội
    StampOpening.objects.create(key=scenery.active.key, number=ACTIVE[0], opened_at=opened)
    counted(scan(START + 10 * HOUR), *(scan(START + 12 * HOUR, phone=n) for n in range(2, 5)))
    assert signals() == []
    counted(scan(START + 13 * HOUR, phone=5))
    assert signals() == [("opened", "stamp:3:0", 4)]


def caught(phones: int = 31) -> ScanSignal:
    """A signal of too many phones."""
    build()
    counted(*(scan(phone=phone) for phone in range(phones)))
    return ScanSignal.objects.get()


def test_inspector_takes_notes_and_concludes() -> None:
    signal = caught()
    services.take_signal(actor=INSPECTOR, signal=signal, at=AT)
    assert (signal.state, signal.taken_by) == ("taken", 7)
    services.note_signal(actor=INSPECTOR, signal=signal, reason="Đã gọi điện hỏi chủ thể", at=AT)
    services.close_signal(
        actor=INSPECTOR, signal=signal, finding=Finding.HARMLESS,
        conclusion="Gói trưng bày ở hội chợ Giảng Võ.", at=AT,
    )  # fmt: skip
    signal.refresh_from_db()
    assert (signal.state, signal.finding, signal.closed_at) == ("closed", "harmless", AT)
    names = [event.name for event in activity(signal)]
    assert names == [
        "traceability.signal_closed",
        "traceability.signal_noted",
        "traceability.signal_taken",
        "traceability.signal_raised",
    ]


def test_concluded_signal_comes_again_only_when_it_has_doubled() -> None:
    signal = caught(31)
    services.close_signal(
        actor=INSPECTOR, signal=signal, finding="harmless", conclusion="Hàng trưng bày", at=AT
    )
    counted(*(scan(phone=phone) for phone in range(31, 61)))
    assert ScanSignal.objects.count() == 1
    counted(scan(phone=61))
    assert [row.measure for row in ScanSignal.objects.order_by("pk")] == [31, 62]
    with pytest.raises(Refused) as refusal:
        services.reopen_signal(actor=INSPECTOR, signal=signal, reason="xem lại lần nữa", at=AT)
    assert refusal.value.code == "signal_again"


def test_concluded_signal_is_looked_into_again() -> None:
    signal = caught()
    services.close_signal(
        actor=INSPECTOR, signal=signal, finding="unclear", conclusion="Chưa tới được nơi", at=AT
    )
    services.reopen_signal(actor=INSPECTOR, signal=signal, reason="có thêm ảnh chụp", at=AT)
    signal.refresh_from_db()
    assert (signal.state, signal.finding, signal.conclusion, signal.closed_at) == (
        "taken", "", "", None,
    )  # fmt: skip


def test_conclusion_is_kept_when_it_is_looked_into_again() -> None:
    """Auditors read what was concluded first, and on what grounds."""
    signal = caught()
    services.close_signal(
        actor=INSPECTOR, signal=signal, finding="unclear", conclusion=" Chưa tới được nơi ", at=AT
    )
    services.reopen_signal(actor=INSPECTOR, signal=signal, reason="có thêm ảnh chụp", at=AT)
    closed = activity(signal).get(name="traceability.signal_closed")
    assert (closed.reason, closed.change) == ("Chưa tới được nơi", {"finding": "unclear"})


def test_marked_stamp_is_not_called_harmless() -> None:
    """Whoever scans it would go on reading that it is suspicious."""
    signal = caught()
    marked = services.suspect_stamp(
        actor=INSPECTOR, signal=signal, reason="mã bị in lại trên ba gói", at=AT
    )
    with pytest.raises(Refused) as refusal:
        services.close_signal(
            actor=INSPECTOR, signal=signal, finding="harmless", conclusion="Hàng mẫu", at=AT
        )
    assert list(refusal.value.fields) == ["finding"]
    exceptions.lift_exception(actor=INSPECTOR, exception=marked, reason="hàng trưng bày", at=AT)
    services.close_signal(
        actor=INSPECTOR, signal=signal, finding="harmless", conclusion="Hàng mẫu", at=AT
    )
    assert signal.finding == "harmless"


def test_stamp_is_marked_suspicious_once() -> None:
    signal = caught()
    made = services.suspect_stamp(
        actor=INSPECTOR, signal=signal, reason="mã bị in lại trên ba gói khác nhau", at=AT
    )
    assert (made.kind, made.first, made.count) == ("suspicious", ACTIVE[0], 1)
    with pytest.raises(Refused) as refusal:
        services.suspect_stamp(actor=INSPECTOR, signal=signal, reason="mã bị in lại", at=AT)
    assert refusal.value.code == "stamp_suspicious"


def test_signal_about_no_stamp_marks_none() -> None:
    build()
    counted(scan(number=DELIVERED[0]), scan(number=UNISSUED[0]))
    for signal in ScanSignal.objects.all():
        with pytest.raises(Refused) as refusal:
            services.suspect_stamp(actor=INSPECTOR, signal=signal, reason="không rõ tem", at=AT)
        assert refusal.value.code == "signal_without_stamp"


@pytest.mark.parametrize(
    ("finding", "conclusion", "field"),
    [
        ("", "có căn cứ", "finding"),
        ("guilty", "có căn cứ", "finding"),
        ("copied", "  ", "conclusion"),
    ],
)
def test_conclusion_needs_a_finding_and_words(finding: str, conclusion: str, field: str) -> None:
    signal = caught()
    with pytest.raises(Refused) as refusal:
        services.close_signal(
            actor=INSPECTOR, signal=signal, finding=finding, conclusion=conclusion, at=AT
        )
    assert list(refusal.value.fields) == [field]


def test_move_that_somebody_made_before_is_refused_in_words() -> None:
    signal = caught()
    stale = ScanSignal.objects.get()
    services.take_signal(actor=INSPECTOR, signal=signal, at=AT)
    with pytest.raises(Refused) as refusal:
        services.take_signal(actor=INSPECTOR, signal=stale, at=AT)
    assert "đang xem xét" in refusal.value.message
    services.close_signal(
        actor=INSPECTOR, signal=signal, finding="copied", conclusion="In lại mã", at=AT
    )
    with pytest.raises(Refused):
        services.note_signal(actor=INSPECTOR, signal=signal, reason="thêm ghi chú", at=AT)


def test_auditors_read_and_do_nothing() -> None:
    signal = caught()
    with pytest.raises(NotAllowed):
        services.take_signal(actor=AUDITOR, signal=signal, at=AT)


def test_nobody_raises_a_signal_by_hand() -> None:
    signal = caught()
    told = services.Caught(
        rule=raising.Rule.FAR, subject="stamp:3:9", measure=1, limit=0, first_at=AT, last_at=AT
    )
    with pytest.raises(NotAllowed):
        services.raise_signal(actor=INSPECTOR, caught=told, at=AT)
    assert ScanSignal.objects.get() == signal


def test_two_open_signals_about_the_same_cannot_be() -> None:
    signal = caught()
    signal.pk, signal.code = None, "khác"
    with pytest.raises(IntegrityError), transaction.atomic():
        signal.save(force_insert=True)
