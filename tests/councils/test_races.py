"""Members at once, repeated sendings and a stop in the middle lose and double nothing."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from ocop.core import db
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import Refused
from ocop.councils.models import Item, ItemState, Obstacle, Sheet, SheetState
from ocop.councils.services import concluding, obstacles, sheets, sittings
from ocop.councils.services.sheets import Change
from ocop.criteria.sets import load_set
from tests.councils.hall import SET, Hall, build_hall, marks, new_case, open_hall

CRITERIA = load_set(SET)
EIGHTY = marks(CRITERIA, 80)


@pytest.fixture
def _protected_again(django_db_blocker: Any) -> Iterator[None]:
    """Puts the triggers of the event tables back, after the flush."""
    yield
    with django_db_blocker.unblock():
        db._protect(connection)


@pytest.fixture
def really_committed(_protected_again: None, transactional_db: None) -> Iterator[None]:
    """A database whose rows other connections see; emptied at the end, events too."""
    yield
    db._unprotect(connection)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Runs all of them at the same moment, each on a connection of its own; what each gave."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return act()
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def told(name: str) -> int:
    return Event.objects.filter(name=f"councils.{name}").count()


@pytest.mark.postgres
@pytest.mark.usefixtures("really_committed")
class TestAtOnce:
    """On PostgreSQL, where writers run side by side."""

    def test_members_who_submit_at_once_are_all_in(self, now: datetime) -> None:
        hall = open_hall(now, members=8)
        for who in range(8):
            hall.mark(who, EIGHTY)
        item = hall.item
        acts = [_submit(hall, who, item) for who in range(8)]
        found = at_once(*acts)
        assert {sheet.state for sheet in found} == {SheetState.SUBMITTED}
        assert Sheet.objects.filter(state=SheetState.SUBMITTED).count() == 8
        assert told("sheet_submitted") == 8

    def test_repeated_submit_is_one(self, now: datetime) -> None:
        hall = open_hall(now)
        hall.mark(2, EIGHTY)
        found = at_once(*[_submit(hall, 2, hall.item)] * 6)
        assert len({sheet.pk for sheet in found}) == 1
        assert told("sheet_submitted") == 1

    def test_first_marks_from_several_devices_make_one_sheet_with_all_of_them(
        self, now: datetime
    ) -> None:
        hall = open_hall(now)
        codes = list(EIGHTY)[:8]
        actor, item = hall.actor(2), hall.item

        def saving(code: str) -> Callable[[], Any]:
            return lambda: sheets.save_marks(
                actor=actor, item=item, changes={code: Change(EIGHTY[code], "", 1)}, at=now
            )

        at_once(*map(saving, codes))
        sheet = Sheet.objects.get()
        assert sheet.marks == {code: EIGHTY[code] for code in codes}
        assert sheet.revision == len(codes)

    def test_late_marks_and_a_submit_leave_a_sheet_that_adds_up(self, now: datetime) -> None:
        hall = open_hall(now)
        hall.mark(2, EIGHTY)
        actor, item = hall.actor(2), hall.item
        code = next(c.code for c in CRITERIA.criteria if EIGHTY[c.code] > 0)
        stamp = int(now.timestamp() * 1000)
        at_once(
            _submit(hall, 2, item),
            lambda: sheets.save_marks(
                actor=actor, item=item, changes={code: Change(0, "", stamp)}, at=now
            ),
        )
        sheet = Sheet.objects.get()
        assert sheet.state == SheetState.SUBMITTED
        assert sheet.total == sheets.total_of(item, sheet.marks)

    def test_case_is_concluded_once(self, now: datetime) -> None:
        hall = open_hall(now)
        hall.submit_all(80, 80, 80)
        hall.answer()
        item = hall.item
        found = at_once(
            *[lambda: concluding.conclude(actor=hall.chair, item=item, at=now)] * 4,
        )
        assert sorted(map(str, found)).count("item_state") == 3
        assert told("item_concluded") == 1

    def test_last_sheet_is_in_the_outcome_or_the_outcome_waits(self, now: datetime) -> None:
        for _time in range(4):
            hall = open_hall(now)
            hall.submit_all(80, 80)
            hall.mark(2, EIGHTY)
            hall.answer()
            item = hall.item
            chair = hall.chair
            at_once(
                _submit(hall, 2, item),
                lambda item=item, chair=chair: concluding.conclude(actor=chair, item=item, at=now),
            )
            item.refresh_from_db()
            assert item.outcome is None or len(item.outcome["totals"]) == 3

    def test_conflict_declared_while_concluding_is_before_or_refused(self, now: datetime) -> None:
        hall = open_hall(now, members=4)
        hall.submit_all(80, 80, 80, 80)
        hall.answer()
        item, chair, member = hall.item, hall.chair, hall.actor(3)
        at_once(
            lambda: concluding.conclude(actor=chair, item=item, at=now),
            lambda: obstacles.declare_conflict(actor=member, case=item.case, reason="", at=now),
        )
        item.refresh_from_db()
        assert item.outcome is not None
        assert len(item.outcome["totals"]) == 4 - Obstacle.objects.count()

    def test_case_comes_on_one_of_two_agendas(self, now: datetime) -> None:
        hall = build_hall(now)
        both = [hall.sitting, _another(hall)]
        case = new_case(now)

        def adding(sitting: Any) -> Callable[[], Any]:
            return lambda: sittings.add_to_agenda(
                actor=SYSTEM, sitting=sitting, cases=[case], at=now
            )

        found = at_once(*map(adding, both))
        assert found.count("on_another_agenda") == 1
        assert Item.objects.filter(case=case).count() == 1

    def test_cancelled_sitting_has_no_conclusion(self, now: datetime) -> None:
        hall = open_hall(now)
        hall.submit_all(80, 80, 80)
        hall.answer()
        item, chair = hall.item, hall.chair
        at_once(
            lambda: concluding.conclude(actor=chair, item=item, at=now),
            lambda: sittings.cancel_sitting(
                actor=chair, sitting=hall.sitting, reason="Bão", at=now
            ),
        )
        item.refresh_from_db()
        item.sitting.refresh_from_db()
        assert (item.state, item.sitting.state) in (
            (ItemState.CONCLUDED, "open"),
            (ItemState.TAKEN_OFF, "cancelled"),
        )


@pytest.mark.django_db
def test_stop_in_the_middle_leaves_things_as_they_were(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80)
    hall.mark(2, EIGHTY)
    before = list(Sheet.objects.order_by("pk").values())

    def stops(*_given: Any, **_more: Any) -> None:
        raise OSError("no power")

    monkeypatch.setattr(sheets, "record", stops)
    with pytest.raises(OSError, match="no power"):
        sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    assert list(Sheet.objects.order_by("pk").values()) == before
    monkeypatch.undo()
    assert sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now).total == 80


def _submit(hall: Hall, who: int, item: Item) -> Callable[[], Any]:
    actor = hall.actor(who)
    return lambda: sheets.submit_sheet(actor=actor, item=item, at=hall.now)


def _another(hall: Hall) -> Any:
    return sittings.plan_sitting(
        actor=SYSTEM,
        council=hall.council,
        kind="meeting",
        title="Phiên khác",
        place="",
        starts_at=hall.now + timedelta(days=1),
        passing=2,
        at=hall.now,
    )
