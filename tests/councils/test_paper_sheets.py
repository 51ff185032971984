"""Signed paper sheets: one types, a second confirms, and neither sees what they should not."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from ocop.core.actor import SYSTEM, Actor
from ocop.core.events import activity
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import Sheet, SheetState, SittingKind
from ocop.councils.papers import history
from ocop.councils.papers import sitting as papers
from ocop.councils.queries import sheets as queries
from ocop.councils.services import concluding, paper_sheets, sheets
from ocop.councils.services.paper_sheets import Scan
from ocop.councils.services.sheets import Change
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.councils.books import harmless
from tests.councils.hall import SCAN, SET, Hall, build_hall, marks, open_hall
from tests.world import person

pytestmark = pytest.mark.django_db

EIGHTY = marks(load_set(SET), 80)
CODE = load_set(SET).criteria[0].code


def enter(hall: Hall, actor: Actor | None = None, who: int = 2, **more: Any) -> Sheet:
    given = {
        "actor": actor or hall.planner,
        "item": hall.item,
        "seat": hall.seat(who),
        "marks": EIGHTY,
        "gates": {},
        "opinion": "Đồng ý",
        "scan": SCAN,
        "at": hall.now,
    }
    return paper_sheets.enter_paper_sheet(**(given | more))


def confirm(actor: Actor, sheet: Sheet, **more: Any) -> Sheet:
    given = {"marks": EIGHTY, "gates": {}, "opinion": "Đồng ý", "at": datetime.now(UTC)}
    return paper_sheets.confirm_paper_sheet(actor=actor, sheet=sheet, **(given | more))


def head(hall: Hall) -> Actor:
    return hall.actor(person(hall.now, Role.OFFICE_HEAD))


def scan() -> Scan:
    into = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(into, "PNG")
    return Scan(into.getvalue(), "phieu.png")


def test_second_person_confirms_and_it_is_in(now: datetime) -> None:
    hall = open_hall(now)
    sheet = enter(hall, scan=scan())
    assert (sheet.state, sheet.paper, sheet.total) == (SheetState.ENTERED, True, None)
    assert sheet.scan is not None
    done = confirm(head(hall), sheet, at=now)
    assert (done.state, done.total, done.submitted_at) == (SheetState.SUBMITTED, 80, now)
    assert done.confirmed_by != done.entered_by
    with pytest.raises(Refused) as refusal:
        confirm(head(hall), sheet)
    assert refusal.value.code == "not_waiting"
    with pytest.raises(Refused) as refusal:
        enter(hall)
    assert refusal.value.code == "sheet_submitted"


def test_same_person_does_not_confirm(now: datetime) -> None:
    hall = open_hall(now)
    sheet = enter(hall)
    with pytest.raises(Refused) as refusal:
        confirm(hall.planner, sheet)
    assert refusal.value.code == "same_person"


def test_differences_are_named_without_their_marks(now: datetime) -> None:
    hall = open_hall(now)
    sheet = enter(hall)
    other = {
        **EIGHTY,
        CODE: next(p for p in load_set(SET).by_code[CODE].levels if p != EIGHTY[CODE]),
    }
    with pytest.raises(Refused) as refusal:
        confirm(head(hall), sheet, marks=other)
    assert (refusal.value.code, list(refusal.value.fields)) == ("paper_differs", [CODE])
    enter(hall, marks=other)  # typed again from the paper
    assert confirm(head(hall), sheet, marks=other).submitted_at


def test_second_person_answers_the_conditions_blind(now: datetime) -> None:
    """A condition may cost the product everything: one person alone does not type it."""
    hall = open_hall(now)
    sheet = enter(hall, gates={"forged_dossier": True, "unacceptable_impurity": False})
    for gates, differing in (
        ({}, {"forged_dossier", "unacceptable_impurity"}),
        ({"forged_dossier": False, "unacceptable_impurity": False}, {"forged_dossier"}),
        ({"forged_dossier": True}, {"unacceptable_impurity"}),
    ):
        with pytest.raises(Refused) as refusal:
            confirm(head(hall), sheet, gates=gates)
        assert refusal.value.code == "paper_differs"
        assert set(refusal.value.fields) == differing
    assert "điều kiện: 6.1.1 Có tạp chất" in refusal.value.message
    assert "Đồng ý" not in refusal.value.message
    with pytest.raises(Refused) as refusal:
        confirm(head(hall), sheet, gates={"khác": True})
    assert refusal.value.code == "unknown_gate"
    assert confirm(head(hall), sheet, gates=sheet.gates).state == SheetState.SUBMITTED


def test_words_are_compared_with_the_paper_when_the_numbers_agree(now: datetime) -> None:
    hall = open_hall(now)
    sheet = enter(hall, opinion="Nhãn rõ.\nĐồng ý")
    other = {**EIGHTY, CODE: 0 if EIGHTY[CODE] else load_set(SET).by_code[CODE].max}
    with pytest.raises(Refused) as refusal:
        confirm(head(hall), sheet, marks=other, opinion=None)
    assert "Nhãn rõ" not in refusal.value.message  # still blind
    for read in (None, "", "Nhãn mờ. Đồng ý"):
        with pytest.raises(Refused) as refusal:
            confirm(head(hall), sheet, opinion=read)
        assert (refusal.value.code, list(refusal.value.fields)) == ("words_unread", ["opinion"])
        assert "Nhãn rõ." in refusal.value.message
    assert confirm(head(hall), sheet, opinion="Nhãn rõ.\r\nĐồng ý ").submitted_at


def test_reason_of_other_marks_is_compared_too(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 60)
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Chênh lệch", at=now)
    sheet = enter(hall, rescoring_reason="Xem lại minh chứng")
    with pytest.raises(Refused) as refusal:
        confirm(head(hall), sheet)
    assert list(refusal.value.fields) == ["rescoring_reason"]
    assert confirm(head(hall), sheet, rescoring_reason="Xem lại minh chứng").submitted_at


def test_typed_sheet_is_shown_to_nobody_but_its_member(now: datetime) -> None:
    hall = open_hall(now)
    sheet = enter(hall)
    assert list(queries.sheets_visible_to(head(hall), hall.item)) == []
    waiting = queries.paper_waiting(head(hall), hall.item).get()
    hidden = {"marks", "comments", "gates", "opinion", "on_screen"}
    assert waiting.get_deferred_fields() == hidden
    assert queries.own_sheet(hall.actor(2), hall.item) == sheet
    assert list(queries.paper_waiting(hall.actor(2), hall.item)) == []
    assert list(queries.paper_waiting(SYSTEM, hall.item)) == [sheet]


def test_who_has_an_own_sheet_to_give_types_none(now: datetime) -> None:
    hall = open_hall(now)
    with pytest.raises(Refused) as refusal:
        enter(hall, hall.secretary)
    assert refusal.value.code == "own_sheet_first"
    sheet = enter(hall)
    with pytest.raises(Refused) as refusal:
        confirm(hall.secretary, sheet)
    assert refusal.value.code == "own_sheet_first"
    hall.submit(1, EIGHTY)
    done = confirm(hall.secretary, sheet, at=now)
    assert done.submitted_at == now


def test_paper_is_refused(now: datetime) -> None:
    hall = open_hall(now)
    fewer = {code: points for code, points in EIGHTY.items() if code != CODE}
    for code, more in (
        ("unanswered", {"marks": fewer}),
        ("no_level", {"marks": {**EIGHTY, CODE: 99}}),
        ("unknown_gate", {"gates": {"khác": True}}),
        ("text_unreadable", {"opinion": "a\x00b"}),
        ("opinion_too_long", {"opinion": "x" * 10_001}),
        ("text_too_long", {"rescoring_reason": "x" * 2_001}),
        ("own_sheet", {"who": 1, "actor": hall.secretary}),
        ("scan_kind", {"scan": Scan(b"ten;diem\nA;1\n", "phieu.csv")}),
        ("file_empty", {"scan": Scan(b"", "phieu.pdf")}),
    ):
        with pytest.raises(Refused) as refusal:
            enter(hall, **more)
        assert refusal.value.code == code
    for actor in (SYSTEM, hall.actor(2)):
        with pytest.raises(NotAllowed):
            enter(hall, actor, 0)


def test_paper_of_somebody_outside_the_council_is_refused(now: datetime) -> None:
    hall, other = open_hall(now), build_hall(now)
    with pytest.raises(Refused) as refusal:
        enter(hall, seat=other.seat(2))
    assert refusal.value.code == "not_judging"


def test_screen_and_paper_do_not_mix(now: datetime) -> None:
    hall = open_hall(now)
    hall.mark(2, {CODE: 0})
    with pytest.raises(Refused) as refusal:
        enter(hall)
    assert refusal.value.code == "sheet_on_screen"
    enter(hall, who=1)
    with pytest.raises(Refused) as refusal:
        hall.mark(1, {CODE: 0})
    assert refusal.value.code == "sheet_on_paper"


def test_paper_replaces_a_sheet_stuck_on_the_screen_with_the_reason(now: datetime) -> None:
    """A tablet dies after one mark: the signed paper goes in, and nothing typed is lost."""
    hall = open_hall(now)
    sheets.save_marks(
        actor=hall.actor(2),
        item=hall.item,
        changes={CODE: Change(0, "Thiếu hợp đồng", 1)},
        opinion="Đang viết dở",
        wants_meeting=True,
        at=now,
    )
    for code, reason in (("sheet_on_screen", "  "), ("reason_short", ".")):
        with pytest.raises(Refused) as refusal:
            enter(hall, reason=reason)
        assert refusal.value.code == code
        assert list(refusal.value.fields) == ["reason"]
    sheet = enter(hall, reason=" Máy tính bảng hỏng ")
    assert (sheet.state, sheet.marks, sheet.wants_meeting) == (SheetState.ENTERED, EIGHTY, False)
    told = activity(sheet).filter(name="councils.paper_sheet_entered").first()
    assert told is not None
    assert told.reason == "Máy tính bảng hỏng"
    assert told.change == {"on_screen": True}  # what was written is its member's, the log is read
    enter(hall)  # typed again from the paper: nothing on the screen is replaced any more
    sheet.refresh_from_db()
    kept = sheet.on_screen or {}
    assert kept["marks"] == {CODE: 0}
    assert kept["comments"] == {CODE: "Thiếu hợp đồng"}
    assert (kept["opinion"], kept["wants_meeting"]) == ("Đang viết dở", True)
    with pytest.raises(Refused) as refusal:
        confirm(hall.planner, sheet)
    assert refusal.value.code == "same_person"
    done = confirm(head(hall), sheet)
    assert done.total == 80
    [words] = history.on_paper(hall.item)
    assert "Lý do: Máy tính bảng hỏng." in str(words)


def test_reason_does_not_replace_a_sheet_given_in(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit(2, EIGHTY)
    with pytest.raises(Refused) as refusal:
        enter(hall, reason="Máy tính bảng hỏng")
    assert refusal.value.code == "sheet_submitted"


def test_reopened_paper_goes_on_paper_or_on_the_screen(now: datetime) -> None:
    hall = open_hall(now)
    for _way in range(2):
        sheet = enter(hall)
        confirm(head(hall), sheet)
        sheet.refresh_from_db()
        sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason="Gõ nhầm", at=now)
    sheets.save_marks(
        actor=hall.actor(2),
        item=hall.item,
        changes={CODE: Change(0, "", 1)},
        rescoring_reason="Phiếu giấy ghi nhầm",
        at=now,
    )
    with pytest.raises(Refused) as refusal:  # on the screen all that the paper left open is asked
        sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    assert refusal.value.code == "conditions_unanswered"
    sheets.save_marks(
        actor=hall.actor(2), item=hall.item, changes={}, gates=harmless(load_set(SET)), at=now
    )
    done = sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    assert (done.paper, done.entered_by, done.marks[CODE]) == (False, None, 0)
    before = done.reopened_from
    assert before is not None  # what was signed first stays whole, and its scan to be looked at
    assert (before["marks"], before["opinion"], before["scan"]) == (EIGHTY, "Đồng ý", done.scan_id)
    assert None not in (before["entered_by"], before["confirmed_by"], done.scan_id)
    assert queries.scanned(hall.actor(2), hall.item).filter(pk=done.pk).exists()


def test_other_marks_in_a_second_attempt_have_a_reason_on_paper_too(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 60)
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Chênh lệch", at=now)
    with pytest.raises(Refused) as refusal:
        enter(hall)
    assert refusal.value.code == "rescoring_reason"
    assert "rescoring_reason" in refusal.value.fields
    assert enter(hall, rescoring_reason="Xem lại minh chứng").state == SheetState.ENTERED
    assert enter(hall, who=0, actor=head(hall)).state == SheetState.ENTERED  # the same marks


def test_paper_of_a_member_recused_meanwhile_is_not_confirmed(now: datetime) -> None:
    from ocop.councils.services import obstacles

    hall = open_hall(now)
    sheet = enter(hall)
    obstacles.declare_conflict(actor=hall.actor(2), case=hall.item.case, reason="", at=now)
    with pytest.raises(Refused) as refusal:
        confirm(head(hall), sheet)
    assert refusal.value.code == "not_judging"
    with pytest.raises(Refused) as refusal:
        enter(hall)
    assert refusal.value.code == "not_judging"


def test_sheet_that_nobody_can_show_is_not_confirmed(now: datetime) -> None:
    hall = open_hall(now)
    sheet = enter(hall)
    Sheet.objects.update(scan=None)  # typed before a scan was asked for
    with pytest.raises(Refused) as refusal:
        confirm(head(hall), sheet)
    assert refusal.value.code == "scan_missing"
    assert "Hãy nhập lại phiếu kèm bản quét" in refusal.value.message
    enter(hall)
    assert confirm(head(hall), sheet).submitted_at


def test_scan_is_shown_to_who_confirms_and_never_to_who_marks_still(now: datetime) -> None:
    hall = open_hall(now)
    sheet = enter(hall)
    shown = [hall.planner, head(hall), hall.actor(2)]
    assert all(list(queries.scanned(actor, hall.item)) == [sheet] for actor in shown)
    hidden = [hall.secretary, hall.chair, hall.actor(person(now, Role.AUDITOR))]
    assert not any(queries.scanned(actor, hall.item).exists() for actor in hidden)
    hall.submit(1, EIGHTY)
    assert list(queries.scanned(hall.secretary, hall.item)) == [sheet]
    hall.submit(0, EIGHTY)
    confirm(head(hall), sheet)
    auditor = hall.actor(person(now, Role.AUDITOR))
    assert list(queries.scanned(auditor, hall.item)) == [sheet]


def test_paper_asks_for_a_meeting_and_the_minutes_say_that_it_was_paper(now: datetime) -> None:
    hall = open_hall(now, kind=SittingKind.WRITTEN)
    hall.submit(0, EIGHTY)
    hall.submit(1, EIGHTY)
    sheet = enter(hall, wants_meeting=True)
    with pytest.raises(Refused) as refusal:
        confirm(head(hall), sheet)
    assert refusal.value.code == "paper_differs"
    assert "đề nghị họp" in refusal.value.message
    confirm(head(hall), sheet, wants_meeting=True)
    hall.answer()
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert "có thành viên đề nghị họp" in refusal.value.message
    meeting = concluding.call_meeting(
        actor=hall.planner,
        sitting=hall.sitting,
        starts_at=now + timedelta(days=1),
        place="Hội trường",
        items=[hall.item],
        at=now,
    )
    told = f"Phiếu của {hall.people[2].name} nhập từ phiếu giấy đã ký."
    for sitting in (hall.sitting, meeting):
        assert told in repr(papers.minutes(sitting, list(sitting.items.all())))


def test_paper_of_a_meeting_asks_for_none(now: datetime) -> None:
    hall = open_hall(now)
    sheet = enter(hall, wants_meeting=True)
    assert not sheet.wants_meeting
    confirm(head(hall), sheet)
    assert [str(block) for block in history.on_paper(hall.item)] != []
