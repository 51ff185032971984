"""The papers of sittings and of cases in them, as far as a reader may take them."""

from collections.abc import Sequence
from functools import partial

from django.db.models import Count, QuerySet

from ocop.core.actor import Actor
from ocop.core.official import shelf
from ocop.core.official.shelf import Paper
from ocop.councils import rules
from ocop.councils.models import Item, Sheet, SheetState, Sitting
from ocop.councils.papers import bundle, sheets, sitting
from ocop.councils.queries import sheets as reading
from ocop.councils.queries import sittings as queries

OWN = "own-sheet"
WHOLE = "whole"  # the one paper that holds members' sheets
_LINES = 120  # of a table, as long to set as a sheet


def of_sitting(actor: Actor, held: Sitting, further: Sequence[bundle.Further] = ()) -> list[Paper]:
    """Of a sitting that the actor sees: the invitation; for who leads it or reads everything the
    rest, too. `further`: papers of rooms above that lie in the whole of it."""
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
    agenda = queries.agenda(actor, held)
    return [
        *found,
        shelf.packed(
            "blank-sheets",
            "Phiếu chấm để trống",
            f"phieu-trang-{held.title}",
            lambda into, tell: bundle.blank_sheets(into, tell, actor, held),
            lambda: sum(len(judges) for _item, judges in reading.judges(held, agenda)),
        ),
        shelf.official(
            "summary",
            sitting.SUMMARY,
            f"tong-hop-{held.title}",
            lambda: sitting.score_summary(held, items(actor, held)),
            pieces=lambda: 1 + _sheets(agenda) // _LINES,
        ),
        shelf.official(
            "minutes",
            sitting.MINUTES,
            f"bien-ban-{held.title}",
            lambda: sitting.minutes(held, items(actor, held)),
            pieces=lambda: 1 + _sheets(agenda) // _LINES,
        ),
        shelf.packed(
            WHOLE,
            "Tất cả văn bản của phiên họp",
            f"phien-hop-{held.title}",
            lambda into, tell: bundle.sitting_bundle(
                into, tell, actor, held, items(actor, held), further
            ),
            lambda: 3 + len(further) + _given(actor, held),
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


def items(actor: Actor, held: Sitting) -> list[Item]:
    """All that stood on the agenda, taken off ones too, as far as the actor may see them."""
    seen = queries.items_visible_to(actor).filter(sitting=held)
    return list(seen.order_by("position", "pk"))


def _given(actor: Actor, held: Sitting) -> int:
    """How many sheets and scans of sheets lie in the whole of a sitting."""
    counts = {"sheets": Count("pk"), "scans": Count("scan")}
    found = reading.given_in(actor, held, items(actor, held)).order_by().aggregate(**counts)
    return int(found["sheets"] + found["scans"])


def _sheets(agenda: QuerySet[Item]) -> int:
    keys = agenda.order_by().values("pk")
    return Sheet.objects.filter(item__in=keys, state=SheetState.SUBMITTED).count()
