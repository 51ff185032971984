"""Which events the demonstration has, in days from today."""

from collections.abc import Iterator
from dataclasses import dataclass

from ocop.promotion.models import EventKind, EventState

FAIR, CRAFTS = "Hội chợ OCOP Xuân (mẫu)", "Hội chợ OCOP và làng nghề (mẫu)"
WEEK, MEETING = "Tuần hàng OCOP (mẫu)", "Kết nối giao thương liên tỉnh (mẫu)"
WORKSHOP = "Hội thảo phát triển sản phẩm OCOP (mẫu)"
_YEAR, _MONTH, _QUARTER = 364, 28, 91
_SMALL = (("I", 26), ("II", 10), ("III", 6), ("IV", 12), ("", 6))
#: Three hundred apply for these two hundred booths.
_LARGE = (("I", 96), ("II", 34), ("III", 20), ("IV", 40), ("", 10))


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event: when it begins, counted from today, and who comes."""

    series: str
    kind: EventKind
    starts_in: int
    days: int
    state: EventState
    applicants: int = 0
    zones: tuple[tuple[str, int], ...] = ()
    away: bool = False


def rows() -> Iterator[EventRow]:
    """Every event, series by series."""
    fair, week, held = EventKind.FAIR, EventKind.GOODS_WEEK, EventState.HELD
    for years in (3, 2, 1):
        yield EventRow(FAIR, fair, -years * _YEAR + 60, 4, held, 80, _SMALL)
        yield EventRow(CRAFTS, fair, -years * _YEAR + 25, 5, held, 80, _SMALL)
    yield EventRow(FAIR, fair, 60, 4, EventState.PLANNED)
    yield EventRow(CRAFTS, fair, 25, 5, EventState.SELECTING, 300, _LARGE)
    yield EventRow("Hội chợ hàng Tết (mẫu)", fair, 12, 4, EventState.PUBLISHED, 85, _SMALL)
    for months in range(12, 0, -1):
        yield EventRow(WEEK, week, -months * _MONTH - 3, 7, held, 24)
    yield EventRow(WEEK, week, -2, 7, EventState.PUBLISHED, 24)
    yield EventRow(WEEK, week, 26, 7, EventState.CALLING, 6)
    for quarters in (4, 3, 2, 1):
        yield EventRow(
            MEETING, EventKind.TRADE_MEETING, 14 - quarters * _QUARTER, 2, held, 20, away=True
        )
    yield EventRow(MEETING, EventKind.TRADE_MEETING, 40, 2, EventState.CALLING, 5, away=True)
    for days in (-200, -80):
        yield EventRow(WORKSHOP, EventKind.WORKSHOP, days, 1, held, 40)
    yield EventRow(WORKSHOP, EventKind.WORKSHOP, 18, 1, EventState.CANCELLED, 8)
