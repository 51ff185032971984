"""One sitting as a ZIP: minutes, summary, every sheet the reader may see, and an index."""

from collections.abc import Sequence

from ocop.core.actor import Actor
from ocop.core.official import bundle as packing
from ocop.core.official import printing
from ocop.core.official.bundle import Piece
from ocop.councils.models import Item, SheetState, Sitting
from ocop.councils.papers import sheets, sitting
from ocop.councils.papers.head import marks, moment
from ocop.councils.queries import sheets as reading


def sitting_bundle(actor: Actor, held: Sitting, items: Sequence[Item]) -> bytes:
    """The sitting whole, as far as the actor may see it."""
    pieces = [
        Piece("bien-ban", "Biên bản", "pdf", printing.pdf(sitting.minutes(held, items))),
        Piece(
            "bien-ban",
            "Bảng tổng hợp điểm",
            "pdf",
            printing.pdf(sitting.score_summary(held, items)),
        ),
        Piece("bien-ban", "Giấy mời", "pdf", printing.pdf(sitting.invitation(held, items))),
    ]
    for item in items:
        given = reading.sheets_visible_to(actor, item).filter(state=SheetState.SUBMITTED)
        for sheet in given:
            title = f"Phiếu {item.case.title} {sheet.seat.user.name} lần {sheet.attempt}"
            paper = sheets.sheet_paper(item, sheet.seat, sheet)
            pieces.append(Piece("phieu", title, "pdf", printing.pdf(paper)))
    notes = [f"Thời gian: {moment(held.starts_at)}", *marks(held.council)]
    return packing.bundle(held.title, pieces, notes)
