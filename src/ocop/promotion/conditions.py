"""What an event asks of the goods that are to be shown there, and whether they have it.

A star is held against the last day of the event: goods whose star ends before do not come.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ocop.core.language import noop as N_
from ocop.recognition.validity import HOLDING

LEAST_STARS, MOST_STARS = 3, 5


class Lack(StrEnum):
    """What goods lack."""

    STOPPED = "stopped"
    NO_STAR = "no_star"
    FEW_STARS = "few_stars"
    ENDS_BEFORE = "ends_before"
    NO_TRACE = "no_trace"
    NO_LABEL = "no_label"


WORDS = {
    Lack.STOPPED: N_("chủ thể đã ngừng làm sản phẩm"),
    Lack.NO_STAR: N_("không có sao OCOP còn hiệu lực"),
    Lack.FEW_STARS: N_("hạng sao thấp hơn mức sự kiện yêu cầu"),
    Lack.ENDS_BEFORE: N_("sao hết hiệu lực trước ngày cuối của sự kiện"),
    Lack.NO_TRACE: N_("chưa có tem đang kích hoạt hoặc hộ chiếu sản phẩm"),
    Lack.NO_LABEL: N_("chưa xác nhận nhãn hàng hóa đúng quy định"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an event asks for. No `stars`: none needed."""

    stars: int | None = LEAST_STARS
    trace: bool = True
    labels: bool = True


@dataclass(frozen=True, slots=True)
class Goods:
    """What is known of a product: the star that rules it today and that of the last day of the
    event, as the dates that are known today tell them."""

    stars: int | None
    state: str | None
    state_at_end: str | None
    traced: bool
    labelled: bool
    stopped: bool = False


def lacks(goods: Goods, asked: Asked) -> tuple[Lack, ...]:
    """What these goods lack for the event; nothing: they may come."""
    told = []
    if goods.stopped:
        told.append(Lack.STOPPED)
    if asked.stars is not None:
        if goods.state not in HOLDING:
            told.append(Lack.NO_STAR)
        elif (goods.stars or 0) < asked.stars:
            told.append(Lack.FEW_STARS)
        elif goods.state_at_end not in HOLDING:
            told.append(Lack.ENDS_BEFORE)
    if asked.trace and not goods.traced:
        told.append(Lack.NO_TRACE)
    if asked.labels and not goods.labelled:
        told.append(Lack.NO_LABEL)
    return tuple(told)


def back(years: int, day: date) -> date:
    """The same day so many years before; 29 February → 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
