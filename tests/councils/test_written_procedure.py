"""A written procedure whose opinions differ: the council meets, nobody marks anew in writing.

Art. 5 of Decision 26/2026/QĐ-TTg: a re-evaluation is decided by written opinions; the council
meets when opinions differ or the matter is complex.
"""

from datetime import datetime, timedelta

import pytest

from ocop.core.refusals import Refused
from ocop.councils.models import Item, ItemState, Sheet, Sitting, SittingKind
from ocop.councils.papers import sitting as papers
from ocop.councils.services import concluding, sheets
from ocop.criteria.sets import load_set
from ocop.web.council import item_page
from tests.councils.hall import SET, Hall, marks, open_hall

pytestmark = pytest.mark.django_db


def _written(now: datetime, *totals: int) -> Hall:
    hall = open_hall(now, kind=SittingKind.WRITTEN, members=4)
    hall.submit_all(*totals)
    hall.answer()
    return hall


def _rescored(hall: Hall) -> None:
    """As cases lie in the books that were scored again in writing when that was taken."""
    given = list(Sheet.objects.filter(item=hall.item).select_related("seat"))
    Item.objects.filter(pk=hall.item.pk).update(
        attempt=2, state=ItemState.RESCORING, rescoring_reason="Chênh 17 điểm"
    )
    sheets.carry_over(given, hall.item, 2, at=hall.now)


def _called(hall: Hall) -> Sitting:
    return concluding.call_meeting(
        actor=hall.planner,
        sitting=hall.sitting,
        starts_at=hall.now + timedelta(days=1),
        place="Hội trường",
        items=[hall.item],
        at=hall.now,
    )


def _minutes(sitting: Sitting) -> str:
    return repr(papers.minutes(sitting, list(sitting.items.all())))


def test_opinions_that_differ_are_not_marked_anew_in_writing(now: datetime) -> None:
    hall = _written(now, 80, 81, 82, 65)
    with pytest.raises(Refused) as refusal:
        concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Chênh", at=now)
    assert refusal.value.code == "opinions_differ"
    assert "hãy chuyển sang họp" in refusal.value.message
    assert hall.item.attempt == 1
    assert _called(hall).items.count() == 1


def test_no_single_opinion_that_differs_is_given_back(now: datetime) -> None:
    """Also where the totals are near each other: here the stars differ."""
    hall = _written(now, 72, 71, 72, 69)
    low = Sheet.objects.get(seat=hall.seat(3))
    with pytest.raises(Refused) as refusal:
        sheets.reopen_sheet(actor=hall.chair, sheet=low, reason="Nhầm dòng", at=now)
    assert refusal.value.code == "opinions_differ"
    found = item_page.context(hall.chair, hall.item)
    assert [step for row in found["rows"] for step in row.steps] == []


def test_a_slip_is_mended_while_opinions_are_awaited(now: datetime) -> None:
    """Whether they differ is not told then."""
    hall = _written(now, 80, 81, 65)
    low = Sheet.objects.get(seat=hall.seat(2))
    told = {"actor": hall.chair, "sheet": low, "reason": "Nhầm dòng"}
    with pytest.raises(Refused) as refusal:
        sheets.reopen_sheet(**told, at=now + timedelta(days=8))
    assert refusal.value.code == "opinions_differ"
    assert sheets.reopen_sheet(**told, at=now).state == "draft"


def test_opinions_that_agree_may_be_marked_anew(now: datetime) -> None:
    hall = _written(now, 80, 81, 82, 80)
    item = concluding.ask_rescoring(
        actor=hall.chair, item=hall.item, reason="Có thêm phiếu kiểm nghiệm", at=now
    )
    assert item.attempt == 2


def test_opinions_that_differed_once_are_not_concluded_in_writing(now: datetime) -> None:
    hall = _written(now, 80, 81, 82, 65)
    _rescored(hall)
    hall.submit_all(80, 81, 82, 80)
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert refusal.value.code == "opinions_differ"


@pytest.mark.parametrize("again", [0, 1])
def test_the_meeting_begins_with_the_last_opinions_whatever_the_attempt(
    now: datetime, again: int
) -> None:
    hall = _written(now, 80, 81, 82, 65)
    _rescored(hall)
    if again:
        hall.submit(3, marks(load_set(SET), 70))
    meeting = _called(hall)
    begun = sorted(sum(sheet.marks.values()) for sheet in meeting.items.get().sheets.all())
    assert begun == [(65, 70)[again], 80, 81, 82]
    for sitting in (meeting, hall.sitting):
        said = _minutes(sitting)
        assert "Đã nhận 4 trên 4 ý kiến bằng văn bản. Tổng điểm: " in said
        assert "tổng điểm chênh nhau quá giới hạn" in said
        assert "không khác nhau" not in said


def test_minutes_of_opinions_that_agreed_say_so(now: datetime) -> None:
    hall = _written(now, 80, 81, 82, 80)
    assert "Các ý kiến đã nhận không khác nhau" in _minutes(_called(hall))
