"""Where a dossier may go: the one table of its states and moves (Art. 5 to 7, 26/2026/QĐ-TTg).

Services move a dossier by the name of a move only (`services.moving.move`), so what stands here is
all that can happen. Keys of states are those of `models.State`; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.refusals import Refused
from ocop.core.workdays import add_working_days
from ocop.councils.written import LONGEST_DAYS

COMMUNE_DAYS = 15  # working days (Art. 5)
REEVALUATION_DAYS = LONGEST_DAYS  # from a complete dossier (Art. 6)

DRAFT, AT_COMMUNE, RETURNED, FORWARDED = "draft", "at_commune", "returned", "forwarded"
RECEIVED, EXAMINING, READY, ON_AGENDA = "received", "examining", "ready", "on_agenda"
CONCLUDED, AT_MINISTRY = "concluded", "at_ministry"
DECIDED, REFUSED, WITHDRAWN = "decided", "refused", "withdrawn"

PRODUCER, COMMUNE, OFFICE = noop("Chủ thể"), noop("Cấp xã"), noop("Văn phòng Điều phối")
ADVISERS, COUNCIL, MINISTRY = noop("Tổ tư vấn"), noop("Hội đồng"), noop("Bộ")


@dataclass(frozen=True, slots=True)
class Situation:
    """A state in words: the staff's, the producer's, who has to act, the time limit, the article.

    `working_days` and `days` (calendar days, for a re-evaluation only) count from the day after
    the dossier came into the state; None: the law sets none.
    """

    staff: str
    producer: str
    who: str
    working_days: int | None = None
    days: int | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What may happen to a dossier: from which states to which one, and who does it."""

    name: str
    words: str
    sources: tuple[str, ...]
    target: str
    who: str
    article: str = ""


SITUATIONS: Mapping[str, Situation] = {
    DRAFT: Situation(noop("Đang soạn"), noop("Bạn đang soạn, chưa nộp"), PRODUCER),
    AT_COMMUNE: Situation(
        noop("Chờ cấp xã kiểm tra"),
        noop("Ủy ban nhân dân cấp xã đang kiểm tra"),
        COMMUNE,
        working_days=COMMUNE_DAYS,
        article=noop("Điều 5"),
    ),
    RETURNED: Situation(
        noop("Đã trả lại chủ thể"), noop("Bị trả lại: hãy sửa rồi nộp lại"), PRODUCER
    ),
    FORWARDED: Situation(
        noop("Chờ cấp tỉnh tiếp nhận"),
        noop("Đã chuyển lên tỉnh, thành phố"),
        OFFICE,
        article=noop("Điều 5"),
    ),
    RECEIVED: Situation(
        noop("Đã tiếp nhận, chờ phân công"),
        noop("Tỉnh, thành phố đã tiếp nhận"),
        OFFICE,
        days=REEVALUATION_DAYS,
        article=noop("Điều 5"),
    ),
    EXAMINING: Situation(
        noop("Tổ tư vấn đang xem xét"),
        noop("Tổ tư vấn đang xem xét"),
        ADVISERS,
        days=REEVALUATION_DAYS,
        article=noop("Điều 5"),
    ),
    READY: Situation(
        noop("Đủ điều kiện trình hội đồng"),
        noop("Chờ đưa ra hội đồng"),
        OFFICE,
        days=REEVALUATION_DAYS,
        article=noop("Điều 5"),
    ),
    ON_AGENDA: Situation(
        noop("Trong chương trình họp hội đồng"),
        noop("Đã xếp lịch họp hội đồng"),
        COUNCIL,
        days=REEVALUATION_DAYS,
        article=noop("Điều 5"),
    ),
    CONCLUDED: Situation(
        noop("Hội đồng đã kết luận, chờ quyết định"),
        noop("Hội đồng đã đánh giá, chờ quyết định"),
        OFFICE,
        days=REEVALUATION_DAYS,
        article=noop("Điều 5"),
    ),
    AT_MINISTRY: Situation(
        noop("Trình Bộ đánh giá"),
        noop("Đã trình Bộ đánh giá 5 sao"),
        MINISTRY,
        article=noop("Điều 5"),
    ),
    DECIDED: Situation(noop("Đã có quyết định"), noop("Đã được công nhận"), ""),
    REFUSED: Situation(noop("Không được công nhận"), noop("Không được công nhận"), ""),
    WITHDRAWN: Situation(noop("Đã rút"), noop("Hồ sơ đã rút"), ""),
}

_FILED = (AT_COMMUNE, FORWARDED, RECEIVED, EXAMINING, READY)

