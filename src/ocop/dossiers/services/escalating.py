"""A step that passed its day is told to the heads of the office, once."""

from datetime import datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.dossiers import notices, rules
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import queue


@action("dossiers.escalate")
def escalate_dossier(*, actor: Actor, dossier: Dossier, at: datetime) -> Dossier:
    """Note that the step a dossier is in passed its deadline, and tell the heads of the office.

    Refused: a deadline that has not passed, a clock that stands still, one told before.
    """
    require(actor, rules.may_receive)
    late = queue.overdue(timezone.localdate(at)).filter(pk=dossier.pk)
    if not late.exists() or not Dossier.objects.filter(pk=dossier.pk, escalated_at=None).update(
        escalated_at=at
    ):
        raise Refused("not_overdue", _("Hồ sơ này chưa quá hạn, hoặc đã được báo quá hạn."))
    dossier.escalated_at = at
    change = {"state": dossier.state, "due_on": str(dossier.due_on)}
    record(actor, "dossiers.deadline_passed", dossier, at=at, change=change)
    notices.escalated(dossier=dossier, at=at)
    return dossier
