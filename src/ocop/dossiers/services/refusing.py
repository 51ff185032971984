"""No recognition: entered on the footing of the council's or the Ministry's result, with the paper
of the authority (Art. 5), and taken back where it was entered wrongly."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.dossiers import notices, reopening_notices, rules
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.queries import conclusions, refusals
from ocop.dossiers.services.checks import concluded, decided_by, ministry_first, minuted, stands
from ocop.dossiers.services.moving import move
from ocop.recognition.extending import end_extension, resume_extension
from ocop.recognition.refiling import note_again, note_unfiled

_LONGEST_NUMBER = 60


@action("dossiers.refuse_dossier")
def refuse_dossier(
    *,
    actor: Actor,
    dossier: Dossier,
    document: str,
    signed_on: date,
    reason: str,
    at: datetime,
) -> Dossier:
    """End a dossier without a recognition, by a paper of the authority; the reason goes to the
    producer.

    It stands as a recognition does: on what the council, or the Ministry, concluded. A dossier that
    lacks something is asked for more or returned, one whose producer stops is withdrawn. A star
    that was extended until the result of this re-evaluation ends with it, and one that was not
    cannot be any more (Art. 12.3).
    Refused without a reason or the paper's number, before the council concluded and its sitting has
    minutes, on a day before these or after today, while the Ministry has it or speaks first, and
    before the last day of an answer that the producer owes; a request whose day is past falls with
    the dossier.
    """
    require(actor, rules.may_decide)
    needs_reason(reason)
    today = timezone.localdate(at)
    stands(dossier, *State)
    expect_refusable(dossier, today)
    change = {"document": _document(document), "signed_on": str(signed_on)}
    _check_day(dossier, signed_on, today)
    move(dossier, "refuse", at=at)
    dossier.supplements.filter(answered_at=None).update(answered_at=at)
    star, ended = dossier.previous, _ask_again(dossier, today)
    record(
        actor,
        "dossiers.refused",
        dossier,
        *([dossier.product, star] if star is not None and "extended_until" in ended else []),
        at=at,
        reason=reason.strip(),
        change={**change, **ended},
    )
    notices.refused(dossier=dossier, reason=reason, at=at)
    return dossier


@action("dossiers.take_back_refusal")
def take_back_refusal(*, actor: Actor, dossier: Dossier, reason: str, at: datetime) -> Dossier:
    """Take back a refusal that was entered wrongly: the dossier waits for its decision again, and
    the star that it is to renew has back what the refusal ended.

    One that was entered before any council had concluded waits for a council. Refused: no reason, a
    dossier that was not refused, a product of which another dossier is open.
    """
    require(actor, rules.may_take_back_refusal)
    needs_reason(reason)
    stands(dossier, State.REFUSED)
    expect_no_other(dossier)
    judged = conclusions.conclusion_of(dossier) is not None
    name = "resume" if judged else "resume_unjudged"
    try:
        with transaction.atomic():
            move(dossier, name, at=at, ended_at=None, due_on=decided_by(dossier))
    except IntegrityError as error:  # one was begun in the same moment
        raise _other(dossier) from error
    found = refusals.refusal_of(dossier)
    star = dossier.previous
    again = False
    if found is not None and star is not None and refusals.star_asked_again(dossier):
        if found.was_filed_on is not None:
            note_again(star, found.was_filed_on)
        if found.extended_until is not None:
            again = resume_extension(star, found.extended_until, found.was_extended_until)
    until = found.was_extended_until if found is not None and again else None
    record(
        actor,
        "dossiers.refusal_taken_back",
        dossier,
        *([dossier.product, star] if again and star is not None else []),
        at=at,
        reason=reason.strip(),
        change={"until": until and str(until)} if again else {},
    )
    reopening_notices.resumed(dossier=dossier, reason=reason, at=at)
    return dossier


def expect_no_other(dossier: Dossier) -> None:
    """Refuse where another dossier of the product is open: there is never more than one."""
    others = dossier.product.dossiers.exclude(pk=dossier.pk)
    if others.exclude(state__in=(State.DECIDED, State.REFUSED, State.WITHDRAWN)).exists():
        raise _other(dossier)


def _other(dossier: Dossier) -> Refused:
    return Refused(
        "dossier_open",
        _("“%s” đang có hồ sơ khác chưa xong. Hãy kết thúc hồ sơ đó trước.") % dossier.product.name,
    )


def _ask_again(dossier: Dossier, on: date) -> dict[str, str]:
    """The star asks for a re-evaluation again; what it had before, and the last day of its
    extension now, if it had one or could have."""
    star = dossier.previous
    if star is None or not refusals.star_asked_again(dossier):
        return {}
    before = {"was_filed_on": star.filed_on, "was_extended_until": star.extended_until}
    note_unfiled(star)
    ended = {"extended_until": end_extension(star, on)}
    return {name: str(day) for name, day in (before | ended).items() if day is not None}


def expect_refusable(dossier: Dossier, on: date) -> None:
    """Refuse before anybody concluded, what is the Ministry's to say (Art. 5), what no minutes of
    the council say yet, and while the producer still has time to answer a request for more."""
    if dossier.state == State.AT_MINISTRY:
        raise Refused(
            "with_ministry",
            _("“%s” do Bộ đánh giá. Hãy ghi kết quả của Bộ; cấp tỉnh không ghi không công nhận.")
            % dossier.product.name,
        )
    if dossier.state != State.CONCLUDED:
        raise Refused(
            "not_judged",
            _(
                "Hội đồng chưa kết luận về “%s” nên không ghi không công nhận được. Hồ sơ còn "
                "thiếu thì yêu cầu bổ sung hoặc trả lại; chủ thể ngừng sản xuất hoặc thôi không "
                "làm nữa thì ghi việc rút hồ sơ."
            )
            % dossier.product.name,
        )
    ministry_first(dossier.product.name, concluded(dossier))
    minuted(dossier)
    _time_to_answer(dossier, on)


def _time_to_answer(dossier: Dossier, on: date) -> None:
    asked = dossier.supplements.filter(answered_at=None, due_on__gte=on).first()
    if asked is not None:
        raise Refused(
            "supplement_open",
            _(
                "Chủ thể còn hạn trả lời yêu cầu bổ sung đến hết %s. Hãy chờ trả lời hoặc hết hạn "
                "rồi mới ghi không công nhận."
            )
            % write_date(asked.due_on),
        )


def _document(told: str) -> str:
    found = folding.clean(told)
    if not found:
        raise _refuse("document", _("Hãy ghi số văn bản."))
    if len(found) > _LONGEST_NUMBER:
        raise _refuse("document", _("Số văn bản dài nhất %d ký tự.") % _LONGEST_NUMBER)
    return found


def _check_day(dossier: Dossier, signed_on: date, today: date) -> None:
    if signed_on > today:
        raise _refuse("signed_on", _("Ngày không được sau hôm nay."))
    earliest = max(concluded(dossier).on, conclusions.minuted_on(dossier))
    if signed_on < earliest:
        raise _refuse(
            "signed_on",
            _("Văn bản không được ký trước ngày có kết quả và biên bản họp hội đồng, %s.")
            % write_date(earliest),
        )


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"dossier_{field}", message, fields={field: [message]})
