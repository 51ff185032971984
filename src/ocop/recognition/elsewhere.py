"""Revocations that were decided outside of a case here, and what becomes of them (Art. 8).

Entered by the head of the office, who answers for it: the decision that takes a star, the one that
gives it back, and that an entry was wrong and nobody had revoked this star. What came of a case
goes on in the case.
"""

from datetime import date, datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.recognition import rules
from ocop.recognition.book import Use
from ocop.recognition.carrying import carry_over
from ocop.recognition.decisions import Paper
from ocop.recognition.models import Ground, Recognition, Revocation
from ocop.recognition.postcheck import star_notices
from ocop.recognition.postcheck.lapsing import end_checks
from ocop.recognition.revoking import (
    Signed,
    checked,
    end_by_revocation,
    expect_no_case,
    others,
    set_aside,
    standing_of,
    take_back,
    take_restoration_back,
)

_LONGEST = 6_000


@action("recognition.revoke")
def revoke(
    *,
    actor: Actor,
    recognition: Recognition,
    ground: Ground,
    paper: Paper,
    revoked_on: date | None = None,
    reason: str,
    at: datetime,
) -> Recognition:
    """Enter a decision by which the authority revoked a star outside of a case here: the chair of
    the province three and four stars, the minister five. `reason` tells what it rests on and how
    the producer was heard. The star ends with the day of signing or a later one.

    Refused: by anyone but the head of the office, an open case of this star (it is decided there),
    no number or authority, an authority that does not decide on this star, a number that another
    decision bears, a day in the future or before the star began, a star that does not hold on that
    day.
    """
    require(actor, rules.may_enter_revocation, recognition)
    needs_reason(reason)
    today = timezone.localdate(at)
    known = checked(paper, recognition, today)
    expect_no_case(recognition)
    from_day = revoked_on or known.signed_on
    if from_day < known.signed_on:
        raise _refuse("revoked_on", _("Ngày thu hồi không được trước ngày ký quyết định."))
    made = end_by_revocation(recognition, ground, from_day, _signed(known), today=today)
    record(
        actor,
        "recognition.revoked",
        recognition,
        recognition.product,
        at=at,
        reason=_said(known, reason),
        change={"ground": ground, "named": recognition.pk, **_told(known, from_day)},
    )
    end_checks(actor=actor, recognition=recognition, at=at)
    star_notices.revoked(revocation=made, reason=reason.strip(), at=at)
    return recognition


@action("recognition.appeal_revocation")
def appeal_revocation(
    *, actor: Actor, recognition: Recognition, appealed_on: date, words: str, at: datetime
) -> Revocation:
    """Note that a revocation entered without a case was appealed against. The star stays revoked.

    Refused: a star that is not revoked, a revocation of a case (note it there) or with an appeal,
    no words, a day in the future or before the decision.
    """
    require(actor, rules.may_end_recognition, recognition)
    needs_reason(words, field="words")
    told = words.strip()
    check_text(told, "words", _LONGEST)
    stands = _direct(recognition)
    if stands.appealed_on is not None:
        raise Refused(
            "appealed_already",
            _("Khiếu nại quyết định thu hồi này đã được ghi ngày %s.")
            % write_date(stands.appealed_on),
        )
    if appealed_on > timezone.localdate(at):
        raise _refuse("appealed_on", _("Ngày không được sau hôm nay."))
    _not_before("appealed_on", appealed_on, stands.signed_on or stands.revoked_on)
    stands.appealed_on, stands.appeal = appealed_on, told
    stands.save(update_fields=["appealed_on", "appeal"])
    record(
        actor,
        "recognition.appeal_recorded",
        recognition,
        recognition.product,
        at=at,
        change={"on": str(appealed_on)},
    )
    return stands


@action("recognition.restore_revoked")
def restore_revoked(
    *,
    actor: Actor,
    recognition: Recognition,
    paper: Paper,
    restored_on: date | None = None,
    reason: str,
    at: datetime,
) -> Recognition:
    """Enter the decision that sets aside a revocation entered without a case: the star holds again
    to its own last day, from the day of signing or a later one. `reason` tells why, and how an
    appeal ended. That it was revoked meanwhile stays told.

    Refused: by anyone but the head of the office, a star that is not revoked, a revocation of a
    case (restore it there), what `revoke` refuses of a decision, a day before the revocation or the
    appeal against it.
    """
    require(actor, rules.may_enter_revocation, recognition)
    needs_reason(reason)
    today = timezone.localdate(at)
    stands = _direct(recognition)
    known = checked(paper, recognition, today, Use.RESTORATION)
    _not_before("signed_on", known.signed_on, stands.appealed_on or stands.signed_on)
    from_day = restored_on or known.signed_on
    if from_day < known.signed_on:
        raise _refuse("restored_on", _("Ngày khôi phục không được trước ngày ký quyết định."))
    given = set_aside(recognition, from_day, _signed(known), today=today)
    record(
        actor,
        "recognition.restored",
        recognition,
        recognition.product,
        at=at,
        reason=_said(known, reason),
        change=_told(known, from_day),
        also=others(given),
    )
    carry_over(actor, [recognition.product_id], at)
    star_notices.restored(revocation=given, reason=reason.strip(), at=at)
    return recognition


