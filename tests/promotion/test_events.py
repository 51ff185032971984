"""Events: their days, states, who may do what, who is told."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core import editing
from ocop.core.actor import ANONYMOUS, SYSTEM, Actor
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.programme.agenda import agenda
from ocop.programme.entries import What
from ocop.promotion import lifecycle, notices, queries
from ocop.promotion.allocation import Apart
from ocop.promotion.models import (
    ApplicationState,
    EventApplication,
    EventBooth,
    EventKind,
    EventState,
    TradeEvent,
)
from ocop.promotion.models.events import ApartChoice
from ocop.promotion.services import applying, events, inviting, plans
from tests.promotion import factories as making
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db


def acting(user: User, now: datetime) -> Actor:
    return people.actor_for(user, on=timezone.localdate(now))


def test_states_and_choices_of_the_models_are_those_of_the_rules() -> None:
    assert set(EventState.values) == set(lifecycle.STATES)
    assert [str(label) for label in EventState.labels] == list(lifecycle.STATES.values())
    assert set(ApartChoice.values) == set(Apart)
    states = {lifecycle.SENT, lifecycle.ACCEPTED, lifecycle.REFUSED, lifecycle.WITHDRAWN}
    assert set(ApplicationState.values) == states


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"place": ""}, "place"),
        ({"ends_on": -1}, "ends_on"),
        ({"ends_on": 200}, "ends_on"),
        ({"calls_until": 1}, "calls_until"),
        ({"least_stars": 2}, "least_stars"),
        ({"support_share": 101}, "support_share"),
        ({"support_share": 50}, "support_source"),
        ({"organisers": ["Sở"] * 21}, "organisers"),
        ({"booth_cost": -1}, "booth_cost"),
        ({"booth_cost": 10**20}, "booth_cost"),
    ],
)
def test_particulars_that_contradict_themselves_are_refused(
    change: dict[str, Any], field: str, now: datetime
) -> None:
    first = timezone.localdate(now) + timedelta(days=30)
    days = {
        name: first + timedelta(days=value)
        for name, value in change.items()
        if name in ("ends_on", "calls_until")
    }
    with pytest.raises(Refused) as refusal:
        making.make_event(now, **{**change, **days})
    assert field in refusal.value.fields


@pytest.mark.parametrize("year", [1, 1999, 9999])
def test_years_that_nobody_means_are_refused(year: int, now: datetime) -> None:
    day = date(year, 6, 1)
    with pytest.raises(Refused) as refusal:
        making.make_event(now, called=False, starts_on=day, ends_on=day, calls_until=day)
    assert refusal.value.code == "year_unlikely"


def test_an_event_does_not_begin_anew_in_the_past(now: datetime) -> None:
    event = making.make_event(now)
    past = timezone.localdate(now) - timedelta(days=9)
    told = making.particulars_of(now, starts_on=past, ends_on=past, calls_until=past)
    with pytest.raises(Refused) as refusal:
        events.change_event(actor=SYSTEM, event=event, particulars=told, at=now)
    assert refusal.value.code == "event_starts_on"


def test_a_series_is_one_however_it_is_written(now: datetime) -> None:
    first = making.make_event(now, series="Tuần hàng OCOP Hà Nội")
    second = making.make_event(now, series="  tuần hàng  ocop hà nội ")
    assert first.series == second.series


def test_an_event_is_public_from_its_call_on_even_when_called_off(now: datetime) -> None:
    event = making.make_event(now, called=False)
    assert not queries.known_events().exists()
    events.open_call(actor=SYSTEM, event=event, at=now)
    assert list(queries.known_events()) == [event]
    events.cancel_event(actor=SYSTEM, event=event, reason="Mưa bão", at=now)
    assert list(queries.known_events()) == [event]
    quiet = making.make_event(now, called=False)
    events.cancel_event(actor=SYSTEM, event=quiet, reason="Trùng lịch", at=now)
    assert quiet not in queries.known_events()


def test_a_call_whose_last_day_has_passed_is_not_opened(now: datetime) -> None:
    event = making.make_event(now, called=False)
    with pytest.raises(Refused, match="Hạn đăng ký đã qua"):
        events.open_call(actor=SYSTEM, event=event, at=now + timedelta(days=11))


def test_an_event_ends_the_day_after_its_last(now: datetime) -> None:
    event = making.told(now, making.choosing(now))
    late = making.day_after(event)
    with pytest.raises(Refused, match="chưa hết ngày cuối"):
        events.finish_event(actor=SYSTEM, event=event, at=late - timedelta(minutes=1))
    assert events.finish_event(actor=SYSTEM, event=event, at=late).state == "held"
    with pytest.raises(Refused, match="Đã diễn ra"):
        events.cancel_event(actor=SYSTEM, event=event, reason="Muộn rồi", at=late)


def test_who_applied_is_told_of_other_days_and_why_it_is_called_off(now: datetime) -> None:
    event = making.make_event(now)
    row = making.applied(now, event)
    user = member(now, row.producer)
    later = event.starts_on + timedelta(days=1)
    particulars = making.particulars_of(now, starts_on=later)
    events.change_event(actor=SYSTEM, event=event, particulars=particulars, at=now)
    events.change_event(actor=SYSTEM, event=event, particulars=particulars, at=now)
    events.cancel_event(actor=SYSTEM, event=event, reason="Mưa bão", at=now)
    told = Message.objects.filter(user=user).order_by("pk")
    assert [message.kind for message in told] == ["promotion.changed", "promotion.cancelled"]
    assert "Mưa bão" in told[1].body


def test_a_change_made_on_what_was_seen_earlier_is_refused(now: datetime) -> None:
    event = making.make_event(now)
    seen = editing.mark(event)
    events.change_event(
        actor=SYSTEM, event=event, particulars=making.particulars_of(now, hours="8–21 giờ"), at=now
    )
    with pytest.raises(Refused, match="Đã có người sửa"):
        events.change_event(
            actor=SYSTEM, event=event, particulars=making.particulars_of(now), seen=seen, at=now
        )


def test_the_result_is_told_to_everybody_who_waits(now: datetime) -> None:
    event = making.choosing(now, applicants=3, booths=2)
    rows = list(event.applications.all())
    users = [member(now, row.producer) for row in rows]
    making.told(now, event)
    states = list(event.applications.values_list("state", flat=True))
    assert sorted(states) == ["accepted", "accepted", "refused"]
    (refused,) = event.applications.filter(state="refused")
    assert "Điểm thấp nhất được xếp" in refused.answer
    for row, user in zip(rows, users, strict=True):
        row.refresh_from_db()
        (message,) = Message.objects.filter(user=user)
        if row.state == "accepted":
            assert row.assignment.booth.label in message.body
        else:
            assert row.answer in message.body


def test_without_booths_all_who_were_not_refused_take_part(now: datetime) -> None:
    event = making.make_event(now, kind=EventKind.WORKSHOP, takes_booths=False)
    first, second = making.applied(now, event, area=0), making.applied(now, event, area=0)
    applying.refuse_application(
        actor=SYSTEM, application=second, reason="Hội trường đã đủ chỗ", at=now
    )
    making.closed(now, event)
    events.publish_result(actor=SYSTEM, event=event, at=now)
    for row, state in ((first, "accepted"), (second, "refused")):
        row.refresh_from_db()
        assert row.state == state


def test_no_result_is_told_while_no_booth_is_given(now: datetime) -> None:
    with pytest.raises(Refused, match="Chưa xếp gian nào"):
        events.publish_result(actor=SYSTEM, event=making.choosing(now), at=now)


@pytest.mark.parametrize(
    ("role", "manages", "organises", "sees"),
    [
        (Role.PROVINCIAL_OFFICER, True, True, 2),
        (Role.OFFICE_HEAD, True, True, 2),
        (Role.EVENT_ORGANISER, False, True, 2),
        (Role.AUDITOR, False, False, 2),
        (Role.COMMUNE_OFFICER, False, False, 1),
        (Role.INSPECTOR, False, False, 0),
        (None, False, False, 0),
    ],
)
def test_who_may_do_what_and_sees_which_applications(
    role: Role | None, manages: bool, organises: bool, sees: int, now: datetime
) -> None:
    places = build_places(now)
    event = making.make_event(now)
    making.applied(now, event, making.make_goods(now, commune=places.here))
    making.applied(now, event, making.make_goods(now, commune=places.there))
    unit = places.here if role == Role.COMMUNE_OFFICER else None
    actor = acting(person(now, role, unit), now)
    assert queries.applications_visible_to(actor).count() == sees
    hall, spots = making.HALL, []
    for allowed, act in (
        (manages, lambda: events.close_call(actor=actor, event=event, at=now)),
        (
            organises,
            lambda: plans.set_plan(actor=actor, event=event, hall=hall, spots=spots, at=now),
        ),
    ):
        if allowed:
            act()
        else:
            with pytest.raises(NotAllowed):
                act()


def test_people_of_a_producer_see_their_own_applications_only(now: datetime) -> None:
    event = making.make_event(now)
    mine, _other = making.applied(now, event), making.applied(now, event)
    actor = acting(member(now, mine.producer), now)
    assert list(queries.applications_visible_to(actor)) == [mine]
    assert list(queries.own_applications(actor)) == [mine]
    assert not queries.applications_visible_to(ANONYMOUS).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"support_share": 101},
        {"least_stars": 1},
        {"state": "cancelled"},
        {"cancelled_for": "Mưa"},
    ],
)
def test_the_database_refuses_what_no_event_may_be(wrong: dict[str, Any], now: datetime) -> None:
    event = making.make_event(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        TradeEvent.objects.filter(pk=event.pk).update(**wrong)


def test_the_database_keeps_one_booth_of_a_number_and_one_application(now: datetime) -> None:
    event = making.with_plan(now, making.make_event(now))
    row = making.applied(now, event)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventBooth.objects.create(event=event, label="A01", x=0, y=0, width=30, depth=30)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventApplication.objects.create(
            code="x", event=event, producer=row.producer, contact="A", sent_at=now
        )


def test_who_has_the_stars_and_has_not_applied_is_told_of_a_call_once(now: datetime) -> None:
    event = making.make_event(now, least_stars=4)
    good, few = making.make_goods(now, stars=4), making.make_goods(now, stars=3)
    applied = making.applied(now, event, making.make_goods(now, stars=5))
    user = member(now, good.producer)
    for other in (few.producer, applied.producer):
        member(now, other)
    assert inviting.invite(actor=SYSTEM, event=event, at=now) == 1
    (message,) = Message.objects.all()
    assert (message.user, message.kind) == (user, "promotion.called")
    with pytest.raises(Refused, match="đã được báo"):
        inviting.invite(actor=SYSTEM, event=event, at=now)
    making.closed(now, event)
    with pytest.raises(Refused, match="không nhận đăng ký"):
        inviting.invite(actor=SYSTEM, event=event, at=now)


def test_events_stand_in_the_agenda_of_who_takes_part_and_of_the_office(now: datetime) -> None:
    event = making.choosing(now, applicants=1)
    mine = acting(member(now, event.applications.get().producer), now)
    office = acting(person(now, Role.PROVINCIAL_OFFICER), now)
    today = timezone.localdate(now)
    assert not [entry for entry in agenda(mine, on=today) if entry.what == What.EVENT]
    making.told(now, event)
    for actor, link in ((mine, notices.own_link(event)), (office, notices.office_link(event))):
        (entry,) = [entry for entry in agenda(actor, on=today) if entry.what == What.EVENT]
        assert (entry.on, entry.until, entry.link) == (event.starts_on, event.ends_on, link)
    late = timezone.localdate(making.day_after(event))
    (entry,) = [entry for entry in agenda(office, on=late) if entry.what == What.EVENT]
    assert "kết thúc sự kiện" in entry.detail
