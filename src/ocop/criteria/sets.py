"""Criteria sets as frozen objects, read from the dated files of a decree, and what makes one sound.

Points are whole numbers as in Annex III of Decision 26/2026/QĐ-TTg. Every criterion also takes 0,
"meets none of the levels", printed or not.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import resources
from itertools import groupby
from typing import Any

import rfc8785
import yaml

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

DECREE = "qd-26-2026"
STARS = (3, 4, 5)
SECTION_MAXIMA = {"A": 40, "B": 25, "C": 35}
#: Gates that a person answers with yes or no, and what the answer does.
ELIGIBILITY, EXCLUSION, DISQUALIFY, STOP = "eligibility", "exclusion", "disqualify", "stop"
EVIDENCE, DEPENDENCY, CHOICE = "evidence", "dependency", "choice"
STORY = "5.1"  # what a dependency depends on: no points for how a story is told where there is none
GATE_TYPES = (ELIGIBILITY, EXCLUSION, DISQUALIFY, STOP, EVIDENCE, DEPENDENCY, CHOICE)
#: Set 16: zero in any criterion of its group stops the assessment. The one stop that follows from
#: marks.
SENSORY = "zero_in_any_sensory"


@dataclass(frozen=True, slots=True)
class Option:
    """A level of a criterion. `min_for_star`: the lowest level a product of that star may have."""

    points: int
    label: str
    min_for_star: int | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition on a criterion, or on the whole set when `criterion` is empty."""

    criterion: str
    type: str
    id: str
    note: str

    @property
    def harmless(self) -> bool:
        """The answer that stands against nothing: yes to what is asked for, no to what harms."""
        return self.type in (ELIGIBILITY, EVIDENCE)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line that is scored: one option, or 0."""

    code: str
    name: str
    max: int
    topic: str
    section: str
    group: str  # code of the group it stands in, its own when it stands alone
    options: tuple[Option, ...]
    gates: tuple[Gate, ...] = ()
    hint: str = ""
    commune_reports: bool = False
    inferred: bool = False  # options read from the maximum alone

    @property
    def levels(self) -> tuple[int, ...]:
        """The points that may be given, 0 among them, from low to high."""
        return tuple(sorted({0, *(option.points for option in self.options)}))

    @property
    def tasted(self) -> bool:
        """Judged by the senses on the samples that were handed in: no paper is foreseen for it."""
        return self.topic == "sensory" and not any(gate.type == EVIDENCE for gate in self.gates)

    def minimum(self, star: int) -> int:
        """The points a product of `star` stars needs here: marks of lower stars hold, too."""
        marks = [o.points for o in self.options if o.min_for_star and o.min_for_star <= star]
        return max(marks, default=0)


@dataclass(frozen=True, slots=True)
class Part:
    """A section or a group: code, name, maximum, and what stands in it."""

    code: str
    name: str
    max: int
    parts: tuple["Part | Criterion", ...]


@dataclass(frozen=True)
class CriteriaSet:
    """One of the 26 sets, or the sheet of another kind of case, which has the number 0.

    `pass_from`: such a sheet gives no star; it is passed from so many points on.
    """

    number: int
    name: str
    sector: str
    group: str
    agencies: tuple[str, ...]
    samples: int
    sections: tuple[Part, ...]
    disqualifiers: tuple[Gate, ...]
    raw: Mapping[str, Any] = field(repr=False, compare=False)
    pass_from: int | None = None

    @property
    def title(self) -> str:
        """Number and name, as papers write them."""
        return titled(self.number, self.name)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All scored criteria in the order of the table."""
        return tuple(criterion for section in self.sections for criterion in _leaves(section))

    @cached_property
    def by_code(self) -> dict[str, Criterion]:
        """The criteria by code."""
        return {criterion.code: criterion for criterion in self.criteria}

    @cached_property
    def levels(self) -> dict[str, frozenset[int]]:
        """The points that may be given, by criterion."""
        return {criterion.code: frozenset(criterion.levels) for criterion in self.criteria}

    @cached_property
    def all_gates(self) -> tuple[Gate, ...]:
        """Every gate of the set, those of the whole set last."""
        own = tuple(gate for criterion in self.criteria for gate in criterion.gates)
        return own + self.disqualifiers

    @cached_property
    def sensory(self) -> tuple[str, ...]:
        """The criteria in which a zero stops the assessment: group 6 of set 16, else none."""
        groups = {self.by_code[g.criterion].group for g in self.all_gates if g.id == SENSORY}
        return tuple(c.code for c in self.criteria if c.group in groups)

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """The gates a person answers: not those that follow from the marks."""
        derived = (DEPENDENCY, CHOICE)
        return tuple(g for g in self.all_gates if g.type not in derived and g.id != SENSORY)

    @cached_property
    def gate_ids(self) -> frozenset[str]:
        """The ids of every gate: what may be answered."""
        return frozenset(gate.id for gate in self.all_gates)

    @cached_property
    def minimums(self) -> dict[int, dict[str, int]]:
        """Per star the points needed, by criterion; criteria without a mark are left out."""
        return {
            star: {c.code: need for c in self.criteria if (need := c.minimum(star))}
            for star in STARS
        }

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the criteria in the order of the table."""
        return tuple(criterion.code for criterion in self.criteria)

    @cached_property
    def needs(self) -> dict[int, tuple[tuple[int, ...], tuple[tuple[str, int], ...]]]:
        """Per star the points needed in each criterion, 0 where none, and the same with its code:
        `minimums` as columns, which are compared with a column of marks at once."""
        columns = {star: tuple(c.minimum(star) for c in self.criteria) for star in STARS}
        return {
            star: (column, tuple(zip(self.codes, column, strict=True)))
            for star, column in columns.items()
        }

    @cached_property
    def runs(self) -> tuple[tuple[str, slice], ...]:
        """The sections and where their criteria stand in the order of the table."""
        found, start = [], 0
        for section, run in groupby(self.criteria, lambda criterion: criterion.section):
            stop = start + len(list(run))
            found.append((section, slice(start, stop)))
            start = stop
        return tuple(found)

    @cached_property
    def canonical(self) -> bytes:
        """The whole set in one form (RFC 8785): what is stored and hashed."""
        return rfc8785.dumps(dict(self.raw))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.canonical).hexdigest()


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a set from being published: where, a stable code, and a sentence."""

    criterion: str
    code: str
    message: str


