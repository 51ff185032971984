"""A decision that was entered wrongly in a case: taken back by an act, then entered anew.

What was told stays told: the wrong revocation in the list of revocations and in the public log, the
decision with its notice in the case (`RevocationCase.wrong_decisions`).
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import activity, record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.recognition.postcheck import lifecycle, rules, star_notices
from ocop.recognition.postcheck.lapsing import end_checks
from ocop.recognition.postcheck.lapsing import reason as why_void
from ocop.recognition.postcheck.models import RevocationCase
from ocop.recognition.postcheck.services.moving import move
from ocop.recognition.revoking import others, take_back, take_restoration_back


@action("recognition.withdraw_case_decision")
def withdraw_case_decision(
    *, actor: Actor, case: RevocationCase, reason: str, at: datetime
) -> RevocationCase:
    """Say that the decision of a case was entered wrongly: the star, and every star that it took,
    stands as before the entry. The case waits for the right decision again; an appeal against that
    goes on once it is entered, its outcome is entered anew. Of a result that counts no more the
    case ends.

    Refused: by anyone but the head of the office, without a reason, a case without a decision or of
    which the star was given back (that is corrected first).
    """
    require(actor, rules.may_decide)
    needs_reason(reason)
    lifecycle.target(lifecycle.CASE, "correct", case.state)
    wrong, star = case.revocation, case.recognition
    if wrong is None:
        raise Refused("not_revoked", _("Vụ việc này không có quyết định thu hồi trong sổ."))
    today, told = timezone.localdate(at), reason.strip()
    named = others(wrong)
    take_back(star, wrong, today)
    changes: dict[str, Any] = {
        **_EMPTY,
        "wrong_decisions": [*case.wrong_decisions, _as_told(case, today, told)],
    }
    if star.annulled_on is None:
        move(case, "correct", **changes)
    else:
        closed = {"closed_on": today, "closed_reason": why_void(star)}
        move(case, "correct_void", **changes, **closed)
    record(
        actor,
        "recognition.revocation_withdrawn",
        star,
        star.product,
        case,
        at=at,
        reason=told,
        change={"on": str(today)},
        also=named,
    )
    star_notices.withdrawn(revocation=wrong, reason=told, case=case, at=at)
    return case


@action("recognition.withdraw_case_restoration")
def withdraw_case_restoration(
    *, actor: Actor, case: RevocationCase, reason: str, at: datetime
) -> RevocationCase:
    """Say that the restoration of a case was entered wrongly: the star was revoked all the time.
    The case is where it was before the entry.

    Refused: by anyone but the head of the office, without a reason, a case without a restoration, a
    star that was revoked again since.
    """
    require(actor, rules.may_decide)
    needs_reason(reason)
    lifecycle.target(lifecycle.CASE, "correct_restoration", case.state)
    today, told = timezone.localdate(at), reason.strip()
    star = case.recognition
    given = take_restoration_back(star, today, case=case)
    move(
        case,
        _before_restoration(case),
        restoring_number="",
        restoring_on=None,
        restoring_authority="",
    )
    record(
        actor,
        "recognition.restoration_withdrawn",
        star,
        star.product,
        case,
        at=at,
        reason=told,
        change={"on": str(today)},
        also=others(given),
    )
    end_checks(actor=actor, recognition=star, at=at)
    star_notices.restoration_withdrawn(revocation=given, reason=told, at=at)
    return case


#: What a case has of a decision, its notice, and how an appeal against it ended.
_EMPTY: dict[str, Any] = {
    "decision_number": "",
    "decision_on": None,
    "decision_authority": "",
    "decision_file": None,
    "revocation": None,
    "notice": "",
    "notice_number": "",
    "published_at": None,
    "appeal_ended_on": None,
    "appeal_outcome": "",
}


def _as_told(case: RevocationCase, today: date, reason: str) -> dict[str, Any]:
    return {
        "revocation": case.revocation_id,
        "number": case.decision_number,
        "signed_on": str(case.decision_on or ""),
        "authority": case.decision_authority,
        "file": case.decision_file_id,
        "notice": case.notice,
        "notice_number": case.notice_number,
        "published_at": case.published_at.isoformat() if case.published_at else "",
        "appeal_ended_on": str(case.appeal_ended_on or ""),
        "appeal_outcome": case.appeal_outcome,
        "withdrawn_on": str(today),
        "reason": reason,
    }


def _before_restoration(case: RevocationCase) -> str:
    """The move that leads back to where the restoration was entered."""
    if case.appeal_ended_on is None:
        return "correct_restoration"
    settled = activity(case).filter(name="recognition.appeal_settled").order_by("pk").last()
    upheld = settled is not None and settled.change.get("upheld") is True
    return "correct_restoration_upheld" if upheld else "correct_restoration_accepted"
