"""News of a star's last day: put off (Art. 12.3), near, or passed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.outbox import Words, tell_each
from ocop.places.models import Unit
from ocop.producers.queries import people_of
from ocop.recognition.last_days import is_extended, last_day_of
from ocop.recognition.models import Recognition


def extended(*, recognition: Recognition, at: datetime) -> list[Message]:
    """The producer and its commune hear until when a star is kept, and who answers for it."""
    product, until = recognition.product, recognition.extended_until
    assert until is not None  # called when it is confirmed

    def words() -> Words:
        body = _(
            "Hạng %(stars)d sao được kéo dài đến khi có kết quả đánh giá lại, muộn nhất đến hết "
            "ngày %(day)s. Trong thời gian này chủ thể chịu trách nhiệm về sản phẩm (khoản 3 Điều "
            "12 Quyết định 26/2026/QĐ-TTg). Chưa có hồ sơ đánh giá lại thì hãy nộp ngay."
        ) % {"stars": recognition.stars, "day": write_date(until)}
        return Words(
            _("Hạng sao được kéo dài: %s") % product.name,
            f"{body}\n\n{recognition.extension_reason}",
            f"/san-pham/{product.code}/",
        )

    today = timezone.localdate(at)
    officers = people.officers_of(product.commune or recognition.commune, today)
    told = {user.pk: user for user in (*people_of(product.producer, today), *officers)}
    return tell_each(
        users=told.values(),
        kind="recognition.extended",
        key=f"recognition:{recognition.pk}:extended:{until}",
        words=words,
        due_on=until,
        at=at,
    )


def ending(*, recognition: Recognition, at: datetime) -> list[Message]:
    """The producer hears that the last day is near, and once more when it has passed."""
    on, last = timezone.localdate(at), last_day_of(recognition)
    if last is None:
        return []
    over, product = last < on, recognition.product

    def words() -> Words:
        subject = _("Hạng sao đã hết hiệu lực: %s") if over else _("Hạng sao sắp hết hiệu lực: %s")
        return Words(
            subject % product.name,
            _words_of(recognition, last, over=over),
            f"/cua-toi/ho-so/moi/{product.code}/",
        )

    return tell_each(
        users=people_of(product.producer, on),
        kind="recognition.star_over" if over else "recognition.star_ending",
        key=f"recognition:{recognition.pk}:{'over' if over else 'ending'}:{last}",
        words=words,
        due_on=None if over else last,
        at=at,
    )


def over_in_commune(
    *, unit: Unit, day: date, rows: Sequence[Recognition], at: datetime
) -> list[Message]:
    """The officers of a commune hear which of its stars ended with a day."""

    def words() -> Words:
        names = ", ".join(row.product.name for row in rows[:5]) + ("…" if len(rows) > 5 else "")
        return Words(
            _("%s sản phẩm hết hiệu lực hạng sao") % write_number(len(rows)),
            _("Hết hiệu lực sau ngày %(day)s, trên địa bàn %(unit)s: %(names)s.")
            % {"day": write_date(day), "unit": unit.name, "names": names},
            "/dieu-hanh/het-han/",
        )

    return tell_each(
        users=people.officers_of(unit, timezone.localdate(at)),
        kind="recognition.stars_over",
        key=f"star:unit:{unit.pk}:over:{day}",
        words=words,
        at=at,
    )


def _words_of(recognition: Recognition, last: date, *, over: bool) -> str:
    told = {"stars": recognition.stars, "day": write_date(last)}
    if over:
        said = _(
            "Hạng %(stars)d sao có giá trị đến hết ngày %(day)s. Từ nay không dùng hạng sao trên "
            "nhãn, biển hiệu và quảng cáo. Muốn có lại hạng sao, hãy nộp hồ sơ."
        )
    elif is_extended(recognition):
        said = _(
            "Hạng %(stars)d sao đang được kéo dài, muộn nhất đến hết ngày %(day)s, và không kéo "
            "dài lần nữa. Sau ngày này không dùng hạng sao trên nhãn, biển hiệu và quảng cáo."
        )
    else:
        said = _(
            "Hạng %(stars)d sao có giá trị đến hết ngày %(day)s. Sau ngày này không dùng hạng sao "
            "trên nhãn, biển hiệu và quảng cáo, trừ khi đã được công nhận lại."
        )
    return said % told
