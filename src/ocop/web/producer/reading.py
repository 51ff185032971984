"""What the producer's pages show of a dossier, read once and put into words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.events import activity
from ocop.core.language import gettext, noop
from ocop.councils.models import ItemState
from ocop.criteria import queries as criteria
from ocop.criteria.sets import CriteriaSet, Criterion
from ocop.dossiers import differences, forms, lifecycle, saying
from ocop.dossiers.completeness import GATES_PAGE, Completeness, Remark, Step
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.queries import filing, queue
from ocop.dossiers.services.drafting import field_words
from ocop.web.happenings import Happening, told
from ocop.web.office.dossiers.looks import clock_words

#: The way of a dossier as a producer sees it.
_WAY = (
    (noop("Soạn"), ("draft", "returned")),
    (noop("Xã kiểm tra"), ("at_commune",)),
    (noop("Tỉnh tiếp nhận"), ("forwarded", "received")),
    (noop("Tổ tư vấn"), ("examining", "ready")),
    (noop("Hội đồng"), ("on_agenda", "concluded", "at_ministry")),
    (noop("Kết quả"), ("decided",)),
)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to fill in: where it is done, and what is still missing. `untouched`: nothing has
    to be written there, and nothing is."""

    words: str
    address: str
    missing: int
    untouched: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion as a list shows it."""

    criterion: Criterion
    name: str
    address: str
    points: int | None
    counts: bool  # not where a condition of its is not met
    papers: int
    step: Step
    blockers: tuple[Remark, ...]
    warnings: tuple[Remark, ...]


def paused(row: Dossier, today: date) -> str:
    """That the clock of a row of `queue.with_waiting` stands still, as the commune reads it; ""
    while it runs."""
    clock = queue.clock_of(row, today, stops=queue.CLOCK_STOPS.get())
    return clock_words(clock) if clock.stopped_on is not None else ""


def way(dossier: Dossier) -> tuple[list[str], int]:
    """The steps in words, and which one the dossier is at.

    One that ended without a recognition shows only the steps it really came to, and its end.
    """
    if dossier.state in (State.WITHDRAWN, State.REFUSED):
        steps = [gettext(step) for step, _states in _WAY[:-1]]
        words = [step for step, came in zip(steps, _came_to(dossier), strict=True) if came]
        return [*words, state_words(dossier)], len(words) + 1
    words = [gettext(step) for step, _states in _WAY]
    at = next(n for n, (_words, states) in enumerate(_WAY, start=1) if dossier.state in states)
    return words, at


def _came_to(dossier: Dossier) -> tuple[bool, ...]:
    """Of each step before the last, whether the dossier came to it."""
    case = dossier.case
    return (
        True,
        dossier.submitted_at is not None,
        dossier.forwarded_at is not None,
        dossier.assignments.exists(),
        case is not None and case.items.filter(state=ItemState.CONCLUDED).exists(),
    )


def state_words(dossier: Dossier) -> str:
    """Where the dossier stands, in the producer's words."""
    return gettext(lifecycle.SITUATIONS[dossier.state].producer)


def returned(dossier: Dossier) -> Happening | None:
    """Why, when and by whom a dossier was given back that is to be mended now."""
    if dossier.state != State.RETURNED:
        return None
    last = activity(dossier).filter(name="dossiers.dossier_returned")[:1]
    return next(iter(told(last)), None)


def tasks(dossier: Dossier, found: Completeness) -> list[Task]:
    """The pages of the forms and the conditions, in order."""
    missing: dict[str, int] = {}
    for remark in found.form:
        missing[remark.page] = missing.get(remark.page, 0) + 1
    pages = [
        Task(
            gettext(page.title),
            reverse("producer_page", args=(dossier.code, page.key)),
            missing.get(page.key, 0),
            not any(dossier.answers.get(field.key) for field in page.fields),
        )
        for page in forms.pages_for(dossier.kind, dossier.version.sector)
    ]
    gates = Task(
        _("Điều kiện chung"),
        reverse("producer_gates", args=(dossier.code,)),
        missing.get(GATES_PAGE, 0),
    )
    return [*pages, gates]


