"""Taking back an unpublished decision on dossiers: they wait for a decision again."""

from datetime import datetime

from django.db import transaction

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.dossiers import rules
from ocop.dossiers.models import Dossier
from ocop.recognition import rules as register_rules
from ocop.recognition import withdrawing
from ocop.recognition.models import Decision


def withdraw_decision(*, actor: Actor, decision: Decision, reason: str, at: datetime) -> int:
    """Take back an unpublished decision and let the dossiers go that waited for its publication.

    Two acts in one transaction, each with its own event. Refused as
    `recognition.withdrawing.withdraw_decision` says.
    """
    with transaction.atomic():
        require(actor, register_rules.may_record_decision)
        if _tied(decision):
            release_dossiers(actor=actor, decision=decision, at=at)
        return withdrawing.withdraw_decision(actor=actor, decision=decision, reason=reason, at=at)


@action("dossiers.release_dossiers")
def release_dossiers(*, actor: Actor, decision: Decision, at: datetime) -> list[Dossier]:
    """Untie dossiers from an unpublished decision that is taken back: they are decided anew.

    Refused: no dossier waits for it, or it is published.
    """
    require(actor, rules.may_decide)
    tied = _tied(decision)
    if not tied:
        raise Refused("no_dossiers", _("Không có hồ sơ nào chờ quyết định này."))
    for dossier in tied:
        dossier.recognition = None
        dossier.save(update_fields=["recognition"])
    change = {"rows": len(tied)}  # the dossiers are not named: producers read their activity
    record(actor, "dossiers.decision_released", decision, at=at, change=change)
    return tied


def _tied(decision: Decision) -> list[Dossier]:
    rows = Dossier.objects.select_for_update(of=("self",)).filter(
        recognition__decision=decision,
        recognition__decision__awaits_publication=True,
        ended_at=None,
    )
    return list(rows.order_by("pk"))
