"""News of orders of stamps and of their files."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.producers.queries import people_of
from ocop.traceability import lifecycle
from ocop.traceability.models import StampOrder, StampPrint
from ocop.traceability.stamp_queries import kept_until

_OFFICE, _OWN = "/dieu-hanh/truy-xuat/tem/", "/cua-toi/truy-xuat/tem/"


def office_link(order: StampOrder) -> str:
    """The path of an order in the office."""
    return f"{_OFFICE}{order.code}/"


def own_link(order: StampOrder) -> str:
    """The path of an order among the producer's own."""
    return f"{_OWN}{order.code}/"


def print_link(made: StampPrint) -> str:
    """The path of a file's page."""
    return f"{_OFFICE}tep/{made.code}/"


def ordered(*, order: StampOrder, at: datetime) -> list[Message]:
    """The office has an order to answer."""

    def words() -> Words:
        return Words(
            _("Đơn đặt tem mới: %s") % order.item.product.name,
            _("%(maker)s đặt %(count)s tem. Hãy duyệt hoặc trả lời.")
            % {
                "maker": order.item.product.producer.name,
                "count": write_number(order.quantity),
            },
            office_link(order),
        )

    return _tell(people.office(timezone.localdate(at)), "ordered", order, words, at)


def answered(*, order: StampOrder, at: datetime) -> list[Message]:
    """The producer learns what was answered."""

    def words() -> Words:
        if order.state == lifecycle.APPROVED:
            subject = _("Đơn đặt tem được duyệt: %s")
            body = _("%s tem đã được cấp số và chờ in.") % write_number(order.quantity)
        else:
            subject, body = _("Đơn đặt tem không được duyệt: %s"), order.answer
        return Words(subject % order.item.product.name, body, own_link(order))

    return _tell(_makers(order, at), "answered", order, words, at)


def delivered(*, order: StampOrder, count: int, at: datetime) -> list[Message]:
    """The producer learns that stamps were handed over and wait for activation."""

    def words() -> Words:
        return Words(
            _("Đã giao tem: %s") % order.item.product.name,
            _("Đã giao %s tem. Trước khi bán hàng, hãy kích hoạt tem cho lô hàng.")
            % write_number(count),
            own_link(order),
        )

    return _tell(_makers(order, at), f"delivered:{at.isoformat()}", order, words, at)


def ready(*, made: StampPrint, at: datetime) -> list[Message]:
    """Who asked for a file learns where it is."""

    def words() -> Words:
        until = kept_until(made)
        return Words(
            _("Tệp in tem đã tạo xong: %s") % made.order.item.product.name,
            _("Tệp %(name)s đã sẵn sàng để tải, được giữ đến ngày %(day)s.")
            % {"name": made.name, "day": write_date(timezone.localdate(until))},
            print_link(made),
        )

    return _told(made, "ready", words, at)


def failed(*, made: StampPrint, at: datetime) -> list[Message]:
    """Who asked learns why it was not made."""

    def words() -> Words:
        subject = _("Không tạo được tệp in tem: %s") % made.order.item.product.name
        return Words(subject, made.failure, print_link(made))

    return _told(made, "failed", words, at)


def _makers(order: StampOrder, at: datetime) -> Iterable[User]:
    return people_of(order.item.product.producer, timezone.localdate(at))


def _tell(
    users: Iterable[User], what: str, order: StampOrder, words: Callable[[], Words], at: datetime
) -> list[Message]:
    kind = f"traceability.stamps_{what.partition(':')[0]}"
    return tell_each(users=users, kind=kind, key=f"stamps:{order.code}:{what}", words=words, at=at)


def _told(made: StampPrint, how: str, words: Callable[[], Words], at: datetime) -> list[Message]:
    return tell_each(
        users=[made.asked_by] if made.asked_by else [],
        kind=f"traceability.print_{how}",
        key=f"print:{made.code}:{made.run}:{how}",
        words=words,
        at=at,
    )
