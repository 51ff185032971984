"""What booths and organisers tell of the days of an event, and what it cost."""

import uuid
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.programme import reminding
from ocop.promotion.days import calendar, queries
from ocop.promotion.days.models import BoothDay, EventDay, EventTicket
from ocop.promotion.days.services import costs, entering, telling, tickets
from ocop.promotion.days.services.costs import Cost
from ocop.promotion.days.services.telling import Sold
from ocop.promotion.models import EventKind, TradeEvent
from ocop.promotion.services import applying, events
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


def test_a_day_told_again_takes_the_place_and_sent_twice_is_told_once(
    now: datetime, event: TradeEvent
) -> None:
    row, day, made = factories.first(event), event.starts_on, uuid.uuid4()
    own = acting(now, member(now, row.producer))
    tell = {"actor": own, "application": row, "day": day, "at": now}
    telling.report_booth_day(**tell, told=Sold(5, 7, 3), client_id=made)
    telling.report_booth_day(**tell, told=Sold(9, 9, 9), client_id=made)
    assert [(x.sold, x.ordered, x.contacts) for x in BoothDay.objects.all()] == [(5, 7, 3)]
    telling.report_booth_day(**tell, told=Sold(6), client_id=uuid.uuid4())
    assert [(x.sold, x.ordered, x.contacts) for x in BoothDay.objects.all()] == [(6, 0, 0)]
    assert [each.pk for each in queries.untold(event, day)] != [row.pk]
    assert queries.untold(event, day).count() == 1


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "event_day_day"), (2, "event_day_day"), (9, "event_day_day")]
)
def test_only_days_of_the_event_that_have_begun_are_told(
    now: datetime, event: TradeEvent, days: int, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        factories.told(now, factories.first(event), event.starts_on + timedelta(days=days))
    assert refused.value.code == code


def test_a_month_after_the_last_day_nothing_is_told_any_more(now: datetime) -> None:
    last = timezone.localdate(now) - timedelta(days=calendar.GRACE)
    begins = last - timedelta(days=3)
    assert len(calendar.tellable(begins, last, last + timedelta(days=calendar.GRACE))) == 4
    assert calendar.tellable(begins, last, last + timedelta(days=calendar.GRACE + 1)) == []
    assert calendar.day_of(begins, last, 4) == last
    assert calendar.day_of(begins, last, 5) is None
    assert calendar.day_of(begins, last, 0) is None


@pytest.mark.parametrize(
    "what", [Sold(-1), Sold(10**13), Sold(0, -1), Sold(0, 0, -1), Sold(0, 0, 10**6)]
)
def test_numbers_below_nothing_or_far_too_large_are_refused(
    now: datetime, event: TradeEvent, what: Sold
) -> None:
    with pytest.raises(Refused):
        telling.report_booth_day(
            actor=SYSTEM, application=factories.first(event), day=event.starts_on, told=what,
            client_id=uuid.uuid4(), at=now,
        )  # fmt: skip


def test_another_producer_tells_nothing_of_a_booth(now: datetime, event: TradeEvent) -> None:
    one, two = event.applications.select_related("event", "producer").order_by("pk")
    other = acting(now, member(now, two.producer))
    with pytest.raises(NotAllowed):
        telling.report_booth_day(
            actor=other, application=one, day=event.starts_on, told=Sold(1),
            client_id=uuid.uuid4(), at=now,
        )  # fmt: skip
    factories.told(now, one, event.starts_on)
    assert not queries.booth_days_visible_to(other).exists()
    assert queries.booth_days_visible_to(acting(now, member(now, one.producer))).count() == 1


def test_visitors_counted_again_take_the_place(now: datetime, event: TradeEvent) -> None:
    for counted in (100, 130):
        telling.count_visitors(
            actor=SYSTEM, event=event, day=event.starts_on, counted=counted, at=now
        )
    assert EventDay.objects.get().counted == 130
    assert queries.came(event)[0].visitors == 130


def test_a_cost_taken_out_stays_to_be_read_and_is_not_summed(
    now: datetime, event: TradeEvent
) -> None:
    def add(payer: str, amount: int) -> costs.EventCost:
        what = Cost("ground", payer, "Thuê mặt bằng", amount, event.starts_on)
        return costs.add_cost(actor=SYSTEM, event=event, cost=what, at=now)

    add("state", 40)
    add("producers", 30)
    wrong = add("state", 1_000)
    costs.remove_cost(actor=SYSTEM, cost=wrong, reason="Ghi nhầm số tiền", at=now)
    assert queries.paid_by(event) == {"state": 40, "producers": 30}
    assert queries.paid_for(event) == {"ground": 70}
    assert event.costs.count() == 3
    with pytest.raises(Refused):
        costs.remove_cost(actor=SYSTEM, cost=wrong, reason="Ghi nhầm số tiền", at=now)


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("words", Cost("ground", "state", " ", 1, making.date(2026, 1, 1))),
        ("amount", Cost("ground", "state", "Thuê", 0, making.date(2026, 1, 1))),
        ("kind", Cost("gifts", "state", "Thuê", 1, making.date(2026, 1, 1))),
        ("payer", Cost("ground", "nobody", "Thuê", 1, making.date(2026, 1, 1))),
    ],
)
def test_a_cost_without_words_money_or_a_known_kind_is_refused(
    now: datetime, event: TradeEvent, field: str, what: Cost
) -> None:
    with pytest.raises(Refused) as refused:
        costs.add_cost(actor=SYSTEM, event=event, cost=what, at=now)
    assert field in refused.value.fields


