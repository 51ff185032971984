"""What waits for the office of selling online."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.market import queries, rules
from ocop.market.verdicts import State


def waiting(actor: Actor) -> list[tuple[int, str, str]]:
    """Links that lead nowhere, for the office: their producers have been told."""
    if actor.is_system or not rules.may_manage(actor):
        return []
    rows = queries.links_visible_to(actor).filter(state=State.DEAD, ends_on=None)
    address = f"{reverse('office:links')}?state={State.DEAD}&ended=no"
    return [(rows.count(), _("liên kết bán hàng không mở được"), address)]
