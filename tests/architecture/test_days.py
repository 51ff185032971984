"""Days are read one way in every form and filter: dd/mm/yyyy or ISO, never the month first."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date, datetime

import django_filters
import pytest
from django import forms
from django.utils import timezone, translation

import ocop

DAY = date(2026, 6, 1)
STRANGE = ("06/23/2026", "06/23/26", "01/06/26", "June 1, 2026", "1 June 2026", "2026/06/01")


def _kinds(of: type) -> Iterator[type]:
    for kind in of.__subclasses__():
        if kind.__module__.startswith("ocop."):
            yield kind
        yield from _kinds(kind)


def _fields() -> dict[str, forms.Field]:
    """Every field that reads a day or a moment, by form and name."""
    for module in pkgutil.walk_packages(ocop.__path__, "ocop."):
        parts = set(module.name.split("."))
        if not parts & {"migrations", "wsgi", "asgi", "__main__"}:
            importlib.import_module(module.name)
    found = {
        f"{kind.__module__}.{kind.__name__}.{name}": field
        for kind in _kinds(forms.BaseForm)
        for name, field in getattr(kind, "base_fields", {}).items()
    }
    found |= {
        f"{kind.__module__}.{kind.__name__}.{name}": each.field
        for kind in _kinds(django_filters.FilterSet)
        for name, each in getattr(kind, "base_filters", {}).items()
    }
    return {n: f for n, f in found.items() if isinstance(f, forms.DateField | forms.DateTimeField)}


FIELDS = _fields()


def test_fields_of_forms_and_of_filters_are_found() -> None:
    names = " ".join(FIELDS)
    for name in (
        "RevocationForm.revoked_on",
        "DayForm.on",
        "UnitListFilter.on",
        "WhenForm.starts_at",
    ):
        assert name in names


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", sorted(FIELDS))
def test_field_reads_the_day_first_or_iso_and_nothing_else(name: str, language: str) -> None:
    field = FIELDS[name]
    with translation.override(language):
        if isinstance(field, forms.DateTimeField):
            nine = datetime(2026, 6, 1, 9, 0, tzinfo=timezone.get_default_timezone())
            for text in ("01/06/2026 09:00", "2026-06-01T09:00", "2026-06-01 09:00:00"):
                assert field.to_python(text) == nine
            strange = [f"{text} 09:00" for text in STRANGE]
        else:
            for text in ("01/06/2026", "1/6/2026", "2026-06-01"):
                assert field.to_python(text) == DAY
            strange = list(STRANGE)
        for text in strange:
            with pytest.raises(forms.ValidationError):
                field.to_python(text)
