"""What an event cost, and who paid."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, check_year, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.promotion import lifecycle, rules
from ocop.promotion.days.models import CostKind, EventCost, Payer
from ocop.promotion.models import TradeEvent

MOST_DONG = 10**13


@dataclass(frozen=True, slots=True)
class Cost:
    """Money that went to something: what it is called, who paid, by which paper."""

    kind: str
    payer: str
    words: str
    amount: int
    paid_on: date
    document: str = ""


@action("promotion.add_cost")
def add_cost(*, actor: Actor, event: TradeEvent, cost: Cost, at: datetime) -> EventCost:
    """Note money that an event cost. Refused: no words, no money, an event only planned."""
    require(actor, rules.may_manage)
    event.refresh_from_db(fields=["state"])
    if event.state == lifecycle.PLANNED:
        raise Refused("event_state", _("Sự kiện mới dự kiến. Mở đăng ký rồi ghi chi phí."))
    words, document = folding.clean(cost.words), folding.clean(cost.document)
    if not words:
        raise _refuse("words", _("Hãy ghi nội dung chi."))
    check_text(words, "words", 200)
    check_text(document, "document", 120)
    if not 1 <= cost.amount <= MOST_DONG:
        raise _refuse("amount", _("Hãy ghi số tiền từ 1 đồng."))
    check_year(cost.paid_on, "paid_on", timezone.localdate(at))
    if cost.paid_on > timezone.localdate(at):
        raise _refuse("paid_on", _("Ngày chi chưa đến."))
    for field, choices in (("kind", CostKind), ("payer", Payer)):
        if getattr(cost, field) not in choices.values:
            raise _refuse(field, _("Hãy chọn một mục trong danh sách."))
    made = EventCost.objects.create(
        event=event,
        kind=cost.kind,
        payer=cost.payer,
        words=words,
        amount=cost.amount,
        paid_on=cost.paid_on,
        document=document,
        entered_at=at,
    )
    change = {"kind": cost.kind, "payer": cost.payer, "amount": cost.amount}
    record(actor, "promotion.cost_added", event, at=at, change=change)
    return made


@action("promotion.remove_cost")
def remove_cost(*, actor: Actor, cost: EventCost, reason: str, at: datetime) -> EventCost:
    """Take out a cost that was entered by mistake; it stays to be read, with the reason.

    Refused: one that was taken out.
    """
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    here = EventCost.objects.filter(pk=cost.pk, removed_at=None)
    if not here.update(removed_at=at, removed_for=reason.strip()):
        raise Refused("cost_removed", _("Khoản chi này đã bỏ."))
    cost.refresh_from_db()
    change = {"amount": cost.amount}
    record(actor, "promotion.cost_removed", cost.event, at=at, reason=reason.strip(), change=change)
    return cost


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"cost_{field}", message, fields={field: [message]})
