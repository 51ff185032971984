"""Checks that services of all rooms share."""

from django.db.models import CharField, Model, TextField

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused


def needs_reason(reason: str) -> None:
    """Refuse an act without a reason."""
    if not reason.strip():
        message = _("Hãy ghi lý do.")
        raise Refused("reason_needed", message, fields={"reason": [message]})


def fits(row: Model) -> None:
    """Refuse a row with text that its column cannot hold, naming the field: too long, or with
    control signs."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if not isinstance(field, CharField | TextField) or not isinstance(value, str):
            continue
        most = field.max_length
        if most and len(value) > most:
            message = _("Nội dung dài quá %d ký tự. Hãy viết ngắn lại.") % most
            raise Refused("text_too_long", message, fields={field.name: [message]})
        if folding.is_unreadable(value):
            message = _("Nội dung có ký tự không đọc được. Hãy xóa rồi gõ lại.")
            raise Refused("text_unreadable", message, fields={field.name: [message]})
