"""From the application of a point to its last day."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from ocop.core import events
from ocop.core.actor import SYSTEM, Actor
from ocop.core.fieldwork import Position
from ocop.core.refusals import NotAllowed, Refused
from ocop.network import place_types
from ocop.network.models import PointState, SalesPoint
from ocop.network.queries import points as queries
from ocop.network.services import keepers, points
from ocop.network.services.points import PointParticulars, Visited
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.places.models import Unit
from tests.factories import OldUnitFactory, ProducerFactory, UnitFactory
from tests.network.factories import (
    make_application,
    make_chain,
    make_keeper,
    make_point,
    make_visit,
)
from tests.world import member, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune() -> Unit:
    return UnitFactory(name="Xã Đại Xuyên")


def known(commune: Unit, **more: object) -> PointParticulars:
    told = {
        "name": " Điểm OCOP  Vân Từ ",
        "place_type": "village",
        "operator": "HTX Vân Từ",
        "address": "Thôn Một",
        "commune": commune,
    }
    return PointParticulars(**(told | more))  # type: ignore[arg-type]


def apply(now: datetime, given: PointParticulars, actor: Actor = SYSTEM) -> SalesPoint:
    return points.apply_point(actor=actor, particulars=given, at=now)


def answers(point: SalesPoint, **more: str) -> dict[str, str]:
    return dict.fromkeys(place_types.checks_for(point.place_type), "yes") | more


def recognise(point: SalesPoint, now: datetime, actor: Actor = SYSTEM) -> SalesPoint:
    return points.recognise_point(
        actor=actor,
        point=point,
        number="12/QĐ-UBND",
        signed_on=now.date(),
        authority="UBND thành phố Hà Nội",
        at=now,
    )


def test_application_waits_and_the_office_is_told(now: datetime, commune: Unit) -> None:
    officer = person(now, Role.PROVINCIAL_OFFICER)
    found = apply(now, known(commune, opens_at=time(8), closes_at=time(17), closed_days="7"))
    found.refresh_from_db()
    assert (found.name, found.state, found.unit) == ("Điểm OCOP Vân Từ", "applied", commune)
    assert Message.objects.get(user=officer).link == f"/dieu-hanh/mang-luoi/diem-ban/{found.code}/"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", {"name": " "}),
        ("operator", {"operator": ""}),
        ("address", {"address": ""}),
        ("place_type", {"place_type": "moon"}),
        ("closes_at", {"opens_at": time(8)}),
        ("closes_at", {"opens_at": time(8), "closes_at": time(8)}),
        ("closed_days", {"closed_days": "8"}),
        ("website", {"website": "javascript:alert(1)"}),
        ("phone", {"phone": "0912 <b>x"}),
        ("position", {"position": Position(99, 0)}),
    ],
)
def test_application_that_lacks_something_is_refused(
    now: datetime, commune: Unit, field: str, wrong: dict[str, object]
) -> None:
    with pytest.raises(Refused) as refusal:
        apply(now, known(commune, **wrong))
    assert list(refusal.value.fields) == [field]


def test_point_lies_in_a_commune_of_today(now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        apply(now, known(OldUnitFactory()))
    assert list(refusal.value.fields) == ["commune"]


def test_producer_applies_for_its_own_point_only(now: datetime, commune: Unit) -> None:
    maker = ProducerFactory()
    actor = people.actor_for(member(now, maker), on=now.date())
    found = points.apply_point(actor=actor, particulars=known(commune), producer=maker, at=now)
    assert found.producer == maker
    with pytest.raises(NotAllowed):
        points.apply_point(
            actor=actor, particulars=known(commune), producer=ProducerFactory(), at=now
        )


def test_officer_applies_in_the_own_commune_only(now: datetime, commune: Unit) -> None:
    officer = person(now, Role.COMMUNE_OFFICER, commune)
    actor = people.actor_for(officer, on=now.date())
    assert apply(now, known(commune), actor).applied_by == officer
    with pytest.raises(NotAllowed):
        apply(now, known(UnitFactory()), actor)


def test_visit_passes_when_nothing_is_answered_with_no(now: datetime) -> None:
    point = make_application(place_type="post")
    told = Visited(now, answers(point))
    visit = points.visit_point(actor=SYSTEM, point=point, told=told, at=now)
    assert visit.passed
    assert visit.checklist == "qd-950-2023"
    bad = replace(told, answers=answers(point, consent="no"))
    assert not points.visit_point(actor=SYSTEM, point=point, told=bad, at=now).passed


def test_visit_answers_every_question_of_the_place(now: datetime) -> None:
    point = make_application(place_type="post")
    told = answers(point)
    del told["consent"]
    with pytest.raises(Refused) as refusal:
        points.visit_point(actor=SYSTEM, point=point, told=Visited(now, told), at=now)
    assert list(refusal.value.fields) == ["check_consent"]


def test_visit_before_the_programme_is_refused(now: datetime) -> None:
    point = make_application()
    told = Visited(now.replace(year=2018, month=5, day=6), answers(point))
    with pytest.raises(Refused) as refusal:
        points.visit_point(actor=SYSTEM, point=point, told=told, at=now)
    assert list(refusal.value.fields) == ["visited_on"]


def test_application_sent_twice_is_one(now: datetime, commune: Unit) -> None:
    first = apply(now, known(commune))
    with pytest.raises(Refused) as refusal:
        apply(now, known(commune, name="ĐIỂM OCOP Vân Từ"))
    assert (refusal.value.code, "Chờ thẩm định" in refusal.value.message) == ("point_known", True)
    apply(now, known(commune, address="Thôn Hai"))
    apply(now, known(UnitFactory()))
    points.refuse_point(actor=SYSTEM, point=first, reason="Không có mặt bằng", at=now)
    assert apply(now, known(commune)).state == PointState.APPLIED


def test_position_far_from_the_commune_is_refused(now: datetime) -> None:
    commune = UnitFactory(name="Xã Đại Xuyên", lat=20.7, lon=105.9)
    with pytest.raises(Refused) as refusal:
        apply(now, known(commune, position=Position(0.0, 0.0)))
    assert list(refusal.value.fields) == ["position"]
    assert "Xã Đại Xuyên" in refusal.value.message
    assert apply(now, known(commune, position=Position(20.74, 105.91))).lat == 20.74


def test_visit_to_come_is_refused(now: datetime) -> None:
    point = make_application()
    told = Visited(now + timedelta(hours=1), answers(point))
    with pytest.raises(Refused) as refusal:
        points.visit_point(actor=SYSTEM, point=point, told=told, at=now)
    assert refusal.value.code == "point_visit_to_come"


def test_point_is_recognised_after_its_last_visit_passed(now: datetime) -> None:
    point = make_application(applied_by=person(now, None))
    with pytest.raises(Refused) as refusal:
        recognise(point, now)
    assert refusal.value.code == "point_not_visited"
    make_visit(point, now - timedelta(days=3))
    make_visit(point, now - timedelta(days=2), passed=False)
    with pytest.raises(Refused):
        recognise(point, now)
    make_visit(point, now - timedelta(days=1))
    recognise(point, now)
    point.refresh_from_db()
    assert (point.state, point.number) == ("recognised", "12/QĐ-UBND")
    assert Message.objects.get(user=point.applied_by).link == f"/diem-ban/{point.code}/"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("number", {"number": " "}),
        ("authority", {"authority": ""}),
        ("signed_on", {"signed_on": date(2099, 1, 1)}),
        ("signed_on", {"signed_on": date(1926, 12, 1)}),  # before the visit
        ("signed_on", {"signed_on": date(2026, 11, 22)}),
    ],
)
def test_decision_needs_number_authority_and_a_day(
    now: datetime, field: str, wrong: dict[str, object]
) -> None:
    point = make_application()
    make_visit(point, now)
    told = {"number": "1/QĐ", "signed_on": now.date(), "authority": "UBND"} | wrong
    with pytest.raises(Refused) as refusal:
        points.recognise_point(actor=SYSTEM, point=point, at=now, **told)  # type: ignore[arg-type]
    assert list(refusal.value.fields) == [field]


def test_decision_that_was_entered_wrongly_is_mended(now: datetime) -> None:
    point = make_point()
    make_visit(point, now.replace(month=1, day=10))
    make_visit(point, now)  # looked at again since
    told = {"number": "13/QĐ-UBND", "authority": "UBND thành phố", "reason": "Ghi nhầm số"}

    def correct(day: date, **more: str) -> SalesPoint:
        return points.correct_point_decision(
            actor=SYSTEM, point=point, signed_on=day, at=now, **(told | more)
        )

    for day in (date(2026, 1, 9), date(2026, 11, 24)):
        with pytest.raises(Refused) as refusal:
            correct(day)
        assert list(refusal.value.fields) == ["signed_on"]
    with pytest.raises(Refused):
        correct(date(2026, 1, 16), reason=" ")
    correct(date(2026, 1, 16))
    point.refresh_from_db()
    assert (point.number, point.recognised_on) == ("13/QĐ-UBND", date(2026, 1, 16))
    event = events.activity(point)[0]
    assert event.change["values"]["decision"] == ["12/QĐ-UBND", "13/QĐ-UBND"]


def test_point_is_answered_once(now: datetime) -> None:
    point = make_application(applied_by=person(now, None))
    points.refuse_point(actor=SYSTEM, point=point, reason="Không có mặt bằng", at=now)
    assert Message.objects.get(user=point.applied_by).body == "Không có mặt bằng"
    make_visit(point, now)
    with pytest.raises(Refused) as refusal:
        recognise(point, now)
    assert refusal.value.code == "point_state"


def test_closed_point_leaves_the_public_list_the_same_day(now: datetime) -> None:
    point = make_point()
    today = now.date()
    assert queries.open_on(today).get() == point
    points.close_point(actor=SYSTEM, point=point, reason="Hết hợp đồng thuê", at=now)
    assert not queries.open_on(point.closed_on or today).exists()
    assert queries.open_on(today - timedelta(days=1)).exists()
    assert queries.visible_to(people.actor_for(None, on=today)).exists()  # its page says so


def test_state_pays_at_most_half_of_the_approved_cost(now: datetime) -> None:
    point = make_point()
    points.set_point_money(
        actor=SYSTEM, point=point, approved_cost=200_000_001, state_paid=100_000_000, at=now
    )
    with pytest.raises(Refused) as refusal:
        points.set_point_money(
            actor=SYSTEM, point=point, approved_cost=200_000_001, state_paid=100_000_001, at=now
        )
    assert "100.000.000" in refusal.value.message
    with pytest.raises(Refused):
        points.set_point_money(actor=SYSTEM, point=point, approved_cost=-2, state_paid=-1, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        SalesPoint.objects.update(state_paid=100_000_001)
    with pytest.raises(IntegrityError), transaction.atomic():
        SalesPoint.objects.update(state_paid=1, approved_cost=None)


def test_change_is_refused_when_somebody_changed_it_meanwhile(now: datetime, commune: Unit) -> None:
    point = apply(now, known(commune))
    with pytest.raises(Refused) as refusal:
        points.change_point(
            actor=SYSTEM, point=point, particulars=known(commune), seen="old", at=now
        )
    assert refusal.value.code == "changed_meanwhile"
    points.change_point(
        actor=SYSTEM, point=point, particulars=known(commune, name="Điểm Hai"), at=now
    )
    point.refresh_from_db()
    assert (point.name, point.folded) == ("Điểm Hai", "diem hai thon mot")


def test_keeper_changes_the_point_and_ends_with_the_office(now: datetime) -> None:
    user = person(now, None)
    point = make_point(commune=UnitFactory())
    actor = people.actor_for(user, on=now.date())
    given = known(point.commune, name=point.name, operator=point.operator, phone="0912 345 678")
    with pytest.raises(NotAllowed):
        points.change_point(actor=actor, point=point, particulars=given, at=now)
    keeper = keepers.appoint_keeper(actor=SYSTEM, point=point, login=str(user.email), at=now)
    points.change_point(actor=actor, point=point, particulars=given, at=now)
    point.refresh_from_db()
    assert (point.phone, point.address) == ("0912 345 678", "Thôn Một")
    for name in ({"name": "Điểm Ba"}, {"place_type": "market"}, {"operator": "Người khác"}):
        with pytest.raises(NotAllowed):  # what the decision named
            points.change_point(
                actor=actor, point=point, particulars=replace(given, **name), at=now
            )
        point.refresh_from_db()
    assert list(queries.own(actor, now.date())) == [point]
    assert Message.objects.get(user=user).link == f"/cua-toi/diem-ban/{point.code}/"
    moved = replace(given, commune=UnitFactory())
    with pytest.raises(NotAllowed):  # not into a commune that is not theirs to speak for
        points.change_point(actor=actor, point=point, particulars=moved, at=now)
    keepers.end_keeper(actor=SYSTEM, keeper=keeper, reason="Nghỉ việc", at=now)
    assert not queries.own(actor, now.date()).exists()
    with pytest.raises(Refused):
        keepers.end_keeper(actor=SYSTEM, keeper=keeper, reason="Nghỉ việc", at=now)


def test_keeper_has_an_account_keeps_once_and_an_open_point(now: datetime) -> None:
    point = make_point()
    user = person(now, None)
    with pytest.raises(Refused):
        keepers.appoint_keeper(actor=SYSTEM, point=point, login="khong@ocop.example", at=now)
    make_keeper(point, user)
    with pytest.raises(Refused):
        keepers.appoint_keeper(actor=SYSTEM, point=point, login=str(user.email), at=now)
    with pytest.raises(Refused):
        keepers.appoint_keeper(
            actor=SYSTEM, point=make_application(), login=str(user.email), at=now
        )


def test_chain_has_a_name_of_its_own(now: datetime) -> None:
    chain = keepers.open_chain(actor=SYSTEM, name="Chuỗi Một", shared_stock=True, at=now)
    for name in ("chuỗi  một", "…"):
        with pytest.raises(Refused):
            keepers.open_chain(actor=SYSTEM, name=name, shared_stock=False, at=now)
    point = make_point()
    keepers.join_chain(actor=SYSTEM, point=point, chain=chain, at=now)
    assert list(chain.points.all()) == [point]


def test_application_is_seen_by_who_oversees_it_only(now: datetime) -> None:
    own, other = UnitFactory(), UnitFactory()
    here, there = make_application(commune=own), make_application(commune=other)
    officer = person(now, Role.COMMUNE_OFFICER, own)
    keeper, maker = person(now, None), ProducerFactory()
    make_keeper(there, keeper)
    third = make_application(producer=maker)

    def seen(user: User | None) -> set[SalesPoint]:
        return set(queries.visible_to(people.actor_for(user, on=now.date())))

    assert seen(None) == set()
    assert seen(officer) == {here}
    assert seen(keeper) == {there}
    assert seen(member(now, maker)) == {third}
    assert set(queries.overseen_by(people.actor_for(officer, on=now.date()))) == {here}
    inspector = person(now, Role.INSPECTOR)
    assert seen(inspector) == {here, there, third}


def test_state_of_a_point_has_its_decision() -> None:
    make_chain()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_point(number="")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_point(state=PointState.CLOSED, recognised_on=None)


def test_chain_changes_its_name_and_stops_sharing(now: datetime) -> None:
    chain, other = make_chain(), make_chain(name="Chuỗi Hai", folded="chuoi hai")
    with pytest.raises(Refused) as refusal:
        keepers.change_chain(actor=SYSTEM, chain=chain, name=other.name, shared_stock=True, at=now)
    assert list(refusal.value.fields) == ["name"]
    chain.refresh_from_db()
    keepers.change_chain(actor=SYSTEM, chain=chain, name="Chuỗi Một", shared_stock=False, at=now)
    chain.refresh_from_db()
    assert (chain.name, chain.shared_stock) == ("Chuỗi Một", False)


def test_people_of_the_producer_keep_the_point_that_it_runs(now: datetime) -> None:
    maker = ProducerFactory()
    user = member(now, maker)
    own = make_point(producer=maker)
    make_point()
    actor = people.actor_for(user, on=now.date())
    assert list(queries.own(actor, now.date())) == [own]
    assert queries.keepers_of(own, now.date()) == [user]
    make_keeper(own, user)
    assert queries.keepers_of(own, now.date()) == [user]
    assert list(queries.own(actor, now.date())) == [own]
