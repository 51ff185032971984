"""Moving a request from state to state: of two who do it at once only one does."""

from typing import Any

from ocop.support import lifecycle
from ocop.support.models import SupportRequest


def move(request: SupportRequest, name: str, **facts: Any) -> None:
    """Make a move, with what is noted by it. Refused: the request is elsewhere."""
    lifecycle.expect(lifecycle.REQUEST, name, request.state)
    step = lifecycle.REQUEST.moves[name]
    waiting = SupportRequest.objects.filter(pk=request.pk, state__in=step.sources)
    moved = waiting.update(state=step.target, **facts)
    request.refresh_from_db()
    if not moved:
        lifecycle.expect(lifecycle.REQUEST, name, request.state)
