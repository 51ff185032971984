"""The Ministry's part: 90 points and more go to it, its result comes back (Art. 5)."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.core.refusals import Refused
from ocop.criteria.scoring import CENTRAL, band_of
from ocop.dossiers import ministry_notices, rules
from ocop.dossiers.models import CentralReferral, Dossier, State
from ocop.dossiers.queries import conclusions
from ocop.dossiers.services.checks import (
    concluded,
    decided_by,
    minuted,
    nothing_owed,
    stands,
)
from ocop.dossiers.services.moving import move

PLACES_OF_REFERRAL = 6


@action("dossiers.send_to_ministry")
def send_to_ministry(
    *, actor: Actor, dossier: Dossier, document: str, sent_on: date, at: datetime
) -> CentralReferral:
    """Send a dossier of 90 points and more to the Ministry; the provincial result is kept.

    Refused: less than 90 points or three stars, this result sent before, a sitting without its
    minutes, an answer the producer owes, a day before the sitting or the letter before, or after
    today, no number of the letter.
    """
    require(actor, rules.may_decide)
    stands(dossier, State.CONCLUDED)
    found = expect_for_ministry(dossier)
    total, star = conclusions.cut(found.total, PLACES_OF_REFERRAL), found.star
    assert total is not None  # of what goes there
    assert star is not None
    before = dossier.referrals.order_by("-pk").first()
    earliest = max(found.on, before.sent_on) if before else found.on
    _check_day("sent_on", sent_on, earliest, at)
    row = CentralReferral(
        dossier=dossier,
        provincial_total=total,
        provincial_star=star,
        document=_document("document", document),
        sent_on=sent_on,
    )
    fits(row)
    row.save()
    move(dossier, "refer", at=at)
    record(actor, "dossiers.sent_to_ministry", dossier, at=at, change={"on": str(sent_on)})
    ministry_notices.sent(dossier=dossier, at=at)
    return row


def expect_for_ministry(dossier: Dossier) -> conclusions.Conclusion:
    """What goes to the Ministry. Refused as `send_to_ministry` says."""
    found = concluded(dossier)
    if not conclusions.goes_to_ministry(found):
        raise Refused(
            "not_for_ministry",
            _("Chỉ trình Bộ sản phẩm được hội đồng cấp tỉnh chấm từ 90 điểm và từ 3 sao trở lên."),
        )
    if conclusions.was_sent(dossier):
        raise Refused("sent_before", _("Hồ sơ này đã được trình Bộ."))
    minuted(dossier)
    nothing_owed(dossier)
    return found


@action("dossiers.record_central_result")
def record_central_result(
    *,
    actor: Actor,
    dossier: Dossier,
    total: Decimal,
    star: int | None,
    document: str,
    told_on: date,
    at: datetime,
) -> CentralReferral:
    """Enter the Ministry's result, the star as its council gave it; None when it gave none.

    Five stars it recognises itself. Otherwise, below 90 points or held back by a missed minimum,
    the dossier comes back and the province recognises three or four stars on this result or
    evaluates again (Art. 5). Refused: a dossier that is not at the Ministry, a total outside 0 to
    100, a star that the total does not reach, a day out of order.
    """
    require(actor, rules.may_decide)
    stands(dossier, State.AT_MINISTRY)
    row = CentralReferral.objects.select_for_update().filter(dossier=dossier).latest("pk")
    expect_awaited(dossier)
    if not 0 <= total <= 100:
        raise _refuse("total", _("Tổng điểm phải từ 0 đến 100."))
    _check_star(total, star)
    _check_day("told_on", told_on, row.sent_on, at)
    row.central_total = conclusions.cut(total, PLACES_OF_REFERRAL)
    row.central_star = star
    row.central_document = _document("document", document)
    row.central_on = told_on
    row.returned = star != CENTRAL
    fits(row)
    row.save()
    if row.returned:
        move(dossier, "come_back", at=at, due_on=decided_by(dossier))
    record(
        actor,
        "dossiers.central_result_recorded",
        dossier,
        at=at,
        change={"total": str(row.central_total), "star": star, "returned": row.returned},
    )
    ministry_notices.answered(dossier=dossier, total=total, star=star, at=at)
    return row


def expect_awaited(dossier: Dossier) -> None:
    """Refuse where the Ministry has answered."""
    row = conclusions.referral_of(dossier)
    if row is not None and row.central_on is not None:
        raise Refused("central_known", _("Kết quả của Bộ đã được ghi."))


@action("dossiers.take_back_unexamined")
def take_back_unexamined(*, actor: Actor, dossier: Dossier, reason: str, at: datetime) -> Dossier:
    """Note that the Ministry gave a dossier back without a result, as where a paper is missing.

    The result of the provincial council stands as if nothing had been sent, and may be sent again.
    Refused: a dossier that is not at the Ministry, or that it has answered.
    """
    require(actor, rules.may_decide)
    needs_reason(reason)
    stands(dossier, State.AT_MINISTRY)
    row = CentralReferral.objects.select_for_update().filter(dossier=dossier).latest("pk")
    expect_awaited(dossier)
    row.returned = True
    row.save(update_fields=["returned"])
    move(dossier, "come_back", at=at, due_on=decided_by(dossier))
    change = {"document": row.document}
    record(
        actor,
        "dossiers.taken_back_unexamined",
        dossier,
        at=at,
        change=change,
        reason=reason.strip(),
    )
    ministry_notices.unexamined(dossier=dossier, reason=reason, at=at)
    return dossier


@action("dossiers.evaluate_again")
def evaluate_again(*, actor: Actor, dossier: Dossier, reason: str, at: datetime) -> Dossier:
    """Take a dossier that the Ministry gave back to the provincial council once more.

    One whose result was annulled (Art. 10.1b) may have been judged wrongly, so it comes again, too.
    Refused: a dossier that the Ministry did not give back and of which nothing was annulled.
    """
    require(actor, rules.may_decide)
    needs_reason(reason)
    stands(dossier, State.CONCLUDED)
    expect_returned(dossier)
    # Told while the dossier has its case: who is recused from that one hears nothing.
    ministry_notices.evaluated_again(dossier=dossier, reason=reason, at=at)
    # The case is concluded; the next council gets a case of its own.
    move(dossier, "evaluate_again", at=at, due_on=decided_by(dossier), case=None)
    record(actor, "dossiers.evaluated_again", dossier, at=at, reason=reason.strip())
    return dossier


def expect_returned(dossier: Dossier) -> None:
    """Refuse where the Ministry did not give the dossier back and no result of it was annulled."""
    found = conclusions.conclusion_of(dossier)
    if (found is None or not found.central) and not conclusions.was_reopened(dossier):
        raise Refused(
            "not_returned",
            _(
                "Chỉ đánh giá lại tại tỉnh khi Bộ không xếp 5 sao và trả lại hồ sơ, hoặc khi kết "
                "quả đã bị hủy."
            ),
        )


def _check_star(total: Decimal, star: int | None) -> None:
    """A missed minimum may cost stars; nothing adds one to what the total reaches."""
    reached = band_of(total)
    if star is not None and not 1 <= star <= reached:
        raise _refuse(
            "star",
            _(
                "%(total)s điểm nhiều nhất là %(reached)d sao, không thể là %(star)d sao. "
                "Hãy xem lại tổng điểm và hạng sao trong văn bản của Bộ."
            )
            % {"total": write_number(total), "reached": reached, "star": star},
        )


def _check_day(field: str, day: date, earliest: date, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise _refuse(field, _("Ngày không được sau hôm nay."))
    if day < earliest:
        raise _refuse(field, _("Ngày không được trước %s.") % write_date(earliest))


def _document(field: str, text: str) -> str:
    found = folding.clean(text)
    if not found:
        raise _refuse(field, _("Hãy ghi số văn bản."))
    return found


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"dossier_{field}", message, fields={field: [message]})
