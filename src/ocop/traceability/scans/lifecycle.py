"""Where a signal may go: from which states a move leads to which."""

from collections.abc import Mapping
from dataclasses import dataclass

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused

NEW, TAKEN, CLOSED = "new", "taken", "closed"
OPEN = (NEW, TAKEN)


@dataclass(frozen=True, slots=True)
class Move:
    """What may happen: in words, from which states, to which one (None: it stays)."""

    name: str
    words: str
    sources: tuple[str, ...]
    target: str | None


MOVES: Mapping[str, Move] = {
    move.name: move
    for move in (
        Move("take", N_("Nhận xem xét"), (NEW,), TAKEN),
        Move("note", N_("Ghi chú"), OPEN, None),
        Move("suspect", N_("Ghi tem nghi ngờ"), OPEN, None),
        Move("close", N_("Kết luận"), OPEN, CLOSED),
        Move("reopen", N_("Xem xét lại"), (CLOSED,), TAKEN),
    )
}
STAFF: Mapping[str, str] = {NEW: N_("mới"), TAKEN: N_("đang xem xét"), CLOSED: N_("đã kết luận")}


def target(name: str, state: str) -> str:
    """The state a move leads to. Refused: a move that is not possible from this one."""
    move = MOVES[name]
    if state not in move.sources:
        raise Refused(
            "signal_state",
            _("Nghi vấn %(state)s nên không thể “%(move)s”. Hãy tải lại trang.")
            % {"state": _(STAFF[state]), "move": _(move.words)},
        )
    return state if move.target is None else move.target
