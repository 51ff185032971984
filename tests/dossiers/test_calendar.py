"""The legal calendar, from DOMAIN's text of the decision."""

from datetime import date

from ocop.dossiers import calendar
from ocop.dossiers.calendar import Kind


def test_a_year_has_two_rounds_of_the_province_and_two_of_the_ministry() -> None:
    found = {r.kind: (r.requests_before, r.done_before) for r in calendar.legal_rounds(2027)}
    assert found == {
        Kind.FIRST: (date(2027, 4, 30), date(2027, 6, 30)),
        Kind.SECOND: (date(2027, 10, 30), date(2027, 12, 30)),
        Kind.CENTRAL_FIRST: (date(2027, 7, 30), date(2027, 9, 30)),
        Kind.CENTRAL_SECOND: (date(2028, 1, 30), date(2028, 3, 30)),
    }


def test_an_extra_round_is_not_the_laws() -> None:
    assert calendar.legal_round(2027, "extra") is None
    assert calendar.legal_round(2027, "first") == calendar.legal_rounds(2027)[0]


def test_done_before_a_day_means_the_day_before_at_last() -> None:
    assert calendar.last_day(date(2027, 6, 30)) == date(2027, 6, 29)


def test_a_reevaluation_is_decided_within_45_days() -> None:
    assert calendar.reevaluation_due(date(2026, 11, 23)) == date(2027, 1, 7)


def test_days_left_are_working_days_and_stop_with_the_clock() -> None:
    due = date(2026, 12, 14)  # a Monday, three weeks after Monday 23 November
    assert calendar.days_left(due, date(2026, 11, 23)) == 15
    assert calendar.days_left(due, date(2026, 12, 15)) == -1
    assert calendar.days_left(due, date(2026, 12, 20), stopped_on=date(2026, 12, 1)) == 9
    assert calendar.days_left(due, date(2026, 11, 30), stopped_on=date(2026, 12, 1)) == 10


def test_the_clock_goes_on_later_by_the_working_days_it_stood() -> None:
    due = date(2026, 12, 14)
    assert calendar.resumed(due, date(2026, 11, 27), date(2026, 12, 2)) == date(2026, 12, 17)
    assert calendar.resumed(due, date(2026, 12, 2), date(2026, 12, 2)) == due
    assert calendar.resumed(due, date(2026, 12, 2), date(2026, 12, 1)) == due