MOVES: Mapping[str, Move] = {
    move.name: move
    for move in (
        Move(
            "submit",
            noop("Nộp hồ sơ"),
            (DRAFT, RETURNED),
            AT_COMMUNE,
            PRODUCER,
            noop("Điều 5, Điều 7"),
        ),
        Move("forward", noop("Chuyển cấp tỉnh"), (AT_COMMUNE,), FORWARDED, COMMUNE, noop("Điều 5")),
        Move("return_by_commune", noop("Trả lại"), (AT_COMMUNE,), RETURNED, COMMUNE),
        Move("receive", noop("Tiếp nhận"), (FORWARDED,), RECEIVED, OFFICE, noop("Điều 5")),
        Move(
            "return_by_office",
            noop("Trả lại"),
            (FORWARDED, RECEIVED, EXAMINING, READY),
            RETURNED,
            OFFICE,
        ),
        Move("assign", noop("Phân công tổ tư vấn"), (RECEIVED, EXAMINING), EXAMINING, OFFICE),
        Move("unassign", noop("Thôi phân công"), (EXAMINING,), RECEIVED, OFFICE),
        Move("propose", noop("Đề nghị trình hội đồng"), (EXAMINING,), READY, ADVISERS),
        Move("examine_again", noop("Xem xét thêm"), (READY,), EXAMINING, ADVISERS),
        Move("schedule", noop("Đưa vào chương trình họp"), (READY,), ON_AGENDA, OFFICE),
        Move("take_off", noop("Đưa ra khỏi chương trình họp"), (ON_AGENDA,), READY, OFFICE),
        Move("conclude", noop("Hội đồng kết luận"), (ON_AGENDA,), CONCLUDED, COUNCIL),
        Move("find_gaps", noop("Hội đồng yêu cầu hoàn thiện"), (ON_AGENDA,), READY, COUNCIL),
        Move("refer", noop("Trình Bộ"), (CONCLUDED,), AT_MINISTRY, OFFICE, noop("Điều 5")),
        Move("come_back", noop("Bộ trả kết quả"), (AT_MINISTRY,), CONCLUDED, OFFICE),
        Move("evaluate_again", noop("Đánh giá lại tại tỉnh"), (CONCLUDED,), READY, OFFICE),
        Move("decide", noop("Ghi quyết định"), (CONCLUDED, AT_MINISTRY), DECIDED, OFFICE),
        Move(
            "reopen",
            noop("Chờ quyết định lại"),
            (DECIDED,),
            CONCLUDED,
            OFFICE,
            noop("Điều 10"),
        ),
        Move(
            "reopen_at_ministry",
            noop("Chờ quyết định lại, theo kết quả của Bộ"),
            (DECIDED,),
            AT_MINISTRY,
            OFFICE,
            noop("Điều 10"),
        ),
        Move(
            "refuse",
            noop("Không công nhận"),
            (CONCLUDED,),
            REFUSED,
            OFFICE,
            noop("Điều 5"),
        ),
        Move("resume", noop("Rút lại việc không công nhận"), (REFUSED,), CONCLUDED, OFFICE),
        Move(
            "resume_unjudged",
            noop("Rút lại việc không công nhận, chưa có kết luận"),
            (REFUSED,),
            READY,
            OFFICE,
        ),
        Move("withdraw", noop("Rút hồ sơ"), (DRAFT, RETURNED, *_FILED), WITHDRAWN, PRODUCER),
    )
}

#: The producer writes in it.
WRITABLE = frozenset({DRAFT, RETURNED})
#: Filed and not yet before the council: supplements and changes are taken.
FILED = frozenset(_FILED)
ENDED = frozenset({DECIDED, REFUSED, WITHDRAWN})


def next_state(name: str, state: str) -> str:
    """The state a move leads to. Refused: a move that is not possible from this state."""
    move = MOVES[name]
    if state not in move.sources:
        raise Refused(
            "move_not_possible",
            _("Hồ sơ đang ở bước “%(state)s” nên không thể “%(move)s”. Hãy tải lại trang.")
            % {"state": _(SITUATIONS[state].staff), "move": _(move.words)},
        )
    return move.target


def moves_from(state: str) -> tuple[Move, ...]:
    """What may happen next."""
    return tuple(move for move in MOVES.values() if state in move.sources)


def due_on(state: str, *, since: date, reevaluation: bool) -> date | None:
    """The last day of the step for a dossier that came into the state on `since`; None: no limit.

    Calendar days hold for a re-evaluation, from the day its complete dossier was received: pass
    that day as `since`, whatever step it is in.
    """
    situation = SITUATIONS[state]
    if situation.working_days is not None:
        return add_working_days(since, situation.working_days)
    if reevaluation and situation.days is not None:
        return since + timedelta(days=situation.days)
    return None
