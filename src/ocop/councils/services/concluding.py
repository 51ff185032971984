"""Writes of councils: scoring begun and repeated, levels and conditions agreed, the conclusion."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

import rfc8785

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils import notices, outcome, rules, working
from ocop.councils.models import (
    Item,
    ItemState,
    Sitting,
    SittingKind,
)
from ocop.councils.outcome import ProductOutcome
from ocop.councils.queries import councils, passes, progress
from ocop.councils.queries import sittings as queries
from ocop.councils.queries.hall import hall_of
from ocop.councils.queries.opinions import received
from ocop.councils.remarks import problem_words
from ocop.councils.services import opinions, sheets, steps
from ocop.councils.services import sittings as planning
from ocop.councils.services.conditions import answer_gates, expect_reasons
from ocop.councils.working import CouncilRules
from ocop.criteria import queries as criteria
from ocop.criteria import scoring

__all__ = [
    "agree_level",
    "answer_gates",
    "ask_rescoring",
    "call_meeting",
    "conclude",
    "expect_concludable",
    "note_discussion",
    "sha256_of",
    "start_all",
    "start_scoring",
]

LONGEST_DISCUSSION = 10_000  # characters
_SIX_PLACES = Decimal(
    "0.000001"
)  # of the stored mean, cut: never into another band; the outcome keeps it whole


@action("councils.start_scoring")
def start_scoring(*, actor: Actor, item: Item, at: datetime) -> Item:
    """Let the members mark a case. Refused: a sitting not open, conflicts nobody settled."""
    require(actor, rules.may_steer_item, item)
    steps.locked_sitting(item.sitting)
    item = steps.locked_item(item)
    steps.expect_sitting(item.sitting, "score")
    steps.expect_item(item, "start_scoring")
    planning.expect_settled(item.sitting, [item.case])
    item.state = ItemState.SCORING
    item.save(update_fields=["state"])
    record(actor, "councils.scoring_started", item, at=at)
    return item


@action("councils.start_all")
def start_all(*, actor: Actor, sitting: Sitting, at: datetime) -> list[Item]:
    """Let the members mark every case that waits and that the actor is not recused from.

    Refused: a sitting not open, conflicts nobody settled, nothing that waits.
    """
    require(actor, rules.may_steer, sitting)
    sitting = steps.locked_sitting(sitting)
    steps.expect_sitting(sitting, "score")
    waiting = list(
        queries.items_visible_to(actor)
        .filter(sitting=sitting, state=ItemState.WAITING)
        .select_related("case")
    )
    if not waiting:
        raise Refused("none_waiting", _("Không còn sản phẩm nào chờ chấm."))
    planning.expect_settled(sitting, [item.case for item in waiting])
    Item.objects.filter(pk__in=[item.pk for item in waiting], state=ItemState.WAITING).update(
        state=ItemState.SCORING
    )
    for item in waiting:
        item.state = ItemState.SCORING
    record(actor, "councils.all_started", sitting, *waiting, at=at)
    return waiting


@action("councils.ask_rescoring")
def ask_rescoring(*, actor: Actor, item: Item, reason: str, at: datetime) -> Item:
    """Have a case marked again after discussion, with the reason; each begins with the own marks.

    Levels agreed on the old marks fall away. Refused without a reason, while a sheet of this
    attempt is missing (its member would hear of the others' marks), and of written opinions that
    differ: then the council meets.
    """
    require(actor, rules.may_steer_item, item)
    needs_reason(reason)
    steps.locked_sitting(item.sitting)
    item = steps.locked_item(item)
    steps.expect_sitting(item.sitting, "score")
    steps.expect_item(item, "ask_rescoring")
    _expect_all_in(item)
    opinions.expect_no_meeting(item, at)
    before = progress.counted_sheets(item)
    item.attempt += 1
    item.state, item.rescoring_reason = ItemState.RESCORING, reason.strip()
    item.agreed, item.agreed_marks = {}, {}
    fits(item)
    item.save()
    sheets.carry_over(before, item, item.attempt, at=at)
    record(
        actor,
        "councils.rescoring_asked",
        item,
        at=at,
        reason=reason.strip(),
        change={"attempt": item.attempt},
    )
    notices.rescoring(item=item, reason=reason, at=at)
    return item


@action("councils.agree_level")
def agree_level(
    *,
    actor: Actor,
    item: Item,
    criterion: str,
    points: int | None,
    at: datetime,
    reason: str = "",
) -> Item:
    """Note the level the council agreed on for a criterion; None takes it back. It falls when one
    of the marks on which it was agreed changes.

    Refused: points that are no level or beyond what the members gave, another level than most of
    them gave without a reason, and while a sheet of this attempt is missing.
    """
    require(actor, rules.may_steer_item, item)
    item = steps.locked_item(item)
    steps.expect_item(item, "agree_level")
    criteria_set = criteria.set_of(item.case.version)
    scoring.check_marks(criteria_set, {criterion: 0 if points is None else points})
    _expect_all_in(item)
    counted = progress.counted_sheets(item)
    item.agreed = {c: p for c, p in item.agreed.items() if c != criterion}
    item.agreed_marks = {c: given for c, given in item.agreed_marks.items() if c != criterion}
    if points is not None:
        given = progress.given_in(counted, criterion)
        _expect_level(criterion, points, list(given.values()), reason)
        item.agreed[criterion], item.agreed_marks[criterion] = points, given
    item.save(update_fields=["agreed", "agreed_marks"])
    record(
        actor,
        "councils.level_agreed",
        item,
        at=at,
        reason=reason.strip(),
        change={"criterion": criterion, "points": points},
    )
    return item


def _expect_level(criterion: str, points: int, given: Sequence[int], reason: str) -> None:
    """Refuse a level beyond what members gave, and one against most of them without a reason: who
    presides does not set it alone."""
    if not min(given) <= points <= max(given):
        raise Refused(
            "level_nobody_gave",
            _(
                "Các thành viên chấm tiêu chí này từ %(low)d đến %(high)d điểm; mức thống nhất "
                "phải nằm trong khoảng đó. Nếu cần mức khác, hãy cho chấm lại."
            )
            % {"low": min(given), "high": max(given)},
        )
    most = outcome.given_most(given)
    if points not in most and not reason.strip():
        message = _(
            "Nhiều thành viên chấm tiêu chí %(criterion)s mức %(most)s điểm nhất. "
            "Thống nhất mức khác thì hãy ghi lý do của hội đồng."
        ) % {"criterion": criterion, "most": ", ".join(map(str, sorted(most)))}
        raise Refused("level_reason", message, fields={"reason": [message]})
    if reason.strip():
        needs_reason(reason)


@action("councils.note_discussion")
def note_discussion(*, actor: Actor, item: Item, text: str, at: datetime) -> Item:
    """Note what was discussed about a case, for the minutes. Refused once the sitting is over, and
    a text that no minutes can hold."""
    require(actor, rules.may_steer_item, item)
    check_text(text.strip(), "text", LONGEST_DISCUSSION)
    item = steps.locked_item(item)
    steps.expect_sitting(item.sitting, "score")
    item.discussion = text.strip()
    item.save(update_fields=["discussion"])
    record(actor, "councils.discussion_noted", item, at=at)
    return item


@action("councils.conclude")
def conclude(*, actor: Actor, item: Item, at: datetime, no_gaps: bool = False) -> Item:
    """Conclude on a case: the outcome is stored in canonical form (RFC 8785) with its hash.

    A first pass stores what was found and decides nothing: no mean, no star; where nothing was
    recorded, `no_gaps` says that there is nothing to complete. Refused without, and while
    anything stands against the result: a missing sheet, an unanswered criterion or condition, the
    spread, the quorum, the chair, levels that differ, an answer to a condition against members'
    own without a reason; of written opinions also when they differ
    (then the council meets) or their last day is not over and one is missing.
    """
    require(actor, rules.may_steer_item, item)
    sitting = steps.locked_sitting(item.sitting)  # it may be about to end
    item = steps.locked_item(item)
    steps.expect_sitting(sitting, "score")
    steps.expect_item(item, "conclude")
    result = expect_concludable(item, at)
    decides = sitting.passing == 2
    if not decides and not no_gaps and passes.found_in(item, result).nothing:
        message = _(
            "Lượt thứ nhất chưa ghi nội dung nào cần hoàn thiện. Hãy ghi ở bước “Ghi thảo luận”, "
            "hoặc đánh dấu là không có."
        )
        raise Refused("gaps_needed", message, fields={"no_gaps": [message]})
    item.outcome = json.loads(json.dumps(outcome.to_json(result)))
    item.outcome_sha256 = sha256_of(item.outcome)
    item.agreed = progress.agreed_levels(item, progress.counted_sheets(item))
    item.mean = (
        result.mean.quantize(_SIX_PLACES, ROUND_DOWN)
        if decides and result.mean is not None
        else None
    )
    item.star = result.star if decides else None
    item.state, item.concluded_at = ItemState.CONCLUDED, at
    item.save()
    record(
        actor,
        "councils.item_concluded",
        item,
        item.case,
        at=at,
        change={
            "passing": sitting.passing,
            "star": item.star,
            "mean": None if item.mean is None else str(item.mean),
            "sha256": item.outcome_sha256,
        }
        | ({"no_gaps": True} if no_gaps and not decides else {}),
    )
    notices.concluded(item=item, at=at)
    return item


def expect_concludable(item: Item, at: datetime) -> ProductOutcome:
    """Refuse what stands against concluding on a case now, else give its result: the page that
    offers the conclusion asks the same."""
    planning.expect_settled(item.sitting, [item.case])
    if item.sitting.kind == SittingKind.WRITTEN:
        opinions.expect_settled(item, at)
    else:
        _expect_all_in(item)
    result = progress.assessed(item)
    _expect_final(item, result, councils.rules_of(item.sitting.council))
    expect_reasons(item)
    return result


@action("councils.call_meeting")
def call_meeting(
    *,
    actor: Actor,
    sitting: Sitting,
    starts_at: datetime,
    place: str,
    items: Sequence[Item],
    at: datetime,
) -> Sitting:
    """Bring cases whose written opinions differ, or that are complex, before a meeting.

    They leave the written procedure with that reason; members begin with the marks they gave.
    Refused: no case, a case of another sitting or concluded, a sitting that is no written one.
    """
    require(actor, rules.may_plan_sitting, sitting)
    for item in items:
        require(actor, rules.may_plan_item, item)
    sitting = steps.locked_sitting(sitting)
    steps.expect_sitting(sitting, "call_meeting")
    if sitting.kind != SittingKind.WRITTEN:
        raise Refused("not_written", _("Phiên này không phải lấy ý kiến bằng văn bản."))
    if not items:
        raise Refused("empty_agenda", _("Hãy chọn ít nhất một sản phẩm để đưa ra họp."))
    called = [steps.locked_item(item) for item in sorted(items, key=lambda each: each.pk)]
    for held in called:
        if held.sitting_id != sitting.pk:
            raise Refused("other_sitting", _("“%s” không thuộc phiên này.") % held.case)
        steps.expect_item(held, "call_meeting")
    meeting = planning.build_sitting(
        council=sitting.council,
        kind=SittingKind.MEETING,
        title=_("Họp sau khi lấy ý kiến: %s") % sitting.title,
        place=place,
        starts_at=starts_at,
        passing=2,
        follows=sitting,
        at=at,
    )
    for held in called:
        given = received(held, hall_of(sitting))  # whatever the attempt
        held.state, held.off_reason = ItemState.TAKEN_OFF, _("Chuyển sang họp hội đồng")
        held.save(update_fields=["state", "off_reason"])
        placed = planning.place_on_agenda(actor=actor, sitting=meeting, cases=[held.case], at=at)
        sheets.carry_over(given, placed[0], 1, at=at)
    record(actor, "councils.meeting_called", meeting, sitting, at=at, change={"items": len(items)})
    notices.meeting_called(sitting=meeting, at=at)
    return meeting


def sha256_of(kept: Mapping[str, object]) -> str:
    """The hash of a stored outcome: of its canonical form, whatever order the database keeps."""
    return hashlib.sha256(rfc8785.dumps(dict(kept))).hexdigest()  # type: ignore[arg-type]


def _expect_all_in(item: Item) -> None:
    now = progress.item_progress(item)
    if not now.all_in:
        raise Refused(
            "sheets_missing",
            _(
                "Còn %(missing)d trên %(expected)d phiếu chưa nộp. "
                "Hãy chờ, hoặc ghi vắng mặt cho người đã rời phiên."
            )
            % {"missing": len(now.missing), "expected": len(now.expected)},
        )


def _expect_final(item: Item, result: ProductOutcome, working_rules: CouncilRules) -> None:
    problems = working.standing(result, working_rules, passing=item.sitting.passing)
    if problems:
        left = [seat.user.name for seat in progress.item_progress(item).standing]
        words = {p.value: [problem_words(p, result, working_rules, left)] for p in problems}
        raise Refused(
            "not_final",
            " ".join(sentence for sentences in words.values() for sentence in sentences),
            fields=words,
        )