def test_costs_are_the_offices(now: datetime, event: TradeEvent) -> None:
    organiser = acting(now, person(now, Role.EVENT_ORGANISER))
    what = Cost("ground", "state", "Thuê mặt bằng", 5, event.starts_on)
    with pytest.raises(NotAllowed):
        costs.add_cost(actor=organiser, event=event, cost=what, at=now)


def test_a_booth_names_its_people_once_and_not_too_many(now: datetime, event: TradeEvent) -> None:
    row = factories.first(event)
    own = acting(now, member(now, row.producer))
    for n in range(tickets.MOST_OF_A_BOOTH):
        tickets.name_exhibitor(actor=own, application=row, holder=f"Người {n}", at=now)
    for holder in ("người 0", "Người thứ mười ba", " "):
        with pytest.raises(Refused):
            tickets.name_exhibitor(actor=own, application=row, holder=holder, at=now)
    assert EventTicket.objects.count() == tickets.MOST_OF_A_BOOTH


def test_who_does_not_take_part_has_no_tickets(now: datetime) -> None:
    event = making.make_event(now, takes_booths=False)
    row = making.applied(now, event)
    with pytest.raises(Refused) as refused:
        tickets.name_exhibitor(actor=SYSTEM, application=row, holder="Chị Hai", at=now)
    assert refused.value.code == "application_not_accepted"


def test_tickets_are_issued_in_numbered_batches_of_a_limited_size(
    now: datetime, event: TradeEvent
) -> None:
    factories.visitors(now, event, 2)
    made = tickets.issue_tickets(
        actor=SYSTEM, event=event, kind="guest", count=1, holder="Sở Công Thương", at=now
    )
    tickets.void_ticket(actor=SYSTEM, ticket=made[0], reason="Khách không đến", at=now)
    told = [(1, "visitor", "", 2, 0), (2, "guest", "Sở Công Thương", 1, 1)]
    assert queries.batches_of(event) == told
    for count in (0, tickets.MOST_AT_ONCE + 1):
        with pytest.raises(Refused):
            tickets.issue_tickets(actor=SYSTEM, event=event, kind="visitor", count=count, at=now)
    with pytest.raises(Refused):
        tickets.issue_tickets(actor=SYSTEM, event=event, kind="exhibitor", count=1, at=now)


@pytest.mark.parametrize("told", ["sales", "entries", "visitors"])
def test_days_that_were_told_of_stay_days_of_the_event(
    now: datetime, event: TradeEvent, told: str
) -> None:
    today = timezone.localdate(now)
    if told == "sales":
        factories.told(now, factories.first(event), today)
    elif told == "entries":
        ticket = factories.exhibitor(now, event)
        shown = [factories.shown(ticket.code, today)]
        entering.check_in(actor=SYSTEM, event=event, records=shown, at=now)
    else:
        telling.count_visitors(actor=SYSTEM, event=event, day=today, counted=5, at=now)
    shorter = {"starts_on": event.starts_on, "calls_until": event.starts_on}
    for ends_on, kept in ((event.starts_on, False), (today, True)):
        particulars = making.particulars_of(now, ends_on=ends_on, takes_booths=False, **shorter)
        act = partial(events.change_event, actor=SYSTEM, event=event, particulars=particulars)
        if kept:
            assert act(at=now).ends_on == today
        else:
            with pytest.raises(Refused) as refused:
                act(at=now)
            assert refused.value.code == "event_ends_on"
            event.refresh_from_db()


