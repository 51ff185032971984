"""The plan of an event, booths given by hand and by computation."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.jobs.files import JobState
from ocop.core.models import Option
from ocop.core.refusals import Refused
from ocop.people.models import Message
from ocop.products.models import Product
from ocop.promotion import jobs, plan, queries
from ocop.promotion.models import Allocation, TradeEvent
from ocop.promotion.plan import Spot
from ocop.promotion.services import allocating, applying, events, plans
from ocop.recognition.models import Recognition
from tests.promotion import factories as making
from tests.world import member

pytestmark = pytest.mark.django_db


def set_plan(now: datetime, event: TradeEvent, *spots: Spot) -> None:
    plans.set_plan(actor=SYSTEM, event=event, hall=making.HALL, spots=spots, at=now)


def test_a_new_plan_keeps_booths_of_the_same_number_and_who_stands_there(now: datetime) -> None:
    event = making.choosing(now, applicants=1)
    row, booth = event.applications.get(), event.booths.get(label="A01")
    plans.assign_booth(actor=SYSTEM, application=row, booth=booth, at=now)
    set_plan(now, event, Spot("A01", 50, 0, 30, 30, "IV"), Spot("B07", 100, 0, 60, 30))
    assert [spot.label for spot in queries.spots_of(event)] == ["A01", "B07"]
    assert event.booths.get(label="A01").pk == booth.pk
    assert queries.assignments_of(event).get().application == row


def test_a_booth_with_somebody_on_it_is_not_taken_away_or_kept(now: datetime) -> None:
    event = making.choosing(now, applicants=1)
    row, booth = event.applications.get(), event.booths.get(label="A01")
    plans.assign_booth(actor=SYSTEM, application=row, booth=booth, at=now)
    for spots in ((Spot("B07", 0, 0, 30, 30),), (Spot("A01", 0, 0, 30, 30, kept_for="BTC"),)):
        with pytest.raises(Refused, match="A01 đã xếp"):
            set_plan(now, event, *spots)
    plans.clear_booth(actor=SYSTEM, application=row, at=now)
    set_plan(now, event, Spot("B07", 0, 0, 30, 30))
    with pytest.raises(Refused, match="chưa được xếp"):
        plans.clear_booth(actor=SYSTEM, application=row, at=now)


def test_an_event_without_booths_takes_no_plan(now: datetime) -> None:
    with pytest.raises(Refused, match="không có gian"):
        set_plan(now, making.make_event(now, takes_booths=False), Spot("A01", 0, 0, 30, 30))


def test_by_hand_nobody_gets_a_booth_that_is_taken_kept_or_of_another_event(now: datetime) -> None:
    event = making.choosing(now, applicants=2)
    first, second = event.applications.all()
    booth = event.booths.get(label="A01")
    plans.assign_booth(actor=SYSTEM, application=first, booth=booth, at=now)
    with pytest.raises(Refused, match="đã có hồ sơ khác"):
        plans.assign_booth(actor=SYSTEM, application=second, booth=booth, at=now)
    other = making.choosing(now, applicants=1).booths.get(label="A01")
    with pytest.raises(Refused, match="sự kiện khác"):
        plans.assign_booth(actor=SYSTEM, application=second, booth=other, at=now)
    kept = event.booths.get(label="A02")
    kept.kept_for = "Ban tổ chức"
    kept.save()
    with pytest.raises(Refused, match="Ban tổ chức"):
        plans.assign_booth(actor=SYSTEM, application=second, booth=kept, at=now)
    plans.assign_booth(actor=SYSTEM, application=first, booth=event.booths.get(label="A03"), at=now)
    plans.assign_booth(actor=SYSTEM, application=second, booth=booth, at=now)
    assert [row.booth.label for row in queries.assignments_of(event)] == ["A01", "A03"]


def test_no_booth_is_given_while_the_call_is_open(now: datetime) -> None:
    event = making.with_plan(now, making.make_event(now))
    row = making.applied(now, event)
    with pytest.raises(Refused, match="sau khi đóng đăng ký"):
        plans.assign_booth(
            actor=SYSTEM, application=row, booth=event.booths.get(label="A01"), at=now
        )


def test_after_the_result_a_moved_participant_is_told(now: datetime) -> None:
    event = making.told(now, making.choosing(now, applicants=1))
    row = event.applications.get()
    user = member(now, row.producer)
    free = event.booths.filter(assignment=None).first()
    assert free is not None
    plans.assign_booth(actor=SYSTEM, application=row, booth=free, at=now)
    (message,) = Message.objects.filter(user=user)
    assert free.label in message.body


def test_booths_are_computed_by_the_worker_and_taken_by_an_officer(now: datetime) -> None:
    event = making.choosing(now, applicants=3, booths=2)
    made = allocating.ask_allocation(actor=SYSTEM, event=event, at=now)
    assert made.state == JobState.WAITING
    jobs.work.call(made.pk, made.run)
    made.refresh_from_db()
    assert made.state == JobState.READY
    assert (made.result["gap"], made.result["place_gap"]) == (0, 0)
    assert not queries.assignments_of(event).exists()
    allocating.take_allocation(actor=SYSTEM, made=made, at=now)
    assert queries.assignments_of(event).count() == 2
    (last,) = event.applications.exclude(answer="")
    assert last == list(event.applications.all())[-1]  # of equal points who asked last
    assert "Điểm của hồ sơ" in last.answer
    with pytest.raises(Refused, match="đã được đưa lên"):
        allocating.take_allocation(actor=SYSTEM, made=made, at=now)


def test_a_result_of_what_has_changed_since_is_not_taken(now: datetime) -> None:
    event = making.choosing(now)
    made = making.computed(now, event)
    plans.assign_booth(
        actor=SYSTEM,
        application=event.applications.all()[0],
        booth=event.booths.get(label="A04"),
        at=now,
    )
    with pytest.raises(Refused, match="đã thay đổi"):
        allocating.take_allocation(actor=SYSTEM, made=made, at=now)


def test_who_was_given_a_booth_by_hand_stays_there(now: datetime) -> None:
    event = making.choosing(now, applicants=3, booths=3)
    row, booth = event.applications.all()[2], event.booths.get(label="A01")
    plans.assign_booth(actor=SYSTEM, application=row, booth=booth, at=now)
    for _turn in range(2):
        allocating.take_allocation(actor=SYSTEM, made=making.computed(now, event), at=now)
        assert queries.assignments_of(event).count() == 3
        assert queries.assignments_of(event).get(booth=booth).application == row


def test_booths_kept_by_the_organiser_are_not_given(now: datetime) -> None:
    event = making.choosing(now, applicants=2, booths=2)
    event.booths.filter(label="A01").update(kept_for="Ban tổ chức")
    allocating.take_allocation(actor=SYSTEM, made=making.computed(now, event), at=now)
    assert [row.booth.label for row in queries.assignments_of(event)] == ["A02"]


def test_there_is_nothing_to_compute_without_booths_or_applicants(now: datetime) -> None:
    with pytest.raises(Refused, match="chưa có gian"):
        making.computed(now, making.closed(now, making.make_event(now)))
    with pytest.raises(Refused, match="Không có hồ sơ"):
        making.computed(now, making.choosing(now, applicants=0))
    with pytest.raises(Refused, match="đóng đăng ký"):
        making.computed(now, making.with_plan(now, making.make_event(now)))


def test_an_allocation_at_work_is_not_begun_twice(now: datetime) -> None:
    event = making.choosing(now)
    first = allocating.ask_allocation(actor=SYSTEM, event=event, at=now)
    assert allocating.ask_allocation(actor=SYSTEM, event=event, at=now) == first


def test_what_ended_with_its_machine_is_computed_again(now: datetime) -> None:
    made = allocating.ask_allocation(actor=SYSTEM, event=making.choosing(now), at=now)
    Allocation.objects.filter(pk=made.pk).update(state=JobState.WORKING)
    with pytest.raises(Refused, match="đang chạy"):
        allocating.allocate_again(actor=SYSTEM, made=made, at=now)
    assert jobs.resume_silent(at=now + timedelta(hours=1)) == 1
    made.refresh_from_db()
    assert (made.state, made.run) == (JobState.WAITING, 2)


def test_who_had_a_booth_at_the_last_fairs_of_the_series_stands_behind(now: datetime) -> None:
    old, new = making.make_goods(now, "Chè cũ"), making.make_goods(now, "Chè mới")
    for year in (2024, 2025):
        making.held_before(now, old.producer, "Hội chợ Xuân", date(year, 12, 1))
    event = making.with_plan(now, making.make_event(now, series="Hội chợ Xuân"), (("", 1),))
    making.applied(now, event, old)
    making.applied(now, event, new)
    making.closed(now, event)
    allocating.take_allocation(actor=SYSTEM, made=making.computed(now, event), at=now)
    assert queries.assignments_of(event).get().application.producer == new.producer
    row = event.applications.get(producer=old.producer)
    assert ["had_booth", -20] in row.points_told
    assert "đã có gian hàng trong ba năm −20" in row.answer


def test_another_series_does_not_count(now: datetime) -> None:
    goods = making.make_goods(now)
    making.held_before(now, goods.producer, "Hội chợ Hè", date(2025, 6, 1))
    row = making.applied(now, making.make_event(now, series="Hội chợ Xuân"), goods)
    assert queries.pasts(row.event, [row], date(2026, 11, 23))[row.pk].booths == 0


def test_a_province_sets_its_own_points(now: datetime) -> None:
    Option.objects.create(key="promotion.priority", value={"star_3": 1, "first_time": 0})
    event = making.make_event(now)
    row = making.applied(now, event)
    parts = queries.points_of(event, [row], date(2026, 11, 23))[row.pk]
    assert [(part.key, part.points) for part in parts] == [("stars", 1), ("traceable", 5)]


def test_the_result_says_the_same_as_the_plan(now: datetime) -> None:
    event = making.told(now, making.choosing(now, applicants=4, booths=3))
    made = event.allocations.get()
    told = {row.application.code: row.booth.label for row in queries.assignments_of(event)}
    assert made.result["seats"] == told
    assert {row.code for row in queries.participants(event)} == told.keys()
    assert len(plan.neighbours(queries.spots_of(event))) == 2
    assert events.finish_event(actor=SYSTEM, event=event, at=making.day_after(event))


def lose_star(product: Product) -> None:
    Recognition.objects.filter(product=product).update(revoked_on=date(2026, 11, 1))


def test_who_lost_the_star_since_it_applied_is_given_no_booth(now: datetime) -> None:
    event = making.choosing(now, applicants=2)
    lost, kept = event.applications.order_by("pk")
    lose_star(lost.goods.get().product)
    made = making.computed(now, event)
    assert list(made.result["seats"]) == [kept.code]
    assert made.result["refusals"][lost.code]["reason"] == "conditions"
    allocating.take_allocation(actor=SYSTEM, made=made, at=now)
    events.publish_result(actor=SYSTEM, event=event, at=now)
    lost.refresh_from_db()
    assert (lost.state, "không có sao" in lost.answer) == ("refused", True)


def test_a_star_lost_after_the_computation_frees_the_booth_when_the_result_is_told(
    now: datetime,
) -> None:
    event = making.choosing(now, applicants=2)
    allocating.take_allocation(actor=SYSTEM, made=making.computed(now, event), at=now)
    lost, _kept = event.applications.order_by("pk")
    lose_star(lost.goods.get().product)
    stale = making.computed(now, event)
    assert lost.code not in stale.result["seats"]
    events.publish_result(actor=SYSTEM, event=event, at=now)
    states = list(event.applications.order_by("pk").values_list("state", flat=True))
    assert states == ["refused", "accepted"]
    assert [each.application_id for each in queries.assignments_of(event)] == [_kept.pk]


def test_who_brings_other_goods_that_may_come_stays(now: datetime) -> None:
    event = making.choosing(now, applicants=0)
    first = making.make_goods(now)
    second = making.make_goods(now, producer=first.producer)
    events.open_call(actor=SYSTEM, event=event, at=now)
    wish = making.wish_of(first, second)
    applying.apply(actor=SYSTEM, event=event, producer=first.producer, wish=wish, at=now)
    lose_star(first)
    assert queries.unfit(event, event.applications.all(), timezone.localdate(now)) == {}
    lose_star(second)
    (told,) = queries.unfit(event, event.applications.all(), timezone.localdate(now)).values()
    assert [each.product for each in told] == [first, second]


def test_a_booth_computed_for_other_wishes_is_free_when_they_change(now: datetime) -> None:
    event = making.choosing(now, applicants=1)
    allocating.take_allocation(actor=SYSTEM, made=making.computed(now, event), at=now)
    row = event.applications.get()
    events.open_call(actor=SYSTEM, event=event, at=now)
    wish = making.wish_of(row.goods.get().product, area=2_000)
    applying.change_application(actor=SYSTEM, application=row, wish=wish, at=now)
    assert not queries.assignments_of(event).exists()
