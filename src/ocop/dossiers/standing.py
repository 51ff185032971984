"""By which road a product comes to the council: kind, state of its star, day (pure).

First time: no star rules. Upgrade: only from a star that is held, below five. Re-evaluation: filed
180 to 120 days before the last valid day (regular); later, while the star is held, it will need an
extension (Art. 12.3), so it comes on the extended road; after expiry on a road of its own.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.recognition.validity import HOLDING, State, filing_window

FIRST, UPGRADE, REEVALUATION = "first", "upgrade", "reevaluation"
REGULAR, EXTENDED, EXPIRED = "regular", "extended", "expired"
TOP = 5
#: No star is left to rise or to be renewed.
GONE = (State.REVOKED, State.ANNULLED, State.MISTAKEN)


class AfterExpiry(StrEnum):
    """How a product comes back whose star has expired: a setting of the province."""

    MEETING = "meeting"  # a re-evaluation that is judged at a meeting
    WRITTEN = "written"  # a re-evaluation by written opinions as any other
    FIRST = "first"  # as if for the first time


@dataclass(frozen=True, slots=True)
class Star:
    """The star that rules a product on a day."""

    stars: int
    state: State
    expires_on: date | None
    extended_until: date | None = None

    @property
    def until(self) -> date | None:
        """The last day on which it holds, an extension included."""
        return self.extended_until if self.state is State.EXTENDED else self.expires_on


def road_for(
    kind: str, star: Star | None, *, chosen: str | None = None, after_expiry: AfterExpiry
) -> str:
    """The road of a dossier that comes in now. `chosen` is an officer's word where the validity
    of the star is not known. Refused, saying what to do instead: a kind that does not fit."""
    if kind == FIRST:
        return _first(star, after_expiry)
    if star is None or star.state in GONE:
        raise Refused(
            "never_ranked",
            _("Sản phẩm không có hạng sao nào để nâng hạng hoặc đánh giá lại. Hãy chọn lần đầu."),
        )
    if star.state is State.UNKNOWN:
        return _told(chosen)
    if kind == UPGRADE:
        return _upgrade(star, after_expiry)
    return _reevaluation(star, after_expiry)


def may_begin(kind: str, star: Star | None, *, after_expiry: AfterExpiry) -> str:
    """Why a kind cannot begin now, in words for the producer; "" when it can."""
    try:
        road_for(kind, star, after_expiry=after_expiry)
    except Refused as refusal:
        return refusal.message
    return ""


def _first(star: Star | None, after_expiry: AfterExpiry) -> str:
    if star is None or star.state in GONE:
        return REGULAR
    if star.state is State.EXPIRED and after_expiry is AfterExpiry.FIRST:
        return EXPIRED
    ranked = _("Sản phẩm đã được phân hạng %d sao.") % star.stars
    raise Refused("already_ranked", f"{ranked} {_instead(star, after_expiry)}")


def _instead(star: Star, after_expiry: AfterExpiry) -> str:
    """What is possible for a product with this star; where nothing is now, why."""
    upgrade = may_begin(UPGRADE, star, after_expiry=after_expiry)
    again = may_begin(REEVALUATION, star, after_expiry=after_expiry)
    if not upgrade and not again:
        return _("Hãy chọn nâng hạng hoặc đánh giá lại.")
    if not upgrade:
        return _("Hãy chọn nâng hạng.")
    return again or _("Hãy chọn đánh giá lại.")


def _again(star: Star, after_expiry: AfterExpiry) -> str:
    """How a product whose star is no longer held comes back; where it cannot now, why."""
    if star.state is State.EXPIRED and after_expiry is AfterExpiry.FIRST:
        return _("Hãy chọn lần đầu.")
    again = may_begin(REEVALUATION, star, after_expiry=after_expiry)
    return again or _("Hãy chọn đánh giá lại.")


def _told(chosen: str | None) -> str:
    if chosen is None:
        raise Refused(
            "validity_unknown",
            _(
                "Chưa rõ hạng sao còn hiệu lực đến ngày nào. "
                "Hãy nhờ Văn phòng Điều phối kiểm tra quyết định và mở hồ sơ."
            ),
        )
    return chosen


def _upgrade(star: Star, after_expiry: AfterExpiry) -> str:
    if star.stars >= TOP and star.state in (*HOLDING, State.NOT_YET):
        raise Refused("top_star", _("Sản phẩm đã đạt 5 sao, không còn hạng cao hơn."))
    if star.state is State.NOT_YET:
        raise Refused(
            "star_not_held",
            _("Quyết định công nhận chưa có hiệu lực. Hãy chờ đến ngày có hiệu lực rồi nâng hạng."),
        )
    if star.state not in HOLDING:
        held = _("Chỉ nâng hạng khi hạng sao còn hiệu lực.")
        raise Refused("star_not_held", f"{held} {_again(star, after_expiry)}")
    return EXTENDED if star.state is State.EXTENDED else REGULAR


def _reevaluation(star: Star, after_expiry: AfterExpiry) -> str:
    if star.state is State.WINDOW_OPEN:
        return REGULAR
    if star.state in (State.WINDOW_MISSED, State.EXTENDED):
        return EXTENDED
    if star.state in (State.EXPIRED, State.EXTENSION_UNCONFIRMED):
        if after_expiry is AfterExpiry.FIRST and star.state is State.EXPIRED:
            raise Refused(
                "comes_as_first", _("Hạng sao đã hết hạn. Hãy chọn đánh giá như lần đầu.")
            )
        return EXPIRED
    if star.expires_on is None:
        raise Refused(
            "too_early", _("Quyết định công nhận chưa có hiệu lực nên chưa đánh giá lại được.")
        )
    window = filing_window(star.expires_on)
    raise Refused(
        "too_early",
        _("Hồ sơ đánh giá lại nộp từ %(first)s đến %(last)s. Hãy quay lại trong thời gian này.")
        % {"first": write_date(window.start), "last": write_date(window.last or window.start)},
    )


def judged_in_writing(kind: str, road: str, *, after_expiry: AfterExpiry) -> bool:
    """Whether the council gives written opinions first: every re-evaluation but one of an expired
    star, which is met upon unless the province set otherwise (Art. 6)."""
    if kind != REEVALUATION:
        return False
    return road != EXPIRED or after_expiry is AfterExpiry.WRITTEN
