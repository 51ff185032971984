"""News of classes, to whoever enrolled somebody."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.producers.queries import people_of
from ocop.training.models import Enrolment, EnrolmentState, TrainingCertificate, TrainingClass


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
                at=at,
            )
    return told
