"""From marks to a stored outcome: every condition of it, rescoring, written opinions."""

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import rfc8785

from ocop.core.actor import SYSTEM
from ocop.core.events import activity
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils import outcome
from ocop.councils.models import Item, ItemState, Sheet, SittingKind
from ocop.councils.papers import history
from ocop.councils.queries import progress
from ocop.councils.queries.hall import hall_of
from ocop.councils.services import concluding, sheets, sittings
from ocop.councils.working import CouncilRules
from ocop.criteria.sets import DISQUALIFY, EVIDENCE, load_set
from ocop.web.council import board
from tests.councils.books import harmless
from tests.councils.hall import SET, Hall, build_hall, marks, open_hall, open_up

pytestmark = pytest.mark.django_db

CRITERIA = load_set(SET)
EIGHTY = marks(CRITERIA, 80)


def refused(hall: Hall) -> list[str]:
    """What stands against concluding; the case stays as it was."""
    before = Item.objects.values().get(pk=hall.item.pk)
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert Item.objects.values().get(pk=hall.item.pk) == before
    return [refusal.value.code, *refusal.value.fields]


def test_outcome_is_the_unrounded_mean_in_canonical_form_with_its_hash(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 81, 81)
    hall.answer()
    item = Item.objects.get(pk=hall.conclude().pk)
    kept = outcome.from_json(item.outcome or {})
    assert item.state == ItemState.CONCLUDED
    assert kept.mean == Decimal(242) / 3
    assert item.mean == Decimal("80.666666")  # cut, not rounded
    assert item.star == kept.star
    assert kept.is_final
    assert hashlib.sha256(rfc8785.dumps(item.outcome)).hexdigest() == item.outcome_sha256
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert refusal.value.code == "item_state"


def test_everything_stands_against_it_until_it_is_done(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80)
    assert refused(hall) == ["sheets_missing"]
    hall.submit(2, marks(CRITERIA, 60))
    found = refused(hall)
    assert found[:3] == ["not_final", "gates_open", "spread"]
    hall.answer()
    assert refused(hall)[:2] == ["not_final", "spread"]


def test_open_conditions_are_told_in_words_for_people(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    ids = [gate.id for gate in CRITERIA.gates]
    assert f"Còn {len(ids)} điều kiện hội đồng chưa trả lời" in refusal.value.message
    assert "Trả lời điều kiện" in refusal.value.message
    assert not [one for one in ids if one in refusal.value.message]


def test_spread_holds_until_the_case_is_scored_again(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 69)
    hall.answer()
    assert "spread" in refused(hall)
    item = concluding.ask_rescoring(
        actor=hall.chair, item=hall.item, reason="Chênh 11 điểm", at=now
    )
    assert (item.state, item.attempt) == (ItemState.RESCORING, 2)
    assert refused(hall) == ["sheets_missing"]
    hall.submit_all(80, 80, 69)  # nobody moved
    assert "spread" in refused(hall)
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Vẫn chênh", at=now)
    hall.submit_all(80, 80, 80)
    assert hall.conclude().mean == 80
    assert Sheet.objects.filter(item=hall.item, state="submitted").count() == 9


def test_spread_of_exactly_the_limit_is_no_conflict(now: datetime) -> None:
    hall = open_hall(now, rules=CouncilRules(minimums=outcome.Minimums.MEDIAN))
    hall.submit_all(80, 80, 70)
    hall.answer()
    assert hall.conclude().mean == Decimal("76.666666")


def test_rescoring_waits_for_every_sheet_and_a_reason(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 60)
    with pytest.raises(Refused) as refusal:
        concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Chênh", at=now)
    assert refusal.value.code == "sheets_missing"
    with pytest.raises(Refused) as refusal:
        concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason=" ", at=now)
    assert refusal.value.code == "reason_needed"
    with pytest.raises(NotAllowed):
        concluding.ask_rescoring(actor=hall.planner, item=hall.item, reason="Chênh", at=now)


