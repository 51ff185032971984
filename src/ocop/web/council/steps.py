"""What a sitting, or a case in it, waits for next: one step, in words, with its address."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ocop.councils.models import ItemState, Sitting, SittingKind, SittingState
from ocop.councils.outcome import Problem
from ocop.web.council.board import OVER, Board, Line


@dataclass(frozen=True, slots=True)
class Next:
    """The next step. Without an address the council waits; `posts` is done by the button alone."""

    hint: str
    words: str = ""
    address: str = ""
    posts: bool = False


def next_of(board: Board, *, leads: bool, plans: bool) -> Next | None:
    """The next step of a sitting, for those who plan it or lead it; others have none."""
    sitting = board.sitting
    if sitting.state == SittingState.PLANNED:
        return _before(board, leads=leads) if plans else None
    if sitting.state == SittingState.CLOSED and leads and not sitting.minutes_number:
        return Next(
            _("Phiên kết thúc mà chưa ghi số biên bản; quyết định công nhận chờ số này."),
            _("Ghi biên bản"),
            reverse("council:sitting_minutes", args=[sitting.code]),
        )
    if sitting.state != SittingState.OPEN or not leads:
        return None
    if board.current is not None:
        return next_of_line(board.current)
    waiting = [line for line in board.lines if line.item.state == ItemState.WAITING]
    if waiting:
        first = waiting[0].item
        return Next(
            _("Hồ sơ tiếp theo: %s") % first.case.title,
            _("Bắt đầu chấm"),
            reverse("council:item_start", args=[first.code]),
            posts=True,
        )
    return Next(
        _("Mọi hồ sơ đã có kết luận.") if board.lines else _("Không còn hồ sơ nào để đánh giá."),
        _("Kết thúc phiên họp"),
        reverse("council:sitting_close", args=[sitting.code]),
    )


def _before(board: Board, *, leads: bool) -> Next:
    code = board.sitting.code
    if not board.lines:
        return Next(
            _("Chưa có hồ sơ nào trong chương trình."),
            _("Chọn hồ sơ"),
            reverse("council:agenda", args=[code]),
        )
    if board.warned:
        words = _("%d xung đột lợi ích chờ xem xét.") % board.warned
        return Next(words, _("Xem xét"), reverse("council:conflicts", args=[code]))
    written = board.sitting.kind == SittingKind.WRITTEN
    if not written and not board.quorum.reached:
        address = reverse("council:attendance", args=[code])
        return Next(board.quorum_words, _("Điểm danh"), address)
    hint = _("Sẵn sàng lấy ý kiến.") if written else _("Đủ thành viên, có thể khai mạc.")
    if not leads:
        return Next(hint)
    words = _("Bắt đầu lấy ý kiến") if written else _("Khai mạc phiên họp")
    return Next(hint, words, reverse("council:sitting_open", args=[code]), posts=True)


def next_of_line(line: Line) -> Next | None:
    """The next step of a case that is being judged."""
    code = line.item.code
    if line.item.state in OVER:
        return None
    if line.item.state == ItemState.WAITING:
        return Next(
            _("Chưa chấm."),
            _("Bắt đầu chấm"),
            reverse("council:item_start", args=[code]),
            posts=True,
        )
    if line.differences:
        return Next(
            _("Ý kiến bằng văn bản chưa thống nhất: %s.") % "; ".join(line.differences),
            _("Chuyển sang họp"),
            reverse("council:call_meeting", args=[line.item.sitting.code]),
        )
    if not line.all_in:
        if _is_over(line.item.sitting):
            return Next(
                _("Đã hết hạn gửi ý kiến."),
                _("Kết luận"),
                reverse("council:item_conclude", args=[code]),
            )
        left = line.expected - line.submitted
        return Next(ngettext("Chờ %d phiếu nữa.", "Chờ %d phiếu nữa.", left) % left)
    if line.problems is None:
        return None
    for problem, (hint, words, name) in _ASKED.items():
        if problem in line.problems:
            return Next(str(hint), str(words), reverse(name, args=[code]))
    if line.unexplained:
        return Next(
            _("Hội đồng trả lời khác thành viên mà chưa ghi lý do."),
            _("Trả lời điều kiện"),
            reverse("council:item_gates", args=[code]),
        )
    if line.problems:
        return Next(" ".join(line.problem_words))
    return Next(
        _("Đủ điều kiện kết luận."),
        _("Kết luận"),
        reverse("council:item_conclude", args=[code]),
    )


def _is_over(sitting: Sitting) -> bool:
    """Whether the last day for written opinions has passed."""
    return sitting.until is not None and timezone.localdate() > sitting.until


#: What keeps a case open and can be done on a page, in the order in which it is done.
_ASKED = {
    Problem.SPREAD: (
        gettext_lazy("Tổng điểm chênh nhau quá mức. Thảo luận, rồi chấm lại."),
        gettext_lazy("Yêu cầu chấm lại"),
        "council:item_rescore",
    ),
    Problem.GATES_OPEN: (
        gettext_lazy("Còn điều kiện hội đồng chưa trả lời."),
        gettext_lazy("Trả lời điều kiện"),
        "council:item_gates",
    ),
    Problem.LEVELS_DIFFER: (
        gettext_lazy("Thành viên chấm khác nhau ở tiêu chí có mức tối thiểu."),
        gettext_lazy("Thống nhất mức"),
        "council:item_agree",
    ),
}
