"""Where a post-check, a complaint and a revocation case may go: the tables of their states.

Services move a row by the name of a move only, so what stands here is all that can happen. Keys of
states are those of the models; a test holds the two together. A move without a target leaves the
state as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.refusals import Refused
from ocop.core.workdays import add_working_days

#: Days to decide on a revocation, from the day the ground is established (Art. 8; ADR 24).
REVOCATION_DAYS = 15

PLANNED, RECORDED, CORRECTING = "planned", "recorded", "correcting"
CLOSED, CANCELLED = "closed", "cancelled"
RECEIVED, CHECKING, ANSWERED, DISMISSED = "received", "checking", "answered", "dismissed"
OPENED, HEARD, PROPOSED, REVOKED = "opened", "heard", "proposed", "revoked"
APPEALED, UPHELD, OVERTURNED, RESTORED = "appealed", "upheld", "overturned", "restored"
LAPSED = "lapsed"

PRODUCER, OFFICE = noop("Chủ thể"), noop("Văn phòng Điều phối")
INSPECTOR, HEAD = noop("Người kiểm tra"), noop("Lãnh đạo Văn phòng Điều phối")


@dataclass(frozen=True, slots=True)
class Situation:
    """A state in words: the staff's, the producer's (a complainant's for complaints), who has to
    act, the time limit in words, the article."""

    staff: str
    producer: str
    who: str
    limit: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What may happen: from which states, to which one (None: it stays), and who does it."""

    name: str
    words: str
    sources: tuple[str, ...]
    target: str | None
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


_ART_8, _ART_9 = noop("Điều 8"), noop("Điều 9")
_PLANNED_DAY = noop("đến ngày kiểm tra đã định")
_CORRECTED_DAY = noop("đến ngày khắc phục đã ghi")
_ANSWER_DAYS = noop("số ngày làm việc ở trang Thiết lập")
_FIFTEEN = noop("15 ngày kể từ ngày xác định căn cứ")

CHECK = Machine(
    noop("Lần kiểm tra"),
    {
        PLANNED: Situation(
            noop("Chờ kiểm tra"), noop("Sẽ được kiểm tra"), INSPECTOR, _PLANNED_DAY, _ART_9
        ),
        RECORDED: Situation(
            noop("Đã có biên bản, chờ kết luận"),
            noop("Đã kiểm tra, chờ kết luận"),
            OFFICE,
            "",
            _ART_9,
        ),
        CORRECTING: Situation(
            noop("Chờ chủ thể khắc phục"),
            noop("Cần khắc phục đúng hạn"),
            PRODUCER,
            _CORRECTED_DAY,
            _ART_9,
        ),
        CLOSED: Situation(noop("Đã kết thúc"), noop("Đã kết thúc"), "", "", _ART_9),
        CANCELLED: Situation(noop("Đã hủy"), noop("Không kiểm tra nữa"), ""),
    },
    _moves(
        Move("record", noop("Ghi biên bản kiểm tra"), (PLANNED,), RECORDED, INSPECTOR, _ART_9),
        Move("change", noop("Đổi ngày, người kiểm tra"), (PLANNED,), None, OFFICE),
        Move("cancel", noop("Hủy lần kiểm tra"), (PLANNED,), CANCELLED, OFFICE),
        Move("conclude", noop("Kết luận"), (RECORDED,), CLOSED, OFFICE, _ART_9),
        Move("ask_correction", noop("Yêu cầu khắc phục"), (RECORDED,), CORRECTING, OFFICE, _ART_9),
        Move(
            "end_correction",
            noop("Ghi kết quả khắc phục"),
            (CORRECTING,),
            CLOSED,
            OFFICE,
            _ART_9,
        ),
        Move("lapse", noop("Kết thúc vì hạng sao không còn"), (CORRECTING,), CLOSED, OFFICE),
    ),
)

COMPLAINT = Machine(
    noop("Phản ánh"),
    {
        RECEIVED: Situation(noop("Mới nhận"), noop("Đã nhận, đang xem xét"), OFFICE, _ANSWER_DAYS),
        CHECKING: Situation(
            noop("Đang kiểm tra"), noop("Đang kiểm tra tại cơ sở"), OFFICE, _ANSWER_DAYS
        ),
        ANSWERED: Situation(noop("Đã trả lời"), noop("Đã trả lời"), ""),
        DISMISSED: Situation(noop("Không xử lý"), noop("Không thuộc phạm vi xử lý"), ""),
    },
    _moves(
        Move("check", noop("Gắn với lần kiểm tra"), (RECEIVED, CHECKING), CHECKING, OFFICE),
        Move("answer", noop("Trả lời"), (RECEIVED, CHECKING), ANSWERED, OFFICE),
        Move("dismiss", noop("Không xử lý, nêu lý do"), (RECEIVED, CHECKING), DISMISSED, OFFICE),
    ),
)

CASE = Machine(
    noop("Vụ việc thu hồi"),
    {
        OPENED: Situation(
            noop("Đã xác định căn cứ, chờ nghe chủ thể"),
            noop("Đang xem xét thu hồi: bạn được giải trình"),
            OFFICE,
            _FIFTEEN,
            _ART_8,
        ),
        HEARD: Situation(
            noop("Đã nghe chủ thể, chờ đề nghị"),
            noop("Đang xem xét sau khi nghe giải trình"),
            OFFICE,
            _FIFTEEN,
            _ART_8,
        ),
        PROPOSED: Situation(
            noop("Đã đề nghị, chờ quyết định"),
            noop("Đã trình người có thẩm quyền quyết định"),
            HEAD,
            _FIFTEEN,
            _ART_8,
        ),
        REVOKED: Situation(noop("Đã thu hồi"), noop("Hạng sao đã bị thu hồi"), "", "", _ART_8),
        CLOSED: Situation(noop("Kết thúc, không thu hồi"), noop("Kết thúc, hạng sao được giữ"), ""),
        APPEALED: Situation(
            noop("Đã thu hồi, đang khiếu nại"), noop("Đang giải quyết khiếu nại"), OFFICE
        ),
        UPHELD: Situation(
            noop("Giữ nguyên quyết định thu hồi"), noop("Quyết định thu hồi được giữ nguyên"), ""
        ),
        OVERTURNED: Situation(
            noop("Khiếu nại được chấp nhận, chờ quyết định khôi phục"),
            noop("Khiếu nại được chấp nhận, chờ quyết định khôi phục"),
            HEAD,
        ),
        RESTORED: Situation(noop("Đã khôi phục hạng sao"), noop("Hạng sao đã được khôi phục"), ""),
        LAPSED: Situation(
            noop("Kết thúc vì kết quả bị hủy"), noop("Kết thúc, kết quả công nhận đã bị hủy"), ""
        ),
    },
    _moves(
        Move("state", noop("Gửi ý kiến giải trình"), (OPENED, HEARD), None, PRODUCER),
        Move("hear", noop("Ghi việc nghe chủ thể"), (OPENED, HEARD), HEARD, OFFICE, _ART_8),
        Move("propose", noop("Đề nghị thu hồi"), (HEARD,), PROPOSED, OFFICE, _ART_8),
        Move("decide", noop("Ghi quyết định thu hồi"), (PROPOSED,), REVOKED, HEAD, _ART_8),
        Move(
            "close",
            noop("Kết thúc, không thu hồi"),
            (OPENED, HEARD, PROPOSED),
            CLOSED,
            OFFICE,
        ),
        Move(
            "publish",
            noop("Công bố thông báo thu hồi"),
            (REVOKED, APPEALED, UPHELD),
            None,
            OFFICE,
            _ART_8,
        ),
        Move("appeal", noop("Ghi khiếu nại"), (REVOKED,), APPEALED, OFFICE),
        Move("uphold", noop("Giữ nguyên quyết định"), (APPEALED,), UPHELD, OFFICE),
        Move("overturn", noop("Chấp nhận khiếu nại"), (APPEALED,), OVERTURNED, OFFICE),
        Move(
            "restore",
            noop("Ghi quyết định khôi phục"),
            (REVOKED, UPHELD, OVERTURNED),
            RESTORED,
            HEAD,
        ),
        Move(
            "correct",
            noop("Đính chính: quyết định thu hồi ghi nhầm"),
            (REVOKED, APPEALED, UPHELD, OVERTURNED),
            PROPOSED,
            HEAD,
        ),
        Move(
            "correct_void",
            noop("Đính chính quyết định về một kết quả không còn được tính"),
            (REVOKED, APPEALED, UPHELD, OVERTURNED),
            LAPSED,
            HEAD,
        ),
        Move(
            "decide_appealed",
            noop("Ghi lại quyết định thu hồi đang bị khiếu nại"),
            (PROPOSED,),
            APPEALED,
            HEAD,
            _ART_8,
        ),
        Move(
            "correct_restoration",
            noop("Đính chính: quyết định khôi phục ghi nhầm"),
            (RESTORED,),
            REVOKED,
            HEAD,
        ),
        Move(
            "correct_restoration_upheld",
            noop("Đính chính khôi phục ghi nhầm sau khi giữ nguyên quyết định thu hồi"),
            (RESTORED,),
            UPHELD,
            HEAD,
        ),
        Move(
            "correct_restoration_accepted",
            noop("Đính chính khôi phục ghi nhầm sau khi chấp nhận khiếu nại"),
            (RESTORED,),
            OVERTURNED,
            HEAD,
        ),
        Move(
            "lapse",
            noop("Kết thúc vì kết quả bị hủy"),
            (OPENED, HEARD, PROPOSED, APPEALED, OVERTURNED),
            LAPSED,
            OFFICE,
        ),
    ),
)


def target(machine: Machine, name: str, state: str) -> str:
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
    return state if move.target is None else move.target


def open_states(machine: Machine) -> tuple[str, ...]:
    """The states in which somebody has to act."""
    return tuple(state for state, told in machine.situations.items() if told.who)


def revocation_due(established_on: date) -> date:
    """The last of the 15 days of Art. 8: the day on which the ground is established is not
    counted, so it is the fifteenth day after it."""
    return established_on + timedelta(days=REVOCATION_DAYS)


def answer_due(received_on: date, working_days: int) -> date:
    """The last day to answer a complaint."""
    return add_working_days(received_on, working_days)
