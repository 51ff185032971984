"""Checks that services of all rooms share."""

from datetime import date

from django.db.models import CharField, Model, TextField

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

SHORTEST_REASON = 2  # letters or digits: “ốm” says what happened, dots do not
FIRST_YEAR, YEARS_AHEAD = 2000, 5  # of days that people plan or tell of
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


def check_year(day: date, field: str, on: date) -> None:
    """Refuse a day of a year that nobody means: a slip of the keys, and days at the edge of the
    calendar, which nothing can be counted from."""
    if not FIRST_YEAR <= day.year <= on.year + YEARS_AHEAD:
        message = _("Hãy kiểm tra lại năm: từ %(first)d đến %(last)d.") % {
            "first": FIRST_YEAR,
            "last": on.year + YEARS_AHEAD,
        }
        raise Refused("year_unlikely", message, fields={field: [message]})


def fits(row: Model) -> None:
    """Refuse a row with text that its column cannot hold (`check_text`)."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, CharField | TextField) and isinstance(value, str):
            check_text(value, field.name, field.max_length)
