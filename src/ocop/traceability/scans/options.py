"""What an office may set about scans: limits of the rules, and how long scans are kept."""

from collections.abc import Callable

from ocop.core.language import noop as N_
from ocop.core.options import declare
from ocop.traceability.scans.suspicion import Limits


def _between(least: int, most: int) -> Callable[[object], bool]:
    return lambda v: isinstance(v, int) and not isinstance(v, bool) and least <= v <= most


_USUAL = Limits()
EARLY = declare(
    "traceability.scan_early",
    _USUAL.early,
    N_("Số lượt quét tem của một đơn khi chưa kích hoạt, quá số này thì báo nghi vấn"),
    _between(0, 10_000),
)
DEVICES = declare(
    "traceability.scan_devices",
    _USUAL.devices,
    N_("Số lượt thiết bị quét một tem, quá số này thì báo nghi vấn"),
    _between(2, 100_000),
)
SPEED = declare(
    "traceability.scan_speed",
    _USUAL.speed,
    N_("Tốc độ (km/giờ) giữa hai lần quét một tem, quá tốc độ này thì báo nghi vấn"),
    _between(50, 10_000),
)
DISTANCE = declare(
    "traceability.scan_distance",
    _USUAL.distance,
    N_("Khoảng cách (km) giữa hai tỉnh, gần hơn thì không xét tốc độ"),
    _between(0, 2_000),
)
AFTER_OPENING = declare(
    "traceability.scan_after_opening",
    _USUAL.after_opening,
    N_("Số lượt thiết bị quét tem sau khi đã mở mã ẩn, quá số này thì báo nghi vấn"),
    _between(0, 10_000),
)
FORGED = declare(
    "traceability.scan_forged",
    _USUAL.forged,
    N_("Số mã giả một thiết bị thử trong ngày, quá số này thì báo nghi vấn"),
    _between(1, 100_000),
)
JOURNAL_DAYS = declare(
    "traceability.scan_journal_days",
    62,
    N_("Số ngày giữ từng lượt quét trong nhật ký (tổng số theo ngày được giữ mãi)"),
    _between(1, 3_650),
)
FILE_MONTHS = declare(
    "traceability.scan_file_months",
    36,
    N_("Số tháng giữ tệp Parquet của từng lượt quét"),
    _between(1, 240),
)


def limits() -> Limits:
    """The limits in force."""
    return Limits(
        early=EARLY.get(),
        devices=DEVICES.get(),
        speed=SPEED.get(),
        distance=DISTANCE.get(),
        after_opening=AFTER_OPENING.get(),
        forged=FORGED.get(),
    )
