"""The last day of a star is told, also where it was put off.

Art. 12.3, Decision 26/2026/QĐ-TTg: a certificate whose product missed the window is kept until the
authority decides, at most 180 days past its end, the producer staying liable: so the producer must
know that it is kept, until when, and that it answers for it. A star is valid to the end of the same
day 36 months on: from the next day on nobody may show it.
"""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.programme.agenda import What, agenda
from ocop.programme.reminding import remind
from ocop.recognition.models import Recognition
from ocop.recognition.services import confirm_extension
from tests.factories import RecognitionFactory
from tests.world import build_places, member, person, recognised

pytestmark = pytest.mark.django_db
GIVEN = date(2023, 11, 1)
EXPIRES = date(2026, 11, 1)
UNTIL = date(2027, 3, 1)


class Scene:
    """A star of three years, its producer and the officers of two communes."""

    def __init__(self, now: datetime, on: date = GIVEN) -> None:
        places = build_places(now)
        self.now = now
        self.star: Recognition = recognised("Chè Ba Vì", on=on, commune=places.here)
        self.maker: User = member(now, self.star.product.producer)
        self.commune = person(now, Role.COMMUNE_OFFICER, places.here)
        self.elsewhere = person(now, Role.COMMUNE_OFFICER, places.there)

    def extend(self) -> None:
        confirm_extension(
            actor=SYSTEM,
            recognition=self.star,
            last_day=UNTIL,
            reason="Hồ sơ đang xét",
            at=self.now,
        )

    def days_of(self, user: User, on: date) -> list[tuple[date, str]]:
        actor = people.actor_for(user, on=on)
        return [(e.on, e.detail) for e in agenda(actor, on=on) if e.what == What.STAR]


@pytest.fixture
def scene(now: datetime) -> Scene:
    return Scene(now)


def told(user: User, kind: str) -> list[Message]:
    return list(Message.objects.filter(user=user, kind=f"recognition.{kind}").order_by("pk"))


def morning(day: date) -> datetime:
    return datetime.fromisoformat(f"{day}T07:00:00+07:00")


def test_an_extension_is_told_to_the_producer_and_its_commune(scene: Scene) -> None:
    scene.extend()
    for user in (scene.maker, scene.commune):
        (news,) = told(user, "extended")
        assert "01/03/2027" in news.body
        assert "chịu trách nhiệm" in news.body
        assert "Hồ sơ đang xét" in news.body
        assert news.due_on == UNTIL
    assert not told(scene.elsewhere, "extended")


def test_its_last_day_stands_in_both_calendars(scene: Scene) -> None:
    today = date(2026, 11, 23)
    assert scene.days_of(scene.maker, today) == []
    scene.extend()
    said = [(UNTIL, "Ngày cuối được kéo dài hạng 3 sao (khoản 3 Điều 12)")]
    assert scene.days_of(scene.maker, today) == said
    assert scene.days_of(scene.commune, today) == said
    assert scene.days_of(scene.elsewhere, today) == []


def test_a_star_that_is_not_extended_stands_in_the_producers_calendar(now: datetime) -> None:
    scene = Scene(now, on=date(2024, 1, 5))
    said = [(date(2027, 1, 5), "Ngày cuối hạng 3 sao có giá trị")]
    assert scene.days_of(scene.maker, date(2026, 11, 23)) == said
    assert scene.days_of(scene.commune, date(2026, 11, 23)) == []


@pytest.mark.parametrize(("before", "count"), [(31, 0), (30, 1), (0, 1)])
def test_the_end_is_told_thirty_days_before(scene: Scene, before: int, count: int) -> None:
    remind(at=morning(EXPIRES - timedelta(days=before)))
    assert len(told(scene.maker, "star_ending")) == count
    assert not told(scene.maker, "star_over")


def test_the_first_day_after_it_is_told_once_to_both(scene: Scene) -> None:
    for days in (1, 2, 9):
        remind(at=morning(EXPIRES + timedelta(days=days)))
    (news,) = told(scene.maker, "star_over")
    assert "01/11/2026" in news.body
    assert "không dùng hạng sao" in news.body
    (news,) = told(scene.commune, "stars_over")
    assert "Chè Ba Vì" in news.body
    assert not told(scene.elsewhere, "stars_over")


def test_an_extended_star_ends_with_its_extension(scene: Scene) -> None:
    scene.extend()
    remind(at=morning(date(2026, 11, 24)))
    assert not told(scene.maker, "star_over")
    remind(at=morning(UNTIL - timedelta(days=30)))
    (news,) = told(scene.maker, "star_ending")
    assert "không kéo dài lần nữa" in news.body
    remind(at=morning(UNTIL + timedelta(days=1)))
    assert [each.key.split(":")[-1] for each in told(scene.maker, "star_over")] == [str(UNTIL)]


def test_a_star_with_another_in_its_place_or_revoked_ends_in_silence(scene: Scene) -> None:
    Recognition.objects.update(revoked_on=date(2026, 10, 1), revoked_ground="mark")
    remind(at=morning(EXPIRES + timedelta(days=1)))
    assert not told(scene.maker, "star_over")
    Recognition.objects.update(revoked_on=None, revoked_ground="")
    RecognitionFactory(product=scene.star.product, on=date(2026, 10, 20))
    remind(at=morning(EXPIRES + timedelta(days=1)))
    assert not told(scene.maker, "star_over")


def test_the_producers_list_says_until_when_and_who_answers(
    client: Client, scene: Scene, now: datetime
) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    scene.extend()
    client.force_login(scene.maker)
    page = client.get(reverse("producer_home")).content.decode()
    assert '<time datetime="2027-03-01">' in page
    assert "kéo dài; hết hạn ngày 01/11/2026" in page
    assert "Chủ thể chịu trách nhiệm" in page
    assert '<time datetime="2026-11-01">' not in page
