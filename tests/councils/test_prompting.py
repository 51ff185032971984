"""The days on which a member who owes sheets is told so again."""

from datetime import date, timedelta

from ocop.councils.prompting import MOST, step_on

THURSDAY = date(2026, 11, 26)


def _days(due: date) -> list[date]:
    """The days on which a new step is reached, of two months."""
    found: list[date] = []
    last = None
    for number in range(-20, 60):
        day = due + timedelta(days=number)
        if (step := step_on(due, day)) != last:
            found.append(day)
        last = step
    return found


def test_a_member_is_told_the_day_before_on_the_day_and_every_third_working_day() -> None:
    assert _days(THURSDAY) == [
        date(2026, 11, 25),
        THURSDAY,
        date(2026, 12, 1),
        date(2026, 12, 4),
        date(2026, 12, 9),
    ]


def test_the_day_before_a_monday_is_the_friday() -> None:
    assert _days(date(2026, 11, 30))[0] == date(2026, 11, 27)


def test_nothing_is_told_before_the_first_day_and_nothing_new_after_the_last() -> None:
    assert step_on(THURSDAY, date(2026, 11, 24)) is None
    assert step_on(THURSDAY, date(2027, 11, 24)) == MOST - 1


def test_a_day_without_a_run_is_made_up_for_by_the_next() -> None:
    assert step_on(THURSDAY, date(2026, 12, 2)) == step_on(THURSDAY, date(2026, 12, 1)) == 2
