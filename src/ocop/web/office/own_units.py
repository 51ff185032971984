"""Forms about a unit that a commune officer fills in for the own units, and the office for any."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.dossiers import rules
from ocop.dossiers.queries import registrations
from ocop.filters.units import UnitField
from ocop.people import rules as people_rules
from ocop.places import queries as places
from ocop.places.models import Unit


def offer_own_units(form: forms.Form, actor: Actor) -> None:
    """Offer a commune officer the own units only in a filter of lists that hold no others."""
    chosen = form.fields.get("unit")
    if isinstance(chosen, UnitField) and not people_rules.may_see_everything(actor):
        own = registrations.units_to_register(actor)
        chosen.choices = [("", _("Tất cả")), *((places.key_of(unit), unit.name) for unit in own)]


class OwnUnitForm(forms.Form):
    """A form with a field `unit`. What else was typed stays when the unit is not the person's."""

    def __init__(self, *arguments: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.actor = actor
        chosen = self.fields.get("unit")
        if isinstance(chosen, UnitField) and not people_rules.is_office(actor):
            own = registrations.units_to_register(actor)
            chosen.choices = [(places.key_of(unit), unit.name) for unit in own]

    def clean_unit(self) -> Unit:
        """A unit that this person may speak for."""
        unit: Unit | None = self.cleaned_data["unit"]
        if unit is None:
            raise forms.ValidationError(_("Hãy chọn đơn vị."))
        if not rules.may_keep_potential(self.actor, unit):
            raise forms.ValidationError(
                _("Bạn không phụ trách %s. Hãy chọn đơn vị của mình.") % unit.name
            )
        return unit
