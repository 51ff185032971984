"""An answer of Forms 01 and 02 as a person reads it: days, money and counts in their form (pure).

What is kept, and what is hashed when a dossier is frozen, stays as it is.
"""

from datetime import date

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.dossiers import forms

_YEARS = ("since",)  # numbers that are no count: 2015 is not 2.015


def said(field: forms.Field, value: forms.Value | None) -> str:
    """The words of a value, or of one just typed and not kept yet; nothing for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if field.type == forms.DAY:
        return _day(str(value))
    if isinstance(value, int) and field.type == forms.MONEY:
        return _("%s đồng") % write_number(value)
    if isinstance(value, int) and field.key not in _YEARS:
        return write_number(value)
    return str(value)


def _day(text: str) -> str:
    try:
        return write_date(date.fromisoformat(text))
    except ValueError:
        return text  # as it was typed