@pytest.mark.parametrize(
    ("days", "code"), [(1, "cost_paid_on"), (-20_000, "year_unlikely"), (5_000, "year_unlikely")]
)
def test_money_is_paid_on_a_day_that_was(
    now: datetime, event: TradeEvent, days: int, code: str
) -> None:
    day = timezone.localdate(now) + timedelta(days=days)
    cost = Cost("other", "state", "Thuê bàn", 1_000, day)
    with pytest.raises(Refused) as refused:
        costs.add_cost(actor=SYSTEM, event=event, cost=cost, at=now)
    assert refused.value.code == code


def test_numbers_that_were_replaced_do_not_come_back_late(now: datetime, event: TradeEvent) -> None:
    row, day, lost = factories.first(event), event.starts_on, uuid.uuid4()
    tell = partial(telling.report_booth_day, actor=SYSTEM, application=row, day=day, at=now)
    tell(told=Sold(5), client_id=lost)  # the answer was lost: the device sends it again
    tell(told=Sold(9), client_id=uuid.uuid4())
    assert tell(told=Sold(5), client_id=lost).sold == 9
    assert BoothDay.objects.get().sold == 9


def test_a_booth_that_told_nothing_is_reminded_the_next_morning_once_for_each_day(
    now: datetime,
) -> None:
    today = timezone.localdate(now)
    event = factories.going_on(now, since=2)
    rows = list(event.applications.select_related("event", "producer").order_by("pk"))
    users = [member(now, row.producer) for row in rows]
    factories.told(now, rows[0], event.starts_on)
    for _n in range(2):
        reminding.remind(at=now)
    told = Message.objects.filter(kind="promotion.booth_untold")
    days = {user: set(told.filter(user=user).values_list("link", flat=True)) for user in users}
    own = "/cua-toi/su-kien/ho-so/%s/ngay/%d/"
    assert days[users[0]] == {own % (rows[0].code, 2)}
    assert days[users[1]] == {own % (rows[1].code, 1), own % (rows[1].code, 2)}
    assert told.count() == 3  # today is not over yet
    assert queries.silent(today + timedelta(days=30)) == []


def test_nobody_is_reminded_who_takes_no_part_or_sells_nothing(now: datetime) -> None:
    event = factories.going_on(now, kind=EventKind.WORKSHOP)
    fair = factories.going_on(now, applicants=1)
    applying.refuse_application(
        actor=SYSTEM, application=factories.first(fair), reason="Vi phạm nội quy", at=now
    )
    assert event.applications.count() == 2
    assert queries.silent(timezone.localdate(now)) == []


def test_a_visitor_takes_a_ticket_that_lets_in_and_tells_nothing_of_them(
    now: datetime, event: TradeEvent
) -> None:
    factories.visitors(now, event, 2)
    made = [tickets.take_ticket(actor=SYSTEM, event=event, at=now) for _n in range(2)]
    assert {(row.kind, row.holder, row.batch) for row in made} == {("visitor", "", 2)}
    assert queries.batches_of(event) == [(1, "visitor", "", 2, 0)]
    shown = factories.shown(made[0].code, event.starts_on)
    (noted,) = entering.check_in(actor=SYSTEM, event=event, records=[shown], at=now)
    assert noted.state == entering.ENTERED
    assert queries.came(event)[0].visitors == 1
    own = acting(now, person(now, Role.PROVINCIAL_OFFICER))
    with pytest.raises(NotAllowed):
        tickets.take_ticket(actor=own, event=event, at=now)


def test_no_ticket_is_taken_of_what_invites_is_over_or_was_not_told(now: datetime) -> None:
    workshop = factories.going_on(now, applicants=1, kind=EventKind.WORKSHOP)
    over = factories.going_on(now, applicants=1, since=4)
    calling = making.make_event(now)
    for event in (workshop, over, calling):
        with pytest.raises(Refused) as refusal:
            tickets.take_ticket(actor=SYSTEM, event=event, at=now)
        assert refusal.value.code == "tickets_not_given"
