"""Who is noted as present or absent, and sittings that move: what is refused."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import Attendance, Sheet
from ocop.councils.papers import sitting as papers
from ocop.councils.queries import progress
from ocop.councils.services import concluding, sheets, sittings
from ocop.councils.services.sheets import Change
from ocop.criteria.sets import load_set
from ocop.people.models import Message
from ocop.web.council import board
from tests.councils.hall import SET, Hall, build_hall, marks, new_council, open_hall

pytestmark = pytest.mark.django_db


def test_attendance_is_of_members(now: datetime) -> None:
    hall = build_hall(now)
    _other, people = new_council(now)
    with pytest.raises(Refused) as refusal:
        sittings.note_attendance(
            actor=SYSTEM,
            sitting=hall.sitting,
            seat=people[0].seats.get(),
            present=True,
            note="",
            at=now,
        )
    assert refusal.value.code == "not_seated"
    with pytest.raises(NotAllowed):
        sittings.note_attendance(
            actor=hall.actor(2),
            sitting=hall.sitting,
            seat=hall.seat(2),
            present=True,
            note="",
            at=now,
        )


def _away(hall: Hall, who: int) -> Attendance:
    return sittings.note_attendance(
        actor=hall.secretary,
        sitting=hall.sitting,
        seat=hall.seat(who),
        present=False,
        note="Về sớm",
        at=hall.now,
    )


def test_who_leaves_after_giving_a_sheet_was_there(now: datetime) -> None:
    """The sheet counts, other cases go on without the member, and the minutes say how it was."""
    hall = open_hall(now, cases=2)
    hall.submit_all(80, 80, 80)
    assert not _away(hall, 2).present
    assert progress.quorum(hall.sitting).present == 2
    first, second = progress.progress(hall.chair, hall.sitting).items
    assert (first.submitted, len(first.expected)) == (3, 3)
    assert len(second.expected) == 2
    assert "Có mặt 3 trên 3" in _minutes(hall)
    assert "Có mặt, về sớm" in _minutes(hall)


def test_who_gave_no_sheet_and_is_away_was_not_there(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80)
    _away(hall, 2)
    assert "Có mặt 2 trên 3" in _minutes(hall)
    assert "Vắng mặt" in _minutes(hall)


def _comes_in(hall: Hall, who: int) -> Attendance:
    return sittings.note_attendance(
        actor=hall.secretary,
        sitting=hall.sitting,
        seat=hall.seat(who),
        present=True,
        note="",
        at=hall.now,
    )


def _far_apart(now: datetime) -> Hall:
    """Ten members give 100 points, one gives 68, and the council marks again."""
    hall = open_hall(now, members=11)
    hall.submit_all(*[100] * 10, 68)
    hall.answer()
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Chênh 32 điểm", at=now)
    return hall


def test_marks_that_were_seen_are_not_noted_away(now: datetime) -> None:
    """Totals more than ten points apart are discussed and scored again with a reason. Who is noted
    as absent then keeps the marks given, else ten sheets nobody changed would be the result."""
    hall = _far_apart(now)
    _away(hall, 10)
    hall.submit_all(*[100] * 10)
    found = progress.item_progress(hall.item)
    assert (found.submitted, len(found.expected), found.spread) == (10, 10, 32)
    assert found.standing == [hall.seat(10)]
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert "spread" in refusal.value.fields
    assert hall.people[10].name in refusal.value.message
    assert "đưa sản phẩm ra khỏi phiên" in refusal.value.message
    line = board.line_of(hall.chair, hall.item)
    assert any(hall.people[10].name in words for words in line.problem_words)
    assert line.members[10].words == "về sớm, giữ phiếu đã nộp"
    assert "về sớm, không chấm lần 2: phiếu lần 1 vẫn được tính" in _minutes(hall)


def test_who_left_counts_in_the_result_of_scoring_again(now: datetime) -> None:
    """The others come nearer: the mean is of all marks given, whoever comes or goes afterwards."""
    hall = _far_apart(now)
    _away(hall, 10)
    for who in range(10):
        hall.submit(who, marks(load_set(SET), 78))
    for criterion in _differing(hall):
        concluding.agree_level(
            actor=hall.chair,
            item=hall.item,
            criterion=criterion,
            points=marks(load_set(SET), 78)[criterion],
            at=now,
        )
    item = hall.conclude()
    assert item.mean is not None
    assert item.mean.quantize(Decimal("0.01")) == Decimal("77.09")  # 848 / 11
    _comes_in(hall, 10)
    assert len(progress.counted_sheets(hall.item)) == 11
    assert "phiếu lần 1 vẫn được tính" in _minutes(hall)


def _differing(hall: Hall) -> Sequence[str]:
    return progress.assessed(hall.item).differing


def test_who_left_comes_in_again_before_the_new_marks_lie_open(now: datetime) -> None:
    """A new sheet beside open ones would not be blind: the council marks once more."""
    hall = _far_apart(now)
    _away(hall, 10)
    assert _comes_in(hall, 10).present
    assert hall.seat(10) in progress.item_progress(hall.item).missing
    _away(hall, 10)
    hall.submit_all(*[100] * 10)
    with pytest.raises(Refused) as refusal:
        _comes_in(hall, 10)
    assert refusal.value.code == "marks_shown"
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Đã trở lại", at=now)
    _comes_in(hall, 10)
    sheets.save_marks(
        actor=hall.actor(10),
        item=hall.item,
        changes={code: Change(p, "", 1) for code, p in marks(load_set(SET), 90).items()},
        at=now,
    )
    with pytest.raises(Refused) as refusal:  # other marks than those of the first time
        sheets.submit_sheet(actor=hall.actor(10), item=hall.item, at=now)
    assert refusal.value.code == "rescoring_reason"


def test_nobody_left_to_mark_again_is_no_new_result(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Xem lại mẫu", at=now)
    for who in range(3):
        _away(hall, who)
    assert not progress.item_progress(hall.item).all_in


def _minutes(hall: Hall) -> str:
    return repr(papers.minutes(hall.sitting, list(hall.sitting.items.all())))


def test_a_reason_is_kept_for_absence_only(now: datetime) -> None:
    hall = build_hall(now)
    assert _away(hall, 2).note == "Về sớm"
    back = sittings.note_attendance(
        actor=hall.planner,
        sitting=hall.sitting,
        seat=hall.seat(2),
        present=True,
        note="Về sớm",
        at=now,
    )
    assert (back.present, back.note) == (True, "")


def test_two_letters_say_why_somebody_is_away(now: datetime) -> None:
    hall = open_hall(now)
    row = sittings.note_attendance(
        actor=hall.planner,
        sitting=hall.sitting,
        seat=hall.seat(1),
        present=False,
        note="ốm",
        at=now,
    )
    assert (row.present, row.note) == (False, "ốm")


def test_absence_without_a_reason_is_refused(now: datetime) -> None:
    """The minutes print why a member was away or left: a gap there says nothing."""
    hall = open_hall(now)
    hall.submit(2, marks(load_set(SET), 80))  # away now means left early
    for who in (1, 2):
        for note, code in (("", "reason_needed"), ("  ", "reason_needed"), (".", "reason_short")):
            with pytest.raises(Refused) as refusal:
                sittings.note_attendance(
                    actor=hall.planner,
                    sitting=hall.sitting,
                    seat=hall.seat(who),
                    present=False,
                    note=note,
                    at=now,
                )
            assert (refusal.value.code, list(refusal.value.fields)) == (code, ["note"])
        assert Attendance.objects.get(seat=hall.seat(who)).present


def test_a_word_of_two_letters_says_why_somebody_is_away(now: datetime) -> None:
    hall = build_hall(now)
    row = sittings.note_attendance(
        actor=hall.planner,
        sitting=hall.sitting,
        seat=hall.seat(1),
        present=False,
        note="ốm",
        at=now,
    )
    assert row.note == "ốm"


def test_sitting_that_does_not_move_is_refused_and_nobody_is_told(now: datetime) -> None:
    hall = build_hall(now)
    told: dict[str, Any] = {"actor": hall.planner, "sitting": hall.sitting, "at": now}
    events, messages = Event.objects.count(), Message.objects.count()
    with pytest.raises(Refused) as refusal:  # a page knows minutes only
        sittings.move_sitting(
            starts_at=hall.sitting.starts_at.replace(second=0, microsecond=0),
            place=f" {hall.sitting.place} ",
            reason="Bận",
            **told,
        )
    assert refusal.value.code == "nothing_moved"
    assert (Event.objects.count(), Message.objects.count()) == (events, messages)
    sittings.move_sitting(
        starts_at=hall.sitting.starts_at, place="Phòng khác", reason="Bận", **told
    )
    assert Message.objects.count() > messages


def test_written_opinions_move_by_their_last_day(now: datetime) -> None:
    hall = build_hall(now, kind="written")
    sitting = hall.sitting
    assert sitting.until is not None
    told: dict[str, Any] = {
        "actor": hall.planner,
        "sitting": sitting,
        "starts_at": sitting.starts_at,
        "place": sitting.place,
        "reason": "Chưa đủ phiếu",
        "at": now,
    }
    with pytest.raises(Refused) as refusal:
        sittings.move_sitting(until=sitting.until, **told)
    assert refusal.value.code == "nothing_moved"
    later = sitting.until + timedelta(days=3)
    assert sittings.move_sitting(until=later, **told).until == later


def test_who_was_away_when_marks_lay_open_judges_no_more(now: datetime) -> None:
    """Decision 26/2026, Annex III: members mark by themselves. Noted as absent, a member who owes
    a sheet would let the others' marks show, and then mark with them before the eyes."""
    hall = open_hall(now, members=4)
    for who, total in ((1, 80), (2, 78), (3, 79)):
        hall.submit(who, marks(load_set(SET), total))
    assert progress.item_progress(hall.item).totals is None
    _away(hall, 0)
    assert progress.item_progress(hall.item).totals is not None

    def comes_in() -> Attendance:
        return sittings.note_attendance(
            actor=hall.secretary,
            sitting=hall.sitting,
            seat=hall.seat(0),
            present=True,
            note="",
            at=now,
        )

    with pytest.raises(Refused) as refusal:
        comes_in()
    assert refusal.value.code == "marks_shown"
    assert hall.item.case.title in refusal.value.message
    assert not Attendance.objects.get(sitting=hall.sitting, seat=hall.seat(0)).present
    concluding.ask_rescoring(actor=SYSTEM, item=hall.item, reason="Chờ Chủ tịch", at=now)
    assert comes_in().present  # all mark anew, each by oneself


