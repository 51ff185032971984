"""Where a request for support may go: the table of its states, in the frame of `traceability`.

Approval commits money of a budget line; acceptance says what was done and what of the money is due;
payment hands it over; a reclaim takes back what was paid wrongly and ends nothing.
"""

from ocop.core.language import noop
from ocop.traceability.lifecycle import EITHER, OFFICE, PRODUCER, Machine, Move, Situation, expect

ASKED, APPROVED, REFUSED, WITHDRAWN = "asked", "approved", "refused", "withdrawn"
ACCEPTED, PAID, CANCELLED = "accepted", "paid", "cancelled"
HEAD = noop("Lãnh đạo Văn phòng Điều phối")

REQUEST = Machine(
    noop("Đề nghị hỗ trợ"),
    {
        ASKED: Situation(noop("Chờ duyệt"), noop("Đã gửi, chờ Văn phòng duyệt"), HEAD),
        APPROVED: Situation(
            noop("Đã duyệt, chờ nghiệm thu"), noop("Được duyệt; làm xong thì gửi chứng từ"), OFFICE
        ),
        ACCEPTED: Situation(noop("Đã nghiệm thu, chờ chi"), noop("Đã nghiệm thu, chờ chi"), OFFICE),
        PAID: Situation(noop("Đã chi"), noop("Đã nhận tiền"), ""),
        REFUSED: Situation(noop("Không duyệt"), noop("Không được duyệt"), ""),
        WITHDRAWN: Situation(noop("Đã rút"), noop("Đã rút"), ""),
        CANCELLED: Situation(noop("Đã hủy sau duyệt"), noop("Đã hủy sau khi duyệt"), ""),
    },
    {
        move.name: move
        for move in (
            Move("approve", noop("Duyệt"), (ASKED,), APPROVED, HEAD),
            Move("refuse", noop("Không duyệt"), (ASKED,), REFUSED, HEAD),
            Move("withdraw", noop("Rút đề nghị"), (ASKED,), WITHDRAWN, EITHER),
            Move("accept", noop("Nghiệm thu"), (APPROVED,), ACCEPTED, OFFICE),
            Move("pay", noop("Ghi chi tiền"), (ACCEPTED,), PAID, OFFICE),
            Move("cancel", noop("Hủy"), (APPROVED, ACCEPTED), CANCELLED, HEAD),
            Move("reclaim", noop("Thu hồi tiền"), (PAID,), PAID, OFFICE),
        )
    },
)
#: Nothing more will happen, and nothing of a line or of a ceiling is held.
DROPPED = (REFUSED, WITHDRAWN, CANCELLED)
#: Money of a budget line is held or gone.
HOLDING = (APPROVED, ACCEPTED, PAID)

__all__ = ["DROPPED", "HOLDING", "PRODUCER", "REQUEST", "expect"]
