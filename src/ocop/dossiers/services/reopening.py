"""What became of a result after its decision: annulled by the authority, or a wrong record of ours.

Either way the council's result waits for its decision again (Art. 5): the dossier goes back to
where it was decided. The register stands below the dossiers and knows none, so both are done here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.criteria.scoring import CENTRAL
from ocop.dossiers import reopening_notices, rules
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.queries import conclusions
from ocop.dossiers.services.checks import decided_by
from ocop.dossiers.services.moving import move
from ocop.recognition import correcting
from ocop.recognition import rules as register_rules
from ocop.recognition import services as register
from ocop.recognition.models import Recognition


def annul(
    *,
    actor: Actor,
    recognition: Recognition,
    paper: register.Paper | None = None,
    annulled_on: date | None = None,
    reason: str,
    takes: Collection[int] = (),
    at: datetime,
) -> list[Dossier]:
    """Enter that the authority annulled a result (Art. 10.1b), and let its dossier wait again.

    Two acts in one transaction, each with its own event; gives back the dossiers that wait.
    Refused as `recognition.services.annul` says.
    """
    with transaction.atomic():
        require(actor, register_rules.may_end_recognition, recognition)
        register.annul(
            actor=actor,
            recognition=recognition,
            paper=paper,
            annulled_on=annulled_on,
            reason=reason,
            takes=takes,
            at=at,
        )
        return _reopened(actor, [recognition], at)


def correct_record(
    *,
    actor: Actor,
    rows: Sequence[Recognition],
    reason: str,
    takes: Collection[int] = (),
    at: datetime,
) -> list[Dossier]:
    """Mark records as wrong, and let their dossiers wait for the true decision.

    Two acts in one transaction, each with its own event; gives back the dossiers that wait.
    Refused as `recognition.correcting.correct_record` says.
    """
    with transaction.atomic():
        require(actor, register_rules.may_correct_record)
        correcting.correct_record(actor=actor, rows=rows, reason=reason, takes=takes, at=at)
        return _reopened(actor, rows, at)


def _reopened(actor: Actor, rows: Sequence[Recognition], at: datetime) -> list[Dossier]:
    fallen = []
    for dossier in _resting_on(rows):
        other = _another(dossier)
        if other is not None and other.state == State.DRAFT:
            _end_draft(actor, other, dossier, at)
        elif other is not None:
            continue  # said beforehand (`prospects`)
        fallen.append(dossier)
    return reopen_dossiers(actor=actor, dossiers=fallen, at=at) if fallen else []


@dataclass(frozen=True, slots=True)
class Prospect:
    """A dossier whose result would fall, and another one of the product that is open: a draft is
    ended, any other one keeps it from waiting again."""

    dossier: Dossier
    other: Dossier | None

    @property
    def waits(self) -> bool:
        """Whether it would wait for a decision again."""
        return self.other is None or self.other.state == State.DRAFT


def prospects(rows: Sequence[Recognition]) -> list[Prospect]:
    """What would become of the dossiers of these results."""
    return [Prospect(dossier, _another(dossier)) for dossier in _resting_on(rows)]


@action("dossiers.reopen_dossiers")
def reopen_dossiers(*, actor: Actor, dossiers: Sequence[Dossier], at: datetime) -> list[Dossier]:
    """Let dossiers wait for a decision again whose result counts as never given: the council's
    conclusion stands, and with it what the Ministry found.

    Refused: an empty list, a result that stands, a product of which another dossier is open.
    """
    require(actor, rules.may_decide)
    if not dossiers:
        raise Refused("no_dossiers", _("Chưa chọn hồ sơ nào. Hãy chọn ít nhất một hồ sơ."))
    told = []
    for dossier in dossiers:
        given = dossier.recognition
        if given is None or given.annulled_on is None:
            raise Refused(
                "result_stands",
                _("Kết quả của “%s” không bị hủy nên hồ sơ không chờ quyết định lại.")
                % dossier.product.name,
            )
        if _another(dossier) is not None:
            raise Refused(
                "dossier_open",
                _("“%s” đang có hồ sơ khác chưa xong. Hãy kết thúc hồ sơ đó trước.")
                % dossier.product.name,
            )
        told.append(dossier.state == State.DECIDED)
        _wait_again(dossier, at)
    change = {"rows": len(dossiers)}
    seen = [dossier for dossier, was_told in zip(dossiers, told, strict=True) if was_told]
    record(actor, "dossiers.reopened", *seen, at=at, change=change)
    for dossier in seen:
        reopening_notices.reopened(dossier=dossier, at=at)
    return list(dossiers)


def _wait_again(dossier: Dossier, at: datetime) -> None:
    if dossier.state != State.DECIDED:  # its decision awaited the publication: it never ended
        dossier.recognition = None
        dossier.save(update_fields=["recognition"])
        return
    found = conclusions.conclusion_of(dossier)
    by_ministry = found is not None and found.central and found.star == CENTRAL
    name = "reopen_at_ministry" if by_ministry else "reopen"
    move(dossier, name, at=at, recognition=None, ended_at=None, due_on=decided_by(dossier))


def _resting_on(rows: Sequence[Recognition]) -> list[Dossier]:
    found = Dossier.objects.filter(recognition__in=[row.pk for row in rows])
    return list(found.select_related("product__producer", "commune", "recognition").order_by("pk"))


def _another(dossier: Dossier) -> Dossier | None:
    """Another dossier of the product that is open: there is never more than one."""
    open_ones = Dossier.objects.filter(product=dossier.product_id).exclude(
        state__in=(State.DECIDED, State.REFUSED, State.WITHDRAWN)
    )
    rows = open_ones.exclude(pk=dossier.pk).select_related("product__producer", "commune")
    return rows.first()


def _end_draft(actor: Actor, draft: Dossier, dossier: Dossier, at: datetime) -> None:
    """End a draft that rests on a star that was none: what the council concluded of the product
    goes before what was not filed. What stands in the draft can be taken over later."""
    reason = _(
        "Kết quả mà hồ sơ nháp này dựa vào không còn được tính; hồ sơ %s của sản phẩm trở về chờ "
        "quyết định."
    )
    move(draft, "withdraw", at=at)
    record(actor, "dossiers.withdrawn", draft, at=at, reason=reason % dossier.code)
    reopening_notices.draft_ended(draft=draft, dossier=dossier, at=at)
