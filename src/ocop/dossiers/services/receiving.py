"""The provincial body receives what communes sent, or gives it back."""

from datetime import date, datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.dossiers import notices, rules
from ocop.dossiers.models import Dossier, Round, State
from ocop.dossiers.queries.rounds import taking
from ocop.dossiers.services.checks import decided_by, stands
from ocop.dossiers.services.commune import give_back
from ocop.dossiers.services.moving import move


@action("dossiers.receive_dossier")
def receive_dossier(
    *, actor: Actor, dossier: Dossier, round: Round | None = None, at: datetime
) -> Dossier:
    """Take a forwarded dossier into a round; a re-evaluation has 45 days from today.

    Without one it goes into the round it was filed for, and where no round takes it any more into
    none. Refused: the dossier is elsewhere; a round of the Ministry, of another province, closed,
    over, or whose last day for requests was past when the dossier was filed.
    """
    require(actor, rules.may_receive)
    stands(dossier, State.FORWARDED)
    chosen = _round_for(dossier, round, timezone.localdate(at))
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


def _round_for(dossier: Dossier, asked: Round | None, day: date) -> Round | None:
    chosen = asked or dossier.round
    if chosen is None:
        return None
    if chosen.central or chosen.province != dossier.province:
        raise _refuse(_("Hãy chọn một đợt của tỉnh, thành phố mình."))
    takers = list(taking(dossier, day))
    if chosen in takers:
        return chosen
    if takers:
        raise _refuse(
            _("%(round)s không còn nhận hồ sơ này. Hãy chọn đợt còn nhận: %(others)s.")
            % {"round": chosen.name, "others": "; ".join(one.name for one in takers)}
        )
    if asked is None:
        return None  # a dossier must not hang on a round that is over
    raise _refuse(
        _(
            "%s không còn nhận hồ sơ này và chưa có đợt nào khác. Hãy lập kế hoạch năm sau, hoặc "
            "tiếp nhận không theo đợt."
        )
        % chosen.name
    )


def _refuse(message: str) -> Refused:
    return Refused("dossier_round", message, fields={"round": [message]})
