"""One sitting as a ZIP: minutes, summary, every sheet the reader may see with the scan of a signed
one, and an index."""

from collections.abc import Callable, Iterator, Sequence
from typing import IO

from ocop.core import filetypes
from ocop.core.actor import Actor
from ocop.core.models import Attachment
from ocop.core.official import bundle as packing
from ocop.core.official import printing
from ocop.core.official.bundle import Piece
from ocop.core.official.paper import Official
from ocop.core.official.shelf import Tell
from ocop.councils.models import Item, ItemState, Sheet, Sitting
from ocop.councils.papers import sheets, sitting
from ocop.councils.papers.head import left_out, marks, moment
from ocop.councils.queries import sheets as reading
from ocop.councils.queries import sittings as queries

_TOGETHER = 200  # sheets that are in memory at a time

#: Of what a scan may be.
_ENDINGS = {
    filetypes.PDF: "pdf",
    filetypes.JPEG: "jpg",
    filetypes.PNG: "png",
    filetypes.WEBP: "webp",
}
#: A paper that a room above lays in: its title, and what it says.
Further = tuple[str, Callable[[], Official]]


def sitting_bundle(
    into: IO[bytes],
    tell: Tell,
    actor: Actor,
    held: Sitting,
    items: Sequence[Item],
    further: Sequence[Further] = (),
) -> None:
    """The sitting whole, as far as the actor may see it."""
    notes = [
        f"Thời gian: {moment(held.starts_at)}",
        *marks(held.council),
        *(line.text for line in left_out(held.items.all(), items)),
    ]
    packing.bundle(into, held.title, _pieces(actor, held, items, further), notes, tell=tell)


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


def _pieces(
    actor: Actor, held: Sitting, items: Sequence[Item], further: Sequence[Further]
) -> Iterator[Piece]:
    invited = [item for item in items if item.state != ItemState.TAKEN_OFF]
    papers: tuple[Further, ...] = (
        ("Biên bản", lambda: sitting.minutes(held, items)),
        ("Bảng tổng hợp điểm", lambda: sitting.score_summary(held, items)),
        ("Giấy mời", lambda: sitting.invitation(held, invited)),
        *further,
    )
    for title, say in papers:
        yield Piece("bien-ban", title, "pdf", printing.pdf(say()))
    by_key = {item.pk: item for item in items}
    head = sheets.head_of(held)
    given = reading.given_in(actor, held, items)
    keys = list(given.values_list("pk", flat=True))
    for start in range(0, len(keys), _TOGETHER):
        # Each part whole: a cursor left open would hold the database in the state of an hour ago.
        part = given.select_related("seat__user", "scan")
        for sheet in list(part.filter(pk__in=keys[start : start + _TOGETHER])):
            item = by_key[sheet.item_id]
            name = f"{item.case.title} {sheet.seat.user.name} lần {sheet.attempt}"
            paper = sheets.sheet_paper(item, sheet.seat, sheet, head)
            yield Piece("phieu", f"Phiếu {name}", "pdf", printing.pdf(paper))
            if sheet.scan is not None:
                yield _scan(sheet, sheet.scan, name)


def _scan(sheet: Sheet, kept: Attachment, name: str) -> Piece:
    """The signed paper itself; of a sheet given in anew on the screen what was signed first."""
    title = "Bản quét phiếu đã ký" if sheet.paper else "Bản quét phiếu đã ký trước khi mở lại"
    with kept.file.open("rb") as file:
        content = file.read()
    return Piece("phieu", f"{title} {name}", _ENDINGS[kept.media_type], content)
