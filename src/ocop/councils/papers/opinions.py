"""What minutes tell of written opinions that turned into a meeting."""

from collections.abc import Iterator

from ocop.core.events import activity
from ocop.core.language import using
from ocop.core.numbers import write_number
from ocop.core.official.paper import Block, Text
from ocop.councils.models import Item, ItemState, Position, Sitting, SittingKind
from ocop.councils.papers import history
from ocop.councils.papers.head import POSITIONS, bare, moment, seats_of
from ocop.councils.papers.history import figures
from ocop.councils.queries.hall import hall_of
from ocop.councils.queries.opinions import received, what_differs
from ocop.people.models import User


def turned(item: Item) -> Iterator[Block]:
    """Of a case that left the written procedure: the opinions, what differed, who called whom."""
    yield Text(_received(item))
    yield from history.on_paper(item)
    meeting = meeting_of(item)
    if meeting is None:
        yield Text(f"Đưa ra khỏi đợt lấy ý kiến. Lý do: {bare(item.off_reason)}.")
        return
    yield Text(_why(item))
    yield Text(
        f"Chuyển sang họp hội đồng: “{meeting.title}”, {moment(meeting.starts_at)}. "
        f"Người quyết định họp{_caller(meeting)}."
    )


def before(item: Item) -> Iterator[Block]:
    """Of a case in the meeting that follows: the written opinions it comes from."""
    written = (
        Item.objects.filter(
            sitting=item.sitting.follows_id, case=item.case_id, state=ItemState.TAKEN_OFF
        )
        .select_related("sitting__council", "case__version")
        .last()
    )
    if written is None or written.sitting.kind != SittingKind.WRITTEN:
        return
    yield Text(f"Đã lấy ý kiến bằng văn bản, sau đó chuyển sang họp. {_received(written)}")
    yield from history.on_paper(written)
    yield Text(f"{_why(written)} Người quyết định họp{_caller(item.sitting)}.")


def meeting_of(item: Item) -> Sitting | None:
    """The meeting before which the case was brought from the written procedure."""
    return Sitting.objects.filter(
        follows=item.sitting_id, kind=SittingKind.MEETING, items__case=item.case_id
    ).last()


def _received(item: Item) -> str:
    """How many opinions came; each total once all are in, for then they are no longer blind."""
    hall = hall_of(item.sitting)
    given, judges = received(item, hall), hall.judges_of(item)
    told = f"Đã nhận {len(given)} trên {len(judges)} ý kiến bằng văn bản"
    if len(given) < len(judges):
        return f"{told}."
    totals = "; ".join(
        f"{hall.names[sheet.seat_id]} {write_number(sheet.total)}"
        for sheet in given
        if sheet.total is not None
    )
    return f"{told}. Tổng điểm: {totals} ({figures(given)})."


def _why(item: Item) -> str:
    """Why the opinions did not settle the case, as the sheets say; else it was found complex."""
    with using("vi"):
        found = what_differs(item)
    if not found:
        return "Các ý kiến đã nhận không khác nhau; nội dung được đưa ra họp."
    return f"Ý kiến chưa thống nhất: {'; '.join(found)}."


def _caller(meeting: Sitting) -> str:
    """Who called the meeting, with the seat in the council; the coordination office has none."""
    called = activity(meeting).filter(name="councils.meeting_called").first()
    user = None if called is None else User.objects.filter(pk=called.actor_id).first()
    if user is None:
        return ": cơ quan thường trực"
    seat = next((seat for seat in seats_of(meeting) if seat.user_id == user.pk), None)
    office = "" if seat is None else f" ({POSITIONS[Position(seat.position)]})"
    return f": {user.name}{office}"
