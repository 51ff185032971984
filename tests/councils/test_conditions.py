"""The council's answers to conditions beside those of its members: none is passed over unseen."""

from datetime import datetime

import pytest

from ocop.core.official.paper import Grid, Text
from ocop.core.refusals import Refused
from ocop.councils.models import Item, Sheet, SheetState
from ocop.councils.outcome import overrules
from ocop.councils.papers import sitting as papers
from ocop.councils.papers.sheets import sheet_paper
from ocop.councils.queries import progress
from ocop.councils.services import concluding, paper_sheets, sheets
from ocop.criteria.sets import DISQUALIFY, ELIGIBILITY, EVIDENCE, Gate, load_set
from ocop.people.roles import Role
from tests.councils.books import harmless
from tests.councils.hall import SCAN, SET, Hall, marks, open_hall
from tests.web.council_pages import Person, item_at, today
from tests.world import person

pytestmark = pytest.mark.django_db
__all__ = ["today"]
CRITERIA = load_set(SET)
COPIED = next(gate for gate in CRITERIA.gates if gate.type == DISQUALIFY)
REASON = "Tòa án đã bác đơn kiện về nhãn hiệu"


def _hall(now: datetime, *said: bool | None) -> Hall:
    """A council whose members answered so whether the product infringes a right; None left it open
    on paper."""
    hall = open_hall(now, members=len(said))
    given = marks(CRITERIA, 72)
    for who, answer in enumerate(said):
        if answer is None:
            _on_paper(hall, who, {k: v for k, v in harmless(CRITERIA).items() if k != COPIED.id})
        else:
            sheets.save_marks(
                actor=hall.actor(who), item=hall.item, changes={}, gates={COPIED.id: answer}, at=now
            )
            hall.submit(who, given)
    return hall


def _on_paper(hall: Hall, who: int, gates: dict[str, bool]) -> Sheet:
    """The member's signed sheet, typed by one person and by a second: what is open stays so."""
    told = {"marks": marks(CRITERIA, 72), "gates": gates, "opinion": "", "at": hall.now}
    entered = paper_sheets.enter_paper_sheet(
        actor=hall.planner, item=hall.item, seat=hall.seat(who), scan=SCAN, **told
    )
    second = hall.actor(person(hall.now, Role.OFFICE_HEAD))
    return paper_sheets.confirm_paper_sheet(actor=second, sheet=entered, **told)


def _minutes(hall: Hall) -> str:
    blocks = papers.minutes(hall.sitting, [Item.objects.get(pk=hall.item.pk)]).blocks
    return "\n".join(block.text for block in blocks if isinstance(block, Text))


@pytest.mark.parametrize("kind", [DISQUALIFY, "stop", "exclusion"])
def test_whoever_says_that_no_star_can_be_given_is_not_passed_over(kind: str) -> None:
    gate = Gate("", kind, "g", "")
    assert overrules(gate, False, [True, False, False, False])
    assert not overrules(gate, False, [False] * 4)
    assert not overrules(gate, False, [])
    assert overrules(gate, True, [True, False, False])  # against most
    assert not overrules(gate, True, [True, False])


def test_eligibility_and_evidence() -> None:
    grown, paper = Gate("1.1", ELIGIBILITY, "g", ""), Gate("9.1", EVIDENCE, "e", "")
    assert overrules(grown, True, [True, True, False])
    assert not overrules(paper, True, [True, True, False])
    assert overrules(paper, True, [True, False, False])


def test_answer_against_the_members_needs_the_councils_reason(now: datetime) -> None:
    hall = _hall(now, True, True, True, False, None)
    with pytest.raises(Refused) as refusal:
        hall.answer()
    assert refusal.value.code == "gate_reason"
    assert "3 người trả lời có, 1 người trả lời không" in refusal.value.message
    assert hall.item.gates == {}
    hall.answer(reason=REASON)
    hall.answer()  # the same said again keeps its reason
    assert hall.item.gate_reasons == {COPIED.id: REASON}
    hall.conclude()
    told = _minutes(hall)
    assert "3 thành viên trả lời có, 1 trả lời không; hội đồng kết luận: không" in told
    assert REASON in told


def test_changed_answer_loses_its_reason(now: datetime) -> None:
    hall = _hall(now, True, False, False)
    hall.answer(reason=REASON)
    concluding.answer_gates(
        actor=hall.chair, item=hall.item, gates={COPIED.id: True}, reason="Có bản án", at=now
    )
    assert hall.item.gate_reasons == {COPIED.id: "Có bản án"}
    with pytest.raises(Refused):
        hall.answer()


def test_answer_that_follows_the_members_needs_none(now: datetime) -> None:
    hall = _hall(now, False, False, False)
    hall.answer()
    hall.conclude()
    assert hall.item.gate_reasons == {}
    assert "trả lời không;" not in _minutes(hall)


def test_answer_given_before_the_sheets_is_weighed_at_the_conclusion(now: datetime) -> None:
    """Nobody knows yet what members answer; it is not forgotten."""
    hall = open_hall(now)
    hall.answer()
    sheets.save_marks(
        actor=hall.actor(2), item=hall.item, changes={}, gates={COPIED.id: True}, at=now
    )
    hall.submit_all(72, 72, 72)
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert refusal.value.code == "gate_reason"
    found = progress.detail(hall.chair, hall.item)
    assert found is not None
    assert [(each.gate.id, each.yes, each.no) for each in found.unexplained] == [(COPIED.id, 1, 2)]
    hall.answer(reason=REASON)
    assert hall.conclude().star == 4


