"""Where demands and offers may go. Keys are those of the models; a test holds the two together.

That the last day of a demand has passed is not kept: it follows from the day one asks on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.refusals import Refused

SENT, CONFIRMED, OPEN, CLOSED, REFUSED = "sent", "confirmed", "open", "closed", "refused"
OVER = "over"  # alive, and its last day has passed
WANTED, DECLINED, WITHDRAWN = "wanted", "declined", "withdrawn"

#: What the public sees, and what is neither refused nor ended.
ALIVE = (SENT, CONFIRMED, OPEN)
STATES: Mapping[str, str] = {
    SENT: noop("Chờ người mua xác nhận"),
    CONFIRMED: noop("Chờ văn phòng đăng"),
    OPEN: noop("Đang tìm hàng"),
    CLOSED: noop("Đã kết thúc"),
    REFUSED: noop("Không đăng"),
}


#: What is shown: a state that is kept, or that the last day has passed.
SHOWN: Mapping[str, str] = {**STATES, OVER: noop("Đã hết hạn")}


def standing(state: str, open_until: date, on: date) -> str:
    """How a demand stands on a day."""
    return OVER if state in ALIVE and open_until < on else state


@dataclass(frozen=True, slots=True)
class Move:
    """What may happen to a demand: from which states, to which one."""

    words: str
    sources: tuple[str, ...]
    target: str


MOVES: Mapping[str, Move] = {
    "confirm": Move(noop("Xác nhận nhu cầu"), (SENT,), CONFIRMED),
    "publish": Move(noop("Đăng nhu cầu"), (CONFIRMED,), OPEN),
    "refuse": Move(noop("Không đăng nhu cầu"), (SENT, CONFIRMED), REFUSED),
    "close": Move(noop("Kết thúc nhu cầu"), ALIVE, CLOSED),
}


_WORDS = {**{name: move.words for name, move in MOVES.items()}, "extend": noop("Gia hạn nhu cầu")}


def wrong_state(move: str, state: str) -> Refused:
    """What is said of a move that does not begin where a demand is."""
    return Refused(
        "demand_state",
        _("Không thực hiện được “%(move)s”: nhu cầu ở tình trạng “%(state)s”.")
        % {"move": _(_WORDS[move]), "state": _(STATES[state])},
    )