@action("recognition.withdraw_revocation")
def withdraw_revocation(
    *, actor: Actor, recognition: Recognition, reason: str, alone: bool = False, at: datetime
) -> Recognition:
    """Say that a revocation was entered wrongly: nobody had revoked this star, so it held all the
    time. A right revocation is then entered anew; the wrong one stays told as such, in the list of
    revocations and in the public log. `alone`: of a star that was taken because the one that the
    decision names is void; the decision stays with that one.

    Refused: by anyone but the head of the office, without a reason, a star that is not revoked, a
    revocation of a case (which is taken back there); alone, a star that the decision names.
    """
    require(actor, rules.may_enter_revocation, recognition)
    needs_reason(reason)
    today = timezone.localdate(at)
    wrong = _carried(recognition) if alone else _direct(recognition)
    named = [] if alone else others(wrong)
    if wrong.recognition_id != recognition.pk:
        named = [(kind, key) for kind, key in named if key != recognition.pk]
        named.append(("recognition", wrong.recognition_id))
    take_back(recognition, wrong, today, alone=alone)
    record(
        actor,
        "recognition.revocation_withdrawn",
        recognition,
        recognition.product,
        at=at,
        reason=reason.strip(),
        change={"on": str(today)},
        also=named,
    )
    star_notices.withdrawn(revocation=wrong, reason=reason.strip(), at=at)
    return recognition


@action("recognition.withdraw_restoration")
def withdraw_restoration(
    *, actor: Actor, recognition: Recognition, reason: str, at: datetime
) -> Recognition:
    """Say that a restoration was entered wrongly: nobody had set the revocation aside, so the star
    was revoked all the time. What was entered stays told as a mistake, and the right decision, if
    there is one, is entered anew.

    Refused: by anyone but the head of the office, without a reason, a star that was not given back
    or was revoked again since, a restoration of a case, which a decision led to.
    """
    require(actor, rules.may_enter_revocation, recognition)
    needs_reason(reason)
    today = timezone.localdate(at)
    given = take_restoration_back(recognition, today)
    record(
        actor,
        "recognition.restoration_withdrawn",
        recognition,
        recognition.product,
        at=at,
        reason=reason.strip(),
        change={"on": str(today)},
        also=others(given),
    )
    end_checks(actor=actor, recognition=recognition, at=at)
    star_notices.restoration_withdrawn(revocation=given, reason=reason.strip(), at=at)
    return recognition


def _direct(recognition: Recognition) -> Revocation:
    """The revocation that stands against a star, as it was decided, entered without a case.
    Refused: none, or one of a case."""
    stands = standing_of(recognition)
    stands = stands.carried_from or stands
    case = getattr(stands, "case", None)
    if case is not None:
        raise Refused(
            "revoked_in_case",
            _(
                "Hạng sao này bị thu hồi trong vụ việc %s. Hãy ghi khiếu nại, khôi phục, đính "
                "chính ở vụ việc đó."
            )
            % case.code,
        )
    return stands


def _carried(recognition: Recognition) -> Revocation:
    """The revocation that took a star with another one. Refused: none did."""
    stands = standing_of(recognition)
    if stands.carried_from is None:
        raise Refused(
            "not_carried",
            _(
                "Quyết định thu hồi nêu chính hạng sao này. Nếu không có quyết định nào thu hồi, "
                "hãy đính chính cả lần ghi."
            ),
        )
    return stands


def _signed(paper: Paper) -> Signed:
    return Signed(paper.number, paper.signed_on, paper.authority)


def _said(paper: Paper, reason: str) -> str:
    return f"{paper.number}, {write_date(paper.signed_on)}, {paper.authority}: {reason.strip()}"


def _told(paper: Paper, on: date) -> dict[str, str]:
    return {
        "on": str(on),
        "number": paper.number,
        "signed_on": str(paper.signed_on),
        "authority": paper.authority,
        "level": paper.level,
    }


def _not_before(field: str, day: date, earlier: date | None) -> None:
    if earlier is not None and day < earlier:
        raise _refuse(
            field,
            _("Ngày không được trước ngày quyết định thu hồi hoặc khiếu nại %s.")
            % write_date(earlier),
        )


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"recognition_{field}", message, fields={field: [message]})
