"""Who may do what with craft villages."""

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.network.villages.models import Village
from ocop.people import rules as people_rules
from ocop.people.roles import Role


def may_open_list(actor: Actor) -> bool:
    """The register in the office: the office, its auditors and administrators, and officers of
    communes for their own."""
    return people_rules.may_see_everything(actor) or actor.has(Role.COMMUNE_OFFICER)


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_keep_villages(actor: Actor) -> bool:
    """Entering villages, what is recognised of them, and routes: the office."""
    return people_rules.is_office(actor)


@who_may(N_("Việc này dành cho cán bộ xã phụ trách làng và văn phòng chương trình."))
def may_tell_of(actor: Actor, village: Village) -> bool:
    """Numbers of a year, artisans and looks at the environment: also officers of the commune."""
    if people_rules.is_office(actor):
        return True
    return village.commune_id in actor.unit_ids(Role.COMMUNE_OFFICER)


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_import_villages(actor: Actor) -> bool:
    """Workbooks are brought by the office."""
    return people_rules.is_office(actor)


def may_see_imports(actor: Actor) -> bool:
    """The office and those who look over its shoulder."""
    return people_rules.may_see_everything(actor)
