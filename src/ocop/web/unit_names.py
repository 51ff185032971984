"""A unit that is written by name, with the names of the province to choose from."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ocop.core import options
from ocop.core.folding import clean
from ocop.core.numbers import write_date
from ocop.places import queries as places
from ocop.places.models import Level, Unit

MOST_NAMED = 6  # candidates that a refusal lists: more are no help


class UnitNameInput(forms.TextInput):
    """A line with the names behind it: any browser offers them while somebody types."""

    template_name = "django/forms/widgets/unit_name.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.offered: Sequence[tuple[str, str]] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        given = {**(attrs or {})}
        listed = f"{given.get('id', name)}-names"
        context = super().get_context(name, value, {**given, "list": listed})
        context["widget"] |= {"listed": listed, "offered": self.offered}
        return context


class UnitNameField(forms.CharField):
    """A unit of the installation's province by its name, with or without kind and marks; a code or
    key of any unit is taken, too. Names of today; those of before as well where `then`.

    A name that several units bear is refused with all of them, never guessed.
    """

    widget = UnitNameInput

    def __init__(self, *, then: bool = False, **more: Any) -> None:
        self.then = then
        super().__init__(max_length=120, **more)

    def __deepcopy__(self, memo: dict[int, Any]) -> "UnitNameField":
        made: UnitNameField = super().__deepcopy__(memo)  # of each form: the province is an option
        now, then = self._offered()
        made.widget.offered = [(unit.name, "") for unit in now] + [
            (unit.name, _until(unit)) for unit in then
        ]
        return made

    def _offered(self) -> tuple[list[Unit], list[Unit]]:
        code = options.PROVINCE.get()
        province = places.province(code)
        now = [province] if province else []
        return (
            [*now, *places.communes_now(code)],
            list(places.districts_of_then(code)) if self.then else [],
        )

    def prepare_value(self, value: Any) -> Any:
        """A key in the address of a form is shown as the name that it stands for."""
        unit = value
        if isinstance(value, str) and value[:1].isdigit():
            unit = places.by_key(value)
        if not isinstance(unit, Unit):
            return value
        alone = self._called(unit.name) == [unit]
        return unit.name if alone else f"{unit.name} ({places.key_of(unit)})"

    def clean(self, value: Any) -> Unit | None:
        """The one unit that is meant, or what it could be."""
        text = clean(super().clean(value))
        return self._meant(text) if text else None

    def _meant(self, text: str) -> Unit:
        written = text.rpartition("(")[2].rstrip(")").strip()  # "Xã Sơn Hà (09001)" names a code
        if written[:1].isdigit():
            return self._by_code(written)
        found = self._called(text)
        if len(found) == 1:
            return found[0]
        near = found or _nearest(places.search(self._pool(), text).select_related("parent"), text)
        raise forms.ValidationError(_refusal(text, near, several=bool(found)))

    def _called(self, text: str) -> list[Unit]:
        """Those whose name this is: as it is written rather than without marks, and of a name that
        is written with its kind today's bearer rather than those of before."""
        found = list(places.named(self._pool(), text).select_related("parent"))
        found = [unit for unit in found if _is_written(unit, text)] or found
        if whole := [unit for unit in found if unit.name.casefold() == text.casefold()]:
            found = [unit for unit in whole if unit.valid_to is None] or whole
        return found

    def _pool(self) -> QuerySet[Unit]:
        code = options.PROVINCE.get()
        units = places.of_province(code) if code else Unit.objects.all()
        return units if self.then else units.filter(valid_to=None)

    def _by_code(self, written: str) -> Unit:
        unit = places.by_key(written)
        if unit is None or not (self.then or unit.valid_to is None):
            raise forms.ValidationError(
                _("Không có đơn vị nào đang mang mã này. Hãy ghi tên xã, phường.")
            )
        return unit


def _is_written(unit: Unit, text: str) -> bool:
    """Whether a name stands there as it is written, marks and all."""
    name, asked = unit.name.casefold(), text.casefold()
    return name == asked or name == f"{unit.kind} {asked}".casefold()


def _nearest(units: Iterable[Unit], text: str) -> list[Unit]:
    """Units with the words as they are written before those with longer ones: Phú, then Phúc."""
    words = set(text.casefold().split())
    return sorted(units, key=lambda unit: not words <= set(unit.name.casefold().split()))


def _refusal(text: str, near: Sequence[Unit], *, several: bool) -> str:
    facts = {"name": text, "units": "; ".join(map(_told, near[:MOST_NAMED]))}
    if several:
        return _("“%(name)s” có thể là: %(units)s. Hãy ghi tên đầy đủ hoặc mã trong ngoặc.") % facts
    if near:
        return _("Không có đơn vị nào tên “%(name)s”. Gần giống: %(units)s.") % facts
    return _("Không có đơn vị nào tên “%(name)s”. Hãy chọn trong danh sách khi gõ tên.") % facts


def _told(unit: Unit) -> str:
    """A unit so that it can be copied: name, what is above it, and the code, which without a day
    means the unit of today."""
    code = places.key_of(unit) if unit.valid_to else unit.code
    above = f", {unit.parent.name}" if unit.parent and unit.level == Level.COMMUNE else ""
    until = f", {_until(unit)}" if unit.valid_to else ""
    return f"{unit.name}{above}{until} ({code})"


def _until(unit: Unit) -> str:
    return _("đến trước ngày %s") % write_date(unit.valid_to) if unit.valid_to else ""
