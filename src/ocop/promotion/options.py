"""Settings of events that each province has its own of."""

from ocop.core import options
from ocop.core.language import noop
from ocop.promotion import priority

#: What differs from `priority.Weights`.
NO_WEIGHTS: dict[str, int] = {}

WEIGHTS = options.declare(
    "promotion.priority",
    NO_WEIGHTS,
    noop("Điểm ưu tiên khi xếp gian hàng: star_3, star_4, star_5, first_time, had_booth, refused, "
         "traceable"),
    priority.is_setting,
)  # fmt: skip
