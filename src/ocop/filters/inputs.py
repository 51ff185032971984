"""Inputs that filters and forms share."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, by the device's own calendar."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)
