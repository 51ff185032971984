"""The provincial body receives what communes sent, or gives it back."""

from datetime import datetime

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.dossiers import notices, rules
from ocop.dossiers.models import Dossier, Round, State
from ocop.dossiers.services.checks import decided_by, stands
from ocop.dossiers.services.commune import give_back
from ocop.dossiers.services.moving import move


@action("dossiers.receive_dossier")
def receive_dossier(
    *, actor: Actor, dossier: Dossier, round: Round | None = None, at: datetime
) -> Dossier:
    """Take a forwarded dossier into a round; a re-evaluation has 45 days from today.

    Refused: the dossier is elsewhere, a round of the Ministry, of another province or closed.
    """
    require(actor, rules.may_receive)
    chosen = round or dossier.round
    if chosen is not None:
        _check_round(chosen, dossier)
    stands(dossier, State.FORWARDED)
    dossier.round, dossier.received_at = chosen, at
    move(dossier, "receive", at=at, due_on=decided_by(dossier), received_at=at, round=chosen)
    change = {"round": chosen.code} if chosen else {}
    record(actor, "dossiers.dossier_received", dossier, at=at, change=change)
    notices.received(dossier=dossier, at=at)
    return dossier


@action("dossiers.return_received")
def return_received(*, actor: Actor, dossier: Dossier, reasons: str, at: datetime) -> Dossier:
    """Give a dossier back to its producer with reasons, before a council has it.

    It goes the whole way again: corrected, filed to the commune, checked, forwarded.
    """
    require(actor, rules.may_receive)
    give_back(actor, dossier, "return_by_office", reasons, at=at)
    dossier.assignments.filter(ended_at=None).update(ended_at=at)
    return dossier


def _check_round(round: Round, dossier: Dossier) -> None:
    if round.central or round.province != dossier.province:
        raise _refuse(_("Hãy chọn một đợt của tỉnh, thành phố mình."))
    if round.closed_on is not None:
        raise _refuse(_("Đợt này đã kết thúc. Hãy chọn đợt khác."))


def _refuse(message: str) -> Refused:
    return Refused("dossier_round", message, fields={"round": [message]})
