"""Who may set targets, report figures and read the rows behind restricted numbers."""

from ocop.core.actor import Actor
from ocop.people import rules as people_rules

#: A figure drawn from what producers tell in confidence needs at least so many of them.
LEAST_PRODUCERS = 5


def may_set_target(actor: Actor) -> bool:
    """Targets are the office's."""
    return people_rules.is_office(actor)


def may_report_figure(actor: Actor) -> bool:
    """Figures that no room holds yet are entered by the office."""
    return people_rules.is_office(actor)


def may_read_restricted_rows(actor: Actor) -> bool:
    """Sex and ethnicity of leaders, revenue and labour: counted for all, listed for few."""
    return people_rules.may_see_everything(actor)


def may_export_exchange_table(actor: Actor) -> bool:
    """The national table carries revenue product by product."""
    return people_rules.may_see_everything(actor)
