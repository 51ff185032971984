"""Writes of councils: number and day of the minutes of a sitting."""

from datetime import date, datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.councils import rules
from ocop.councils.models import Council, Sitting
from ocop.councils.queries import sittings as queries
from ocop.councils.services import steps


@action("councils.record_minutes")
def record_minutes(
    *,
    actor: Actor,
    sitting: Sitting,
    minutes_number: str,
    reason: str,
    at: datetime,
    minutes_on: date | None = None,
) -> Sitting:
    """Record the minutes of a sitting that was closed without, and why only now.

    Decisions wait for them. Refused: a sitting not closed or with its minutes, no number, no
    reason, the number of another sitting, minutes of a day before the council concluded or to come.
    """
    require(actor, rules.may_steer, sitting)
    needs_reason(reason)
    sitting = steps.locked_sitting(sitting)
    steps.expect_sitting(sitting, "record_minutes")
    if sitting.minutes_number:
        raise Refused(
            "minutes_known", _("Phiên này đã có biên bản số %s.") % sitting.minutes_number
        )
    expect_number(sitting, minutes_number, minutes_on)
    expect_day(sitting, minutes_on, at=at)
    sitting.minutes_number, sitting.minutes_on = minutes_number.strip(), minutes_on
    fits(sitting)
    sitting.save(update_fields=["minutes_number", "minutes_on"])
    record(
        actor,
        "councils.minutes_recorded",
        sitting,
        at=at,
        reason=reason.strip(),
        change={"number": sitting.minutes_number},
    )
    return sitting


def expect_number(sitting: Sitting, number: str, day: date | None) -> None:
    """Refuse minutes without a number, and the number of another sitting of the same council and
    year: decisions name the minutes on which they rest by it."""
    if not number.strip():
        message = _("Hãy ghi số biên bản: quyết định công nhận căn cứ vào biên bản này.")
        raise Refused("minutes_missing", message, fields={"minutes_number": [message]})
    council = Council.objects.select_for_update().get(pk=sitting.council_id)  # one at a time
    year = (day or queries.minutes_from(sitting)).year
    for other in council.sittings.exclude(pk=sitting.pk).exclude(minutes_number=""):
        alike = _plain(other.minutes_number) == _plain(number)
        if alike and (other.minutes_on or queries.minutes_from(other)).year == year:
            message = _("Số biên bản này đã dùng cho phiên “%(title)s” ngày %(day)s.") % {
                "title": other.title,
                "day": write_date(rules.day_of(other)),
            }
            raise Refused("minutes_taken", message, fields={"minutes_number": [message]})


def expect_day(sitting: Sitting, day: date | None, *, at: datetime) -> None:
    """Refuse minutes of a day before all was concluded that they tell of, or of a day to come.

    Without a day they bear the first that they can.
    """
    if day is None:
        return
    first = queries.minutes_from(sitting)
    if day < first:
        message = _(
            "Ngày biên bản không được trước %s, ngày phiên khai mạc hoặc kết luận sau cùng."
        ) % write_date(first)
        raise Refused("before_sitting", message, fields={"minutes_on": [message]})
    if day > timezone.localdate(at):
        message = _("Ngày của văn bản không được sau hôm nay.")
        raise Refused("after_today", message, fields={"minutes_on": [message]})


def _plain(number: str) -> str:
    """A number however it is spaced and capitalised."""
    return "".join(number.casefold().split())