def test_who_left_after_giving_a_sheet_comes_in_again(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    _away(hall, 2)
    row = sittings.note_attendance(
        actor=hall.secretary, sitting=hall.sitting, seat=hall.seat(2), present=True, note="", at=now
    )
    assert row.present


def test_minutes_tell_of_a_sheet_that_was_reopened(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 75)
    sheet = Sheet.objects.get(seat=hall.seat(2))
    sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason="Ghi nhầm dòng", at=now)
    sheets.save_marks(
        actor=hall.actor(2),
        item=hall.item,
        changes={},
        rescoring_reason="Đã xem lại phiếu kiểm nghiệm",
        at=now,
    )
    hall.submit(2, marks(load_set(SET), 78))
    hall.answer()
    hall.conclude()
    said = _minutes(hall)
    for words in ("được mở lại: Ghi nhầm dòng", "75 thành 78 điểm: Đã xem lại phiếu kiểm nghiệm"):
        assert words in said


def test_minutes_tell_of_every_time_that_a_sheet_was_reopened(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 73)
    whys = ("Đọc lại phiếu kiểm nghiệm", "Cộng nhầm")
    for reason, why, total in zip(("Nhầm dòng", "Nhầm cột"), whys, (78, 77), strict=True):
        sheet = Sheet.objects.get(seat=hall.seat(2))
        sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason=reason, at=now)
        with pytest.raises(Refused) as refusal:  # the reason of the last time is none for this one
            hall.submit(2, marks(load_set(SET), total))
        assert refusal.value.code == "rescoring_reason"
        sheets.save_marks(
            actor=hall.actor(2), item=hall.item, changes={}, rescoring_reason=why, at=now
        )
        hall.submit(2, marks(load_set(SET), total))
    hall.answer()
    hall.conclude()
    said = _minutes(hall)
    for words in (
        "mở lại lần 1: Nhầm dòng. 73 thành 78 điểm: Đọc lại phiếu kiểm nghiệm.",
        "mở lại lần 2: Nhầm cột. 78 thành 77 điểm: Cộng nhầm.",
    ):
        assert words in said
    kept = Sheet.objects.get(seat=hall.seat(2)).reopened_from or {}
    assert (kept["total"], kept["before"]["total"]) == ("78.0000", "73.0000")


def test_attendance_is_of_the_day_on_which_it_was_noted(now: datetime) -> None:
    hall = build_hall(now)
    for who in range(3):
        sittings.note_attendance(
            actor=SYSTEM, sitting=hall.sitting, seat=hall.seat(who), present=True, note="", at=now
        )

    def move(starts_at: datetime) -> int:
        moved = sittings.move_sitting(
            actor=SYSTEM,
            sitting=hall.sitting,
            starts_at=starts_at,
            place="Hội trường",
            reason="Trùng lịch",
            at=now,
        )
        return progress.quorum(moved).present

    assert move(now + timedelta(minutes=30)) == 3  # of the same day
    assert move(now + timedelta(days=27)) == 0
