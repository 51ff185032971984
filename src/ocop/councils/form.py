"""The form of the council's workbook: its sheets and columns, and how headings are recognised.

Written by `workbook`, read by `reading`. A council may rename sheets, move columns and reword
headings: what counts is that a heading says one of the words listed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.language import noop


class Part(StrEnum):
    """What a sheet of the workbook is for."""

    COUNCIL = "council"
    MARKS = "marks"
    GATES = "gates"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading, other headings people give it (folded), width in letters."""

    key: str
    heading: str
    also: tuple[str, ...]
    width: int

    @property
    def title(self) -> str:
        """The heading in the active language."""
        return _(self.heading)

    @property
    def names(self) -> tuple[str, ...]:
        """What the column is called, folded, the surest name first."""
        return (_folded(self.heading), _folded(self.title), *self.also)


MEMBER = Column(
    "member",
    noop("Hội đồng viên"),
    ("thanh vien", "thanh vien hoi dong", "nguoi cham", "ho va ten", "ho ten", "council member"),
    26,
)
PRODUCT = Column("product", noop("Sản phẩm"), ("ten san pham", "product", "product name"), 34)
SET = Column(
    "set", noop("Bộ tiêu chí"), ("bo", "bo so", "so bo", "bo tc", "criteria set", "set"), 24
)
CRITERION = Column(
    "criterion",
    noop("Mã tiêu chí"),
    ("ma tc", "ma", "tieu chi so", "criterion code", "criterion", "code", "tieu chi"),
    11,
)
POINTS = Column(
    "points",
    noop("Điểm"),
    ("diem cham", "so diem", "diem so", "diem thanh vien cham", "points", "score", "mark"),
    8,
)
NOTE = Column("note", noop("Ghi chú"), ("nhan xet", "ly do", "note", "notes", "remark"), 40)
ROLE = Column(
    "role", noop("Chức danh"), ("chuc vu", "vai tro", "chuc danh trong hoi dong", "role"), 18
)
GATE = Column("gate", noop("Mã điều kiện"), ("ma dk", "dieu kien", "gate", "condition"), 30)
ANSWER = Column("answer", noop("Trả lời"), ("ket luan", "co khong", "dap an", "answer"), 10)
LEVEL = Column(
    "level",
    noop("Điểm thống nhất"),
    ("muc thong nhat", "diem hoi dong thong nhat", "agreed points", "agreed level"),
    12,
)
NAME = Column("name", noop("Tên tiêu chí"), ("noi dung tieu chi",), 40)
MAXIMUM = Column("maximum", noop("Điểm tối đa"), ("toi da",), 8)
LEVELS = Column("levels", noop("Các mức"), ("cac muc diem", "muc"), 70)
QUESTION = Column("question", noop("Nội dung"), ("noi dung dieu kien",), 70)

#: The columns of each part, in the order in which the template writes them.
COLUMNS: dict[Part, Sequence[Column]] = {
    Part.MARKS: (MEMBER, PRODUCT, SET, CRITERION, NAME, MAXIMUM, LEVELS, POINTS, NOTE),
    Part.AGREED: (PRODUCT, SET, CRITERION, NAME, LEVELS, LEVEL, NOTE),
    Part.GATES: (PRODUCT, SET, CRITERION, GATE, QUESTION, ANSWER, NOTE),
    Part.COUNCIL: (MEMBER, ROLE),
}
#: Without these a sheet is not that part.
REQUIRED = {
    Part.MARKS: {MEMBER, PRODUCT, SET, CRITERION, POINTS},
    Part.AGREED: {PRODUCT, CRITERION, LEVEL},
    Part.GATES: {PRODUCT, GATE, ANSWER},
    Part.COUNCIL: {MEMBER, ROLE},
}

SHEETS = {
    Part.MARKS: noop("Chấm điểm"),
    Part.AGREED: noop("Mức thống nhất"),
    Part.GATES: noop("Điều kiện"),
    Part.COUNCIL: noop("Hội đồng"),
}
INSTRUCTIONS = noop("Hướng dẫn")

CHAIR = noop("Chủ tịch")
ORDINARY = noop("Thành viên")
YES, NO = noop("Có"), noop("Không")


def columns_in(row: Sequence[str], part: Part) -> dict[str, int] | None:
    """Where the columns of a part stand in a heading row; None when a required one is missing."""
    headings = [_folded(text) for text in row]
    found: dict[str, int] = {}
    for column in COLUMNS[part]:
        name = next((name for name in column.names if name in headings), None)
        if name is not None:
            found[column.key] = headings.index(name)
        elif column in REQUIRED[part]:
            return None
    return found


def is_chair(role: str) -> bool:
    """True for the chair; a deputy chair (phó chủ tịch) is a member."""
    words = folding.tokens(role)
    return "pho" not in words and (words[:2] == ["chu", "tich"] or words[:1] == ["chair"])


def answer_of(text: str) -> bool | None:
    """Yes or no as people write it; None when it is neither."""
    folded = folding.fold(text)
    if folded in {"co", "yes", "x", "1", "true", "dung"}:
        return True
    if folded in {"khong", "no", "0", "false", "sai"}:
        return False
    return None


def _folded(text: str) -> str:
    return " ".join(folding.tokens(text))
