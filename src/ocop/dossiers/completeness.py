"""How far a dossier is, criterion by criterion, and what still keeps it from being filed (pure).

Filing is blocked by what the law names: a required field of Form 01 without an answer or any with
nonsense, a criterion without an answer, a condition (gate) without an answer, a claimed criterion
that counts only with a paper and has none that holds on the day, and of the type that is asked for
by name; for an upgrade what changed since the last recognition, told and proven (Art. 6). All else
is a warning: the producer decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ocop.core.checking import SHORTEST_REASON, length_of
from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.criteria.sets import (
    DISQUALIFY,
    ELIGIBILITY,
    EVIDENCE,
    EXCLUSION,
    STOP,
    CriteriaSet,
    Criterion,
    Gate,
)
from ocop.dossiers import conditions, forms
from ocop.dossiers.evidence_types import NEEDED, TYPES


class Step(StrEnum):
    """How far one criterion is."""

    EMPTY = "empty"  # no level chosen
    CHOSEN = "chosen"  # a level above 0 is claimed, nothing proves it
    PROVEN = "proven"  # a paper is named for it, or nothing is claimed


@dataclass(frozen=True, slots=True)
class Paper:
    """What completeness needs to know of a piece of evidence in use."""

    title: str
    valid_until: date | None = None
    new: bool = True  # since the last recognition
    type: str = ""  # one of `evidence_types`

    def over(self, on: date) -> bool:
        """Whether its validity has ended by a day; the last day still counts."""
        return self.valid_until is not None and self.valid_until < on


@dataclass(frozen=True, slots=True)
class Remark:
    """What is missing or doubtful. `page` is a page of the form, `criterion` a code; one is "" ."""

    code: str
    words: str
    page: str = ""
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: how far it is and what is said of it."""

    criterion: str
    step: Step
    blockers: tuple[Remark, ...]
    warnings: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """The whole dossier: per criterion, and what concerns pages and conditions."""

    lines: tuple[Line, ...]
    form: tuple[Remark, ...]  # blockers of pages and conditions
    form_warnings: tuple[Remark, ...]
    done: int
    all: int

    @property
    def percent(self) -> int:
        """Answered parts of all parts, rounded down: 100 only when nothing blocks."""
        return 100 if not self.all else self.done * 100 // self.all

    @property
    def blockers(self) -> tuple[Remark, ...]:
        """Everything that keeps the dossier from being filed."""
        return (*self.form, *(r for line in self.lines for r in line.blockers))

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Everything worth a look before filing."""
        return (*self.form_warnings, *(r for line in self.lines for r in line.warnings))

    def line(self, criterion: str) -> Line:
        """What is said of one criterion."""
        return next(line for line in self.lines if line.criterion == criterion)

    @property
    def ready(self) -> bool:
        """Whether it can be filed."""
        return not self.blockers


def needs_paper(criteria_set: CriteriaSet, code: str) -> bool:
    """Whether a criterion counts only with a paper (a gate of the type evidence)."""
    return any(gate.type == EVIDENCE for gate in criteria_set.by_code[code].gates)


def suits(criterion: Criterion, paper: Paper) -> bool:
    """Whether a paper is of a type that the conditions of a criterion ask for by name."""
    return all(paper.type in NEEDED.get(gate.id, (paper.type,)) for gate in criterion.gates)


def unproven(
    criteria_set: CriteriaSet, papers: Mapping[str, Sequence[Paper]], on: date
) -> dict[str, bool]:
    """The conditions that ask for a paper where none of a type they take holds on a day: answered
    no, so that the criterion counts nothing."""
    return {
        gate.id: False
        for criterion in criteria_set.criteria
        if all(
            paper.over(on) or not suits(criterion, paper)
            for paper in papers.get(criterion.code, ())
        )
        for gate in criterion.gates
        if gate.type == EVIDENCE
    }


def questions(criteria_set: CriteriaSet) -> tuple[Gate, ...]:
    """The conditions a person answers, each once."""
    return tuple({gate.id: gate for gate in criteria_set.gates}.values())


def assess(
    criteria_set: CriteriaSet,
    *,
    kind: str,
    sector: str,
    answers: Mapping[str, Any],
    marks: Mapping[str, int],
    gates: Mapping[str, bool],
    claims: Mapping[str, str],
    papers: Mapping[str, Sequence[Paper]],
    on: date,
    stars: tuple[int | None, int | None] = (None, None),
) -> Completeness:
    """Completeness on a day; `papers` are those named per criterion, `stars`: the own score's and
    the one that is held."""
    form = [
        Remark(
            "field",
            _("%(page)s: còn thiếu “%(field)s”.")
            % {"page": _(page.title), "field": _(field.label)},
            page=page.key,
        )
        for page, field in forms.missing(kind, sector, answers)
    ]
    nonsense = list(forms.nonsense(kind, sector, answers))
    form += [
        Remark(
            "nonsense",
            _("%(page)s, “%(field)s”: %(why)s")
            % {"page": _(page.title), "field": _(field.label), "why": why},
            page=page.key,
        )
        for page, field, why in nonsense
    ]
    form += [
        Remark(
            "gate",
            _("Chưa trả lời điều kiện: %s") % _(conditions.asked(gate)),
            page="" if gate.criterion else GATES_PAGE,
            criterion=gate.criterion,
        )
        for gate in questions(criteria_set)
        if gate.id not in gates
    ]
    upgrade = kind == forms.UPGRADE
    if upgrade:
        form += _of_changes(answers, papers, on)
    lines = tuple(
        _line(criteria_set, c.code, marks, claims, papers.get(c.code, ()), on, void=_void(c, gates))
        for c in criteria_set.criteria
    )
    required = [f for f in forms.fields_for(kind, sector).values() if f.required]
    blocked = len(form) + sum(bool(line.blockers) for line in lines)
    everything = len(required) + len(questions(criteria_set)) + len(lines) + upgrade
    everything += sum(not field.required for _page, field, _why in nonsense)
    warnings = (
        *_few_samples(criteria_set, answers),
        *_stops(criteria_set, gates),
        *_unmet(criteria_set, marks, gates),
        *_falls_short(kind, *stars),
    )
    return Completeness(lines, tuple(form), warnings, everything - blocked, everything)


#: The pages on which the conditions of the whole set are answered, the changes told, the samples
#: counted, and the own score shown.
GATES_PAGE = "dieu-kien"
CHANGES_PAGE = "lich-su"
SAMPLES_PAGE = "san-pham"
SCORE_PAGE = "cham-diem"


def _of_changes(
    answers: Mapping[str, Any],
    papers: Mapping[str, Sequence[Paper]],
    on: date,
) -> Iterable[Remark]:
    """An upgrade proves what changed: in words, and with a paper newer than the last star."""
    told = str(answers.get("changes") or "").strip()
    if told and length_of(told) < SHORTEST_REASON:
        words = _("Hãy ghi rõ đã thay đổi những gì so với lần công nhận trước, ít nhất %d ký tự.")
        yield Remark("changes_short", words % SHORTEST_REASON, page=CHANGES_PAGE)
    named = [paper for each in papers.values() for paper in each]
    if not any(paper.new and not paper.over(on) for paper in named):
        words = _(
            "Nâng hạng phải chứng minh thay đổi so với lần công nhận trước: hãy gắn ít nhất một "
            "minh chứng còn hiệu lực, cấp sau lần công nhận đó; giấy không ghi ngày cấp thì phải "
            "là giấy mà hồ sơ lần trước chưa có."
        )
        yield Remark("nothing_new", words, page=CHANGES_PAGE)


def _line(
    criteria_set: CriteriaSet,
    code: str,
    marks: Mapping[str, int],
    claims: Mapping[str, str],
    papers: Sequence[Paper],
    on: date,
    *,
    void: bool = False,
) -> Line:
    """`void`: its points do not count whatever is proven, so no paper is asked for them."""
    criterion = criteria_set.by_code[code]
    if code not in marks:
        blocker = Remark("unanswered", _("%s: chưa chọn mức.") % _named(criterion), criterion=code)
        return Line(code, Step.EMPTY, (blocker,), ())
    expired = [paper for paper in papers if paper.over(on)]
    holds = len(papers) > len(expired)
    proves = any(suits(criterion, paper) and not paper.over(on) for paper in papers)
    counts = marks[code] > 0 and not void
    if counts and not proves and needs_paper(criteria_set, code):
        blockers = [
            _expired(criterion, paper, _NEEDED_VALID)
            if suits(criterion, paper)
            else _unsuited(criterion, paper)
            for paper in papers
        ]
        blockers = blockers or [Remark("paper", _(_NEEDED) % _named(criterion), criterion=code)]
        return Line(code, Step.CHOSEN, tuple(blockers), ())
    warnings = [_expired(criterion, paper, _NOT_VALID) for paper in expired]
    if not counts or holds or (criterion.tasted and not expired):
        return Line(code, Step.PROVEN, (), tuple(warnings))
    if expired:
        return Line(code, Step.CHOSEN, (), tuple(warnings))
    words = (
        _("%s: chưa có minh chứng.")
        if claims.get(code)
        else _("%s: chưa có minh chứng và thuyết minh.")
    )
    return Line(
        code, Step.CHOSEN, (), (Remark("no_paper", words % _named(criterion), criterion=code),)
    )


def _void(criterion: Criterion, gates: Mapping[str, bool]) -> bool:
    """Whether the answer no to a condition takes the points of a criterion."""
    return any(gate.type == EVIDENCE and gates.get(gate.id) is False for gate in criterion.gates)


_NEEDED = noop("%s: phải có minh chứng mới được tính điểm.")
_NEEDED_VALID = noop(
    "%(name)s: phải có minh chứng còn hiệu lực mới được tính điểm; "
    "“%(title)s” đã hết hiệu lực từ %(day)s."
)
_NOT_VALID = noop("%(name)s: minh chứng “%(title)s” đã hết hiệu lực từ %(day)s.")


def _expired(criterion: Any, paper: Paper, words: str) -> Remark:
    since = (paper.valid_until or date.max) + timedelta(days=1)
    return Remark(
        "expired_paper",
        _(words) % {"name": _named(criterion), "title": paper.title, "day": f"{since:%d/%m/%Y}"},
        criterion=criterion.code,
    )


def _unsuited(criterion: Criterion, paper: Paper) -> Remark:
    types = dict(TYPES)
    wanted = [key for gate in criterion.gates for key in NEEDED.get(gate.id, ())]
    words = _(
        "%(name)s: loại minh chứng “%(type)s” của “%(title)s” không phải loại cần có để được tính "
        "điểm. Cần một trong: %(wanted)s."
    ) % {
        "name": _named(criterion),
        "type": types.get(paper.type, ""),
        "title": paper.title,
        "wanted": "; ".join(str(types[key]) for key in wanted),
    }
    return Remark("unsuited_paper", words, criterion=criterion.code)


def _few_samples(criteria_set: CriteriaSet, answers: Mapping[str, Any]) -> Iterable[Remark]:
    """The law asks for five samples, of tourism for none (Art. 5)."""
    count = answers.get("samples")
    if isinstance(count, int) and 0 < count < criteria_set.samples:
        words = _("Số mẫu nộp kèm là %(count)d, theo quy định là %(wanted)d mẫu.")
        told = {"count": count, "wanted": criteria_set.samples}
        yield Remark("few_samples", words % told, page=SAMPLES_PAGE)


def _stops(criteria_set: CriteriaSet, gates: Mapping[str, bool]) -> Iterable[Remark]:
    """Answers that give no star at all are said before filing."""
    for gate in questions(criteria_set):
        answer = gates.get(gate.id)
        stops = gate.type in (STOP, EXCLUSION, DISQUALIFY) and answer is True
        if stops or (gate.type == ELIGIBILITY and answer is False):
            words = _("Với câu trả lời này sản phẩm không được xếp hạng: %s") % _(
                conditions.asked(gate)
            )
            page = "" if gate.criterion else GATES_PAGE
            yield Remark("stop", words, page=page, criterion=gate.criterion)


def _unmet(
    criteria_set: CriteriaSet, marks: Mapping[str, int], gates: Mapping[str, bool]
) -> Iterable[Remark]:
    """A no that costs the points of a criterion is said before filing."""
    for criterion in criteria_set.criteria:
        for gate in criterion.gates:
            if gate.type == EVIDENCE and gates.get(gate.id) is False and marks.get(criterion.code):
                words = _(
                    "%(name)s: %(points)d điểm không được tính vì trả lời “Không”: %(gate)s"
                ) % {
                    "name": _named(criterion),
                    "points": marks[criterion.code],
                    "gate": _(conditions.asked(gate)),
                }
                yield Remark("unmet_condition", words, criterion=criterion.code)


def _falls_short(kind: str, own: int | None, held: int | None) -> Iterable[Remark]:
    """An own score under the star that is held, or for an upgrade not above it."""
    if held is None or (own or 0) >= held + (kind == forms.UPGRADE):
        return
    words = (
        _("Tự chấm chỉ đạt %(own)s, chưa cao hơn hạng %(held)d sao đang có.")
        if kind == forms.UPGRADE
        else _("Tự chấm chỉ đạt %(own)s, thấp hơn hạng %(held)d sao đang có.")
    )
    shown = _("%d sao") % own if own else _("không hạng")
    yield Remark("falls_short", words % {"own": shown, "held": held}, page=SCORE_PAGE)


def _named(criterion: Any) -> str:
    return f"{criterion.code} {criterion.name}"
