"""Telling producers that they may apply for an event."""

from datetime import datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.promotion import lifecycle, notices, queries, rules
from ocop.promotion.models import TradeEvent


@action("promotion.invite")
def invite(*, actor: Actor, event: TradeEvent, at: datetime) -> int:
    """Tell those who act for producers with the stars an event asks for that its call is open; who
    was told before or has applied hears nothing. Gives back how many were told.

    Refused: no call is open; nobody is left to be told.
    """
    require(actor, rules.may_manage)
    event.refresh_from_db(fields=["state", "calls_until"])
    today = timezone.localdate(at)
    if event.state != lifecycle.CALLING or event.calls_until < today:
        raise Refused("call_closed", _("Sự kiện không nhận đăng ký."))
    told = notices.called(event=event, users=queries.invited(event, today), at=at)
    if not told:
        raise Refused("nobody_to_tell", _("Mọi chủ thể đủ hạng sao đã được báo hoặc đã đăng ký."))
    record(actor, "promotion.call_told", event, at=at, change={"told": told})
    return told
