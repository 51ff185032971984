"""Where a sitting stands, as its pages show it: members in the hall, cases, what is open."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_number
from ocop.councils import models
from ocop.councils.models import Item, ItemState, ObstacleState, Position, Sitting, SittingKind
from ocop.councils.outcome import Problem
from ocop.councils.queries import opinions, progress, sittings
from ocop.councils.queries.hall import Hall, hall_of
from ocop.councils.queries.progress import Detail, ItemProgress, Quorum
from ocop.councils.remarks import problem_words, unexplained_words
from ocop.councils.summary import conclusion_words, passed_words, star_words
from ocop.criteria import queries as criteria
from ocop.criteria.sets import Criterion, Gate

RUNNING = (ItemState.SCORING, ItemState.RESCORING)
OVER = (ItemState.CONCLUDED, ItemState.TAKEN_OFF)


@dataclass(frozen=True, slots=True)
class Member:
    """A member at a case: whether the sheet is in, and nothing of what it says."""

    name: str
    words: str
    tone: str
    shape: str


@dataclass(frozen=True, slots=True)
class Line:
    """A case of the agenda. Figures are None before all sheets are in."""

    item: Item
    submitted: int
    expected: int
    all_in: bool
    mean: Decimal | None
    spread: Decimal | None
    star_words: str
    beyond: str  # in words, when the spread is beyond the limit
    members: Sequence[Member] = ()
    open_gates: Sequence[Gate] = ()
    differing: Sequence[Criterion] = ()
    problems: Sequence[Problem] | None = None  # None: not told to this viewer, or not yet known
    problem_words: Sequence[str] = ()
    unexplained: bool = False  # an answer against members' own lacks the council's reason
    differences: Sequence[str] = ()  # why written opinions do not settle it
    number: int | None = None  # on the agenda that the viewer sees


@dataclass(frozen=True, slots=True)
class Board:
    """A sitting at this moment, for one viewer."""

    sitting: Sitting
    quorum: Quorum
    quorum_words: str
    lines: Sequence[Line]
    current: Line | None
    warned: int  # conflicts of interest that nobody settled

    @property
    def concluded(self) -> int:
        """How many cases have their conclusion."""
        return sum(line.item.state == ItemState.CONCLUDED for line in self.lines)

    @property
    def mark(self) -> str:
        """Changes whenever anything shown changes."""
        facts = repr((self.sitting.state, self.quorum, [_facts(line) for line in self.lines]))
        more = repr((self.current and _facts(self.current), self.warned))
        return hashlib.sha256((facts + more).encode()).hexdigest()[:16]


def board_of(actor: Actor, sitting: Sitting, agenda: Sequence[Item] | None = None) -> Board:
    """The sitting as this viewer may see it; the case at work comes in full.

    `agenda` is the viewer's where the page has read it already.
    """
    found = progress.progress(actor, sitting, agenda)
    limit = found.hall.rules.spread_limit
    running = [one for one in found.items if one.item.state in RUNNING]
    ready = [one for one in running if one.all_in]
    current = next(iter(ready or running), None)
    lines = [
        replace(_line(one, limit), number=number) for number, one in enumerate(found.items, start=1)
    ]
    return Board(
        sitting,
        found.quorum,
        quorum_words(found.quorum),
        lines,
        None
        if current is None
        else replace(
            line_of(actor, current.item, found.hall),
            number=lines[found.items.index(current)].number,
        ),
        warned(actor, sitting),
    )


def line_of(actor: Actor, item: Item, hall: Hall | None = None) -> Line:
    """One case in full: its members, and for those who lead what keeps it open."""
    hall = hall or hall_of(item.sitting)
    detail = progress.detail(actor, item, hall)
    now = detail.progress if detail else progress.item_progress(item, hall)
    return of_detail(detail, now, item)


def of_detail(detail: Detail | None, now: ItemProgress, item: Item) -> Line:
    """The same from what has been read already."""
    criteria_set = criteria.worded(item.case.version).criteria_set
    limit = detail.rules.spread_limit if detail else None
    line = _line(now, limit)
    gates = {gate.id: gate for gate in criteria_set.gates}
    outcome = detail.outcome if detail else None
    problems = detail.problems if detail and outcome else None
    unexplained = detail.unexplained if detail else ()
    return Line(
        item,
        line.submitted,
        line.expected,
        line.all_in,
        line.mean,
        line.spread,
        line.star_words
        or (conclusion_words(outcome, passing=item.sitting.passing) if outcome else ""),
        line.beyond,
        members=_members(now),
        open_gates=[gates[key] for key in now.open_gates if key in gates],
        differing=[criteria_set.by_code[code] for code in (detail.levels if detail else ())],
        problems=problems,
        problem_words=[
            problem_words(problem, outcome, detail.rules, [s.user.name for s in now.standing])
            for problem in problems or ()
            if detail and outcome
        ]
        + ([unexplained_words(unexplained)] if unexplained else []),
        unexplained=bool(unexplained),
        differences=_of_opinions(item, detail) if outcome and item.state in RUNNING else (),
    )


def warned(actor: Actor, sitting: Sitting) -> int:
    """Conflicts of interest of this agenda that wait to be settled."""
    cases = sittings.agenda(actor, sitting).order_by().values("case")
    return (
        sittings.obstacles_visible_to(actor)
        .filter(case__in=cases, seat__council=sitting.council, state=ObstacleState.WARNED)
        .count()
    )


def quorum_words(quorum: Quorum) -> str:
    """`Có mặt 8 trên 11, cần 9, chưa có Chủ tịch.`"""
    words = _("Có mặt %(present)d trên %(seats)d thành viên, cần %(needed)d") % {
        "present": quorum.present,
        "seats": quorum.seats,
        "needed": quorum.needed,
    }
    if not quorum.chair_needed:
        return words + "."
    chair = _("có Chủ tịch") if quorum.chair_present else _("chưa có Chủ tịch")
    return f"{words}, {chair}."


def differing(actor: Actor, sitting: Sitting) -> list[Line]:
    """The running cases of a written procedure, those that are complete with what differs."""
    found = progress.progress(actor, sitting)
    running = [one for one in found.items if one.item.state in RUNNING]
    sheets: dict[int, list[models.Sheet]] = {}
    told = {one.item.pk: one for one in running if one.totals is not None}
    rows = models.Sheet.objects.filter(item__in=list(told), state="submitted")
    for sheet in rows.order_by("attempt"):
        if sheet.seat_id in (told[sheet.item_id].totals or {}):
            sheets.setdefault(sheet.item_id, []).append(sheet)
    return [
        replace(
            _line(one, found.hall.rules.spread_limit),
            differences=opinions.differing(one.item, sheets.get(one.item.pk, []), found.hall.rules),
        )
        for one in running
    ]


def _of_opinions(item: Item, detail: Detail | None) -> list[str]:
    """Why the council must meet on a case of which opinions were given in writing."""
    if detail is None or item.sitting.kind != SittingKind.WRITTEN:
        return []
    return opinions.what_differs(item)


def _line(now: ItemProgress, limit: Decimal | None) -> Line:
    item = now.item
    beyond = ""
    if now.over_limit and item.state in RUNNING:
        beyond = _("quá %s điểm") % write_number(limit) if limit is not None else _("quá giới hạn")
    return Line(
        item,
        now.submitted,
        len(now.expected),
        now.all_in,
        item.mean if item.mean is not None else now.mean,
        now.spread,
        _concluded_words(item),
        beyond,
    )


def _concluded_words(item: Item) -> str:
    if item.state != ItemState.CONCLUDED:
        return ""
    if item.sitting.passing == 1:
        return _("đã xong lượt thứ nhất")
    return passed_words(item) or star_words(item.star)


def _members(now: ItemProgress) -> list[Member]:
    missing = {seat.pk for seat in now.missing}
    expected = {seat.pk for seat in now.expected}
    standing = {seat.pk for seat in now.standing}
    written = now.item.sitting.kind == SittingKind.WRITTEN
    found = []
    for seat in now.judges:
        if seat.pk in standing:
            look = (_("về sớm, giữ phiếu đã nộp"), "flat", "check")
        elif seat.pk not in expected:
            look = (_("vắng"), "flat", "minus")
        elif seat.pk in missing:
            look = (_("chưa trả lời") if written else _("chưa nộp"), "due", "clock")
        else:
            look = (_("đã nộp"), "ok", "check")
        name = seat.user.name
        if seat.position != Position.MEMBER:
            name = f"{name} ({kernel(str(seat.get_position_display()))})"
        found.append(Member(name, *look))
    return found


def _facts(line: Line) -> tuple[Any, ...]:
    item = line.item
    return (
        item.code,
        line.number,
        item.state,
        item.attempt,
        line.submitted,
        line.expected,
        line.mean,
        line.spread,
        line.star_words,
        line.members,
        [gate.id for gate in line.open_gates],
        [criterion.code for criterion in line.differing],
        line.problem_words,
        line.differences,
    )