def rows(dossier: Dossier, found: Completeness) -> list[tuple[str, str, int, list[Row]]]:
    """The criteria by section: code, name, maximum, rows."""
    worded = criteria.worded(dossier.version)
    papers: dict[str, int] = {}
    for use in dossier.uses.all():
        papers[use.criterion] = papers.get(use.criterion, 0) + 1
    unanswered: dict[str, list[Remark]] = {}
    for remark in found.form:
        if remark.criterion:
            unanswered.setdefault(remark.criterion, []).append(remark)
    lines = {line.criterion: line for line in found.lines}
    voided = filing.voided_of(dossier, timezone.localdate())
    made: dict[str, list[Row]] = {}
    for criterion in worded.criteria_set.criteria:
        line = lines[criterion.code]
        row = Row(
            criterion,
            worded.words.get((criterion.code, None), criterion.name),
            reverse("producer_criterion", args=(dossier.code, criterion.code)),
            dossier.marks.get(criterion.code),
            criterion.code not in voided,
            papers.get(criterion.code, 0),
            line.step,
            (*unanswered.get(criterion.code, ()), *line.blockers),
            line.warnings,
        )
        made.setdefault(criterion.section, []).append(row)
    sections = worded.criteria_set.sections
    return [(s.code, s.name, s.max, made.get(s.code, [])) for s in sections]


def panel(dossier: Dossier, on: date) -> dict[str, Any]:
    """The live self-score: total, star, missed minimums, advice, and how far the dossier is."""
    criteria_set = criteria.worded(dossier.version).criteria_set
    score = filing.self_score(dossier, on)
    return {
        "dossier": dossier,
        "ended": dossier.state in lifecycle.ENDED,
        "outcome": score.outcome,
        "next_star": score.next_star,
        "answered": len(dossier.marks),
        "criteria_count": len(criteria_set.criteria),
        "missed": [(criteria_set.by_code[code], need) for code, need in score.missed.items()],
        "ways": [told_way(criteria_set, way) for way in score.ways],
        "found": filing.completeness_of(dossier, on),
    }


def told_way(criteria_set: CriteriaSet, way: Any) -> dict[str, Any]:
    """A way with its criteria, to be shown."""
    return {
        "star": way.star,
        "points": way.points,
        "changes": [(criteria_set.by_code[c.criterion], c.now, c.then) for c in way.changes],
    }


def order(dossier: Dossier) -> list[str]:
    """The addresses of everything to fill in, in order: what "save and next" leads through."""
    pages = [
        reverse("producer_page", args=(dossier.code, page.key))
        for page in forms.pages_for(dossier.kind, dossier.version.sector)
    ]
    pledge = pages.pop()  # the pledge comes last, when all else is known
    criteria_set = criteria.set_of(dossier.version)
    codes = [
        reverse("producer_criterion", args=(dossier.code, c.code)) for c in criteria_set.criteria
    ]
    return [*pages, *codes, reverse("producer_gates", args=(dossier.code,)), pledge]


def around(dossier: Dossier, address: str) -> tuple[str, str, int, int]:
    """The pages before and after one ("" where there is none), its place and how many there are."""
    every = order(dossier)
    at = every.index(address)
    before = every[at - 1] if at else ""
    after = every[at + 1] if at + 1 < len(every) else ""
    return before, after, at + 1, len(every)


@dataclass(frozen=True, slots=True)
class Changed:
    """A difference in words."""

    field: str
    before: str
    after: str


def changed(dossier: Dossier, found: tuple[differences.Difference, ...]) -> list[Changed]:
    """Differences as a person reads them."""
    return [
        Changed(
            _("Minh chứng của tiêu chí %s") % d.key
            if d.part == differences.EVIDENCE
            else _part(d.part) % field_words(dossier, f"{d.part}.{d.key}"),
            value(dossier, d.part, d.key, d.before),
            value(dossier, d.part, d.key, d.after),
        )
        for d in found
    ]


def _part(part: str) -> str:
    return {"marks": _("Điểm: %s"), "claims": _("Thuyết minh: %s")}.get(part, "%s")


def value(dossier: Dossier, part: str, key: str, kept: Any) -> str:
    """What a field of a dossier holds, or is to hold, in words."""
    asked = forms.fields_for(dossier.kind, dossier.version.sector).get(key)
    return answered(asked, kept) if part == "answers" and asked else shown(kept)


def answered(field: forms.Field, value: Any) -> str:
    """An answer of the forms in words; a dash for none."""
    return saying.said(field, value) or shown(None)


def shown(value: Any) -> str:
    """A value in words; a dash for none."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, tuple | list):
        return "; ".join(map(str, value))
    return str(value)