def test_levels_that_differ_are_agreed_on(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80)
    criterion = next(c for c in CRITERIA.criteria if c.minimum(3))
    high = EIGHTY[criterion.code]
    other = next(p for p in criterion.levels if p < criterion.minimum(3))
    hall.submit(2, {**EIGHTY, criterion.code: other})
    hall.answer()
    assert refused(hall) == ["not_final", "levels_differ"]
    with pytest.raises(Refused) as refusal:
        concluding.agree_level(
            actor=hall.chair, item=hall.item, criterion=criterion.code, points=99, at=now
        )
    assert refusal.value.code == "no_level"
    beyond = [p for p in criterion.levels if not other <= p <= high]
    for points in beyond:  # what no member comes near
        with pytest.raises(Refused) as refusal:
            concluding.agree_level(
                actor=hall.chair, item=hall.item, criterion=criterion.code, points=points, at=now
            )
        assert refusal.value.code == "level_nobody_gave"
    assert beyond
    for points in (high, None, high):
        concluding.agree_level(
            actor=hall.chair, item=hall.item, criterion=criterion.code, points=points, at=now
        )
        assert hall.item.agreed == ({} if points is None else {criterion.code: points})
    assert hall.conclude().outcome["levels"][criterion.code] == high


def test_levels_are_agreed_when_all_marks_are_in_and_fall_with_rescoring(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80)
    code = CRITERIA.criteria[0].code
    with pytest.raises(Refused) as refusal:
        concluding.agree_level(actor=hall.chair, item=hall.item, criterion=code, points=0, at=now)
    assert refusal.value.code == "sheets_missing"
    hall.submit(2, EIGHTY)
    given = EIGHTY[code]
    concluding.agree_level(actor=hall.chair, item=hall.item, criterion=code, points=given, at=now)
    item = concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Xem lại", at=now)
    assert item.agreed == {}


def test_level_that_few_members_gave_needs_the_councils_reason(now: datetime) -> None:
    """Every point can be defended: who presides does not set a level alone against the others."""
    hall = open_hall(now, members=4)
    criterion = next(c for c in CRITERIA.criteria if c.minimum(3) and len(c.levels) > 2)
    high = EIGHTY[criterion.code]
    low = next(points for points in criterion.levels if points < criterion.minimum(3))
    hall.submit(0, {**EIGHTY, criterion.code: low})
    for who in (1, 2, 3):
        hall.submit(who, EIGHTY)

    def agree(points: int, reason: str = "") -> None:
        concluding.agree_level(
            actor=hall.chair,
            item=hall.item,
            criterion=criterion.code,
            points=points,
            reason=reason,
            at=now,
        )

    between = [points for points in criterion.levels if low < points < high]
    for points in (low, *between):
        with pytest.raises(Refused) as refusal:
            agree(points, "  ")
        assert refusal.value.code == "level_reason"
        assert str(high) in refusal.value.message
    assert hall.item.agreed == {}
    agree(high)  # what most gave needs no words
    agree(low, " Giấy chứng nhận hết hạn ")
    assert hall.item.agreed == {criterion.code: low}
    told = activity(hall.item).filter(name="councils.level_agreed").first()
    assert told is not None
    assert told.reason == "Giấy chứng nhận hết hạn"
    assert "1 người" in history.levels(hall.item, hall_of(hall.sitting))
    assert "3 người" in history.levels(hall.item, hall_of(hall.sitting))
    assert "lý do: Giấy chứng nhận hết hạn" in history.levels(hall.item, hall_of(hall.sitting))