def titled(number: int, name: str) -> str:
    """The name of a set behind its number; a sheet of its own has none."""
    return f"{number}. {name}" if number else name


def _leaves(part: "Part | Criterion") -> Iterator[Criterion]:
    if isinstance(part, Criterion):
        yield part
        return
    for inner in part.parts:
        yield from _leaves(inner)


def in_words(criteria_set: CriteriaSet, words: Mapping[tuple[str, int | None], str]) -> CriteriaSet:
    """The set with official words, by criterion and place of the option, over our short labels;
    points and marks stay as they are."""
    if not words:
        return criteria_set
    return replace(
        criteria_set, sections=tuple(_in_words(part, words) for part in criteria_set.sections)
    )


def _in_words(part: Any, words: Mapping[tuple[str, int | None], str]) -> Any:
    if not isinstance(part, Criterion):
        return replace(part, parts=tuple(_in_words(inner, words) for inner in part.parts))
    options = enumerate(part.options, start=1)
    return replace(
        part,
        name=words.get((part.code, None), part.name),
        options=tuple(replace(o, label=words.get((part.code, at), o.label)) for at, o in options),
    )


def from_data(data: Mapping[str, Any], disqualifiers: Mapping[str, str]) -> CriteriaSet:
    """Build a set from the data of its file. Malformed data is refused with the place."""
    try:
        return CriteriaSet(
            number=data["number"],
            name=data["name"],
            sector=data["sector"],
            group=data["group"],
            agencies=tuple(data["agencies"]),
            samples=data["samples"],
            sections=tuple(_part(s, s["code"]) for s in data["sections"]),
            disqualifiers=tuple(
                Gate("", DISQUALIFY, key, disqualifiers.get(key, key))
                for key in data["disqualifiers"]
            ),
            raw={**data, "disqualifier_notes": dict(disqualifiers)},
            pass_from=data.get("pass_from"),
        )
    except (KeyError, TypeError) as error:
        raise Refused("set_form", _("Tệp bộ tiêu chí thiếu hoặc sai phần “%s”.") % error) from error


def _part(data: Mapping[str, Any], section: str) -> Part:
    parts = tuple(
        _part(inner, section) if "parts" in inner else _criterion(inner, section, data["code"])
        for inner in data["parts"]
    )
    return Part(data["code"], data["name"], data["max"], parts)


