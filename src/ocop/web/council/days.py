"""A word about the day of a sitting: the law sets no bar against a day off, people may."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ocop.core.numbers import write_date
from ocop.core.workdays import calendar


def warn_of_day_off(request: HttpRequest, day: date | None) -> None:
    """Say that the day is a weekend or a public holiday; of years without data nothing is known."""
    known = calendar()
    if day is None or day.year not in known.years or known.is_working_day(day):
        return
    messages.warning(
        request,
        _("Ngày %s là ngày nghỉ. Hãy đổi lịch nếu không định chọn ngày nghỉ.") % write_date(day),
    )
