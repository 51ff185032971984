"""News of classes, to whoever enrolled somebody."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.people.roles import Role
from ocop.producers.queries import people_of, people_of_any
from ocop.training import queries
from ocop.training.models import (
    Audience,
    Enrolment,
    EnrolmentState,
    TrainingCertificate,
    TrainingClass,
)


def own_link(training_class: TrainingClass) -> str:
    """The path of a class among the producer's pages."""
    return f"/cua-toi/tap-huan/{training_class.code}/"


def office_link(training_class: TrainingClass) -> str:
    """The path of a class in the office."""
    return f"/dieu-hanh/tap-huan/lop/{training_class.code}/"


def moved_up(*, enrolments: Iterable[Enrolment], at: datetime) -> None:
    """A seat became free for somebody who waited."""
    for row in enrolments:
        _tell(
            [row],
            "seat",
            row.code,
            lambda link, row=row: Words(  # type: ignore[misc]
                _("Đã có chỗ: %s") % row.training_class.name,
                _("%(name)s đã có chỗ trong lớp, học từ %(day)s tại %(place)s.")
                % {
                    "name": row.name,
                    "day": _day(row.training_class),
                    "place": row.training_class.place,
                },
                link,
            ),
            at,
        )


def changed(*, training_class: TrainingClass, at: datetime) -> None:
    """Another time or place."""
    _tell(
        _standing(training_class),
        "changed",
        f"{training_class.code}:{at.isoformat()}",
        lambda link: Words(
            _("Đổi lịch hoặc nơi học: %s") % training_class.name,
            _("Lớp học từ %(day)s tại %(place)s.")
            % {"day": _day(training_class), "place": training_class.place},
            link,
        ),
        at,
    )


def cancelled(*, training_class: TrainingClass, reason: str, at: datetime) -> None:
    """A class will not be held."""
    _tell(
        _standing(training_class),
        "cancelled",
        training_class.code,
        lambda link: Words(
            _("Lớp bị hủy: %s") % training_class.name, _("Lý do: %s") % reason, link
        ),
        at,
    )


def invited(*, training_class: TrainingClass, on: date, at: datetime) -> list[Message]:
    """An open class, to those who still lack one and to the communes' officers."""
    subject, key = training_class.name, f"training:invited:{training_class.code}"

    def words(link: str) -> Words:
        return Words(
            _("Mời đăng ký lớp tập huấn: %s") % subject,
            _("Lớp “%(course)s” học từ %(day)s tại %(place)s, có %(seats)d chỗ.")
            % {
                "course": training_class.course.title,
                "day": _day(training_class),
                "place": training_class.place,
                "seats": training_class.capacity,
            },
            link,
        )

    held = people.memberships_on(on)
    officers = held.filter(role=Role.COMMUNE_OFFICER).values("user")
    told = tell_each(
        users=User.objects.filter(pk__in=officers),
        kind="training.invited",
        key=key,
        words=lambda: words(office_link(training_class)),
        at=at,
    )
    if training_class.course.audience == Audience.PRODUCERS:
        lack = queries.lacking_seen_by(SYSTEM, on).filter(coming=False)
        told += tell_each(
            users=people_of_any(lack, on),
            kind="training.invited",
            key=key,
            words=lambda: words(own_link(training_class)),
            at=at,
        )
    return told


def soon(*, training_class: TrainingClass, at: datetime) -> list[Message]:
    """A class begins on the next working day: to those who have a seat."""
    begins = timezone.localtime(training_class.starts_at)
    return _tell(
        [row for row in _standing(training_class) if row.state == EnrolmentState.ENROLLED],
        "soon",
        f"{training_class.code}:{begins:%Y%m%d}",
        lambda link: Words(
            _("Sắp học: %s") % training_class.name,
            _("Lớp bắt đầu lúc %(hour)s ngày %(day)s tại %(place)s. Mang theo vé có mã QR.")
            % {
                "hour": f"{begins:%H:%M}",
                "day": write_date(begins.date()),
                "place": training_class.place,
            },
            link,
        ),
        at,
        due_on=begins.date(),
    )


def unended(*, training_class: TrainingClass, at: datetime) -> list[Message]:
    """The last session is over: the office ends the class and certifies."""
    return tell_each(
        users=people.office(timezone.localdate(at)),
        kind="training.unended",
        key=f"training:unended:{training_class.code}",
        words=lambda: Words(
            _("Lớp đã học xong: %s") % training_class.name,
            _("Hãy nhận hết lượt điểm danh, kết thúc lớp và cấp giấy chứng nhận."),
            office_link(training_class),
        ),
        at=at,
    )


def certified(*, certificates: Sequence[TrainingCertificate], at: datetime) -> None:
    """Certificates were issued; one message for each who acts for some of them."""
    rows = [each.enrolment for each in certificates]
    if not rows:
        return
    found = rows[0].training_class
    _tell(
        rows,
        "certified",
        f"{found.code}:{at.isoformat()}",
        lambda link: Words(
            _("Đã cấp giấy chứng nhận tập huấn: %s") % found.name,
            _("Mở trang của lớp để tải giấy chứng nhận."),
            link,
        ),
        at,
    )


def _standing(training_class: TrainingClass) -> list[Enrolment]:
    rows = training_class.enrolments.exclude(state=EnrolmentState.WITHDRAWN)
    return list(rows.select_related("producer", "user", "training_class"))


def _day(training_class: TrainingClass) -> str:
    return write_date(timezone.localdate(training_class.starts_at))


def _tell(
    rows: Sequence[Enrolment],
    what: str,
    key: str,
    words: Callable[[str], Words],
    at: datetime,
    due_on: date | None = None,
) -> list[Message]:
    """The people of the producers; of officials, who enrolled them."""
    if not rows:
        return []
    today = timezone.localdate(at)
    makers: dict[int, User] = {}
    officials: dict[int, User] = {}
    for producer in {row.producer for row in rows if row.producer is not None}:
        makers |= {user.pk: user for user in people_of(producer, today)}
    for row in rows:
        if row.producer_id is None and row.user is not None:
            officials[row.user.pk] = row.user
    told: list[Message] = []
    for users, link in (
        (makers, own_link(rows[0].training_class)),
        (officials, office_link(rows[0].training_class)),
    ):
        if users:
            told += tell_each(
                users=users.values(),
                kind=f"training.{what}",
                key=f"training:{what}:{key}",
                words=lambda link=link: words(link),  # type: ignore[misc]
                due_on=due_on,
                at=at,
            )
    return told
