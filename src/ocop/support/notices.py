"""News of requests for support."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.producers.queries import people_of
from ocop.support import lifecycle
from ocop.support.models import SupportRequest


def office_link(request: SupportRequest) -> str:
    """The path of a request in the office."""
    return f"/dieu-hanh/ho-tro/de-nghi/{request.code}/"


def own_link(request: SupportRequest) -> str:
    """The path of a request among the producer's own."""
    return f"/cua-toi/ho-tro/{request.code}/"


def asked(*, request: SupportRequest, at: datetime) -> list[Message]:
    """The office has a request to answer."""

    def words() -> Words:
        return Words(
            _("Đề nghị hỗ trợ mới: %s") % request.policy.title,
            _("%(maker)s đề nghị %(amount)s đồng. Hãy kiểm tra và trả lời.")
            % {"maker": request.producer.name, "amount": write_number(request.asked_amount)},
            office_link(request),
        )

    return _tell(people.office(timezone.localdate(at)), "asked", request, words, at)


def answered(*, request: SupportRequest, at: datetime) -> list[Message]:
    """The producer learns what became of the request."""

    def words() -> Words:
        if request.state == lifecycle.APPROVED:
            subject = _("Đề nghị hỗ trợ được duyệt: %s")
            body = _("Được duyệt %s đồng. Làm xong, hãy gửi hóa đơn và biên bản nghiệm thu.")
            body %= write_number(request.approved_amount or 0)
        elif request.state == lifecycle.ACCEPTED:
            subject = _("Đã nghiệm thu nội dung hỗ trợ: %s")
            body = _("Được chi %s đồng. Hãy in, ký và gửi giấy đề nghị thanh toán.")
            body %= write_number(request.accepted_amount or 0)
        elif request.state == lifecycle.PAID:
            subject = _("Đã chi tiền hỗ trợ: %s")
            body = _("Đã chi %s đồng.") % write_number(request.accepted_amount or 0)
        else:
            subject, body = _("Đề nghị hỗ trợ không được chi: %s"), request.answer
        return Words(subject % request.policy.title, body, own_link(request))

    return _tell(_makers(request, at), str(request.state), request, words, at)


def reclaimed(*, request: SupportRequest, amount: int, at: datetime) -> list[Message]:
    """The producer learns that money was taken back."""

    def words() -> Words:
        return Words(
            _("Thu hồi tiền hỗ trợ: %s") % request.policy.title,
            _("Đã ghi thu hồi %s đồng.") % write_number(amount),
            own_link(request),
        )

    return _tell(_makers(request, at), f"reclaimed:{at.isoformat()}", request, words, at)


def _makers(request: SupportRequest, at: datetime) -> Iterable[User]:
    return people_of(request.producer, timezone.localdate(at))


def _tell(
    users: Iterable[User],
    what: str,
    request: SupportRequest,
    words: Callable[[], Words],
    at: datetime,
) -> list[Message]:
    kind = f"support.{what.partition(':')[0]}"
    key = f"support:{request.code}:{what}"
    return tell_each(users=users, kind=kind, key=key, words=words, at=at)
