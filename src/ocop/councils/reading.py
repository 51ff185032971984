"""Reading a council's workbook back: marks, gates and agreed levels, and what is wrong where."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rapidfuzz import fuzz, process

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.numbers import read_number, write_number
from ocop.core.refusals import Refused
from ocop.councils.form import Part, answer_of, is_chair
from ocop.councils.outcome import Case, Member, Sheet
from ocop.councils.sheets import CellError, Row, rows_by_part
from ocop.criteria import scoring
from ocop.criteria.sets import CriteriaSet, Criterion

_SET_NUMBER = re.compile(r"\D*(\d{1,2})(?!\d)")
_NEAR = 60  # per cent of likeness from which a name may be meant


@dataclass(frozen=True, slots=True)
class Brought:
    """What a workbook says. With `errors` it is not to be relied on.

    `council_known` is False when no sheet lists the members: then they are those who marked, and
    nobody knows who chairs.
    """

    members: tuple[Member, ...]
    cases: tuple[Case, ...]
    errors: tuple[CellError, ...]
    council_known: bool


def read(content: bytes, sets: Callable[[int], CriteriaSet]) -> Brought:
    """Read a workbook made from the template, with sheets and columns as the council left them.

    `sets` gives the criteria set of a number and raises KeyError or Refused for an unknown one.
    Refused when the file is no workbook or has no sheet of marks.
    """
    parts = rows_by_part(content)
    if not parts[Part.MARKS]:
        raise Refused(
            "workbook_without_marks",
            _(
                "Không thấy bảng chấm điểm. Bảng cần các cột Hội đồng viên, Sản phẩm, "
                "Bộ tiêu chí, Mã tiêu chí và Điểm. Hãy dùng tệp mẫu tải từ hệ thống."
            ),
        )
    reader = _Reader(sets)
    reader.take_council(reader.sound(parts, Part.COUNCIL))
    reader.take_list(parts)
    for row in reader.sound(parts, Part.MARKS):
        reader.take_mark(row)
    for row in reader.sound(parts, Part.AGREED):
        reader.take_level(row)
    for row in reader.sound(parts, Part.GATES):
        reader.take_answer(row)
    return reader.brought(council_known=bool(parts[Part.COUNCIL]))


class _Names:
    """Names as typed by several people: the same but for case and, when that is unique, marks."""

    def __init__(self) -> None:
        self.known: list[str] = []
        self._exact: dict[str, str] = {}
        self._folded: dict[str, set[str]] = {}

    def add(self, name: str) -> str:
        found = self._exact.setdefault(name.casefold(), name)
        if found is name:
            self.known.append(name)
            self._folded.setdefault(folding.fold(name), set()).add(name)
        return found

    def find(self, name: str) -> str | None:
        if exact := self._exact.get(name.casefold()):
            return exact
        alike = self._folded.get(folding.fold(name), set())
        return next(iter(alike)) if len(alike) == 1 else None


@dataclass(slots=True)
class _Product:
    name: str
    criteria_set: CriteriaSet
    first: Row  # where it is named first
    marks: dict[str, dict[str, int]] = field(default_factory=dict)  # by member
    gates: dict[str, bool] = field(default_factory=dict)
    agreed: dict[str, int] = field(default_factory=dict)


class _Reader:
    def __init__(self, sets: Callable[[int], CriteriaSet]) -> None:
        self._sets = sets
        self._members, self._chairs = _Names(), set[str]()
        self._council_given = False
        self._names, self._listed = _Names(), _Names()
        self._products: dict[str, _Product] = {}
        self._taken: dict[tuple[str, ...], Row] = {}
        self._errors: list[CellError] = []

    def brought(self, *, council_known: bool) -> Brought:
        cases = tuple(
            Case(
                name,
                product.criteria_set,
                tuple(Sheet(member, marks) for member, marks in product.marks.items()),
                product.gates,
                product.agreed,
            )
            for name, product in self._products.items()
        )
        members = tuple(Member(name, name in self._chairs) for name in self._members.known)
        return Brought(members, cases, tuple(self._errors), council_known)

    def sound(self, parts: Mapping[Part, Iterable[Row]], part: Part) -> Iterator[Row]:
        """The rows of a part; one with a broken cell is wrong there and says nothing: a cell that
        shows `#REF!` is not blank, and blank would count as no points."""
        for row in parts[part]:
            broken = row.broken_in(part)
            self._errors.extend(broken)
            if not broken:
                yield row

    def take_council(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if not row["member"]:
                continue
            self._council_given = True
            name = self._members.add(row["member"])
            if is_chair(row["role"]):
                self._chairs.add(name)

    def take_list(self, parts: Mapping[Part, Sequence[Row]]) -> None:
        """The products that the sheets of conditions and of agreed levels name. Conditions are
        asked of every product, so that with them the list is whole."""
        if parts[Part.GATES]:
            for row in (*parts[Part.GATES], *parts[Part.AGREED]):
                if row["product"]:
                    self._listed.add(row["product"])

    def take_mark(self, row: Row) -> None:
        """One row of marks. A row without points stands for a criterion not answered yet."""
        if not self._is_whole(row, "member", "product", "set", "criterion"):
            return
        member, product = self._member(row), self._product(row)
        criterion = self._criterion(row, product) if product else None
        if member is None or product is None or criterion is None:
            return
        marks = product.marks.setdefault(member, {})
        if not row["points"] or self._is_repeated(
            row, "points", member, product.name, criterion.code
        ):
            return
        points = self._points(row, "points", criterion)
        if points is not None:
            marks[criterion.code] = points

    def take_level(self, row: Row) -> None:
        """One row of the levels that the council agreed on."""
        if not row["level"] or not self._is_whole(row, "product", "criterion"):
            return
        product = self._known_product(row)
        criterion = self._criterion(row, product) if product else None
        if product is None or criterion is None:
            return
        if self._is_repeated(row, "level", product.name, criterion.code):
            return
        points = self._points(row, "level", criterion)
        if points is not None:
            product.agreed[criterion.code] = points

    def take_answer(self, row: Row) -> None:
        """One row of the answers to a product's gates."""
        if not row["answer"] or not self._is_whole(row, "product", "gate"):
            return
        product = self._known_product(row)
        if product is None:
            return
        gate = row["gate"]
        if gate not in product.criteria_set.gate_ids:
            self._wrong(
                row, "gate", "unknown_gate", _("Bộ tiêu chí không có điều kiện “%s”.") % gate
            )
            return
        if gate not in {asked.id for asked in product.criteria_set.gates}:
            self._wrong(row, "gate", "gate_derived", scoring.derived_words(gate))
            return
        answer = answer_of(row["answer"])
        if answer is None:
            self._wrong(row, "answer", "answer", _("Hãy trả lời Có hoặc Không."))
        elif not self._is_repeated(row, "answer", product.name, gate):
            product.gates[gate] = answer

    def _wrong(self, row: Row, key: str, code: str, message: str) -> None:
        self._errors.append(row.error(key, code, message))

    def _is_whole(self, row: Row, *keys: str) -> bool:
        missing = [key for key in keys if not row[key]]
        if missing and any(row[key] for key in ("points", "level", "answer")):
            self._wrong(
                row,
                missing[0],
                "row_incomplete",
                _("Dòng có điểm hoặc câu trả lời nhưng thiếu ô này. Hãy điền đủ."),
            )
        return not missing

    def _is_repeated(self, row: Row, key: str, *what: str) -> bool:
        """True when this cell was taken before; the first stands and both are named."""
        first = self._taken.setdefault((key, *what), row)
        if first is row:
            return False
        self._wrong(
            row,
            key,
            "twice",
            _("Đã có ở ô %s. Hãy xóa một trong hai dòng.") % first.error(key, "", "").cell,
        )
        return True

    def _member(self, row: Row) -> str | None:
        if not self._council_given:
            return self._members.add(row["member"])
        found = self._members.find(row["member"])
        if found is None:
            self._wrong(
                row,
                "member",
                "unknown_member",
                _("“%s” không có trong danh sách hội đồng. Hãy sửa tên hoặc thêm vào danh sách.")
                % row["member"],
            )
        return found

    def _product(self, row: Row) -> _Product | None:
        """The product of a row of marks; it comes to be known by its first row."""
        number = _SET_NUMBER.match(row["set"])
        criteria_set = self._set(int(number[1])) if number else None
        if criteria_set is None:
            self._wrong(
                row,
                "set",
                "unknown_set",
                _("Không có bộ tiêu chí “%s”. Hãy ghi số của bộ, từ 1 đến 26.") % row["set"],
            )
            return None
        listed = self._listed.find(row["product"])
        if listed is None and self._listed.known:
            self._wrong(row, "product", "product_not_listed", self._not_listed(row["product"]))
            return None
        name = self._names.add(listed or row["product"])
        product = self._products.setdefault(name, _Product(name, criteria_set, row))
        if product.criteria_set.number != criteria_set.number:
            self._wrong(
                row,
                "set",
                "set_differs",
                _("Sản phẩm này dùng bộ %(number)d ở ô %(cell)s. Hãy ghi cùng một bộ.")
                % {
                    "number": product.criteria_set.number,
                    "cell": product.first.error("set", "", "").cell,
                },
            )
            return None
        return product

    def _not_listed(self, name: str) -> str:
        """That a product stands in no list of the workbook, and the one that may be meant."""
        folded = {folding.fold(known): known for known in self._listed.known}
        near = process.extractOne(
            folding.fold(name), list(folded), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        if near is None:
            return (
                _("“%s” không có ở trang Điều kiện. Hãy sửa tên hoặc thêm sản phẩm vào trang đó.")
                % name
            )
        return _(
            "“%(name)s” không có ở trang Điều kiện. Có phải là “%(near)s”? Hãy sửa tên, hoặc thêm "
            "sản phẩm vào trang đó."
        ) % {"name": name, "near": folded[near[0]]}

    def _known_product(self, row: Row) -> _Product | None:
        name = self._names.find(row["product"])
        if name is None:
            self._wrong(
                row,
                "product",
                "unknown_product",
                _("“%s” không có trong bảng chấm điểm. Hãy sửa tên sản phẩm.") % row["product"],
            )
            return None
        return self._products[name]

    def _set(self, number: int) -> CriteriaSet | None:
        try:
            return self._sets(number)
        except (KeyError, Refused):
            return None

    def _criterion(self, row: Row, product: _Product) -> Criterion | None:
        code = row["criterion"].replace(",", ".").strip(". ")
        found = product.criteria_set.by_code.get(code)
        if found is None:
            self._wrong(
                row,
                "criterion",
                "unknown_criterion",
                _("Bộ %(number)d không có tiêu chí “%(code)s”.")
                % {"number": product.criteria_set.number, "code": row["criterion"]},
            )
        return found

    def _points(self, row: Row, key: str, criterion: Criterion) -> int | None:
        """Points as typed (2, "2", "2,0"): those of an option, or 0 for none of the levels. Only a
        number: neither a logical value nor words beside it."""
        points = _number(row[key])
        if points is None or points not in criterion.levels:
            self._wrong(
                row,
                key,
                "points",
                _("“%(text)s” không phải là một mức của tiêu chí %(code)s. Các mức: %(levels)s.")
                % {
                    "text": row[key],
                    "code": criterion.code,
                    "levels": "; ".join(write_number(level) for level in criterion.levels),
                },
            )
            return None
        return int(points)


def _number(text: str) -> Decimal | None:
    """A number as the active language writes it; None for anything else, `1 0` too."""
    try:
        return None if " " in text else read_number(text)
    except ValueError:
        return None
