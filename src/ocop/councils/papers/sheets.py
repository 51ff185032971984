"""A member's sheet to sign: filled as it was given in, or blank to fill in by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ocop.core.numbers import write_number
from ocop.core.official import services as frames
from ocop.core.official.paper import Facts, Grid, Official, Signature, Text, dated
from ocop.councils.models import Item, Position, Seat, Sheet, SheetState, Sitting, SittingKind
from ocop.councils.papers.head import EMPTY, POSITIONS, marks
from ocop.councils.rules import day_of
from ocop.criteria import queries as criteria
from ocop.criteria import scoring
from ocop.criteria.sets import CriteriaSet
from ocop.places.letterhead import committee, letterhead

SHEET = frames.declare("council_sheet", "Phiếu chấm điểm của thành viên hội đồng")
_ANSWERS = {True: "Có", False: "Không"}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every sheet of a sitting, fetched once for thousands of them."""

    parent: str
    dated: str
    marks: Sequence[str]
    sets: dict[int, CriteriaSet] = field(default_factory=dict)

    def set_of(self, item: Item) -> CriteriaSet:
        """The set of a case in its official words."""
        version = item.case.version
        if version.pk not in self.sets:
            self.sets[version.pk] = criteria.worded(version).criteria_set
        return self.sets[version.pk]


def head_of(held: Sitting) -> Head:
    """The head of the sheets of a sitting."""
    day = dated(letterhead().place, day_of(held))
    return Head(committee(), day, marks(held.council))


def sheet_paper(item: Item, seat: Seat, sheet: Sheet | None, head: Head | None = None) -> Official:
    """The sheet of a member for one case; None prints it blank."""
    head = head or head_of(item.sitting)
    criteria_set = head.set_of(item)
    turn = sheet.attempt if sheet else item.attempt
    attempt = f", chấm lần {turn}" if turn > 1 else ""
    return Official(
        parent=head.parent,
        issuer=item.sitting.council.name,
        dated=head.dated,
        title="PHIẾU CHẤM ĐIỂM",
        subtitle=f"Sản phẩm: {item.case.title}",
        blocks=[
            Facts(
                [
                    ("Thành viên hội đồng", seat.user.name),
                    ("Chức danh", POSITIONS[Position(seat.position)]),
                    ("Phiên họp", f"{item.sitting.title}{attempt}"),
                    ("Bộ tiêu chí", f"{criteria_set.number}. {criteria_set.name}"),
                    ("Số phiếu đăng ký", item.case.reference or EMPTY),
                ]
            ),
            _marks(criteria_set, item, sheet),
            Text("Điều kiện", "heading"),
            _gates(criteria_set, sheet),
            *_rescored(item, sheet),
            *_wish(item, sheet),
            Text("Ý kiến của thành viên", "heading"),
            *_said(sheet, sheet.opinion if sheet else ""),
        ],
        signatures=(Signature("Thành viên hội đồng", seat.user.name if sheet else ""),),
        marks=head.marks,
    )


def _rescored(item: Item, sheet: Sheet | None) -> list[Text]:
    """Of a later attempt, why marks were changed; where none was, that."""
    if (sheet.attempt if sheet else item.attempt) == 1:
        return []
    heading = Text("Lý do thay đổi điểm khi chấm lại", "heading")
    if sheet is not None and sheet.state == SheetState.SUBMITTED and not sheet.rescoring_reason:
        return [heading, Text("Không thay đổi điểm.", "plain")]
    return [heading, *_said(sheet, sheet.rescoring_reason if sheet else "")]


def _wish(item: Item, sheet: Sheet | None) -> list[Text]:
    """Where opinions are given in writing: whether the member asks for a meeting."""
    if item.sitting.kind != SittingKind.WRITTEN:
        return []
    told = "……… (có hoặc không)" if sheet is None else "có" if sheet.wants_meeting else "không"
    return [Text(f"Việc phức tạp, đề nghị họp hội đồng: {told}", "plain")]


def _said(sheet: Sheet | None, words: str) -> list[Text]:
    """What a member wrote, or lines to write on by hand."""
    return [Text(words or EMPTY, "plain")] if sheet else [Text("…" * 35, "plain")] * 2


def _marks(criteria_set: CriteriaSet, item: Item, sheet: Sheet | None) -> Grid:
    counted = _counted(criteria_set, item, sheet)
    sums = counted.sections if counted else {}
    voided = counted.voided if counted else frozenset()
    rows: list[tuple[str, ...]] = []
    strong = []
    section = ""
    for criterion in criteria_set.criteria:
        if criterion.section != section:
            section = criterion.section
            part = next(s for s in criteria_set.sections if s.code == section)
            strong.append(len(rows))
            rows.append((section, part.name, str(part.max), _plain(sums.get(section)), ""))
        given = sheet.marks.get(criterion.code) if sheet else None
        comment = sheet.comments.get(criterion.code, "") if sheet else ""
        levels = "/".join(str(level) for level in criterion.levels)
        rows.append(
            (
                criterion.code,
                f"{criterion.name} ({levels})",
                str(criterion.max),
                f"{given} (không tính)" if criterion.code in voided else _plain(given),
                comment,
            )
        )
    total = write_number(sheet.total) if sheet and sheet.total is not None else ""
    strong.append(len(rows))
    rows.append(("", "Tổng điểm", "100", total, ""))
    return Grid(
        ("Mã", "Tiêu chí (các mức điểm)", "Tối đa", "Điểm", "Nhận xét"),
        rows,
        (13, 85, 15, 15, 37),
        strong=tuple(strong),
        centred=(0, 2, 3),
    )


def _plain(points: int | None) -> str:
    return "" if points is None else str(points)


def _counted(criteria_set: CriteriaSet, item: Item, sheet: Sheet | None) -> scoring.Outcome | None:
    """What a sheet with a total comes to under the answers that the total stands under; nothing
    where the answers have changed since, so that the sums always add up."""
    if sheet is None or sheet.total is None:
        return None
    found = scoring.score(criteria_set, sheet.marks, gates=item.gates, dependent=True)
    return found if found.total == sheet.total else None


def _gates(criteria_set: CriteriaSet, sheet: Sheet | None) -> Grid:
    given = sheet.gates if sheet else {}
    seen = {gate.id: gate for gate in criteria_set.gates}
    left = "không trả lời" if sheet and sheet.state == SheetState.SUBMITTED else ""
    rows = [
        (gate.criterion, gate.note, _ANSWERS[given[gate.id]] if gate.id in given else left)
        for gate in seen.values()
    ]
    return Grid(("Tiêu chí", "Điều kiện", "Trả lời"), rows, (20, 120, 25), centred=(0, 2))
