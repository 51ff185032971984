"""Who may set targets, report figures and read the rows behind restricted numbers."""

from ocop.core.actor import Actor
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.places.models import Unit

#: A figure drawn from what producers tell in confidence needs at least so many of them.
LEAST_PRODUCERS = 5


def may_set_target(actor: Actor) -> bool:
    """Targets are the office's."""
    return people_rules.is_office(actor)


def may_report_figure(actor: Actor) -> bool:
    """Figures that no room holds yet are entered by the office."""
    return people_rules.is_office(actor)


def may_see_figures(actor: Actor) -> bool:
    """Reported figures one by one, of all units and days: the office and its auditors."""
    return people_rules.may_see_everything(actor)


def may_read_restricted_rows(actor: Actor) -> bool:
    """Sex and ethnicity of leaders, revenue and labour: counted for all, listed for few."""
    return people_rules.may_see_everything(actor)


def may_export_exchange_table(actor: Actor) -> bool:
    """The national table carries revenue product by product."""
    return people_rules.may_see_everything(actor)


def may_give_task(actor: Actor) -> bool:
    """Tasks to units are given, reminded of and cancelled by the office."""
    return people_rules.is_office(actor)


def may_see_tasks(actor: Actor) -> bool:
    """The office and its auditors all tasks, an officer the own units' part."""
    return people_rules.may_see_everything(actor) or actor.has(Role.COMMUNE_OFFICER)


def may_answer_task(actor: Actor, unit: Unit) -> bool:
    """The officer of the unit, or of a unit it went into; the office for a unit without account."""
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    if people_rules.is_office(actor):
        return True
    if not held:
        return False
    above: Unit | None = unit
    while above is not None:
        if above.pk in held:
            return True
        above = above.parent
    return unit.successions.filter(new__in=held).exists()


def may_run_campaign(actor: Actor) -> bool:
    """Campaigns for re-evaluations are the office's."""
    return people_rules.is_office(actor)


def may_see_campaigns(actor: Actor) -> bool:
    """The office and its auditors; an officer sees the task that came of it."""
    return people_rules.may_see_everything(actor)
