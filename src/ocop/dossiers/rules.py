"""Who may register products, write dossiers and keep evidence, and who may read registrations."""

from datetime import date
from typing import TYPE_CHECKING

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ocop.dossiers.models import Assignment, ChangeRequest, Dossier


def may_register_product(actor: Actor, unit: Unit) -> bool:
    """The office for any unit; a commune officer for the units that the membership covers."""
    return people_rules.is_office(actor) or _covers(actor, unit)


def may_see_registrations(actor: Actor) -> bool:
    """Rows are for staff: the public gets counts only."""
    return people_rules.may_see_everything(actor) or actor.has(Role.COMMUNE_OFFICER)


def may_write_dossiers(actor: Actor, producer: Producer, on: date) -> bool:
    """Dossiers and evidence are the producer's own; the office helps who cannot."""
    return people_rules.is_office(actor) or producer_rules.is_member(actor, producer, on)


def may_write_dossier(actor: Actor, dossier: "Dossier", on: date) -> bool:
    """The producer's own people, and the office that helps them."""
    return may_write_dossiers(actor, dossier.product.producer, on)


def stands_in(actor: Actor, producer: Producer, on: date) -> bool:
    """Who writes is not of the producer's people: the office in their place, who are told of it."""
    return actor.user_id is not None and not producer_rules.is_member(actor, producer, on)


def asked_itself(actor: Actor, change: "ChangeRequest") -> bool:
    """Nobody accepts the own request to change a dossier."""
    return actor.user_id is not None and change.asked_by == actor.user_id


def may_choose_road(actor: Actor) -> bool:
    """Where the validity of a star is not known, the office says by which road it comes back."""
    return actor.is_system or people_rules.is_office(actor)


def may_keep_made_papers(actor: Actor) -> bool:
    """The job that makes papers; people ask for them."""
    return actor.is_system


def may_answer_change(actor: Actor, dossier: "Dossier") -> bool:
    """Who has the dossier: the commune while it checks, the office at any time."""
    at_commune = dossier.state == "at_commune"
    return people_rules.is_office(actor) or (
        at_commune and dossier.commune is not None and _covers(actor, dossier.commune)
    )


def _covers(actor: Actor, unit: Unit) -> bool:
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    above: Unit | None = unit
    while above is not None:
        if above.pk in held:
            return True
        above = above.parent
    return False


# --- The office side: planning, the commune, receiving, advising, proposing.


def may_plan(actor: Actor) -> bool:
    """The yearly plan and its rounds are the coordination office's."""
    return people_rules.is_office(actor)


def may_see_plan(actor: Actor) -> bool:
    """Rounds and their figures are for staff of the office, communes and advisory teams."""
    return people_rules.may_see_everything(actor) or actor.has(
        Role.COMMUNE_OFFICER, Role.ADVISORY_MEMBER, *_COUNCIL
    )


def may_keep_potential(actor: Actor, unit: Unit) -> bool:
    """The list of potential products: the office for any unit, a commune officer for the own."""
    return people_rules.is_office(actor) or _covers(actor, unit)


def may_see_dossiers(actor: Actor) -> bool:
    """Who has a list of dossiers at all; which ones stand in it is said by the query."""
    return may_see_plan(actor)


def has_queue(actor: Actor) -> bool:
    """Whom dossiers wait for at the commune: its officers; the office and auditors look on."""
    return people_rules.may_see_everything(actor) or actor.has(Role.COMMUNE_OFFICER)


def is_adviser(actor: Actor) -> bool:
    """A member of the advisory team."""
    return actor.has(Role.ADVISORY_MEMBER)


def is_commune_of(actor: Actor, dossier: "Dossier") -> bool:
    """The officer of the commune whose People's Committee checks the dossier."""
    return dossier.commune is not None and _covers(actor, dossier.commune)


def may_receive(actor: Actor) -> bool:
    """The provincial body receives dossiers, gives them to advisers and keeps the samples."""
    return people_rules.is_office(actor)


def is_adviser_of(actor: Actor, dossier: "Dossier") -> bool:
    """An adviser the dossier is given to, today."""
    return _assigned(actor, dossier).exists()


def may_ask_supplement(actor: Actor, dossier: "Dossier") -> bool:
    """Whoever has the dossier asks for more: the commune, the office, the adviser."""
    if dossier.state == "at_commune":
        return is_commune_of(actor, dossier)
    return people_rules.is_office(actor) or is_adviser_of(actor, dossier)


def may_examine(actor: Actor, dossier: "Dossier") -> bool:
    """Visits, samples and tests are noted by the dossier's advisers and by the office."""
    return people_rules.is_office(actor) or is_adviser_of(actor, dossier)


def may_propose(actor: Actor, dossier: "Dossier") -> bool:
    """The proposal to the chair is the lead adviser's; the office may enter it for the team."""
    return people_rules.is_office(actor) or _assigned(actor, dossier).filter(lead=True).exists()


def sees_examinations(actor: Actor) -> bool:
    """Findings, visits, samples and proposals are for the office, auditors, advisers and councils,
    each for the dossiers they see at all; not for communes and producers."""
    return people_rules.may_see_everything(actor) or actor.has(Role.ADVISORY_MEMBER, *_COUNCIL)


def may_read_report(actor: Actor, dossier: "Dossier") -> bool:
    """Form 03 is for the commune that wrote it and for those who examine and judge."""
    return sees_examinations(actor) or is_commune_of(actor, dossier)


def may_decide(actor: Actor) -> bool:
    """What the authority decided, and what goes to the Ministry, is entered by the office."""
    return people_rules.is_office(actor)


@who_may(noop("Chỉ lãnh đạo Văn phòng rút lại việc không công nhận đã ghi."))
def may_take_back_refusal(actor: Actor) -> bool:
    """That a refusal, of which producer and commune were told, was entered wrongly is said by the
    office's head only."""
    return actor.everywhere(Role.OFFICE_HEAD)


_COUNCIL = (Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY, Role.COUNCIL_CHAIR)


def _assigned(actor: Actor, dossier: "Dossier") -> "QuerySet[Assignment]":
    return dossier.assignments.filter(adviser=actor.user_id, ended_at=None)
