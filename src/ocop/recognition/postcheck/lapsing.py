"""What a star's end takes with it: called inside actions that end a star."""

from datetime import datetime

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.recognition.models import Recognition
from ocop.recognition.postcheck import lifecycle
from ocop.recognition.postcheck.models import CheckState, PostCheck, RevocationCase
from ocop.recognition.postcheck.services.moving import move
from ocop.recognition.revoking import is_someones


def end_checks(*, actor: Actor, recognition: Recognition, at: datetime) -> None:
    """Post-checks that wait are ended with the star: a visit that is still to be made is called
    off, a correction is asked for no longer. Minutes that were written stay to be concluded."""
    told = reason(recognition)
    waiting = PostCheck.objects.filter(
        recognition=recognition, state__in=(CheckState.PLANNED, CheckState.CORRECTING)
    )
    today = timezone.localdate(at)
    for check in waiting.select_for_update().order_by("pk"):
        if check.state == CheckState.PLANNED:
            move(check, "cancel", reason=told)
        else:
            move(check, "lapse", correction=told, corrected_on=today)
        record(actor, "recognition.postcheck_lapsed", check, at=at, reason=told)


def end_cases(*, actor: Actor, recognition: Recognition, at: datetime) -> None:
    """Cases in which somebody has to act end when the result is annulled: it was never a star, so
    there is none to revoke or to give back. Whoever makes the product hears of the annulment. An
    appeal goes on where the revocation takes another star of the product, or will take the true
    record of a wrong one."""
    told, today = reason(recognition), timezone.localdate(at)
    running = lifecycle.CASE.moves["lapse"].sources
    rows = RevocationCase.objects.filter(recognition=recognition, state__in=running)
    for case in rows.select_for_update(of=("self",)).select_related("revocation").order_by("pk"):
        if case.revocation is not None and is_someones(case.revocation):
            continue
        move(case, "lapse", closed_on=today, closed_reason=told)
        record(actor, "recognition.case_lapsed", case, at=at, reason=told)


def reason(recognition: Recognition) -> str:
    """Why, as it is kept with the check."""
    if recognition.annulled_on is not None and recognition.mistaken:
        return _("Bản ghi công nhận là ghi nhầm, đã đính chính ngày %s.") % write_date(
            recognition.annulled_on
        )
    if recognition.annulled_on is not None:
        return _("Kết quả công nhận đã bị hủy ngày %s.") % write_date(recognition.annulled_on)
    assert recognition.revoked_on is not None  # called when a star ends
    return _("Hạng sao đã bị thu hồi ngày %s.") % write_date(recognition.revoked_on)