def test_either_level_of_a_council_in_halves_needs_no_reason(now: datetime) -> None:
    hall = open_hall(now, members=4)
    criterion = next(c for c in CRITERIA.criteria if c.minimum(3))
    other = {**EIGHTY, criterion.code: criterion.levels[0]}
    for who, given in enumerate((EIGHTY, other, EIGHTY, other)):
        hall.submit(who, given)
    for points in (EIGHTY[criterion.code], criterion.levels[0]):
        concluding.agree_level(
            actor=hall.chair, item=hall.item, criterion=criterion.code, points=points, at=now
        )
        assert hall.item.agreed == {criterion.code: points}


def test_stop_answered_yes_gives_no_star(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    stop = next(gate.id for gate in CRITERIA.gates if gate.type == "disqualify")
    hall.answer()
    concluding.answer_gates(
        actor=hall.secretary, item=hall.item, gates={stop: True}, reason="Đã có bản án", at=now
    )
    item = hall.conclude()
    assert (item.mean, item.star) == (80, None)
    assert item.outcome["stopped"] == [stop]


def test_points_without_evidence_count_for_nobody(now: datetime) -> None:
    number, gate = next(
        (number, gate)
        for number in range(1, 27)
        for gate in load_set(number).gates
        if gate.type == EVIDENCE and gate.criterion
    )
    criteria_set = load_set(number)
    hall = open_hall(now, number=number)
    given = {c.code: c.max for c in criteria_set.criteria}
    for who in range(3):
        hall.submit(who, given)
    concluding.answer_gates(
        actor=hall.chair,
        item=hall.item,
        gates={**harmless(criteria_set), gate.id: False},
        reason="Giấy chứng nhận đã hết hạn",
        at=now,
    )
    lost = criteria_set.by_code[gate.criterion].max
    expected = [Decimal(100 - lost)] * 3
    assert [sheet.total for sheet in Sheet.objects.all()] == expected
    assert list(map(Decimal, hall.conclude().outcome["totals"].values())) == expected


def test_unknown_condition_is_refused_and_others_stay(now: datetime) -> None:
    hall = open_hall(now)
    first, second = (gate.id for gate in CRITERIA.gates[:2])
    concluding.answer_gates(actor=hall.chair, item=hall.item, gates={first: True}, at=now)
    with pytest.raises(Refused) as refusal:
        concluding.answer_gates(actor=hall.chair, item=hall.item, gates={"khác": True}, at=now)
    assert refusal.value.code == "unknown_gate"
    concluding.answer_gates(actor=hall.chair, item=hall.item, gates={second: False}, at=now)
    assert hall.item.gates == {first: True, second: False}


def test_discussion_goes_into_the_minutes_while_the_sitting_is_open(now: datetime) -> None:
    hall = build_hall(now)
    with pytest.raises(Refused) as refusal:
        concluding.note_discussion(actor=hall.chair, item=hall.item, text="Ý kiến", at=now)
    assert refusal.value.code == "sitting_state"
    open_up(hall)
    with pytest.raises(Refused) as refusal:
        concluding.note_discussion(actor=hall.chair, item=hall.item, text="x" * 10_001, at=now)
    assert (refusal.value.code, list(refusal.value.fields)) == ("text_too_long", ["text"])
    concluding.note_discussion(actor=hall.secretary, item=hall.item, text=" Ý kiến ", at=now)
    assert hall.item.discussion == "Ý kiến"


def test_absent_member_is_not_waited_for(now: datetime) -> None:
    hall = build_hall(now, members=4)
    open_up(hall, away=[3])
    hall.submit_all(80, 80, 80)
    hall.answer()
    assert len(hall.conclude().outcome["totals"]) == 3


def test_who_concludes(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    hall.answer()
    for actor in (hall.planner, hall.actor(2)):
        with pytest.raises(NotAllowed):
            concluding.conclude(actor=actor, item=hall.item, at=now)


def written(now: datetime, *totals: int, members: int = 4) -> Hall:
    hall = open_hall(now, kind=SittingKind.WRITTEN, members=members)
    hall.submit_all(*totals)
    hall.answer()
    return hall


def test_written_opinions_that_agree_need_no_meeting(now: datetime) -> None:
    hall = written(now, 80, 81, 82, 80)
    assert hall.conclude().mean == Decimal("80.75")


def test_written_opinions_are_waited_for_until_their_last_day(now: datetime) -> None:
    hall = written(now, 80, 81, 82)
    assert refused(hall) == ["sheets_missing"]
    later = now + timedelta(days=8)
    assert concluding.conclude(actor=hall.chair, item=hall.item, at=later).mean == 81


def test_written_opinions_without_the_quorum_decide_nothing(now: datetime) -> None:
    hall = written(now, 80, 81)
    with pytest.raises(Refused) as refusal:
        concluding.conclude(actor=hall.chair, item=hall.item, at=now + timedelta(days=8))
    assert list(refusal.value.fields) == ["quorum"]


def test_written_opinions_that_differ_become_a_meeting(now: datetime) -> None:
    hall = written(now, 80, 81, 82, 65)
    assert refused(hall) == ["opinions_differ"]
    meeting = concluding.call_meeting(
        actor=hall.planner,
        sitting=hall.sitting,
        starts_at=now,
        place="Hội trường",
        items=[hall.item],
        at=now,
    )
    assert (meeting.kind, meeting.follows) == (SittingKind.MEETING, hall.sitting)
    assert hall.item.state == ItemState.TAKEN_OFF
    [item] = meeting.items.all()
    assert (item.case, item.state) == (hall.item.case, ItemState.WAITING)
    assert sorted(sum(sheet.marks.values()) for sheet in item.sheets.all()) == [65, 80, 81, 82]
    assert {sheet.state for sheet in item.sheets.all()} == {"draft"}
    hall.sitting = meeting
    open_up(hall)
    for who in range(4):
        hall.submit(who, EIGHTY, item)
    hall.answer(item)
    assert hall.conclude(item).mean == 80
    closed = sittings.close_sitting(actor=hall.chair, sitting=meeting.follows, at=now)
    assert closed.closed_at == now


def test_member_asks_for_a_meeting(now: datetime) -> None:
    hall = open_hall(now, kind=SittingKind.WRITTEN)
    sheets.save_marks(actor=hall.actor(2), item=hall.item, changes={}, wants_meeting=True, at=now)
    hall.submit_all(80, 80, 80)
    hall.answer()
    assert refused(hall) == ["opinions_differ"]


def test_a_condition_that_one_of_ten_answers_with_yes_needs_a_meeting(now: datetime) -> None:
    hall = open_hall(now, kind=SittingKind.WRITTEN, members=10)
    gate = next(gate for gate in CRITERIA.gates if gate.type == DISQUALIFY)
    sheets.save_marks(
        actor=hall.actor(9), item=hall.item, changes={}, gates={gate.id: True}, stamp=1, at=now
    )
    hall.submit_all(*[100] * 10)
    hall.answer(reason="Đã đối chiếu hồ sơ")
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert refusal.value.code == "opinions_differ"
    assert gate.note in refusal.value.message
    detail = progress.detail(hall.chair, hall.item)
    assert detail is not None
    [line] = board.differing(hall.chair, hall.sitting)
    assert [gate.note in words for words in line.differences] == [True]
    assert line.differences == board.of_detail(detail, detail.progress, hall.item).differences


def test_meeting_is_called_for_cases_of_an_open_written_procedure(now: datetime) -> None:
    hall, other = written(now, 80, 60), open_hall(now)
    elsewhere = open_hall(now, kind=SittingKind.WRITTEN)
    for code, sitting, items in (
        ("not_written", other.sitting, [other.item]),
        ("empty_agenda", hall.sitting, []),
        ("other_sitting", hall.sitting, [elsewhere.item]),
    ):
        with pytest.raises(Refused) as refusal:
            concluding.call_meeting(
                actor=SYSTEM, sitting=sitting, starts_at=now, place="", items=items, at=now
            )
        assert refusal.value.code == code
