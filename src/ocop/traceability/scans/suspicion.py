"""What cannot be: the rules that turn scans into signals.

Pure. A rule counts something and allows so much of it; what is above is a signal. A signal accuses
nobody: a pack on a counter is scanned by many, a coarse guess of the place errs by a province.
"""

from dataclasses import dataclass
from enum import StrEnum

from ocop.core.language import noop as N_


class Rule(StrEnum):
    """The rules, by what is kept of them (`models.SignalRule`)."""

    EARLY = "early"
    UNISSUED = "unissued"
    GONE = "gone"
    DEVICES = "devices"
    FAR = "far"
    OPENED = "opened"
    FORGED = "forged"


#: What each of them means, in words for who looks into it.
MEANING = {
    Rule.EARLY: N_(
        "Tem của đợt này được quét khi chưa gắn với lô nào. Có thể chủ thể đã bán hàng mà quên "
        "kích hoạt, hoặc tem bị đưa ra ngoài trước khi dùng."
    ),
    Rule.UNISSUED: N_(
        "Mã tem đúng khóa của hệ thống nhưng số này chưa cấp cho đơn nào. Cần kiểm tra ngay nơi "
        "giữ khóa tem."
    ),
    Rule.GONE: N_(
        "Tem đã được ghi là hủy hoặc mất nhưng vẫn có người quét, nghĩa là tem đang ở trên hàng."
    ),
    Rule.DEVICES: N_(
        "Một tem dán trên một gói hàng mà quá nhiều thiết bị quét. Có thể là gói trưng bày ở hội "
        "chợ, hoặc mã đã bị sao chép sang nhiều gói."
    ),
    Rule.FAR: N_(
        "Cùng một tem được quét ở hai tỉnh, trong thời gian không ai đi kịp. Thường là mã bị sao "
        "chép; cũng có thể nhà mạng báo sai tỉnh."
    ),
    Rule.OPENED: N_(
        "Mã ẩn dưới lớp cào đã mở, tức là hàng đã dùng, nhưng vẫn có thiết bị khác quét tem."
    ),
    Rule.FORGED: N_(
        "Một thiết bị thử nhiều mã không do hệ thống cấp. Có thể ai đó đang dò mã tem, hoặc quét "
        "hàng mang tem giả."
    ),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What is allowed; all but stamps never given out and stamps that are gone have a number that
    the office sets."""

    early: int = 3  # scans of an order's stamps before their activation: somebody tries one out
    devices: int = 30  # phones by day that scan one stamp
    speed: int = 900  # km/h between two places, an aeroplane's
    distance: int = 150  # km between two places below which speed says nothing
    after_opening: int = 3  # phones by day once the hidden code was entered
    forged: int = 20  # serials of no key of ours, by one client on a day


def is_hop(km: float, milliseconds: int, limits: Limits) -> bool:
    """Whether nobody gets that far in that time."""
    if km < limits.distance:
        return False
    return km * 3_600_000 > limits.speed * abs(milliseconds)


def needed_minutes(km: float, limits: Limits) -> int:
    """How long the way takes at the speed that is allowed."""
    return round(km * 60 / limits.speed)
