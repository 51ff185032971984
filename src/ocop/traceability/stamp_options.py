"""What an office sets about its stamps."""

from ocop.core import options
from ocop.core.language import noop as N_

MOST_OF_AN_ORDER = 1_000_000
_LONGEST_WORDS = 40

ALLOWANCE = options.declare(
    "traceability.allowance",
    2_000,
    N_("Hạn mức tem mỗi chủ thể trong năm, khi chưa đặt riêng"),
    lambda v: isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= 100_000_000,
)
KEPT_DAYS = options.declare(
    "traceability.print_days",
    7,
    N_("Số ngày giữ tệp in tem"),
    lambda v: isinstance(v, int) and not isinstance(v, bool) and 1 <= v <= 90,
)
WORDS = options.declare(
    "traceability.stamp_words",
    "Quét: ai làm, mấy sao",
    N_("Dòng chữ in trên tem, dưới tên sản phẩm"),
    lambda v: isinstance(v, str) and len(v) <= _LONGEST_WORDS,
)
