"""When a member who owes sheets is told so again: at fixed steps, and not without end."""

from datetime import date

from ocop.core.workdays import add_working_days

#: Working days before the last day for sheets on which it is told first.
BEFORE = 1
#: Working days between two reminders once the last day has passed.
EVERY = 3
#: Reminders in all: on the day before, on the last day, and three after it.
MOST = 5


def step_on(due: date, on: date) -> int | None:
    """The step reached by a day, from 0; None before the first. After the last it stays the last,
    so that whoever was told of a step is told no more. A day on which nothing ran is made up for
    by the next."""
    first = add_working_days(due, -BEFORE)
    days = [first, due, *(add_working_days(due, EVERY * n) for n in range(1, MOST - 1))]
    reached = [step for step, day in enumerate(days) if day <= on]
    return reached[-1] if reached else None
