"""News of centres: applications, answers, keepers, the end."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.numbers import write_date
from ocop.network.centres.models import AssessmentState, CentreAssessment, DesignCentre
from ocop.network.centres.queries import Due, keepers_of
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each

_OFFICE, _OWN = "/dieu-hanh/mang-luoi/trung-tam/", "/cua-toi/trung-tam/"


def office_link(centre: DesignCentre) -> str:
    """The path of a centre in the office."""
    return f"{_OFFICE}{centre.code}/"


def own_link(centre: DesignCentre) -> str:
    """The path of a centre among those one keeps."""
    return f"{_OWN}{centre.code}/"


def applied(*, centre: DesignCentre, at: datetime) -> list[Message]:
    """The office has an application to look at."""

    def words() -> Words:
        return Words(
            _("Đề nghị đánh giá trung tâm thiết kế: %s") % centre.name,
            _("%s đề nghị. Hãy kiểm tra số liệu, đo tại chỗ rồi đưa ra hội đồng.")
            % centre.operator,
            office_link(centre),
        )

    users = people.office(timezone.localdate(at))
    return _tell(users, f"applied:{centre.assessments.count()}", centre, words, at)


def answered(*, assessment: CentreAssessment, at: datetime) -> list[Message]:
    """Who applied, and who keeps the centre, learn what was decided."""
    centre = assessment.centre

    def words() -> Words:
        if assessment.state == AssessmentState.RECOGNISED and assessment.signed_on:
            return Words(
                _("Trung tâm được công nhận: %s") % centre.name,
                _("Quyết định %(number)s ngày %(day)s.")
                % {"number": assessment.number, "day": write_date(assessment.signed_on)},
                own_link(centre),
            )
        subject = _("Trung tâm không được công nhận: %s") % centre.name
        return Words(subject, assessment.answer)

    return _tell(_people(centre, at), f"answered:{assessment.code}", centre, words, at)


def appointed(*, centre: DesignCentre, user: User, at: datetime) -> list[Message]:
    """A keeper learns which centre is theirs."""

    def words() -> Words:
        return Words(
            _("Bạn phụ trách trung tâm: %s") % centre.name,
            _("Hãy ghi lượt khách và doanh thu mỗi tháng."),
            own_link(centre),
        )

    return _tell([user], f"appointed:{user.pk}:{at.isoformat()}", centre, words, at)


def ended(*, centre: DesignCentre, at: datetime) -> list[Message]:
    """Who keeps the centre learns that it is recognised no more."""

    def words() -> Words:
        return Words(_("Thôi công nhận trung tâm: %s") % centre.name, centre.ending_reason)

    return _tell(_people(centre, at), "ended", centre, words, at)


def untold(*, centre: DesignCentre, month: date, at: datetime) -> list[Message]:
    """The keepers learn that a month is still to be told."""

    def words() -> Words:
        named = f"{month:%m/%Y}"
        return Words(
            _("Ghi khách tháng %(month)s: %(centre)s") % {"month": named, "centre": centre.name},
            _("Tháng đã hết mà trung tâm chưa ghi. Không có khách thì ghi 0."),
            f"{own_link(centre)}thang/{month:%Y-%m}/",
        )

    users = keepers_of(centre, timezone.localdate(at))
    return _tell(users, f"untold:{month:%Y-%m}", centre, words, at)


def due(*, centre: DesignCentre, told: Due, at: datetime) -> list[Message]:
    """The office learns, once for each day, that a visit or an assessment is due."""
    on = timezone.localdate(at)
    found = []
    for what, day, text in (
        ("visit", told.visit_on, N_("Đến hạn kiểm tra tại chỗ.")),
        ("again", told.again_on, N_("Đến hạn đánh giá lại.")),
    ):
        if day > on:
            continue
        words = _due_words(centre, day, text)
        found += _tell(people.office(on), f"due:{what}:{day.isoformat()}", centre, words, at)
    return found


def _due_words(centre: DesignCentre, day: date, text: str) -> Callable[[], Words]:
    def words() -> Words:
        subject = _("Trung tâm thiết kế đến hạn %(day)s: %(centre)s")
        told = {"day": write_date(day), "centre": centre.name}
        return Words(subject % told, _(text), office_link(centre))

    return words


def _people(centre: DesignCentre, at: datetime) -> list[User]:
    found = keepers_of(centre, timezone.localdate(at))
    if centre.applied_by and centre.applied_by not in found:
        found.append(centre.applied_by)
    return found


def _tell(
    users: Iterable[User], what: str, centre: DesignCentre, words: Callable[[], Words], at: datetime
) -> list[Message]:
    return tell_each(
        users=users,
        kind=f"network.centre_{what.partition(':')[0]}",
        key=f"centre:{centre.code}:{what}",
        words=words,
        at=at,
    )
