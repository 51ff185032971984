"""Levels that the council agreed on: they stand as long as the marks on which they were agreed."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.councils.models import Sheet
from ocop.councils.papers import history
from ocop.councils.queries import progress
from ocop.councils.queries.hall import hall_of
from ocop.councils.services import concluding, obstacles, sheets
from ocop.councils.services.sheets import Change
from ocop.criteria.sets import load_set
from tests.councils.hall import SET, Hall, marks, open_hall
from tests.web.council_pages import Person, item_at, today

pytestmark = pytest.mark.django_db
__all__ = ["today"]
CRITERIA = load_set(SET)
EIGHTY = marks(CRITERIA, 80)
#: Four stars need this much in it, and a member can give less.
CRITERION = next(
    c for c in CRITERIA.criteria if c.minimum(4) and EIGHTY[c.code] == c.minimum(4) > min(c.levels)
)
NEEDED = CRITERION.minimum(4)
LESS = max(points for points in CRITERION.levels if points < NEEDED)
LOW: Mapping[str, int] = {**EIGHTY, CRITERION.code: LESS}


def _agreed(now: datetime) -> Hall:
    """Two of four members reach what four stars need, and the council agrees on that level."""
    hall = open_hall(now, members=4)
    for who, given in enumerate((EIGHTY, EIGHTY, LOW, LOW)):
        hall.submit(who, given)
    hall.answer()
    concluding.agree_level(
        actor=hall.chair, item=hall.item, criterion=CRITERION.code, points=NEEDED, at=now
    )
    return hall


def _again(hall: Hall, who: int, points: int) -> None:
    """The chair gives a sheet back, and its member hands it in with this mark."""
    sheet = Sheet.objects.get(item=hall.item, seat=hall.seat(who))
    giver = hall.chair if who else SYSTEM
    sheets.reopen_sheet(actor=giver, sheet=sheet, reason="Xem lại chứng nhận", at=hall.now)
    sheets.save_marks(
        actor=hall.actor(who),
        item=hall.item,
        changes={CRITERION.code: Change(points, "", 10_000_000_000_000)},
        rescoring_reason="Chứng nhận hết hạn",
        at=hall.now,
    )
    sheets.submit_sheet(actor=hall.actor(who), item=hall.item, at=hall.now)


def test_level_that_nobody_gives_any_more_is_dropped(now: datetime) -> None:
    """All give less than four stars need: there is nothing left of what was agreed before."""
    hall = _agreed(now)
    assert progress.assessed(hall.item).star == 4
    _again(hall, 0, LESS)
    _again(hall, 1, LESS)
    found = progress.detail(hall.chair, hall.item)
    assert found is not None
    assert found.fallen == {CRITERION.code: NEEDED}
    assert history.levels(hall.item, hall_of(hall.sitting)) == ""
    done = hall.conclude()
    assert (done.outcome or {})["levels"][CRITERION.code] == LESS
    assert (done.star or 0) < 4
    assert done.agreed == {}


def test_level_is_asked_for_again_when_a_mark_changed(now: datetime) -> None:
    hall = _agreed(now)
    _again(hall, 1, LESS)
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert list(refusal.value.fields) == ["levels_differ"]
    concluding.agree_level(
        actor=hall.chair, item=hall.item, criterion=CRITERION.code, points=LESS, at=now
    )
    assert hall.conclude().agreed == {CRITERION.code: LESS}


def test_level_stands_when_its_marks_are_the_same_again(now: datetime) -> None:
    hall = _agreed(now)
    _again(hall, 1, NEEDED)
    assert (hall.conclude().outcome or {})["levels"][CRITERION.code] == NEEDED


def test_level_falls_with_a_sheet_that_counts_no_more(now: datetime) -> None:
    hall = _agreed(now)
    obstacles.declare_conflict(actor=hall.actor(1), case=hall.item.case, reason="", at=now)
    found = progress.detail(hall.chair, hall.item)
    assert found is not None
    assert found.fallen == {CRITERION.code: NEEDED}
    assert "levels_differ" in found.problems


def test_page_says_which_level_fell(today: datetime) -> None:
    hall = _agreed(today)
    chair = Person(hall.people[0])
    assert "không còn dùng" not in chair.get(item_at(hall.item.code))
    _again(hall, 1, LESS)
    for step in ("", "muc-thong-nhat/"):
        page = chair.get(item_at(hall.item.code, step))
        assert "Mức đã thống nhất không còn dùng" in page
        assert f"{CRITERION.code}: {NEEDED} điểm" in page
    address = item_at(hall.item.code, "muc-thong-nhat/")
    chair.post(address, {f"m{CRITERION.code}": str(NEEDED), f"r{CRITERION.code}": "Đã xem giấy"})
    assert "không còn dùng" not in chair.get(item_at(hall.item.code))
    assert progress.assessed(hall.item).levels[CRITERION.code] == NEEDED