def _criterion(data: Mapping[str, Any], section: str, group: str) -> Criterion:
    code = data["code"]
    return Criterion(
        code=code,
        name=data["name"],
        max=data["max"],
        topic=data["topic"],
        section=section,
        group=code if group == section else group,
        options=tuple(
            Option(o["points"], o["label"], o.get("star"), o.get("case", ""))
            for o in data["options"]
        ),
        gates=tuple(Gate(code, g["type"], g["id"], g["note"]) for g in data.get("gates", ())),
        hint=data.get("hint", ""),
        commune_reports=data.get("commune_reports", False),
        inferred=data.get("inferred", False),
    )


def check(criteria_set: CriteriaSet) -> list[Problem]:
    """Everything that is wrong with a set; an empty list lets it be published.

    Sections are 40/25/35 and every part is the sum of its parts; no option passes its criterion's
    maximum and one reaches it; star marks rise with the points; codes are unique, gates known.
    """
    problems = [
        Problem(s.code, "section_maximum", _("Phần %s phải có đúng %d điểm.") % (s.code, wanted))
        for s in criteria_set.sections
        if (wanted := SECTION_MAXIMA.get(s.code)) != s.max and wanted is not None
    ]
    if [s.code for s in criteria_set.sections] != list(SECTION_MAXIMA):
        problems.append(Problem("", "sections", _("Bộ tiêu chí phải có ba phần A, B, C.")))
    codes = [c.code for c in criteria_set.criteria]
    problems += [
        Problem(code, "duplicate_code", _("Mã tiêu chí bị trùng.")) for code in _doubles(codes)
    ]
    for section in criteria_set.sections:
        problems += _check_sums(section)
    for criterion in criteria_set.criteria:
        problems += _check_criterion(criterion)
    return problems


def _doubles(codes: list[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def _check_sums(part: Part) -> Iterator[Problem]:
    total = sum(inner.max for inner in part.parts)
    if total != part.max:
        message = _("Tổng các phần là %(total)d, phải bằng %(max)d.")
        yield Problem(part.code, "sum", message % {"total": total, "max": part.max})
    for inner in part.parts:
        if isinstance(inner, Part):
            yield from _check_sums(inner)


def _check_criterion(criterion: Criterion) -> Iterator[Problem]:
    points = [option.points for option in criterion.options]
    if not points or max(points) != criterion.max or min(points) < 0:
        message = _("Mức cao nhất phải bằng điểm tối đa, không mức nào âm.")
        yield Problem(criterion.code, "option_points", message)
    marks = sorted((o.points, o.min_for_star) for o in criterion.options if o.min_for_star)
    stars = [star for _points, star in marks]
    if stars != sorted(stars) or len(set(stars)) != len(stars) or not set(stars) <= set(STARS):
        message = _("Mức tối thiểu của hạng sao phải tăng theo điểm, mỗi hạng một mức.")
        yield Problem(criterion.code, "marks", message)
    for gate in criterion.gates:
        if gate.type not in GATE_TYPES:
            yield Problem(criterion.code, "gate", _("Không có loại điều kiện “%s”.") % gate.type)


@cache
def decree() -> Mapping[str, Any]:
    """What holds for all sets of the decree in force."""
    return _read("decree.yaml")


@cache
def load_set(number: int) -> CriteriaSet:
    """A packaged set by number, 1 to 26. Refused: any other."""
    if not 1 <= number <= 26:
        raise Refused("unknown_set", _("Không có bộ tiêu chí số %s: chỉ có từ 1 đến 26.") % number)
    return from_data(_read(f"{number:02d}.yaml"), decree()["disqualifiers"])


def load_all() -> list[CriteriaSet]:
    """All packaged sets in order."""
    return [load_set(number) for number in range(1, 27)]


def legal_versions() -> list[dict[str, Any]]:
    """The decisions under which products were and are assessed, oldest first."""
    folder = resources.files("ocop.criteria") / "decrees"
    versions: list[dict[str, Any]] = parse((folder / "legal-versions.yaml").read_bytes())
    return versions


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = parse(
        (resources.files("ocop.criteria") / "decrees" / DECREE / name).read_bytes()
    )
    return data


def parse(content: bytes) -> Any:
    """YAML, parsed with the C parser where the package brings it: ten times faster."""
    return yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
