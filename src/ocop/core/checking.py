"""Checks that services of all rooms share."""

from django.db.models import CharField, Model

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused


def needs_reason(reason: str) -> None:
    """Refuse an act without a reason."""
    if not reason.strip():
        message = _("Hãy ghi lý do.")
        raise Refused("reason_needed", message, fields={"reason": [message]})


def fits(row: Model) -> None:
    """Refuse a row whose text is longer than its column, naming the field."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        most = field.max_length
        if isinstance(field, CharField) and isinstance(value, str) and most and len(value) > most:
            message = _("Nội dung dài quá %d ký tự. Hãy viết ngắn lại.") % most
            raise Refused("text_too_long", message, fields={field.name: [message]})
