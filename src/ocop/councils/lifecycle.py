"""Where sittings, the cases on their agendas and members' sheets may go: one table for each.

Services ask this table before they act, so what stands here is all that can happen. Keys of
states are those of the models; `docs/reference/lifecycle.md` is drawn from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ocop.core.language import noop

PLANNED, OPEN, CLOSED, CANCELLED = "planned", "open", "closed", "cancelled"
WAITING, SCORING, RESCORING = "waiting", "scoring", "rescoring"
CONCLUDED, TAKEN_OFF = "concluded", "taken_off"
DRAFT, ENTERED, SUBMITTED = "draft", "entered", "submitted"

PLANNERS = noop("Văn phòng Điều phối, Chủ tịch, Phó Chủ tịch, thư ký")
LEADERS = noop("Chủ tịch, Phó Chủ tịch, thư ký")
PRESIDING = noop("Người chủ trì")
MEMBER = noop("Thành viên, phiếu của mình")
TWO_PERSONS = noop("Hai người khác nhau, không phải chủ phiếu")


@dataclass(frozen=True, slots=True)
class Situation:
    """A state in the staff's words, and what is still to be done in it."""

    staff: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What may happen: from which states to which one (None: it stays), who does it, the article.

    Where no article stands, the working rules of the council say it.
    """

    words: str
    sources: tuple[str, ...]
    target: str | None
    who: str
    article: str = ""


_ALIVE = (PLANNED, OPEN)
SCORED = (SCORING, RESCORING)
UNFINISHED = (WAITING, *SCORED)

SITTING: Mapping[str, Situation] = {
    PLANNED: Situation(noop("Đã lên lịch"), noop("Lập chương trình, mời họp, rà xung đột")),
    OPEN: Situation(noop("Đang họp hoặc lấy ý kiến"), noop("Chấm, thảo luận, kết luận")),
    CLOSED: Situation(noop("Đã kết thúc"), noop("Ký biên bản, trình quyết định")),
    CANCELLED: Situation(noop("Đã hủy")),
}
SITTING_MOVES: Mapping[str, Move] = {
    "set_agenda": Move(noop("Lập chương trình họp"), (PLANNED,), None, PLANNERS),
    "add_to_agenda": Move(noop("Thêm vào chương trình"), _ALIVE, None, PLANNERS),
    "move_item": Move(noop("Đổi thứ tự"), _ALIVE, None, PLANNERS),
    "move_sitting": Move(noop("Đổi lịch"), (PLANNED,), None, PLANNERS),
    "note_attendance": Move(noop("Điểm danh"), _ALIVE, None, PLANNERS),
    "open_sitting": Move(noop("Mở phiên"), (PLANNED,), OPEN, LEADERS),
    "score": Move(noop("Chấm và kết luận từng sản phẩm"), (OPEN,), None, LEADERS),
    "call_meeting": Move(
        noop("Chuyển từ lấy ý kiến sang họp"), (OPEN,), None, PLANNERS, noop("Điều 6")
    ),
    "close_sitting": Move(noop("Kết thúc phiên"), (OPEN,), CLOSED, LEADERS),
    "record_minutes": Move(noop("Ghi biên bản còn thiếu"), (CLOSED,), None, LEADERS),
    "cancel_sitting": Move(noop("Hủy phiên"), _ALIVE, CANCELLED, PLANNERS),
}

ITEM: Mapping[str, Situation] = {
    WAITING: Situation(noop("Chưa chấm"), noop("Xem xét cảnh báo xung đột lợi ích")),
    SCORING: Situation(noop("Đang chấm"), noop("Nộp phiếu, trả lời điều kiện, thống nhất mức")),
    RESCORING: Situation(noop("Chấm lại sau thảo luận"), noop("Nộp phiếu mới, ghi lý do đổi điểm")),
    CONCLUDED: Situation(noop("Đã kết luận")),
    TAKEN_OFF: Situation(noop("Đã đưa ra khỏi phiên"), noop("Có thể đưa vào phiên khác")),
}
ITEM_MOVES: Mapping[str, Move] = {
    "start_scoring": Move(noop("Bắt đầu chấm"), (WAITING,), SCORING, LEADERS),
    "answer_gates": Move(noop("Trả lời điều kiện"), SCORED, None, LEADERS, noop("Phụ lục III")),
    "agree_level": Move(noop("Thống nhất mức"), SCORED, None, LEADERS),
    "ask_rescoring": Move(noop("Yêu cầu chấm lại"), SCORED, RESCORING, LEADERS),
    "conclude": Move(noop("Kết luận"), SCORED, CONCLUDED, LEADERS, noop("Điều 4, Điều 5")),
    "call_meeting": Move(noop("Chuyển sang họp"), SCORED, TAKEN_OFF, PLANNERS, noop("Điều 6")),
    "take_off": Move(noop("Đưa ra khỏi phiên"), UNFINISHED, TAKEN_OFF, PLANNERS),
    "mark": Move(noop("Ghi và nộp phiếu"), SCORED, None, MEMBER),
    "reopen_sheet": Move(noop("Mở lại một phiếu"), SCORED, None, PRESIDING),
}

SHEET: Mapping[str, Situation] = {
    DRAFT: Situation(noop("Thành viên đang chấm"), noop("Chỉ chủ phiếu xem được")),
    ENTERED: Situation(noop("Phiếu giấy đã nhập"), noop("Chờ người thứ hai nhập lại để xác nhận")),
    SUBMITTED: Situation(noop("Đã nộp")),
}
SHEET_MOVES: Mapping[str, Move] = {
    "save_marks": Move(noop("Ghi điểm"), (DRAFT,), None, MEMBER),
    "submit_sheet": Move(noop("Nộp phiếu"), (DRAFT,), SUBMITTED, MEMBER),
    "enter_paper_sheet": Move(noop("Nhập phiếu giấy"), (DRAFT, ENTERED), ENTERED, TWO_PERSONS),
    "confirm_paper_sheet": Move(noop("Xác nhận phiếu giấy"), (ENTERED,), SUBMITTED, TWO_PERSONS),
    "reopen_sheet": Move(noop("Mở lại phiếu"), (SUBMITTED,), DRAFT, PRESIDING),
}
