"""Who may do what on the days of an event."""

from datetime import date

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.promotion import rules
from ocop.promotion.days.models import EventTicket
from ocop.promotion.models import EventApplication


@who_may(N_("Việc này dành cho người của gian hàng, cán bộ xã phụ trách, văn phòng chương trình "
            "và người tổ chức sự kiện."))  # fmt: skip
def may_serve_booth(actor: Actor, application: EventApplication, on: date) -> bool:
    """Tickets for the people of a booth, and what it sold: its own, and who runs the event."""
    return rules.may_organise(actor) or rules.may_act_for(actor, application, on)


def may_take(actor: Actor) -> bool:
    """A visitor without an account, for whom the system stands."""
    return actor.is_system


@who_may(N_("Việc này dành cho người của gian hàng, cán bộ xã phụ trách, văn phòng chương trình "
            "và người tổ chức sự kiện."))  # fmt: skip
def may_void(actor: Actor, ticket: EventTicket, on: date) -> bool:
    """A ticket is made void by whoever may issue such a one."""
    row = ticket.application
    return rules.may_organise(actor) or (row is not None and rules.may_act_for(actor, row, on))
