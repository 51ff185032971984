"""What the page of one case shows: facts, what it comes to, sheets and the steps on each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_number
from ocop.councils import rules
from ocop.councils.models import Item, ItemState, ObstacleState, Position, Seat, Sheet
from ocop.councils.outcome import ProductOutcome
from ocop.councils.queries import progress
from ocop.councils.queries import sheets as sheet_queries
from ocop.councils.queries import sittings as queries
from ocop.councils.queries.passes import first_pass
from ocop.councils.summary import conclusion_words
from ocop.criteria.queries import Worded, worded
from ocop.criteria.scoring import score
from ocop.dossiers.models import Dossier
from ocop.web.council import centre_file
from ocop.web.council.board import RUNNING, of_detail
from ocop.web.council.steps import next_of_line
from ocop.web.vietnamese import vietnamese

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A member at this case: where the sheet stands, its total when it may be read, the steps."""

    name: str
    position: str
    words: str
    tone: str
    shape: str
    total: Decimal | None = None
    address: str = ""
    steps: Sequence[Link] = ()


def context(actor: Actor, item: Item) -> dict[str, Any]:
    """Everything the page needs."""
    detail = progress.detail(actor, item)
    now = detail.progress if detail else progress.item_progress(item)
    line = of_detail(detail, now, item)
    leads = rules.may_steer_item(actor, item)
    found: dict[str, Any] = {
        "item": item,
        "eyebrow": _eyebrow(actor, item),
        "line": line,
        "next_step": next_of_line(line) if leads and item.sitting.state == "open" else None,
        "may_steer": leads,
        "open": item.state in RUNNING,
        "facts": _facts(item),
        "rows": list(_rows(actor, item, now, settled=not line.differences)),
        "earlier": _earlier(actor, item),
        "first_pass": first_pass(item),
        "own_sheet_address": _own(actor, item),
        "dossier_address": _dossier(item),
    }
    if detail is not None and detail.outcome is not None:
        found["fallen"] = fallen_words(detail.fallen)
        found |= _outcome(item, detail.outcome)
    return found


def fallen_words(fallen: Mapping[str, int]) -> str:
    """Levels that fell because marks changed after they were agreed on; empty when none did."""
    return "; ".join(
        _("%(code)s: %(points)d điểm") % {"code": code, "points": points}
        for code, points in fallen.items()
    )


def marked(worded: Worded, sheet: Sheet) -> list[tuple[str, str, list[tuple[Any, ...]]]]:
    """A sheet by section: (code, name, rows of criterion, words, points, maximum, comment, and
    whether the points count)."""
    criteria_set = worded.criteria_set
    voided = score(criteria_set, sheet.marks, gates=sheet.item.gates, dependent=True).voided
    return [
        (
            section.code,
            section.name,
            [
                (
                    c.code,
                    worded.words.get((c.code, None), c.name),
                    sheet.marks.get(c.code),
                    c.max,
                    sheet.comments.get(c.code, ""),
                    c.code not in voided,
                )
                for c in criteria_set.criteria
                if c.section == section.code
            ],
        )
        for section in criteria_set.sections
    ]


def _eyebrow(actor: Actor, item: Item) -> str:
    """The sitting, and which number the case has in it; none once it is taken off."""
    number = queries.numbers(actor, item.sitting).get(item.pk)
    if number is None:
        return item.sitting.title
    return _("Hồ sơ số %(place)s, %(sitting)s") % {
        "place": number,
        "sitting": item.sitting.title,
    }


def _facts(item: Item) -> list[tuple[str, Any]]:
    case = item.case
    own = ""
    if case.self_total is not None:
        own = _("%s điểm") % write_number(case.self_total)
        if case.self_star:
            own += ", " + _("%d sao") % case.self_star
    ruled = (_("Bộ tiêu chí"), vietnamese(case.version))
    if case.kind != "product":
        return [ruled, *centre_file.facts(case)]
    return [
        (_("Chủ thể"), case.producer.name if case.producer else ""),
        (_("Số phiếu đăng ký"), case.reference),
        ruled,
        (_("Chủ thể tự chấm"), own),
    ]


def _outcome(item: Item, outcome: ProductOutcome) -> dict[str, Any]:
    criteria_set = worded(item.case.version).criteria_set
    gates = {gate.id: gate for gate in criteria_set.all_gates}
    return {
        "outcome": outcome,
        "certain": outcome.star if outcome.is_final and item.sitting.passing == 2 else None,
        "star_words": conclusion_words(outcome, passing=item.sitting.passing),
        "sections": [
            (s.code, s.name, outcome.sections.get(s.code), s.max) for s in criteria_set.sections
        ],
        "stopped": [gates[key] for key in outcome.stopped if key in gates],
        "missed": [
            (star, [(criteria_set.by_code[code], need) for code, need in missed.items()])
            for star, missed in outcome.missed.items()
            if missed
        ],
    }


