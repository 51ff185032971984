"""Where an event and an application for it may go.

Keys of states are those of the models; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.refusals import Refused

PLANNED, CALLING, SELECTING, PUBLISHED, HELD, CANCELLED = (
    "planned", "calling", "selecting", "published", "held", "cancelled",
)  # fmt: skip
SENT, ACCEPTED, REFUSED, WITHDRAWN = "sent", "accepted", "refused", "withdrawn"

STATES: Mapping[str, str] = {
    PLANNED: noop("Dự kiến"),
    CALLING: noop("Đang nhận đăng ký"),
    SELECTING: noop("Đang lựa chọn"),
    PUBLISHED: noop("Đã công bố kết quả"),
    HELD: noop("Đã diễn ra"),
    CANCELLED: noop("Đã hủy"),
}
#: What the public sees.
KNOWN = (CALLING, SELECTING, PUBLISHED, HELD)
#: What is neither over nor called off.
ALIVE = (PLANNED, CALLING, SELECTING, PUBLISHED)


@dataclass(frozen=True, slots=True)
class Move:
    """What may happen to an event: from which states, to which one."""

    words: str
    sources: tuple[str, ...]
    target: str


MOVES: Mapping[str, Move] = {
    "call": Move(noop("Mở đăng ký"), (PLANNED, SELECTING), CALLING),
    "close": Move(noop("Đóng đăng ký"), (CALLING,), SELECTING),
    "publish": Move(noop("Công bố kết quả"), (SELECTING,), PUBLISHED),
    "finish": Move(noop("Kết thúc sự kiện"), (PUBLISHED,), HELD),
    "cancel": Move(noop("Hủy sự kiện"), ALIVE, CANCELLED),
}


def expect(move: str, state: str) -> None:
    """Refuse a move that does not begin where an event is."""
    if state not in MOVES[move].sources:
        raise Refused(
            "event_state",
            _("Không thực hiện được “%(move)s”: sự kiện ở tình trạng “%(state)s”.")
            % {"move": _(MOVES[move].words), "state": _(STATES[state])},
        )
