"""The page that hangs on the wall of the hall: where the sitting stands, asked anew by itself."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from ocop.councils import rules
from ocop.councils.queries import sittings as queries
from ocop.web.council.board import board_of
from ocop.web.council.desk import desk
from ocop.web.council.steps import next_of
from ocop.web.requests import SignedInRequest

NOTHING_NEW = 204  # the page keeps what it shows


@desk
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """The whole page; asked for in place, only what changed since `?seen=`, or nothing."""
    actor = request.actor
    sitting = get_object_or_404(queries.visible_sittings(actor), code=code)
    mark, _dot, seen = request.GET.get("seen", "").partition(".")
    last = queries.last_change(sitting)  # before the board is read: it may be newer, not older
    if request.htmx and seen == last:
        return HttpResponse(status=NOTHING_NEW)
    board = board_of(actor, sitting)
    if request.htmx and mark == board.mark:
        return HttpResponse(status=NOTHING_NEW)
    leads, plans = rules.may_steer(actor, sitting), rules.may_plan_sitting(actor, sitting)
    context = {
        "sitting": sitting,
        "board": board,
        "seen": f"{board.mark}.{last}",
        "next_step": next_of(board, leads=leads, plans=plans),
    }
    template = "council/_board.html" if request.htmx else "council/live.html"
    return render(request, template, context)
