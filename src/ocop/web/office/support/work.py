"""What waits for the office of support: how many, what it is, and where it is done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.support import lifecycle, queries, rules

Waiting = tuple[int, str, str]


def waiting(actor: Actor) -> list[Waiting]:
    """Requests to answer for the head of the office; money to pay for who pays."""
    rows, address = queries.requests_visible_to(actor), reverse("office:support_requests")
    found: list[Waiting] = []
    if not actor.is_system and rules.may_approve(actor):
        asked = rows.filter(state=lifecycle.ASKED).count()
        found.append((asked, _("đề nghị hỗ trợ chờ duyệt"), f"{address}?state=asked"))
    if not actor.is_system and rules.may_manage(actor):
        due = rows.filter(state=lifecycle.ACCEPTED).count()
        words = _("đề nghị hỗ trợ đã nghiệm thu, chờ chi")
        found.append((due, words, f"{address}?state=accepted"))
    return found
