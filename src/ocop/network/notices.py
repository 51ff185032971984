"""News of sales points: applications, answers, goods that must leave."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.network.models import PointState, SalesPoint
from ocop.network.queries.goods import Good
from ocop.network.queries.points import keepers_of
from ocop.network.standing_goods import WORDS
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.producers.queries import people_of

_OFFICE, _OWN = "/dieu-hanh/mang-luoi/diem-ban/", "/cua-toi/diem-ban/"


def office_link(point: SalesPoint) -> str:
    """The path of a point in the office."""
    return f"{_OFFICE}{point.code}/"


def own_link(point: SalesPoint) -> str:
    """The path of a point among those one keeps."""
    return f"{_OWN}{point.code}/"


def applied(*, point: SalesPoint, at: datetime) -> list[Message]:
    """The office has an application to look at."""

    def words() -> Words:
        return Words(
            _("Đề nghị công nhận điểm bán: %s") % point.name,
            _("%s đề nghị. Hãy thẩm định tại chỗ rồi trả lời.") % point.operator,
            office_link(point),
        )

    return _tell(people.office(timezone.localdate(at)), "applied", point, words, at)


def answered(*, point: SalesPoint, at: datetime) -> list[Message]:
    """Who applied learns what was answered."""
    on = timezone.localdate(at)
    users: list[User] = [point.applied_by] if point.applied_by else []
    if point.producer:
        users += people_of(point.producer, on)

    def words() -> Words:
        if point.state == PointState.RECOGNISED and point.recognised_on:
            return Words(
                _("Điểm bán được công nhận: %s") % point.name,
                _("Quyết định %(number)s ngày %(day)s.")
                % {"number": point.number, "day": write_date(point.recognised_on)},
                f"/diem-ban/{point.code}/",
            )
        subject = _("Điểm bán không được công nhận: %s") % point.name
        return Words(subject, point.answer)

    return _tell(users, "answered", point, words, at)


def appointed(*, point: SalesPoint, user: User, at: datetime) -> list[Message]:
    """A keeper learns which point is theirs."""

    def words() -> Words:
        return Words(
            _("Bạn phụ trách điểm bán: %s") % point.name,
            _("Hãy ghi hàng đang bày và doanh số mỗi tháng."),
            own_link(point),
        )

    return _tell([user], f"appointed:{user.pk}:{at.isoformat()}", point, words, at)


def left(*, point: SalesPoint, good: Good, at: datetime) -> list[Message]:
    """The keepers learn that goods must leave the shelf. Told once for each star that ended, and
    again where it was extended and that time is over."""
    on = timezone.localdate(at)

    def words() -> Words:
        return Words(
            _("Cất khỏi kệ: %s") % good.product.name,
            _("%(why)s. Sản phẩm đã ra khỏi danh sách của %(point)s từ hôm nay.")
            % {"why": _(WORDS[good.verdict]), "point": point.name},
            own_link(point),
        )

    what = f"left:{good.product.code}:{good.product.standing_id or 0}:{good.verdict}"
    if good.product.star_extended_until:
        what += f":{good.product.star_extended_until}"
    return _tell(keepers_of(point, on), what, point, words, at)


def untold(*, point: SalesPoint, month: date, at: datetime) -> list[Message]:
    """The keepers learn that the sales of a month are still to be told."""

    def words() -> Words:
        named = f"{month:%m/%Y}"
        return Words(
            _("Ghi doanh số tháng %(month)s: %(point)s") % {"month": named, "point": point.name},
            _("Tháng đã hết mà điểm chưa ghi. Không bán được gì thì gửi trống."),
            f"{own_link(point)}doanh-so/{month:%Y-%m}/",
        )

    users = keepers_of(point, timezone.localdate(at))
    return _tell(users, f"untold:{month:%Y-%m}", point, words, at)


def _tell(
    users: Iterable[User], what: str, point: SalesPoint, words: Callable[[], Words], at: datetime
) -> list[Message]:
    return tell_each(
        users=users,
        kind=f"network.point_{what.partition(':')[0]}",
        key=f"point:{point.code}:{what}",
        words=words,
        at=at,
    )
