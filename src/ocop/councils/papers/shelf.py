"""The papers of sittings and of cases in them, as far as a reader may take them."""

from functools import partial

from ocop.core.actor import Actor
from ocop.core.official import bundle as packing
from ocop.core.official import printing, shelf
from ocop.core.official.bundle import Piece
from ocop.core.official.shelf import Paper
from ocop.councils import rules
from ocop.councils.models import Item, Sheet, Sitting
from ocop.councils.papers import bundle, sheets, sitting
from ocop.councils.queries import progress
from ocop.councils.queries import sheets as reading
from ocop.councils.queries import sittings as queries

OWN = "own-sheet"


def of_sitting(actor: Actor, held: Sitting) -> list[Paper]:
    """Of a sitting that the actor sees: the invitation; for who leads it or reads everything the
    rest, too."""
    found = [
        shelf.official(
            "invitation",
            sitting.INVITATION,
            f"giay-moi-{held.title}",
            lambda: sitting.invitation(held, list(queries.agenda(actor, held))),
        )
    ]
    if not (rules.may_see_all(actor) or rules.may_steer(actor, held)):
        return found
    return [
        *found,
        shelf.packed(
            "blank-sheets",
            "Phiếu chấm để trống",
            f"phieu-trang-{held.title}",
            lambda: _blank_sheets(actor, held),
        ),
        shelf.official(
            "summary",
            sitting.SUMMARY,
            f"tong-hop-{held.title}",
            lambda: sitting.score_summary(held, _items(actor, held)),
        ),
        shelf.official(
            "minutes",
            sitting.MINUTES,
            f"bien-ban-{held.title}",
            lambda: sitting.minutes(held, _items(actor, held)),
        ),
        shelf.packed(
            "whole",
            "Tất cả văn bản của phiên họp",
            f"phien-hop-{held.title}",
            lambda: bundle.sitting_bundle(actor, held, _items(actor, held)),
        ),
    ]


def of_item(actor: Actor, item: Item) -> list[Paper]:
    """Of a case that the actor sees: the own sheet of the attempt that runs, and each sheet that
    may be read. Blind sheets are not among them."""
    found = []
    if (own := reading.own_sheet(actor, item)) is not None:
        found.append(_sheet(OWN, item, own, f"phieu-{item.case.title}"))
    for sheet in reading.sheets_visible_to(actor, item):
        name = sheet.seat.user.name
        found.append(_sheet(key_of(sheet.pk), item, sheet, f"phieu-{item.case.title}-{name}"))
    return found


def key_of(sheet: int) -> str:
    """How the sheet of this number is called on the shelf of its case."""
    return f"sheet-{sheet}"


def _sheet(key: str, item: Item, sheet: Sheet, stem: str) -> Paper:
    title = f"Phiếu chấm của {sheet.seat.user.name}, lần {sheet.attempt}"
    say = partial(sheets.sheet_paper, item, sheet.seat, sheet)
    return shelf.official(key, sheets.SHEET, stem, say, title=title)


def _items(actor: Actor, held: Sitting) -> list[Item]:
    """All that stood on the agenda, taken off ones too, as far as the actor may see them."""
    seen = queries.items_visible_to(actor).filter(sitting=held)
    return list(seen.order_by("position", "pk"))


def _blank_sheets(actor: Actor, held: Sitting) -> bytes:
    """A sheet for every judge and case, to fill in by hand."""
    pieces = [
        Piece(
            f"{item.position:02d}",
            f"{item.case.title} {seat.user.name}",
            "pdf",
            printing.pdf(sheets.sheet_paper(item, seat, None)),
        )
        for item in queries.agenda(actor, held)
        for seat in progress.item_progress(item).judges
    ]
    return packing.bundle(f"Phiếu trắng: {held.title}", pieces)
