"""Chips of the filters in force."""

from django import forms
from django.test import RequestFactory

from ocop.web.tables import chips


class _Days:
    """A set of filters with one day."""

    class _Form(forms.Form):
        on = forms.DateField(label="Ngày", input_formats=["%Y-%m-%d"])

    form = _Form()


def test_day_in_a_chip_is_written_as_on_the_page() -> None:
    def words(query: str) -> list[str]:
        return [chip.value for chip in chips(RequestFactory().get(f"/?{query}"), _Days())]  # type: ignore[arg-type]

    assert words("on=2027-06-01") == ["01/06/2027"]
    assert words("on=hôm nay") == ["hôm nay"]
    assert words("on=") == []
