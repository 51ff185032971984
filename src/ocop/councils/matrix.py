"""Totals as a table: products in rows, members in columns, then mean, spread and star."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.councils.outcome import ProductOutcome, WorkingRules
from ocop.councils.summary import line_of

NOT_MARKED = "–"
_UPRIGHT = 4  # members beside whom the rest has room on an upright page
_ORDINAL, _LAST = 12, (18, 18, 48)  # millimetres: of the ordinal; of mean, spread and star
_MEMBER = range(9, 13)  # what the column of a member takes


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table in words; `widths` are millimetres of the page, `turned` the places of members.

    `remarks` are what the council must know of a product, with its number.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    centred: Sequence[int]
    turned: Sequence[int]
    remarks: Sequence[str]
    landscape: bool


def matrix(outcomes: Sequence[ProductOutcome], rules: WorkingRules, *, passing: int = 2) -> Matrix:
    """Every product with the total of every member who marked any of them."""
    members = list(dict.fromkeys(member for told in outcomes for member in told.totals))
    lines = [line_of(told, rules, passing=passing) for told in outcomes]
    rows = [
        (
            str(number),
            told.product,
            *(
                write_number(told.totals[member]) if member in told.totals else NOT_MARKED
                for member in members
            ),
            line.mean,
            line.spread,
            line.star,
        )
        for number, (told, line) in enumerate(zip(outcomes, lines, strict=True), start=1)
    ]
    count = len(members)
    landscape = count > _UPRIGHT
    whole = (247 if landscape else 165) - _ORDINAL - sum(_LAST)
    each = min(max(whole * 2 // (3 * count or 1), _MEMBER[0]), _MEMBER[-1])
    return Matrix(
        headings=(
            _("STT"),
            _("Sản phẩm"),
            *members,
            _("Trung bình"),
            _("Chênh lệch"),
            _("Kết quả"),
        ),
        rows=rows,
        widths=(_ORDINAL, max(whole - each * count, 30), *([each] * count), *_LAST),
        centred=(0, *range(2, 5 + count)),
        turned=tuple(range(2, 2 + count)),
        remarks=[
            f"{number}. {line.product}: {' '.join(line.remarks)}"
            for number, line in enumerate(lines, start=1)
            if line.remarks
        ],
        landscape=landscape,
    )
