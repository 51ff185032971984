"""Where a class may go: planned, open to enrolment, held or cancelled.

Keys of states are those of the models; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.refusals import Refused

PLANNED, OPEN, HELD, CANCELLED = "planned", "open", "held", "cancelled"
ENROLLED, WAITING, WITHDRAWN = "enrolled", "waiting", "withdrawn"

STATES: Mapping[str, str] = {
    PLANNED: noop("Dự kiến"),
    OPEN: noop("Đang nhận đăng ký"),
    HELD: noop("Đã kết thúc"),
    CANCELLED: noop("Đã hủy"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """What may happen to a class: from which states, to which one."""

    words: str
    sources: tuple[str, ...]
    target: str


MOVES: Mapping[str, Move] = {
    "open": Move(noop("Mở đăng ký"), (PLANNED,), OPEN),
    "finish": Move(noop("Kết thúc lớp"), (OPEN,), HELD),
    "cancel": Move(noop("Hủy lớp"), (PLANNED, OPEN), CANCELLED),
}


def expect(move: str, state: str) -> None:
    """Refuse a move that does not begin where a class is."""
    if state not in MOVES[move].sources:
        raise Refused(
            "class_state",
            _("Không thực hiện được “%(move)s”: lớp ở tình trạng “%(state)s”.")
            % {"move": _(MOVES[move].words), "state": _(STATES[state])},
        )
