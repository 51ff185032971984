"""One sitting as a ZIP: minutes, summary, every sheet the reader may see, and an index."""

from collections.abc import Iterator, Sequence
from typing import IO

from ocop.core.actor import Actor
from ocop.core.official import bundle as packing
from ocop.core.official import printing
from ocop.core.official.bundle import Piece
from ocop.core.official.shelf import Tell
from ocop.councils.models import Item, ItemState, Sitting
from ocop.councils.papers import sheets, sitting
from ocop.councils.papers.head import left_out, marks, moment
from ocop.councils.queries import sheets as reading
from ocop.councils.queries import sittings as queries

_TOGETHER = 200  # sheets that are in memory at a time


def sitting_bundle(
    into: IO[bytes], tell: Tell, actor: Actor, held: Sitting, items: Sequence[Item]
) -> None:
    """The sitting whole, as far as the actor may see it."""
    notes = [
        f"Thời gian: {moment(held.starts_at)}",
        *marks(held.council),
        *(line.text for line in left_out(held.items.all(), items)),
    ]
    packing.bundle(into, held.title, _pieces(actor, held, items), notes, tell=tell)


def blank_sheets(into: IO[bytes], tell: Tell, actor: Actor, held: Sitting) -> None:
    """A sheet for every judge and case, to fill in by hand."""
    head = sheets.head_of(held)
    agenda = list(queries.agenda(actor, held))
    judged = reading.judges(held, agenda)
    pieces = (
        Piece(
            f"{number:02d}",
            f"{item.case.title} {seat.user.name}",
            "pdf",
            printing.pdf(sheets.sheet_paper(item, seat, None, head)),
        )
        for number, (item, judges) in enumerate(judged, start=1)
        for seat in judges
    )
    standing = held.items.exclude(state=ItemState.TAKEN_OFF)
    notes = [line.text for line in left_out(standing, agenda)]
    packing.bundle(into, f"Phiếu trắng: {held.title}", pieces, notes, tell=tell)


def _pieces(actor: Actor, held: Sitting, items: Sequence[Item]) -> Iterator[Piece]:
    papers = (
        ("Biên bản", sitting.minutes),
        ("Bảng tổng hợp điểm", sitting.score_summary),
        ("Giấy mời", sitting.invitation),
    )
    for title, say in papers:
        yield Piece("bien-ban", title, "pdf", printing.pdf(say(held, items)))
    by_key = {item.pk: item for item in items}
    head = sheets.head_of(held)
    given = reading.given_in(actor, held, items)
    keys = list(given.values_list("pk", flat=True))
    for start in range(0, len(keys), _TOGETHER):
        # Each part whole: a cursor left open would hold the database in the state of an hour ago.
        for sheet in list(given.filter(pk__in=keys[start : start + _TOGETHER])):
            item = by_key[sheet.item_id]
            title = f"Phiếu {item.case.title} {sheet.seat.user.name} lần {sheet.attempt}"
            paper = sheets.sheet_paper(item, sheet.seat, sheet, head)
            yield Piece("phieu", title, "pdf", printing.pdf(paper))