def _rows(actor: Actor, item: Item, now: progress.ItemProgress, *, settled: bool) -> Iterator[Row]:
    """Every member who may judge, then those who are recused. `settled`: no opinions differ."""
    readable = {
        sheet.seat_id: sheet
        for sheet in sheet_queries.sheets_visible_to(actor, item).filter(attempt=item.attempt)
    }
    waiting = {sheet.seat_id: sheet for sheet in sheet_queries.paper_waiting(actor, item)}
    missing = {seat.pk for seat in now.missing}
    expected = {seat.pk for seat in now.expected}
    standing = {seat.pk for seat in now.standing}
    back = list(sheet_queries.given_back(actor, item))
    given = {sheet.seat_id: sheet.pk for sheet in back}
    may = _may(actor, item, back, alone=settled and not now.over_limit)
    for seat in now.judges:
        sheet, paper = readable.get(seat.pk), waiting.get(seat.pk)
        submitted = sheet is not None and sheet.state == "submitted"
        if paper is not None:
            look = (_("phiếu giấy chờ xác nhận"), "due", "question")
        elif seat.pk in standing:
            look = (_("về sớm, giữ phiếu đã nộp"), "flat", "check")
        elif seat.pk not in expected:
            look = (_("vắng"), "flat", "minus")
        elif seat.pk in missing:
            look = (_("chưa nộp"), "due", "clock")
        else:
            look = (_("đã nộp"), "ok", "check")
        yield Row(
            seat.user.name,
            kernel(str(seat.get_position_display())),
            *look,
            total=sheet.total if sheet and submitted else None,
            address=reverse("council:item_sheet", args=[item.code, sheet.pk])
            if sheet and submitted
            else "",
            steps=_steps(actor, item, seat, given.get(seat.pk), paper, missing, may),
        )
    recused = queries.obstacles_visible_to(actor).filter(
        case=item.case, state=ObstacleState.RECUSED, seat__council=item.sitting.council
    )
    for name, position in {(o.seat.user.name, o.seat.get_position_display()) for o in recused}:
        yield Row(name, kernel(str(position)), _("không tham gia"), "flat", "ban")


@dataclass(frozen=True, slots=True)
class _May:
    """What the viewer may do with every sheet of the case: asked once, not for each member."""

    reopen: set[int]  # sheets
    handle_paper: bool


def _may(actor: Actor, item: Item, sheets: Sequence[Sheet], *, alone: bool) -> _May:
    """`alone`: one member may mark anew; beyond the limit all do, and opinions that differ call
    for the meeting."""
    if item.state not in RUNNING:
        return _May(set(), False)
    for sheet in sheets:
        sheet.item = item
    hands = rules.may_handle_paper(actor, item) and not sheet_queries.owes_own_sheet(actor, item)
    return _May(_reopens(actor, sheets) if alone else set(), hands)


def _reopens(actor: Actor, sheets: Sequence[Sheet]) -> set[int]:
    """The sheets that the actor may give back: the rule knows the chair's, the own and others."""
    found: set[int] = set()
    others = [sheet for sheet in sheets if sheet.seat.user_id != actor.user_id]
    for of_chair in (True, False):
        alike = [s for s in others if (s.seat.position == Position.CHAIR) is of_chair]
        if alike and rules.may_reopen(actor, alike[0]):
            found |= {sheet.pk for sheet in alike}
    return found


def _steps(
    actor: Actor,
    item: Item,
    seat: Seat,
    given: int | None,
    paper: Sheet | None,
    missing: set[int],
    may: _May,
) -> list[Link]:
    found: list[Link] = []
    if given is not None and given in may.reopen:
        found.append((_("Mở lại"), reverse("council:sheet_reopen", args=[item.code, given])))
    if paper is not None and may.handle_paper:
        if paper.entered_by != actor.user_id:
            address = reverse("council:paper_confirm", args=[item.code, paper.pk])
            found.append((_("Xác nhận phiếu giấy"), address))
    elif seat.pk in missing and may.handle_paper:
        address = reverse("council:paper_sheet", args=[item.code, seat.pk])
        found.append((_("Nhập phiếu giấy"), address))
    return found


def _earlier(actor: Actor, item: Item) -> list[tuple[Sheet, str]]:
    """Sheets of attempts before this one, with the address of each."""
    sheets = sheet_queries.sheets_visible_to(actor, item).filter(attempt__lt=item.attempt)
    return [(s, reverse("council:item_sheet", args=[item.code, s.pk])) for s in sheets]


def _own(actor: Actor, item: Item) -> str:
    """The page of one's own sheet, for a chair or secretary who also scores."""
    if item.state == ItemState.TAKEN_OFF or not rules.may_score(actor, item):
        return ""
    return reverse("council:sheet", args=[item.code])


def _dossier(item: Item) -> str:
    """The page of the dossier behind the case, where the installation has one."""
    code = Dossier.objects.filter(case=item.case_id).values_list("code", flat=True).first()
    if code is None:
        return ""
    try:
        return reverse("office:dossier", args=[code])
    except NoReverseMatch:
        return ""
