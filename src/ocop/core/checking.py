"""Checks that services of all rooms share."""

from django.db.models import CharField, Model, TextField

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

SHORTEST_REASON = 2  # letters or digits: “ốm” says what happened, dots do not
LONGEST_REASON = 2_000  # characters; a form may ask for less


def needs_reason(
    reason: str,
    *,
    field: str = "reason",
    least: int = SHORTEST_REASON,
    most: int = LONGEST_REASON,
) -> None:
    """Refuse an act without a reason, with a letter in its place, or with one that nobody would
    read to its end."""
    if not reason.strip():
        message = _("Hãy ghi lý do.")
        raise Refused("reason_needed", message, fields={field: [message]})
    if length_of(reason) < least:
        message = _("Hãy ghi rõ lý do, ít nhất %d ký tự.") % least
        raise Refused("reason_short", message, fields={field: [message]})
    check_text(reason.strip(), field, most)


def length_of(reason: str) -> int:
    """How much a reason says: its letters and digits, not its dots."""
    return sum(sign.isalnum() for sign in folding.clean(reason))


def check_text(text: str, field: str, most: int | None = LONGEST_REASON) -> None:
    """Refuse a text that is too long, or has control signs, naming its field."""
    if most and len(text) > most:
        message = _("Nội dung dài quá %d ký tự. Hãy viết ngắn lại.") % most
        raise Refused("text_too_long", message, fields={field: [message]})
    if folding.is_unreadable(text):
        message = _("Nội dung có ký tự không đọc được. Hãy xóa rồi gõ lại.")
        raise Refused("text_unreadable", message, fields={field: [message]})


def fits(row: Model) -> None:
    """Refuse a row with text that its column cannot hold (`check_text`)."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, CharField | TextField) and isinstance(value, str):
            check_text(value, field.name, field.max_length)
