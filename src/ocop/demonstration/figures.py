"""Targets of the demonstration, with the documents they come from."""

from dataclasses import dataclass
from decimal import Decimal

from ocop.demonstration import frame
from ocop.programme.terms import Term

_TERM = Term(2021, 2025)
_REPORT = "Báo cáo của Văn phòng Điều phối, quý I năm 2024"
_PLAN = "Mục tiêu của Chương trình OCOP thành phố giai đoạn 2021–2025"
_NEXT = "Mục tiêu mẫu, chưa có văn bản (mẫu)"


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What an indicator of the province, or of a unit named by its code, is to reach in a term."""

    indicator: str
    term: Term
    low: Decimal
    source: str
    high: Decimal | None = None
    unit: str = frame.PROVINCE


TARGETS = (
    TargetRow("evaluated_in_term", _TERM, Decimal(2000), "Chương trình 04-CTr/TU"),
    TargetRow("near_five_share", _TERM, Decimal(3), _PLAN),
    TargetRow("consolidated_share", _TERM, Decimal(50), _PLAN),
    TargetRow("organised_share", _TERM, Decimal(70), _PLAN),
    TargetRow("trained_share", _TERM, Decimal(100), _PLAN),
    TargetRow("evaluated_in_term", Term(2026, 2030), Decimal(1200), _NEXT),
    TargetRow("evaluated_in_term", Term(2026, 2030), Decimal(16), _NEXT, unit="10273"),  # Phú Xuyên
    TargetRow("design_centres", Term(2024, 2024), Decimal(5), _REPORT, high=Decimal(10)),
)
