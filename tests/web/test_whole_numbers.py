"""Whole numbers that people type, in the writing of their language."""

import re
from pathlib import Path

import pytest
from django import forms

import ocop.web
from ocop.core import language
from ocop.traceability.stamp_queries import Allowed
from ocop.web.forms import DegreeField, NumberField, WholeField
from ocop.web.office.traceability.stamp_forms import AllowanceForm, OrderForm
from ocop.web.producer.traceability.note_forms import NoteForm

PLAIN = re.compile(r"(?:(\w+)\"?\]? = |return )?forms\.(?:Integer|Decimal|Float)Field\(([^)]*)")


def test_thousands_of_stamps_are_ordered() -> None:
    form = OrderForm(Allowed(2_000, 0), {"quantity": "1.000"})
    assert form.is_valid()
    assert form.wanted().quantity == 1_000


def test_allowance_is_what_was_typed_and_is_shown_as_people_write_it() -> None:
    form = AllowanceForm({"year": "2026", "quantity": "20.000"})
    assert form.is_valid()
    assert form.cleaned_data == {"year": 2026, "quantity": 20_000}
    shown = str(AllowanceForm(initial={"year": 2026, "quantity": 20_000})["quantity"])
    assert 'value="20.000"' in shown
    assert 'type="text"' in shown
    assert 'inputmode="numeric"' in shown


@pytest.mark.parametrize("typed", ["1,000", "1.5", "20.00", "0.500", "một nghìn"])
def test_what_may_be_another_number_is_refused(typed: str) -> None:
    form = AllowanceForm({"year": "2026", "quantity": typed})
    assert form.errors == {"quantity": ["Hãy nhập một số nguyên, ví dụ 1.657."]}


def test_limit_is_told_as_people_write_it() -> None:
    form = OrderForm(Allowed(2_000, 0), {"quantity": "2.000.000"})
    assert form.errors["quantity"] == ["Giá trị không được quá 1.000.000."]
    field = NumberField(max_value=1_000)
    with language.using("en"), pytest.raises(forms.ValidationError, match="1,000"):
        field.clean("1,000.5")


def test_packages_of_the_diary_are_whole() -> None:
    assert isinstance(NoteForm.base_fields["packages"], WholeField)


def test_only_years_and_hidden_numbers_are_plain() -> None:
    """A plain field reads “1.000” as one."""
    found = []
    for path in Path(ocop.web.__file__).parent.rglob("*.py"):
        for name, told in PLAIN.findall(path.read_text()):
            if not name.endswith("year") and name != "set_number" and "HiddenInput" not in told:
                found.append(f"{path.name}: {name}")
    assert found == []


@pytest.mark.parametrize("typed", ["21,0285", "21.0285", " 21.0285 "])
def test_degrees_are_read_with_a_comma_or_a_point(typed: str) -> None:
    assert DegreeField().clean(typed) == 21.0285
    with pytest.raises(forms.ValidationError):
        DegreeField().clean("21 độ")
