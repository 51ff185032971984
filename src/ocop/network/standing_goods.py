"""What may stand at a sales point on a day (Decision 950/QĐ-BCT, II.2).

Goods with a valid star of three or more, key products of the province, typical rural products and
specialities that an authority named. Goods whose star ended leave by this rule the same day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ocop.core.language import noop as N_
from ocop.recognition.validity import HOLDING, State

LEAST_STARS = 3


class Verdict(StrEnum):
    """Whether a product may stand there, and why (not)."""

    STAR = "star"
    LISTED = "listed"
    STOPPED = "stopped"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    NO_STAR = "no_star"


#: What is said of each.
WORDS = {
    Verdict.STAR: N_("Được bày: sao OCOP còn hiệu lực"),
    Verdict.LISTED: N_("Được bày: sản phẩm chủ lực, tiêu biểu hoặc đặc sản"),
    Verdict.STOPPED: N_("Không được bày: chủ thể đã ngừng làm sản phẩm"),
    Verdict.EXPIRED: N_("Không được bày: sao OCOP đã hết hạn"),
    Verdict.REVOKED: N_("Không được bày: sao OCOP đã bị thu hồi hoặc hủy"),
    Verdict.UNKNOWN: N_("Không được bày: chưa rõ thời hạn của sao OCOP"),
    Verdict.NO_STAR: N_("Không được bày: chưa có sao OCOP từ 3 sao, không có trong danh mục"),
}
ALLOWED = frozenset({Verdict.STAR, Verdict.LISTED})


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a product on a day. `state` is that of the star that rules it, if any;
    `listed` the periods (half-open) in which a document names it."""

    stars: int | None
    state: str | None
    stopped: bool = False
    listed: tuple[tuple[date, date | None], ...] = ()


def verdict(facts: Facts, on: date) -> Verdict:
    """Whether a product may stand at a point on a day."""
    if facts.stopped:
        return Verdict.STOPPED
    if facts.state in HOLDING and (facts.stars or 0) >= LEAST_STARS:
        return Verdict.STAR
    if any(start <= on and (end is None or on < end) for start, end in facts.listed):
        return Verdict.LISTED
    return _WHY_NOT.get(facts.state or "", Verdict.NO_STAR)


_WHY_NOT: Mapping[str, Verdict] = {
    State.REVOKED: Verdict.REVOKED,
    State.ANNULLED: Verdict.REVOKED,
    State.EXPIRED: Verdict.EXPIRED,
    State.EXTENSION_UNCONFIRMED: Verdict.EXPIRED,
    State.UNKNOWN: Verdict.UNKNOWN,
}
