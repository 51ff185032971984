"""A star that is given back: its revocation was set aside, after an appeal or unasked."""

from datetime import date, datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.recognition.book import Use, expect_free
from ocop.recognition.carrying import carry_over
from ocop.recognition.postcheck import lifecycle, rules, star_notices
from ocop.recognition.postcheck.models import RevocationCase
from ocop.recognition.postcheck.services.moving import (
    move,
    not_after,
    not_before,
    paper_of,
    refuse,
)
from ocop.recognition.postcheck.services.revoking import check_authority
from ocop.recognition.revoking import Signed, others, set_aside


@action("recognition.restore_star")
def restore_star(
    *,
    actor: Actor,
    case: RevocationCase,
    number: str,
    signed_on: date,
    authority_name: str,
    restored_on: date | None = None,
    at: datetime,
) -> RevocationCase:
    """Enter the decision that sets a revocation aside: after an appeal that was accepted, after one
    that was not (a court may have judged), or of the authority's own accord. The star holds again
    to its own last day, from the day of signing or a later one that the decision names. That it was
    revoked meanwhile stays told.

    Refused: no revocation, an appeal that is not settled, what is no number of a decision or
    another decision's, a day in the future, before the revocation or before the appeal was settled,
    an authority that does not decide on this star, an annulled result.
    """
    require(actor, rules.may_decide)
    lifecycle.target(lifecycle.CASE, "restore", case.state)
    paper, signer = paper_of(number, authority_name)
    not_after("signed_on", signed_on, at)
    not_before("signed_on", signed_on, case.decision_on, _("ngày quyết định thu hồi"))
    not_before("signed_on", signed_on, case.appeal_ended_on, _("ngày có kết quả khiếu nại"))
    check_authority(case.recognition, signer, paper, signed_on)
    expect_free(paper, signed_on, signer, Use.RESTORATION)
    from_day = restored_on or signed_on
    if from_day < signed_on:
        raise refuse("restored_on", _("Ngày khôi phục không được trước ngày ký quyết định."))
    signed = Signed(paper, signed_on, signer)
    case.revocation = set_aside(case.recognition, from_day, signed, today=timezone.localdate(at))
    move(
        case,
        "restore",
        restoring_number=paper,
        restoring_on=signed_on,
        restoring_authority=signer,
    )
    fits(case)
    record(
        actor,
        "recognition.restored",
        case.recognition,
        case.recognition.product,
        case,
        at=at,
        reason=f"{paper}, {write_date(signed_on)}",
        change={
            "on": str(from_day),
            "number": paper,
            "signed_on": str(signed_on),
            "authority": signer,
        },
        also=others(case.revocation),
    )
    carry_over(actor, [case.recognition.product_id], at)
    star_notices.restored(revocation=case.revocation, at=at)
    return case
