"""Who may write in the register."""

from typing import TYPE_CHECKING

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import rules as producer_rules

if TYPE_CHECKING:
    from ocop.recognition.models import Decision, Recognition


def may_record_decision(actor: Actor) -> bool:
    """Decisions are entered by the coordination office."""
    return people_rules.is_office(actor)


@who_may(noop("Quyết định đã công bố: chỉ lãnh đạo Văn phòng ghi thêm sản phẩm."))
def may_complete_published(actor: Actor) -> bool:
    """What the public has seen grows by the word of the office's head only."""
    return actor.everywhere(Role.OFFICE_HEAD)


@who_may(noop("Chỉ lãnh đạo Văn phòng đính chính bản ghi mà mọi người đã thấy."))
def may_correct_record(actor: Actor) -> bool:
    """That what the public has seen was entered wrongly is said by the office's head only."""
    return actor.everywhere(Role.OFFICE_HEAD)


def may_complete(actor: Actor, decision: "Decision") -> bool:
    """Who may add products to a decision as it stands."""
    if decision.mistaken_on is not None:
        return False
    if decision.awaits_publication:
        return may_record_decision(actor)
    return may_complete_published(actor)


def may_read_decision_file(actor: Actor, decision: "Decision") -> bool:
    """The signed file is the office's and its auditors', and everybody's where an officer put it
    on the decision's public page."""
    shown = decision.file_public and not decision.awaits_publication
    return shown or people_rules.may_see_everything(actor)


def may_import(actor: Actor) -> bool:
    """Registries are imported, published and undone by the coordination office."""
    return people_rules.is_office(actor)


def may_end_recognition(actor: Actor, _recognition: "Recognition") -> bool:
    """What an authority decided about a star later is entered by the office."""
    return people_rules.is_office(actor)


@who_may(noop("Hạng sao đã công bố: chỉ lãnh đạo Văn phòng ghi quyết định hủy kết quả."))
def may_annul_told(actor: Actor, _recognition: "Recognition") -> bool:
    """That the chair of the province or the minister annulled what the public was told of is
    entered by the head of the office, who answers for it."""
    return actor.everywhere(Role.OFFICE_HEAD)


def may_enter_revocation(actor: Actor, _recognition: "Recognition") -> bool:
    """That the chair of the province or the minister revoked a star is entered by the head of the
    office, who answers for it, in a case or without one."""
    return actor.everywhere(Role.OFFICE_HEAD)


def may_see_expiry_list(actor: Actor) -> bool:
    """The office and its auditors see all communes, a commune officer the own."""
    return people_rules.may_see_everything(actor) or actor.has(Role.COMMUNE_OFFICER)


def may_read_imported_rows(actor: Actor) -> bool:
    """A file of a registry tells of persons, too: their tax codes, their phones."""
    return producer_rules.may_see_all_restricted(actor)


def may_see_unpublished(actor: Actor) -> bool:
    """What an import brought is the office's until it is published."""
    return people_rules.may_see_everything(actor)


def may_issue_certificates(actor: Actor) -> bool:
    """Certificates are numbered and printed by the coordination office."""
    return people_rules.is_office(actor)


def may_see_certificates(actor: Actor) -> bool:
    """The office and its auditors see those of all products."""
    return people_rules.may_see_everything(actor)


def may_announce_key(_actor: Actor) -> bool:
    """Only the system itself knows its keys."""
    return False


def may_publish_status_list(_actor: Actor) -> bool:
    """The list follows from what was decided: nobody sets a bit of it by hand."""
    return False
