"""Recognitions of villages by the province, and their revocation."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network.villages import reviewing, rules
from ocop.network.villages.models import Village, VillageRecognition, VillageTitle

FIRST_YEAR = 1950  # nobody recognised villages before


@action("network.recognise_village")
def recognise_village(
    *,
    actor: Actor,
    village: Village,
    title: str,
    number: str,
    signed_on: date,
    authority: str,
    reason: str = "",
    at: datetime,
) -> VillageRecognition:
    """Enter the decision by which the province recognised a village.

    The criteria of the law of that day are held against what is known, and kept with the decision.
    Refused: no number or body, a day to come or before 1950, a title that stands already, a
    criterion that is not met; one that nobody knows of needs a reason.
    """
    require(actor, rules.may_keep_villages)
    if title not in VillageTitle.values:
        raise _refuse("title", _("Hãy chọn danh hiệu trong danh sách."))
    number, authority = folding.clean(number), folding.clean(authority)
    if not number:
        raise _refuse("number", _("Hãy ghi số quyết định công nhận."))
    if not authority:
        raise _refuse("authority", _("Hãy ghi cơ quan ban hành quyết định."))
    if signed_on > timezone.localdate(at):
        raise _refuse("signed_on", _("Ngày ký không sau hôm nay."))
    if signed_on.year < FIRST_YEAR:
        raise _refuse("signed_on", _("Hãy ghi ngày ký từ năm 1950."))
    if VillageRecognition.objects.filter(village=village, title=title, revoked_on=None).exists():
        raise _refuse("title", _("Làng đã có danh hiệu này, đang còn giá trị."))
    row = VillageRecognition(
        village=village,
        title=title,
        number=number,
        signed_on=signed_on,
        year=signed_on.year,
        authority=authority,
        checked=_held(village, title, signed_on, reason),
    )
    fits(row)
    row.save()
    record(
        actor,
        "network.village_recognised",
        village,
        row,
        at=at,
        reason=reason.strip(),
        change={"title": title, "number": number, "signed_on": signed_on.isoformat()},
    )
    return row


@action("network.revoke_village")
def revoke_village(
    *,
    actor: Actor,
    recognition: VillageRecognition,
    revoked_on: date,
    number: str,
    reason: str,
    at: datetime,
) -> VillageRecognition:
    """Enter the decision that revoked a recognition; `revoked_on` is the first day without it.

    It stays when the import that brought the recognition is undone. Refused: revoked already,
    before it was signed, a day to come, no number, no reason.
    """
    require(actor, rules.may_keep_villages)
    needs_reason(reason, most=500)
    number = folding.clean(number)
    if not number:
        raise _refuse("number", _("Hãy ghi số quyết định thu hồi."))
    since = recognition.signed_on or date(recognition.year, 1, 1)
    if not since <= revoked_on <= timezone.localdate(at):
        raise _refuse(
            "revoked_on", _("Ngày thu hồi không trước ngày công nhận, không sau hôm nay.")
        )
    facts = {
        "revoked_on": revoked_on,
        "revoking_number": number,
        "revoking_reason": reason.strip(),
        "batch": None,
    }
    for name, value in facts.items():
        setattr(recognition, name, value)
    fits(recognition)
    standing = VillageRecognition.objects.filter(pk=recognition.pk, revoked_on=None)
    if not standing.update(**facts):
        raise Refused("village_revoked", _("Danh hiệu này đã bị thu hồi."))
    record(
        actor,
        "network.village_revoked",
        recognition.village,
        recognition,
        at=at,
        reason=reason.strip(),
        change={"number": number, "revoked_on": revoked_on.isoformat()},
    )
    return recognition


def _held(village: Village, title: str, on: date, reason: str) -> dict[str, Any]:
    """What the criteria say; refused where one is not met."""
    found = reviewing.checked(village, on)
    if found.law is None:
        return {}
    met = found.verdict(title)
    if met is False:
        raise _refuse(
            "title",
            _(
                "Theo số liệu trong sổ, làng chưa đạt tiêu chí của danh hiệu này "
                "(xem mục Tiêu chí). Hãy bổ sung hoặc sửa số liệu rồi ghi lại."
            ),
        )
    if met is None:
        needs_reason(reason)
    return {
        "decree": found.law.decree,
        "on": on.isoformat(),
        "answers": {answer.criterion.value: answer.met for answer in found.answers},
    }


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"village_{field}", message, fields={field: [message]})
