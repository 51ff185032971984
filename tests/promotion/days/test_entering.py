"""Gates: a ticket enters once a day, whatever devices send, in what order and how often."""

from datetime import datetime, time, timedelta
from itertools import permutations
from random import Random
from uuid import UUID

import pytest
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.checkins import CheckIn
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.roles import Role
from ocop.promotion.days import queries
from ocop.promotion.days.models import EventCheckIn
from ocop.promotion.days.services import entering, tickets
from ocop.promotion.days.services.entering import check_in
from ocop.promotion.models import TradeEvent
from ocop.promotion.services import applying
from tests.promotion import factories as making
from tests.promotion.days import factories
from tests.promotion.days.factories import acting
from tests.world import member, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def event(now: datetime) -> TradeEvent:
    return factories.going_on(now)


def noted(event: TradeEvent, *records: CheckIn, at: datetime) -> list[str]:
    return [
        each.state for each in check_in(actor=SYSTEM, event=event, records=records, at=at)
    ]  # fmt: skip


def test_a_ticket_enters_once_a_day_and_again_on_the_next(now: datetime, event: TradeEvent) -> None:
    ticket = factories.exhibitor(now, event).code
    first, second = event.starts_on, event.starts_on + timedelta(days=1)
    records = [
        factories.shown(ticket, first, time(9), "A"),
        factories.shown(ticket, first, time(10), "B"),
        factories.shown(ticket, second, time(8), "B"),
    ]
    assert noted(event, *records, at=now) == ["entered", "repeat", "entered"]
    assert [each.exhibitors for each in queries.came(event)] == [1, 1, 0, 0]


def test_whatever_the_order_the_earliest_is_the_entry_and_sending_again_adds_nothing(
    now: datetime,
) -> None:
    event = factories.going_on(now, applicants=1)
    ticket = factories.exhibitor(now, event).code
    told = [
        factories.shown(ticket, event.starts_on, time(hour), gate)
        for hour, gate in ((11, "C"), (8, "A"), (9, "B"))
    ]
    for order in permutations(told):
        EventCheckIn.objects.all().delete()
        for record in order:
            noted(event, record, record, at=now)
        noted(event, *order, at=now)
        assert EventCheckIn.objects.count() == 3
        entry = EventCheckIn.objects.get(entry=True)
        assert entry.client_id == told[1].id


def test_what_is_no_entry_is_answered_and_not_kept(now: datetime, event: TradeEvent) -> None:
    day = event.starts_on
    good, lost = (row.code for row in factories.visitors(now - timedelta(days=9), event, 2))
    other = factories.visitors(now, factories.going_on(now, applicants=1), 1)[0].code
    tickets.void_ticket(
        actor=SYSTEM,
        ticket=event.tickets.get(code=lost),
        reason="Mất vé khi in",
        at=now - timedelta(days=8),
    )
    gone = factories.exhibitor(now, event)
    row = gone.application
    assert row is not None
    applying.refuse_application(actor=SYSTEM, application=row, reason="Vi phạm nội quy", at=now)
    told = [
        factories.shown(good, day - timedelta(days=1)),
        factories.shown(good, event.ends_on + timedelta(days=1)),
        factories.shown(lost, day),
        factories.shown(other, day),
        factories.shown("khong co", day),
        factories.shown(gone.code, day),
    ]
    states = ["other_day", "other_day", "void", "unknown", "unknown", "withdrawn"]
    assert noted(event, *told, at=now) == states
    assert not EventCheckIn.objects.exists()


def test_an_identifier_that_is_taken_is_no_new_showing(now: datetime, event: TradeEvent) -> None:
    one, two = (row.code for row in factories.visitors(now, event, 2))
    first = factories.shown(one, event.starts_on)
    noted(event, first, at=now)
    same = CheckIn(first.at, first.id, two, "B", "may-B")
    assert noted(event, same, at=now) == ["unknown"]
    assert EventCheckIn.objects.get().ticket.code == one