def test_missing_reason_is_told_before_the_conclusion_is_pressed(today: datetime) -> None:
    hall = open_hall(today)
    hall.answer()
    sheets.save_marks(
        actor=hall.actor(2), item=hall.item, changes={}, gates={COPIED.id: True}, at=today
    )
    hall.submit_all(72, 72, 72)
    chair = Person(hall.people[0])
    for address in (item_at(hall.item.code), f"/hoi-dong/phien/{hall.sitting.code}/"):
        page = chair.get(address)
        assert "Đủ điều kiện kết luận" not in page
        assert "Hội đồng trả lời khác thành viên mà chưa ghi lý do." in page
    asked = chair.get(item_at(hall.item.code, "ket-luan/"))
    assert "1 người trả lời có, 2 người trả lời không" in asked
    assert "Kết quả được khóa" not in asked
    assert item_at(hall.item.code, "dieu-kien/") in asked
    hall.answer(reason=REASON)
    assert "Đủ điều kiện kết luận" in chair.get(item_at(hall.item.code))
    assert "Kết quả được khóa" in chair.get(item_at(hall.item.code, "ket-luan/"))


def test_page_tells_what_members_answered_and_asks_the_reason(today: datetime) -> None:
    hall = _hall(today, True, True, False)
    chair, address = Person(hall.people[0]), item_at(hall.item.code, "dieu-kien/")
    page = chair.get(address)
    assert "Các thành viên trả lời: có 2, không 1, bỏ trống 0." in page
    given = {f"g{key}": "yes" if yes else "no" for key, yes in harmless(CRITERIA).items()}
    page = chair.post(address, given)
    assert "2 người trả lời có, 1 người trả lời không" in page
    assert hall.item.gates == {}
    chair.post(address, {**given, "reason": REASON})
    assert hall.item.gate_reasons == {COPIED.id: REASON}
    assert f"Lý do đã ghi: {REASON}" in chair.get(address)


@pytest.mark.parametrize("answer", [True, False])
def test_what_follows_from_the_marks_is_nobodys_to_answer(now: datetime, answer: bool) -> None:
    """5.2 counts only with 5.1 (ADR 15): no answer gives or takes its points."""
    derived = {gate.id for gate in CRITERIA.all_gates} - {gate.id for gate in CRITERIA.gates}
    story = {"requires_5.1_above_zero": answer}
    assert story.keys() <= derived
    hall = open_hall(now)
    given = marks(CRITERIA, 72)
    tries = [
        lambda: concluding.answer_gates(actor=hall.chair, item=hall.item, gates=story, at=now),
        lambda: sheets.save_marks(
            actor=hall.actor(2), item=hall.item, changes={}, gates=story, at=now
        ),
        lambda: paper_sheets.enter_paper_sheet(
            actor=hall.planner,
            item=hall.item,
            seat=hall.seat(2),
            marks=given,
            gates=story,
            opinion="",
            scan=SCAN,
            at=now,
        ),
    ]
    for attempt in tries:
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.code == "gate_derived"


def test_sheet_on_paper_asks_no_condition_that_follows_from_the_marks(now: datetime) -> None:
    hall = open_hall(now)
    grid = [b for b in sheet_paper(hall.item, hall.seat(2), None).blocks if isinstance(b, Grid)][1]
    assert [row[1] for row in grid.rows] == list(dict.fromkeys(g.note for g in CRITERIA.gates))


def test_answer_is_taken_back_before_the_conclusion(now: datetime) -> None:
    hall = open_hall(now)
    hall.answer()
    concluding.answer_gates(actor=hall.chair, item=hall.item, gates={COPIED.id: None}, at=now)
    assert hall.item.gates == {k: v for k, v in harmless(CRITERIA).items() if k != COPIED.id}
    hall.submit_all(72, 72, 72)
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert list(refusal.value.fields) == ["gates_open"]


def test_answer_is_taken_back_on_the_page(today: datetime) -> None:
    hall = open_hall(today)
    hall.submit_all(72, 72, 72)
    chair, address = Person(hall.people[0]), item_at(hall.item.code, "dieu-kien/")
    assert "Chưa trả lời" not in chair.get(address)
    hall.answer()
    assert "Chưa trả lời" in chair.get(address)
    chair.post(address, {f"g{COPIED.id}": ""})  # the others are not sent and stay
    assert hall.item.gates == {k: v for k, v in harmless(CRITERIA).items() if k != COPIED.id}


def test_page_tells_no_answer_before_all_sheets_are_in(today: datetime) -> None:
    hall = open_hall(today)
    sheets.save_marks(
        actor=hall.actor(0), item=hall.item, changes={}, gates={COPIED.id: True}, at=today
    )
    hall.submit_all(72, 72)
    assert "Các thành viên trả lời" not in Person(hall.people[0]).get(
        item_at(hall.item.code, "dieu-kien/")
    )


def test_condition_left_open_on_paper_is_kept_and_printed_so(now: datetime) -> None:
    """A signed sheet is typed as it was signed; the council answers before it concludes."""
    hall = open_hall(now)
    sheet = _on_paper(hall, 2, {})
    assert (sheet.state, sheet.gates) == (SheetState.SUBMITTED, {})
    blocks = sheet_paper(hall.item, hall.seat(2), sheet).blocks
    asked = [block for block in blocks if isinstance(block, Grid)][1]
    assert {row[2] for row in asked.rows} == {"không trả lời"}
