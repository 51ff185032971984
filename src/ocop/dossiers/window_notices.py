"""News of the days in which a re-evaluation may be filed: 180 to 120 days before a star ends."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.outbox import Words, tell_each
from ocop.places.models import Unit
from ocop.producers import queries as producers
from ocop.recognition.models import Recognition
from ocop.recognition.validity import WINDOW_CLOSES, WINDOW_OPENS

#: Days before the last day of filing on which the producer is reminded.
CLOSING = 14
_OPENS, _CLOSES = timedelta(days=WINDOW_OPENS), timedelta(days=WINDOW_CLOSES)


def told(*, recognition: Recognition, at: datetime) -> list[Message]:
    """The producer learns that the window is open, and once more when it is about to close."""
    on = timezone.localdate(at)
    expires_on = recognition.expires_on
    if expires_on is None:
        return []
    first, last = expires_on - _OPENS, expires_on - _CLOSES
    closing = (last - on).days <= CLOSING

    def words() -> Words:
        subject = (
            _("Sắp hết hạn nộp hồ sơ đánh giá lại: %s")
            if closing
            else _("Đến kỳ nộp hồ sơ đánh giá lại: %s")
        )
        return Words(
            subject % recognition.product.name,
            _(
                "Hạng sao có giá trị đến hết ngày %(end)s. Hồ sơ đánh giá lại nộp từ %(start)s đến "
                "hết %(last)s. Hãy mở hồ sơ: thông tin và minh chứng của lần trước được đưa sang."
            )
            % {
                "end": write_date(expires_on),
                "start": write_date(first),
                "last": write_date(last),
            },
            f"/cua-toi/ho-so/moi/{recognition.product.code}/",
        )

    step = "closing" if closing else "open"
    return tell_each(
        users=producers.people_of(recognition.product.producer, on),
        kind=f"dossiers.window_{step}",
        key=f"window:{recognition.pk}:{step}",
        words=words,
        due_on=last,
        at=at,
    )


def told_commune(*, unit: Unit, rows: Sequence[Recognition], at: datetime) -> list[Message]:
    """The officers of a commune learn once a month how many of its products are in the window."""
    on = timezone.localdate(at)
    ends = [row.expires_on - _CLOSES for row in rows if row.expires_on]

    def words() -> Words:
        return Words(
            _("%s sản phẩm đến kỳ nộp hồ sơ đánh giá lại") % write_number(len(rows)),
            _("Ngày cuối nộp hồ sơ gần nhất là %(day)s. Hãy nhắc chủ thể trên địa bàn %(unit)s.")
            % {"day": write_date(min(ends)), "unit": unit.name},
            "/dieu-hanh/het-han/",
        )

    return tell_each(
        users=people.officers_of(unit, on),
        kind="dossiers.window_commune",
        key=f"window:unit:{unit.pk}:{_month(on)}",
        words=words,
        due_on=min(ends),
        at=at,
    )


def _month(on: date) -> str:
    return f"{on:%Y-%m}"