def test_two_thousand_people_at_three_gates_within_an_hour_are_merged_without_a_double(
    now: datetime,
) -> None:
    """Three devices without a network; a tenth of the tickets shown twice; what each noted is sent
    in parts of 200, the parts in no order, a fifth of them twice."""
    draw = Random(6)
    event = factories.going_on(now, applicants=1)
    codes = [row.code for _n in range(4) for row in factories.visitors(now, event, 500)]
    assert len(set(codes)) == 2_000
    opens = timezone.make_aware(datetime.combine(event.starts_on, time(8)))
    devices: dict[str, list[CheckIn]] = {gate: [] for gate in "ABC"}
    for code in codes:
        for _n in range(2 if draw.random() < 0.1 else 1):
            gate = draw.choice("ABC")
            at = opens + timedelta(seconds=draw.randrange(3_600))
            made = UUID(int=draw.getrandbits(128), version=4)
            devices[gate].append(CheckIn(at, made, code, gate, f"may-{gate}"))
    parts = [
        some[start : start + 200]
        for some in devices.values()
        for start in range(0, len(some), 200)
    ]  # fmt: skip
    parts += draw.sample(parts, len(parts) // 5)
    draw.shuffle(parts)
    for part in parts:
        check_in(actor=SYSTEM, event=event, records=part, at=now)
    earliest: dict[str, UUID] = {}
    for record in sorted(each for some in devices.values() for each in some):
        earliest.setdefault(record.ticket, record.id)
    entries = EventCheckIn.objects.filter(entry=True)
    assert dict(entries.values_list("ticket__code", "client_id")) == earliest
    assert entries.count() == 2_000
    assert EventCheckIn.objects.count() == sum(map(len, devices.values())) > 2_000
    assert queries.came(event)[0].visitors == 2_000
    gates = dict(queries.gates_on(event, event.starts_on))
    assert sum(gates.values()) == 2_000
    assert set(gates) == {"A", "B", "C"}


def test_gates_are_held_by_the_office_and_organisers_only(now: datetime, event: TradeEvent) -> None:
    row = factories.first(event)
    own = acting(now, member(now, row.producer))
    with pytest.raises(NotAllowed):
        check_in(actor=own, event=event, records=[], at=now)
    organiser = acting(now, person(now, Role.EVENT_ORGANISER))
    assert check_in(actor=organiser, event=event, records=[], at=now) == []


def test_no_gate_opens_before_the_result_is_told(now: datetime) -> None:
    event = making.make_event(now)
    with pytest.raises(Refused) as refused:
        check_in(actor=SYSTEM, event=event, records=[], at=now)
    assert refused.value.code == "event_state"


def test_the_list_of_a_gate_names_only_who_may_come_in(now: datetime, event: TradeEvent) -> None:
    ticket = factories.exhibitor(now, event, "Chị Hai")
    void, guest = factories.visitors(now, event, 2)
    tickets.void_ticket(actor=SYSTEM, ticket=void, reason="In hỏng một vé", at=now)
    row = factories.first(event)
    assert queries.named_tickets(event) == {
        ticket.code: f"Chị Hai, {row.producer.name}",
        guest.code: "Khách tham quan",
    }
    assert entering.day_of(now) == timezone.localdate(now)


def test_events_name_no_person(now: datetime, event: TradeEvent) -> None:
    factories.exhibitor(now, event, "Nguyễn Thị Thử")
    told = Event.objects.filter(name="promotion.exhibitor_named").get()
    assert "Nguyễn" not in str(told.change)


def test_an_entry_that_was_taken_back_does_not_come_back(now: datetime, event: TradeEvent) -> None:
    """The device that let the wrong ticket in sends again, another sends later what it had noted
    before: neither counts. Who shows the ticket afterwards enters."""
    ticket = factories.visitors(now - timedelta(days=2), event, 1)[0]
    day = event.starts_on
    first = factories.shown(ticket.code, day, time(9))
    kept = factories.shown(ticket.code, day, time(8))
    assert noted(event, first, at=now) == ["entered"]
    undone_at = timezone.make_aware(datetime.combine(day, time(10)))
    for _n in range(2):  # a second click changes nothing
        entering.undo_check_in(
            actor=SYSTEM, ticket=ticket, day=day, reason="Vé của khách khác", at=undone_at
        )
    assert queries.came(event)[0].visitors == 0
    assert queries.gates_on(event, day) == []
    assert ticket.code not in queries.entries_on(event, day)
    assert noted(event, first, kept, first, at=now) == ["undone"] * 3
    assert queries.came(event)[0].visitors == 0
    later = factories.shown(ticket.code, day, time(11), "B")
    assert noted(event, later, first, at=now) == ["entered", "undone"]
    assert queries.came(event)[0].visitors == 1
    assert dict(queries.gates_on(event, day)) == {"B": 1}
    told = Event.objects.filter(name="promotion.entry_undone")
    assert [row.change["shown"] for row in told.order_by("pk")] == [1, 0]
    assert {row.reason for row in told} == {"Vé của khách khác"}


def test_who_may_take_an_entry_back_and_what_is_refused(now: datetime, event: TradeEvent) -> None:
    ticket, day = factories.exhibitor(now, event), event.starts_on
    office = acting(now, person(now, Role.PROVINCIAL_OFFICER))
    with pytest.raises(Refused) as refusal:
        entering.undo_check_in(actor=office, ticket=ticket, day=day, reason="Nhầm vé", at=now)
    assert refusal.value.code == "ticket_not_entered"
    noted(event, factories.shown(ticket.code, day), at=now)
    with pytest.raises(Refused):
        entering.undo_check_in(actor=office, ticket=ticket, day=day, reason=" ", at=now)
    own = acting(now, member(now, factories.first(event).producer))
    with pytest.raises(NotAllowed):
        entering.undo_check_in(actor=own, ticket=ticket, day=day, reason="Nhầm vé", at=now)
    organiser = acting(now, person(now, Role.EVENT_ORGANISER))
    entering.undo_check_in(actor=organiser, ticket=ticket, day=day, reason="Nhầm vé", at=now)
    assert queries.came(event)[0].exhibitors == 0
