"""Who sees and handles what the scans give rise to."""

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.traceability import rules


@who_may(N_("Việc này dành cho văn phòng chương trình, người kiểm tra và thanh tra."))
def may_see_signals(actor: Actor) -> bool:
    """Signals speak of producers before anything is found: who looks into them, and auditors."""
    return rules.may_see_all_stamps(actor)


@who_may(N_("Việc này dành cho người kiểm tra và văn phòng chương trình."))
def may_handle_signals(actor: Actor) -> bool:
    """Looking into a signal and concluding on it: inspectors and the office."""
    return people_rules.is_office(actor) or actor.everywhere(Role.INSPECTOR)


@who_may(N_("Nghi vấn do hệ thống ghi khi đếm lượt quét."))
def may_raise_signals(actor: Actor) -> bool:
    """Rules raise signals, nobody by hand."""
    return actor.is_system
