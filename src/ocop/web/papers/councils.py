"""Papers of sittings and sheets."""

from collections.abc import Callable, Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from ocop.core.official import bundle as packing
from ocop.core.official import printing
from ocop.core.official.bundle import Piece
from ocop.core.official.paper import Official
from ocop.councils import rules
from ocop.councils.models import Item, Sitting
from ocop.councils.papers import bundle, sheets
from ocop.councils.papers import sitting as papers
from ocop.councils.queries import progress
from ocop.councils.queries import sheets as reading
from ocop.councils.queries import sittings as queries
from ocop.web.papers.answers import answer, sent
from ocop.web.requests import SignedInRequest


def _sitting(request: SignedInRequest, code: str) -> Sitting:
    found: Sitting = get_object_or_404(queries.visible_sittings(request.actor), code=code)
    return found


def _led(request: SignedInRequest, code: str) -> Sitting:
    """A sitting whose results the actor may read: leading it, planning it, or auditing."""
    found = _sitting(request, code)
    if not (rules.may_see_all(request.actor) or rules.may_steer(request.actor, found)):
        raise Http404
    return found


def _items(request: SignedInRequest, sitting: Sitting) -> list[Item]:
    """All that stood on the agenda, taken off ones too, as far as the actor may see them."""
    seen = queries.items_visible_to(request.actor).filter(sitting=sitting)
    return list(seen.order_by("position", "pk"))


def _item(request: SignedInRequest, code: str) -> Item:
    found: Item = get_object_or_404(queries.items_visible_to(request.actor), code=code)
    return found


@login_required
def invitation(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The invitation, for everybody who sits."""
    held = _sitting(request, code)
    items = list(queries.agenda(request.actor, held))
    name = f"giay-moi-{held.title}"
    return answer(papers.invitation(held, items), kind, papers.INVITATION, name)


@login_required
def summary(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The summary of scores."""
    return _of_results(request, code, kind, papers.score_summary, papers.SUMMARY, "tong-hop")


@login_required
def minutes(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The minutes."""
    return _of_results(request, code, kind, papers.minutes, papers.MINUTES, "bien-ban")


def _of_results(
    request: SignedInRequest,
    code: str,
    kind: str,
    write: Callable[[Sitting, Sequence[Item]], Official],
    key: str,
    name: str,
) -> HttpResponse:
    held = _led(request, code)
    return answer(write(held, _items(request, held)), kind, key, f"{name}-{held.title}")


@login_required
def whole(request: SignedInRequest, code: str) -> HttpResponse:
    """The sitting with its minutes, summary and sheets, and an index."""
    held = _led(request, code)
    content = bundle.sitting_bundle(request.actor, held, _items(request, held))
    return sent(content, "application/zip", f"phien-hop-{held.title}.zip")


@login_required
def blank_sheets(request: SignedInRequest, code: str) -> HttpResponse:
    """A blank sheet for every judge and case, to fill in by hand."""
    held = _led(request, code)
    pieces = [
        Piece(
            f"{item.position:02d}",
            f"{item.case.title} {seat.user.name}",
            "pdf",
            printing.pdf(sheets.sheet_paper(item, seat, None)),
        )
        for item in queries.agenda(request.actor, held)
        for seat in progress.item_progress(item).judges
    ]
    content = packing.bundle(f"Phiếu trắng: {held.title}", pieces)
    return sent(content, "application/zip", f"phieu-trang-{held.title}.zip")


@login_required
def own_sheet(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The member's own sheet of the attempt that runs."""
    item = _item(request, code)
    found = reading.own_sheet(request.actor, item)
    if found is None:
        raise Http404
    paper = sheets.sheet_paper(item, found.seat, found)
    return answer(paper, kind, sheets.SHEET, f"phieu-{item.case.title}")


@login_required
def sheet(request: SignedInRequest, code: str, key: int, kind: str) -> HttpResponse:
    """A sheet that the actor may read."""
    item = _item(request, code)
    found = get_object_or_404(reading.sheets_visible_to(request.actor, item), pk=key)
    paper = sheets.sheet_paper(item, found.seat, found)
    return answer(paper, kind, sheets.SHEET, f"phieu-{item.case.title}-{found.seat.user.name}")
