"""Correcting the register where the office entered what no authority decided: by an act of its own.

Two things are told apart. A result that the authority gave wrongly and annulled (Art. 10.1b,
Decision 26/2026/QĐ-TTg) was given, and is as if it had not been: `services.annul`. A record that
was entered wrongly (another number, day, authority, star or product than the paper has) was never
given by anybody: it is marked as a mistake here. Neither changes the row in place: it stays, with
the day and the reason, and what is true is entered as a record of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import kind_of, record
from ocop.core.language import gettext as _
from ocop.core.models import EventObject
from ocop.core.refusals import Refused
from ocop.recognition import correction_notices, foretelling, rules, touching
from ocop.recognition.carrying import carry_over
from ocop.recognition.models import Decision, Recognition
from ocop.recognition.postcheck.lapsing import end_cases, end_checks
from ocop.recognition.revoking import expect_no_case
from ocop.recognition.taking import Void
from ocop.recognition.visibility import published

CORRECTED = "recognition.record_corrected"


@action("recognition.correct_record")
def correct_record(
    *,
    actor: Actor,
    rows: Sequence[Recognition],
    reason: str,
    takes: Collection[int] = (),
    at: datetime,
) -> list[Recognition]:
    """Mark records of one decision as wrong: no day ever had these stars. A decision of which no
    other record is left was entered wrongly itself: its number is free to be entered anew.

    A revocation of one stays told and takes the true record, when that is entered, and whatever
    stands in its place until then; so does an extension (`carrying`). An appeal goes on. `takes`
    names the stars that a revocation takes now, for whoever confirms must know of them.

    Refused: by anyone but the head of the office, a reason that says nothing, nothing chosen,
    records of several decisions, one that is not published (that is withdrawn), one that is
    annulled or corrected already, one about which a revocation case runs, other stars than those
    that would be taken.
    """
    require(actor, rules.may_correct_record)
    _expect_correctable(rows)
    touching.needs_words(reason)
    keys = [row.pk for row in rows]
    today = timezone.localdate(at)
    foretelling.expect_known(rows, Void.MISTAKEN, takes, today)
    changed = Recognition.objects.filter(pk__in=keys, annulled_on=None).update(
        annulled_on=today, mistaken=True
    )
    if changed != len(keys):
        raise Refused("already_annulled", _("Kết quả này đã bị hủy hoặc đã đính chính trước đó."))
    for row in rows:
        row.annulled_on, row.mistaken = today, True
    decision = rows[0].decision
    whole = decision is not None and _correct_decision(decision, today)
    record(
        actor,
        "recognition.record_corrected",
        *([decision] if decision is not None else []),
        at=at,
        reason=reason.strip(),
        change={"on": str(today), "rows": len(rows), "decision": whole},
        also=[
            *(("recognition", row.pk) for row in rows),
            *(("product", row.product_id) for row in rows),
        ],
    )
    carry_over(actor, {row.product_id for row in rows}, at)
    for row in rows:
        end_checks(actor=actor, recognition=row, at=at)
        end_cases(actor=actor, recognition=row, at=at)
        correction_notices.corrected(recognition=row, reason=reason.strip(), at=at)
    return list(rows)


@dataclass(frozen=True, slots=True)
class Correction:
    """The day a record was found wrong, and the reason that was given: the public reads both."""

    on: date
    reason: str


def corrections_of(keys: Collection[int]) -> Mapping[int, Correction]:
    """Those of the recognitions that were corrected."""
    named = EventObject.objects.filter(
        event__name=CORRECTED, kind=kind_of(Recognition), object_id__in=keys
    ).select_related("event")
    return {
        each.object_id: Correction(timezone.localdate(each.event.at), each.event.reason)
        for each in named
    }


def _expect_correctable(rows: Sequence[Recognition]) -> None:
    if not rows:
        raise Refused("no_results", _("Chưa chọn bản ghi nào để đính chính."))
    if len({row.decision_id for row in rows}) > 1 or (rows[0].decision is None and len(rows) > 1):
        raise Refused("several_decisions", _("Mỗi lần chỉ đính chính bản ghi của một quyết định."))
    keys = [row.pk for row in rows]
    if Recognition.objects.filter(published(), pk__in=keys).count() != len(set(keys)):
        raise Refused(
            "not_published",
            _(
                "Bản ghi chưa công bố thì không cần đính chính: hãy rút quyết định hoặc hoàn tác "
                "lần nhập."
            ),
        )
    for row in rows:
        expect_no_case(row)


def _correct_decision(decision: Decision, today: date) -> bool:
    """Mark the decision itself, where none of its records stands any more. Results that the
    authority annulled before stand no more than wrong ones do."""
    if Recognition.objects.filter(decision=decision, annulled_on=None).exists():
        return False
    Decision.objects.filter(pk=decision.pk).update(mistaken_on=today)
    decision.mistaken_on = today
    return True
