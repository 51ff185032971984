"""A member's sheet as a page shows it: its lines in order, what was given, where one goes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ocop.councils.merging import GATE, OPINION, REASON, WANTS_MEETING, Content
from ocop.criteria.queries import Worded
from ocop.criteria.scoring import score
from ocop.criteria.sets import (
    DEPENDENCY,
    DISQUALIFY,
    ELIGIBILITY,
    EVIDENCE,
    EXCLUSION,
    STOP,
    STORY,
    Criterion,
    Gate,
)
from ocop.web.council.case_file import Beside

CONDITIONS, END = "dieu-kien", "nop"  # anchors of the conditions of the whole set, and of the end

UNFILLED = ("unanswered", "conditions_unanswered")  # refusals of a sheet that is not filled in

#: What yes and no mean, by type of condition: the one that does harm says which.
ANSWERS = {
    ELIGIBILITY: (_("Đạt"), _("Không đạt: không được xếp hạng")),
    EXCLUSION: (_("Thuộc trường hợp này: không đánh giá"), _("Không thuộc trường hợp này")),
    DISQUALIFY: (_("Có: loại sản phẩm"), _("Không có")),
    STOP: (_("Có: dừng đánh giá"), _("Không có")),
    EVIDENCE: (_("Có minh chứng"), _("Không có: tiêu chí này tính 0 điểm")),
}


def anchor_of(code: str) -> str:
    """The place of a criterion on the page."""
    return f"tc-{code}"


@dataclass(frozen=True, slots=True)
class Level:
    """The points one may give, with the words of every option that gives them."""

    points: int
    labels: tuple[str, ...]
    star: int | None  # the star whose minimum this is
    chosen: bool

    @property
    def words(self) -> SafeString:
        """What one reads beside the points."""
        return _words(self.labels, get_language())


@dataclass(frozen=True, slots=True)
class Question:
    """A condition, answered yes or no; None while nobody has."""

    gate: Gate
    answer: bool | None

    @property
    def yes(self) -> Any:
        return ANSWERS[self.gate.type][0]

    @property
    def no(self) -> Any:
        return ANSWERS[self.gate.type][1]


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion to mark."""

    criterion: Criterion
    name: str
    levels: tuple[Level, ...]
    questions: tuple[Question, ...]
    points: int | None
    counted: int  # 0 also where the points do not count
    comment: str
    before: str  # anchor of the line before, or nothing
    after: str  # anchor of what comes next
    after_code: str  # its code, or nothing at the end
    file: Beside  # what was filed and found for it

    @property
    def anchor(self) -> str:
        return anchor_of(self.criterion.code)

    @property
    def needs(self) -> str:
        """The criterion without which its points do not count, or nothing."""
        return STORY if any(g.type == DEPENDENCY for g in self.criterion.gates) else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the set with its lines and the points given so far."""

    code: str
    name: str
    max: int
    lines: tuple[Line, ...]

    @property
    def points(self) -> int:
        return sum(line.counted for line in self.lines)


@dataclass(frozen=True, slots=True)
class Lines:
    """The whole sheet."""

    sections: tuple[Section, ...]
    questions: tuple[Question, ...]  # of the set as a whole

    @property
    def all(self) -> list[Line]:
        return [line for section in self.sections for line in section.lines]

    @property
    def missing(self) -> list[Line]:
        """The criteria without a mark."""
        return [line for line in self.all if line.points is None]

    @property
    def unanswered(self) -> list[tuple[str, Question]]:
        """The conditions without an answer, each with the anchor where it is asked."""
        own = [(line.anchor, q) for line in self.all for q in line.questions if q.answer is None]
        return own + [(CONDITIONS, q) for q in self.questions if q.answer is None]

    @property
    def total(self) -> int:
        return sum(section.points for section in self.sections)

    @property
    def start(self) -> str:
        """Where to go on: the first criterion without a mark, the first condition without an
        answer, or the end."""
        asked = [anchor for anchor, _question in self.unanswered]
        return next((line.anchor for line in self.missing), asked[0] if asked else END)


def build(worded: Worded, content: Content, files: Mapping[str, Beside]) -> Lines:
    """The lines of a set with what a member has given so far and what was filed for each."""
    marks, answers = content.marks, content.gates
    criteria_set = worded.criteria_set
    codes = [c.code for c in criteria_set.criteria]
    asked = {gate.id: gate for gate in reversed(criteria_set.gates)}  # each once, where first met
    whole = tuple(Question(g, answers.get(g.id)) for g in criteria_set.gates if _is(g, asked, ""))
    voided = score(criteria_set, marks, dependent=True, unmarked_open=True).voided
    lines: dict[str, list[Line]] = {}
    for place, criterion in enumerate(criteria_set.criteria):
        last = place + 1 == len(codes)
        after = codes[place + 1] if not last else ""
        lines.setdefault(criterion.section, []).append(
            Line(
                criterion=criterion,
                name=worded.words.get((criterion.code, None), criterion.name),
                levels=_levels(criterion, worded.words, marks.get(criterion.code)),
                questions=tuple(
                    Question(g, answers.get(g.id))
                    for g in criterion.gates
                    if _is(g, asked, criterion.code)
                ),
                points=marks.get(criterion.code),
                counted=0 if criterion.code in voided else marks.get(criterion.code, 0),
                comment=content.comments.get(criterion.code, ""),
                before=anchor_of(codes[place - 1]) if place else "",
                after=anchor_of(after) if after else (CONDITIONS if whole else END),
                after_code=after,
                file=files.get(criterion.code) or Beside(),
            )
        )
    sections = tuple(
        Section(s.code, s.name, s.max, tuple(lines.get(s.code, ()))) for s in criteria_set.sections
    )
    return Lines(sections, whole)


def _is(gate: Gate, asked: Mapping[str, Gate], criterion: str) -> bool:
    return asked.get(gate.id) == gate and gate.criterion == criterion


def _levels(
    criterion: Criterion, words: Mapping[tuple[str, int | None], str], given: int | None
) -> tuple[Level, ...]:
    labels: dict[int, list[str]] = {points: [] for points in criterion.levels}
    stars: dict[int, int] = {}
    for place, option in enumerate(criterion.options, start=1):
        labels[option.points].append(words.get((criterion.code, place), option.label))
        if option.min_for_star:
            stars[option.points] = option.min_for_star
    return tuple(
        Level(points, tuple(found), stars.get(points), points == given)
        for points, found in labels.items()
    )


@lru_cache(maxsize=4096)  # a sheet has a hundred, and every sheet of a set the same
def _words(labels: tuple[str, ...], _language: str | None) -> SafeString:
    between = format_html(" <i>{}</i> ", gettext("hoặc"))
    joined = format_html_join(between, "{}", ((label,) for label in labels))
    return joined or conditional_escape(gettext("Không đạt mức nào"))


def as_given(sheet: Any) -> dict[str, dict[str, Any]]:
    """A sheet as it travels: by criterion, `gate:ID` and `opinion`, each with its stamp."""
    given: dict[str, dict[str, Any]] = {}
    if sheet is None:
        return given
    for code in {*sheet.marks, *sheet.comments}:
        given[code] = {"points": sheet.marks.get(code), "comment": sheet.comments.get(code, "")}
    for key, answer in sheet.gates.items():
        given[GATE + key] = {"answer": answer}
    given[OPINION] = {"text": sheet.opinion}
    given[REASON] = {"text": sheet.rescoring_reason}
    given[WANTS_MEETING] = {"answer": sheet.wants_meeting}
    for key, value in given.items():
        value["stamp"] = sheet.stamps.get(key, 0)
    return given
