"""What the papers of councils share: their head, their days, their marks."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from ocop.core import papers
from ocop.core.numbers import write_date
from ocop.core.official.paper import Text
from ocop.councils.models import Council, Item, Position, Seat, Sitting
from ocop.councils.queries import councils
from ocop.councils.rules import day_of

EMPTY = "…………"
KINDS = {"meeting": "Họp", "written": "Lấy ý kiến bằng văn bản"}
_DRAFT = "DỰ THẢO"
UNFINISHED = "Bản dự thảo, in khi phiên họp chưa kết thúc: chưa được thông qua, không dùng để ký."
_LEFT_OUT = "Bản in này không gồm nội dung mà người in không tham gia đánh giá."
POSITIONS = {
    Position.CHAIR: "Chủ tịch",
    Position.DEPUTY: "Phó Chủ tịch",
    Position.SECRETARY: "Ủy viên, thư ký",
    Position.MEMBER: "Ủy viên",
}


def marks(council: Council) -> tuple[str, ...]:
    """What stands at the head of every page of a demonstration's papers."""
    return (papers.mark(),) if council.demonstration else ()


def titled(title: str, *, final: bool) -> str:
    """The title of a paper of a sitting, which is a draft until the sitting is closed."""
    return title if final else f"{_DRAFT} {title}"


def drafted(*, final: bool) -> tuple[str, ...]:
    """What stands at the head of every page of a draft."""
    return () if final else (f"{_DRAFT}: phiên họp chưa kết thúc",)


def left_out(stood: QuerySet[Item], items: Sequence[Item]) -> list[Text]:
    """A line on a paper that lacks cases from which its reader is recused: that some are left out,
    not how many nor which. `items`: those that the reader sees."""
    hidden = stood.exclude(pk__in=[item.pk for item in items]).exists()
    return [Text(_LEFT_OUT, "note")] if hidden else []


def moment(at: datetime | None) -> str:
    """A time in words: 08 giờ 30 ngày 05/11/2026."""
    if at is None:
        return EMPTY
    local = timezone.localtime(at)
    return f"{local:%H} giờ {local:%M} ngày {write_date(local.date())}"


def seats_of(sitting: Sitting) -> list[Seat]:
    """The members of the day."""
    return councils.seats_on(sitting.council, day_of(sitting))


def holder(seats: list[Seat], position: Position) -> str:
    """Who holds a position; empty when nobody does."""
    return next((seat.user.name for seat in seats if seat.position == position), "")


def bare(sentence: str) -> str:
    """A reason without its own full stop: the paper sets one."""
    return sentence.rstrip(" .")
