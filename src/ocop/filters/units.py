"""Choosing a unit, of now or of then, in a filter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.core import options
from ocop.places import queries as places
from ocop.places.models import Unit


def _choices(province: str) -> list[Any]:
    now = [(places.key_of(u), u.name) for u in places.communes_now(province)]
    then = [(places.key_of(u), u.name) for u in places.districts_of_then(province)]
    groups: list[Any] = [("", _("Tất cả"))]
    if now:
        groups.append((_("Xã, phường hiện nay"), now))
    if then:
        groups.append((_("Quận, huyện, thị xã khi đó"), then))
    return groups


class UnitField(forms.ChoiceField):
    """A unit by its key: code and first day, or a bare code for the unit of today.

    The list offers the installation's communes and former districts; the key of any other unit is
    taken, too, as lists of other provinces link to it.
    """

    def __init__(self, **more: Any) -> None:
        more["choices"] = lambda: _choices(options.PROVINCE.get())
        super().__init__(**more)

    def to_python(self, value: Any) -> Unit | None:
        if not value:
            return None
        unit = places.by_key(str(value))
        if unit is None:
            raise forms.ValidationError(_("Không có đơn vị hành chính nào mang mã này."))
        return unit

    def validate(self, value: Any) -> None:
        """Any unit that was found will do; the field is never required."""
