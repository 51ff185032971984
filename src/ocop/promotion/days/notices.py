"""News of the days of an event, to the people of the booths."""

from datetime import date, datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.people.models import Message
from ocop.people.outbox import Words, tell_each
from ocop.producers.queries import people_of
from ocop.promotion.models import EventApplication


def untold(*, application: EventApplication, day: date, at: datetime) -> list[Message]:
    """A booth told nothing of a day that is over; once for each booth and day."""
    event = application.event
    number = (day - event.starts_on).days + 1
    return tell_each(
        users=people_of(application.producer, timezone.localdate(at)),
        kind="promotion.booth_untold",
        key=f"promotion:booth_untold:{application.code}:{day.isoformat()}",
        words=lambda: Words(
            _("Chưa ghi bán hàng ngày %(day)s: %(event)s")
            % {"day": write_date(day), "event": event.name},
            _(
                "Hãy ghi số bán tại gian, đơn đặt hàng và mối liên hệ trong ngày; không có thì ghi "
                "số 0."
            ),
            f"/cua-toi/su-kien/ho-so/{application.code}/ngay/{number}/",
        ),
        at=at,
    )
