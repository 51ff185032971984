"""What is said of some stamps: by whom, of which, and that it is told at once."""

from datetime import datetime

import pytest

from ocop.core.actor import SYSTEM, Actor
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.roles import Role
from ocop.traceability import stamp_queries
from ocop.traceability.models import StampException, StampOrder
from ocop.traceability.services.exceptions import except_stamps, lift_exception
from tests.traceability import stamps_making as making
from tests.world import member, person

pytestmark = pytest.mark.django_db


def said(
    order: StampOrder, first: int, last: int, kind: str, now: datetime, actor: Actor = SYSTEM
) -> list[StampException]:
    return except_stamps(
        actor=actor,
        order=order,
        spans=making.places(order, first, last),
        kind=kind,
        reason="Mất khi chuyển kho",
        at=now,
    )


def test_it_is_told_at_once_whatever_the_range_is(now: datetime) -> None:
    order = making.active(now)
    said(order, 3, 5, "lost", now)
    said(order, 5, 6, "suspicious", now)
    book = stamp_queries.book()
    found = [book.standing(0, order.first + n).word for n in range(7)]
    assert found == ["active", "active", "lost", "lost", "lost", "suspicious", "active"]
    told = stamp_queries.tally_of(order)
    assert (told.states["active"], told.lost, told.suspicious, told.total) == (97, 3, 2, 100)


def test_what_was_said_already_is_not_said_twice(now: datetime) -> None:
    order = making.delivered(now)
    said(order, 3, 5, "lost", now)
    found = said(order, 1, 10, "lost", now)
    first = order.first
    assert [(row.first - first, row.count) for row in found] == [(0, 2), (5, 5)]
    with pytest.raises(Refused) as refused:
        said(order, 2, 8, "lost", now)
    assert "places" in refused.value.fields
    assert said(order, 2, 8, "suspicious", now)


def test_lifted_it_holds_no_more_and_stays_written(now: datetime) -> None:
    order = making.active(now)
    (row,) = said(order, 3, 5, "suspicious", now)
    lift_exception(actor=SYSTEM, exception=row, reason="Đã kiểm tra, tem thật", at=now)
    assert row.lifted_at == now
    assert stamp_queries.book().standing(0, order.first + 3).is_active
    assert StampException.objects.count() == 1
    with pytest.raises(Refused) as refused:
        lift_exception(actor=SYSTEM, exception=row, reason="Lần nữa", at=now)
    assert refused.value.code == "exception_lifted"
    assert said(order, 3, 5, "suspicious", now)


@pytest.mark.parametrize(("first", "last"), [(0, 3), (99, 101), (101, 101)])
def test_numbers_of_another_order_are_refused(now: datetime, first: int, last: int) -> None:
    making.delivered(now)
    order = making.delivered(now)
    making.delivered(now)
    with pytest.raises(Refused) as refused:
        said(order, first, last, "lost", now)
    assert "places" in refused.value.fields


def test_a_kind_there_is_not_or_an_order_without_numbers_is_refused(now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        said(making.delivered(now), 1, 1, "stolen", now)
    assert refused.value.code == "exception_kind"
    waiting = making.requested(now)
    with pytest.raises(Refused) as refused:
        except_stamps(actor=SYSTEM, order=waiting, spans=[], kind="lost", reason="Mất tem", at=now)
    assert refused.value.code == "order_without_numbers"


MAY = {
    "producer": {"voided", "lost"},
    "stranger": set(),
    "inspector": {"suspicious"},
    "officer": {"voided", "lost", "recalled", "suspicious"},
    "auditor": set(),
}


@pytest.mark.parametrize("who", sorted(MAY))
def test_who_may_say_what(now: datetime, who: str) -> None:
    order = making.active(now)
    users = {
        "producer": lambda: member(now, order.item.product.producer),
        "stranger": lambda: member(now, making.sold(now).product.producer),
        "inspector": lambda: person(now, Role.INSPECTOR),
        "officer": lambda: person(now, Role.PROVINCIAL_OFFICER),
        "auditor": lambda: person(now, Role.AUDITOR),
    }
    actor = people.actor_for(users[who](), on=now.date())
    may_say, may_lift = set(), set()
    for kind in ("voided", "lost", "recalled", "suspicious"):
        try:
            said(order, 1, 2, kind, now, actor)
            may_say.add(kind)
        except NotAllowed:
            said(order, 1, 2, kind, now)
        row = StampException.objects.get(kind=kind)
        try:
            lift_exception(actor=actor, exception=row, reason="Đã kiểm tra", at=now)
            may_lift.add(kind)
        except NotAllowed:
            pass
    assert may_say == MAY[who]
    assert may_lift == MAY[who] - ({"voided", "lost"} if who == "producer" else set())
