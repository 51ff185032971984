"""News of a campaign to the people of producers. Called by the services."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.people.models import User
from ocop.people.outbox import Words, tell_each
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.programme.campaigns import by_producer, message_key
from ocop.programme.models import Campaign, CampaignMember
from ocop.recognition.last_days import is_extended, last_day_of
from ocop.recognition.models import Recognition
from ocop.recognition.validity import filing_window


def producers_told(*, campaign: Campaign, members: Sequence[CampaignMember], at: datetime) -> int:
    """The people of each producer learn which of its stars end; how many producers have people."""

    def words(stars: list[Recognition]) -> Words:
        return Words(campaign.title, f"{campaign.told}\n\n{listed(stars)}", "/cua-toi/")

    return _tell(campaign, members, f"sent:{at:%Y%m%d%H%M%S%f}", "told", words, at)


def producers_reminded(
    *, campaign: Campaign, members: Sequence[CampaignMember], at: datetime
) -> int:
    """The people of producers that have not filed are reminded; at most once a day."""

    def words(stars: list[Recognition]) -> Words:
        text = _("Chưa có hồ sơ đánh giá lại cho các sản phẩm dưới đây.")
        return Words(_("Nhắc: %s") % campaign.title, f"{text}\n\n{listed(stars)}", "/cua-toi/")

    what = f"reminded:{timezone.localdate(at)}"
    return _tell(campaign, members, what, "reminded", words, at)


def listed(stars: Sequence[Recognition]) -> str:
    """Stars with their last day and the days for filing, one a line; of an extended star the last
    day of the extension."""
    return "\n".join(_line(star) for star in stars)


def _line(star: Recognition) -> str:
    assert star.expires_on is not None  # a star that ends has a last day
    window = filing_window(star.expires_on)
    assert window.last is not None
    if is_extended(star):
        words = _(
            "– %(name)s: được kéo dài đến hết %(until)s (khoản 3 Điều 12; hết hạn %(end)s), hạn "
            "nộp hồ sơ đến hết %(last)s"
        )
        until = last_day_of(star)
        assert until is not None
        return words % {
            "name": star.product.name,
            "until": write_date(until),
            "end": write_date(star.expires_on),
            "last": write_date(window.last),
        }
    return _("– %(name)s: hết hạn %(end)s, nộp hồ sơ từ %(first)s đến hết %(last)s") % {
        "name": star.product.name,
        "end": write_date(star.expires_on),
        "first": write_date(window.start),
        "last": write_date(window.last),
    }


def _tell(
    campaign: Campaign,
    members: Sequence[CampaignMember],
    what: str,
    kind: str,
    words: Callable[[list[Recognition]], Words],
    at: datetime,
) -> int:
    reached = 0
    found = by_producer(members)
    on = timezone.localdate(at)
    people = _people(list(found), on)
    for producer, rows in found.items():
        users = people.get(producer.pk, [])
        if not users:
            continue
        reached += 1
        stars = [member.recognition for member in rows]
        tell_each(
            users=users,
            kind=f"programme.campaign_{kind}",
            key=message_key(campaign, producer, what),
            words=partial(words, stars),
            due_on=_last_day(stars, on),
            at=at,
        )
    return reached


def _people(makers: Sequence[Producer], on: date) -> dict[int, list[User]]:
    """Who acts for each producer, read at once."""
    found: dict[int, list[User]] = {}
    held = producers.memberships_on(on).filter(producer__in=makers, user__is_active=True)
    for membership in held.select_related("user"):
        found.setdefault(membership.producer_id, []).append(membership.user)
    return found


def _last_day(stars: Sequence[Recognition], on: date) -> date | None:
    """The next day on which filing ends for one of them; none where all have passed."""
    ends = (filing_window(star.expires_on).last for star in stars if star.expires_on)
    return min((day for day in ends if day is not None and day >= on), default=None)
