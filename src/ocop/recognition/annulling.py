"""A result that the authority gave wrongly and annulled by a decision (Art. 10.1b)."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.recognition import foretelling, rules, touching
from ocop.recognition.book import Use
from ocop.recognition.carrying import carry_over
from ocop.recognition.competence import expect_of_here
from ocop.recognition.decisions import Paper
from ocop.recognition.models import Recognition
from ocop.recognition.postcheck import star_notices
from ocop.recognition.postcheck.lapsing import end_cases, end_checks
from ocop.recognition.revoking import check_day, checked
from ocop.recognition.taking import Void

_SET = ("annulled_on", "annulling_number", "annulling_signed_on", "annulling_authority")


@action("recognition.annul")
def annul(
    *,
    actor: Actor,
    recognition: Recognition,
    paper: Paper | None = None,
    annulled_on: date | None = None,
    reason: str,
    takes: Collection[int] = (),
    at: datetime,
) -> Recognition:
    """Enter that a result given wrongly was annulled (Art. 10.1b): as if it had never been, from
    the day of signing or a later one.

    Not a revocation: what ruled before rules again. Nor a mistake of our own in the record
    (`correcting.correct_record`): the authority signed this. Checks and cases of this star end with
    it. A revocation stays told, and takes what stands in the place of the star (`carrying`):
    `takes` names those stars, for whoever confirms must know of them (`foretelling`). A result
    that nobody was told of needs no decision and not the head.

    Refused: by anyone but the head for what the public was told of, no decision of whoever decides
    on this star, a number that another decision bears, a reason that says nothing, a star of
    another province, a day in the future, before the signing or before the star began, a result
    annulled already, other stars than those that would be taken.
    """
    told = touching.is_told(recognition)
    require(actor, rules.may_annul_told if told else rules.may_end_recognition, recognition)
    expect_of_here(recognition)
    if told:
        touching.needs_words(reason)
    else:
        needs_reason(reason)
    today = timezone.localdate(at)
    known = _known(paper, recognition, today, told=told)
    from_day = annulled_on or (known.signed_on if known else today)
    check_day(recognition, from_day, today, "annulled_on")
    if known is not None and from_day < known.signed_on:
        raise _refuse(
            "annulled_on",
            _("Ngày hủy không được trước ngày ký quyết định %s.") % write_date(known.signed_on),
        )
    foretelling.expect_known([recognition], Void.ANNULLED, takes, today)
    changed = Recognition.objects.filter(pk=recognition.pk, annulled_on=None).update(
        annulled_on=from_day,
        annulling_number=known.number if known else "",
        annulling_signed_on=known.signed_on if known else None,
        annulling_authority=known.authority if known else "",
    )
    if not changed:
        raise Refused("already_annulled", _("Kết quả này đã bị hủy trước đó."))
    recognition.refresh_from_db(fields=_SET)
    record(
        actor,
        "recognition.annulled",
        recognition,
        recognition.product,
        at=at,
        reason=_said(known, reason),
        change=_change(known, from_day),
    )
    carry_over(actor, [recognition.product_id], at)
    end_checks(actor=actor, recognition=recognition, at=at)
    end_cases(actor=actor, recognition=recognition, at=at)
    if told:
        star_notices.annulled(recognition=recognition, reason=reason.strip(), at=at)
    return recognition


def _known(
    paper: Paper | None, recognition: Recognition, today: date, *, told: bool
) -> Paper | None:
    """The decision, its words in order. Refused: none for what the public was told of."""
    if paper is not None:
        return checked(paper, recognition, today, Use.ANNULMENT)
    if told:
        raise _refuse(
            "number",
            _(
                "Hãy ghi số, ngày ký và cơ quan ký của quyết định hủy kết quả: hạng sao đã công bố "
                "chỉ bị hủy bằng quyết định (điểm b khoản 1 Điều 10)."
            ),
        )
    return None


def _change(known: Paper | None, on: date) -> dict[str, str]:
    if known is None:
        return {"on": str(on)}
    return {
        "on": str(on),
        "number": known.number,
        "signed_on": str(known.signed_on),
        "authority": known.authority,
        "level": known.level,
    }


def _said(known: Paper | None, reason: str) -> str:
    if known is None:
        return reason.strip()
    return f"{known.number}, {write_date(known.signed_on)}, {known.authority}: {reason.strip()}"


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"recognition_{field}", message, fields={field: [message]})
