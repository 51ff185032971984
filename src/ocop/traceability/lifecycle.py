"""Where an order of stamps, and a range of its numbers, may go: the tables of their states.

Services move by the name of a move only, so what stands here is all that can happen. Keys of states
are those of the models; a test holds the two together. What is printed of a stamp stays for ever,
so nothing here ends it: a state says what its page tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.refusals import Refused

REQUESTED, APPROVED, REFUSED, WITHDRAWN = "requested", "approved", "refused", "withdrawn"
ORDERED, PRINTED, DELIVERED = "ordered", "printed", "delivered"
ACTIVE, CLOSED = "active", "closed"
VOIDED, LOST, RECALLED, SUSPICIOUS = "voided", "lost", "recalled", "suspicious"

PRODUCER, OFFICE = noop("Chủ thể"), noop("Văn phòng Điều phối")
EITHER = noop("Chủ thể hoặc Văn phòng Điều phối")
CIRCULAR = noop("Thông tư 02/2024/TT-BKHCN; Điều 32 Nghị định 37/2026/NĐ-CP")


@dataclass(frozen=True, slots=True)
class Situation:
    """A state in words: the staff's, the producer's, who has to act next, within what time, and by
    which article."""

    staff: str
    producer: str
    who: str
    limit: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What may happen: from which states, to which one, and who does it."""

    name: str
    words: str
    sources: tuple[str, ...]
    target: str
    who: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """One table: what it is about, its states and its moves."""

    about: str
    situations: Mapping[str, Situation]
    moves: Mapping[str, Move]


def _moves(*moves: Move) -> Mapping[str, Move]:
    return {move.name: move for move in moves}


ORDER = Machine(
    noop("Đơn đặt tem"),
    {
        REQUESTED: Situation(noop("Chờ duyệt"), noop("Đã gửi, chờ Văn phòng duyệt"), OFFICE),
        APPROVED: Situation(noop("Đã duyệt"), noop("Đã duyệt"), ""),
        REFUSED: Situation(noop("Không duyệt"), noop("Không được duyệt"), ""),
        WITHDRAWN: Situation(noop("Đã rút"), noop("Đã rút"), ""),
    },
    _moves(
        Move("approve", noop("Duyệt, cấp số"), (REQUESTED,), APPROVED, OFFICE),
        Move("refuse", noop("Không duyệt"), (REQUESTED,), REFUSED, OFFICE),
        Move("withdraw", noop("Rút đơn"), (REQUESTED,), WITHDRAWN, EITHER),
    ),
)

RANGE = Machine(
    noop("Dải tem"),
    {
        ORDERED: Situation(noop("Đã cấp số, chờ in"), noop("Đang chờ in"), OFFICE),
        PRINTED: Situation(noop("Đã in, chờ giao"), noop("Đã in, chờ nhận"), OFFICE),
        DELIVERED: Situation(
            noop("Đã giao, chờ kích hoạt"), noop("Đã nhận, chưa kích hoạt"), PRODUCER
        ),
        ACTIVE: Situation(noop("Đã kích hoạt"), noop("Đang dùng"), PRODUCER),
        CLOSED: Situation(noop("Đã đóng"), noop("Đã đóng"), ""),
    },
    _moves(
        Move("print", noop("Xác nhận đã in, đối chiếu"), (ORDERED,), PRINTED, OFFICE),
        Move("deliver", noop("Ghi giao tem"), (PRINTED,), DELIVERED, OFFICE),
        Move("activate", noop("Kích hoạt cho lô hàng"), (DELIVERED,), ACTIVE, EITHER, CIRCULAR),
        Move("undo", noop("Hủy kích hoạt nhầm"), (ACTIVE,), DELIVERED, OFFICE),
        Move("close", noop("Đóng dải tem"), (ACTIVE,), CLOSED, EITHER),
    ),
)
MACHINES = (ORDER, RANGE)

#: Whose right is to say so of stamps, of whatever state their range is.
EXCEPTIONS: Mapping[str, str] = {
    VOIDED: EITHER,
    LOST: EITHER,
    RECALLED: OFFICE,
    SUSPICIOUS: noop("Văn phòng Điều phối hoặc người kiểm tra"),
}
#: Why stamps were voided or lost as they were counted; kept as they stand here, shown translated.
SPOILED, MISSING = noop("Hỏng khi in"), noop("Thiếu khi đối chiếu sau in")
#: What is said of such a stamp, in a sentence.
SAID: Mapping[str, str] = {
    VOIDED: noop("Tem đã bị hủy, không được dán lên hàng."),
    LOST: noop("Tem đã được báo mất."),
    RECALLED: noop("Hàng mang tem này bị thu hồi."),
    SUSPICIOUS: noop("Tem này đang bị nghi sao chép."),
}
#: Stamps that are not on goods: they are neither printed again nor activated.
GONE = (VOIDED, LOST)


def expect(machine: Machine, name: str, state: str) -> str:
    """The state a move leads to. Refused: a move that is not possible from this state."""
    move = machine.moves[name]
    if state not in move.sources:
        raise Refused(
            "move_not_possible",
            _("%(about)s đang ở bước “%(state)s” nên không thể “%(move)s”. Hãy tải lại trang.")
            % {
                "about": _(machine.about),
                "state": _(machine.situations[state].staff),
                "move": _(move.words),
            },
        )
    return move.target
