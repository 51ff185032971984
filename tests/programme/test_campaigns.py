"""Campaigns: chosen, sent once to communes and producers, followed up, reminded, closed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.dossiers.models import Dossier, State
from ocop.people import queries as people
from ocop.people.models import Delivery, Message
from ocop.people.roles import Role
from ocop.programme import campaigns as queries
from ocop.programme.models import Campaign, TaskKind, UnitAnswer, UnitTask
from ocop.programme.services import campaigns, tasks
from ocop.programme.tasking import RowWord
from ocop.recognition.models import Kind, Recognition
from ocop.recognition.refiling import note_filed, note_unfiled
from tests.factories import RecognitionFactory, version
from tests.world import Places, build_places, member, person, recognised

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


def _ends(name: str, day: date, **more: Any) -> Recognition:
    return recognised(name, on=day.replace(year=day.year - 3), **more)


def _plan(**more: Any) -> campaigns.Plan:
    told = {
        "title": "Đánh giá lại đợt 1",
        "reason": "Nhiều sản phẩm hết hạn",
        "asked": "Hãy nhắc từng chủ thể.",
        "told": "Hãy lập hồ sơ đánh giá lại.",
        "due_on": date(2026, 12, 20),
        **more,
    }
    return campaigns.Plan(**told)


def _made(now: datetime, rows: list[Recognition], **more: Any) -> Campaign:
    return campaigns.create_campaign(actor=SYSTEM, plan=_plan(**more), recognitions=rows, at=now)


def _filed(row: Recognition, at: datetime, **more: Any) -> Dossier:
    told = {"kind": Kind.REEVALUATION, "state": State.AT_COMMUNE, "submitted_at": at, **more}
    return Dossier.objects.create(
        code=f"H{row.pk}", product=row.product, version=version(), previous=row, province="01",
        created_at=at, **told,
    )  # fmt: skip


@pytest.fixture
def stars(places: Places) -> list[Recognition]:
    return [
        _ends("Chè", date(2027, 4, 30), commune=places.here),
        _ends("Gạo", date(2027, 1, 9), commune=places.there),
        _ends("Nấm", date(2026, 8, 1), commune=places.here),
    ]


def test_campaign_keeps_its_stars_and_tells_nobody_yet(
    now: datetime, stars: list[Recognition]
) -> None:
    campaign = _made(now, stars)
    assert campaign.members.count() == 3
    assert not Message.objects.exists()
    assert not UnitTask.objects.exists()


def test_sending_asks_each_commune_for_its_own_products(
    now: datetime, places: Places, stars: list[Recognition]
) -> None:
    officer = person(now, Role.COMMUNE_OFFICER, places.here)
    campaign = _made(now, stars, document="12/VPĐP")
    task = campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=now)
    assert task is not None
    assert (task.kind, task.title, task.wanted) == (
        TaskKind.EXPIRED,
        "Đánh giá lại đợt 1",
        "Hãy nhắc từng chủ thể.",
    )
    assert (task.due_on, task.document) == (date(2026, 12, 20), "12/VPĐP")
    lists = {part.unit: sorted(part.rows) for part in task.answers.all()}
    assert lists == {
        places.here: sorted(row.product.code for row in (stars[0], stars[2])),
        places.there: [stars[1].product.code],
    }
    (told,) = Message.objects.filter(user=officer)
    assert "Đánh giá lại đợt 1" in told.subject
    assert Delivery.objects.filter(message=told, address=officer.email).exists()
    assert {m.answer.unit for m in campaign.members.all()} == {places.here, places.there}


def test_sending_tells_the_people_of_each_producer_once_with_its_own_products(
    now: datetime, places: Places
) -> None:
    first = _ends("Chè", date(2027, 4, 30), commune=places.here)
    maker = first.product.producer
    second = _ends("Bánh", date(2027, 5, 1), commune=places.here, producer=maker)
    other = _ends("Gạo", date(2027, 1, 9), commune=places.there)
    user = member(now, maker)
    campaigns.send_campaign(actor=SYSTEM, campaign=_made(now, [first, second, other]), at=now)
    (told,) = Message.objects.filter(user=user)
    assert told.body.startswith("Hãy lập hồ sơ đánh giá lại.")
    assert "Chè: hết hạn 30/04/2027, nộp hồ sơ từ 01/11/2026 đến hết 31/12/2026" in told.body
    assert "Bánh" in told.body
    assert "Gạo" not in told.body
    assert told.due_on == date(2026, 12, 31)
    assert Delivery.objects.filter(message=told, address=user.email).exists()


def test_producer_of_an_extended_star_is_told_the_last_day_of_the_extension(
    now: datetime, places: Places
) -> None:
    """Art. 12.3: the star holds to the confirmed day; its end alone would say that it is over."""
    star = _ends("Chè", date(2026, 8, 21), commune=places.here)
    star.extended_until = date(2027, 2, 17)
    star.save()
    user = member(now, star.product.producer)
    campaigns.send_campaign(actor=SYSTEM, campaign=_made(now, [star]), at=now)
    (told,) = Message.objects.filter(user=user)
    assert "Chè: được kéo dài đến hết 17/02/2027" in told.body
    assert "hết hạn 21/08/2026" in told.body


def test_nothing_is_sent_twice(now: datetime, places: Places, stars: list[Recognition]) -> None:
    user = member(now, stars[0].product.producer)
    person(now, Role.COMMUNE_OFFICER, places.here)
    campaign = _made(now, stars[:1])
    campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=now)
    with pytest.raises(Refused) as refusal:
        campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=now + DAY)
    assert refusal.value.code == "nothing_to_send"
    with pytest.raises(Refused, match="đều có trong chiến dịch"):
        campaigns.extend_campaign(actor=SYSTEM, campaign=campaign, recognitions=stars[:1], at=now)
    campaigns.extend_campaign(actor=SYSTEM, campaign=campaign, recognitions=stars, at=now)
    campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=now + DAY)
    assert Message.objects.filter(user=user).count() == 1  # the new ones are not its own
    codes = [code for part in UnitAnswer.objects.all() for code in part.rows]
    assert sorted(codes) == sorted(row.product.code for row in stars)


def test_star_renewed_or_filed_for_meanwhile_is_not_sent(
    now: datetime, stars: list[Recognition]
) -> None:
    campaign = _made(now, stars)
    RecognitionFactory(product=stars[0].product, on=now.date(), commune=stars[0].commune)
    _filed(stars[1], now)
    later = now + DAY
    campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=later)
    assert [m.recognition for m in campaign.members.exclude(sent_at=None)] == [stars[2]]


def test_product_whose_dossier_was_filed_is_left_out(
    now: datetime, stars: list[Recognition]
) -> None:
    _filed(stars[0], now)
    _filed(stars[1], now, state=State.DRAFT, submitted_at=None)
    campaign = _made(now, stars)
    assert {m.recognition for m in campaign.members.all()} == set(stars[1:])
    with pytest.raises(Refused) as refusal:
        _made(now, stars[:1])
    assert refusal.value.code == "nothing_chosen"


def test_star_filed_in_its_window_is_asked_no_more_while_the_dossier_is_mended(
    now: datetime, stars: list[Recognition]
) -> None:
    """Filed 180 to 120 days before the end (Art. 6): a return to be mended takes nothing away."""
    campaign = _made(now, stars)
    campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=now)
    _filed(stars[0], now, state=State.RETURNED)
    note_filed(stars[0], now.date())  # Chè ends on 30/04/2027: its window is open
    assert queries.follow_up(campaign, now.date()).count("filed") == 1
    assert stars[0] not in {m.recognition for m in queries.silent(campaign, now.date())}
    second = campaigns.create_campaign(actor=SYSTEM, plan=_plan(), recognitions=stars, at=now)
    assert {m.recognition for m in second.members.all()} == set(stars[1:])
    note_unfiled(stars[0])  # refused: it asks for a dossier again
    Dossier.objects.filter(product=stars[0].product).update(state=State.WITHDRAWN)
    assert stars[0] in {m.recognition for m in queries.silent(campaign, now.date())}


def test_product_without_a_known_commune_tells_its_producer_only(now: datetime) -> None:
    row = _ends("Chè", date(2027, 4, 30), commune=None)
    user = member(now, row.product.producer)
    assert campaigns.send_campaign(actor=SYSTEM, campaign=_made(now, [row]), at=now) is None
    assert Message.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"reason": "."}, "reason"),
        ({"asked": ""}, "asked"),
        ({"told": " "}, "told"),
        ({"due_on": date(2026, 11, 22)}, "due_on"),
        ({"title": "x" * 201}, "title"),
        ({"document": "x" * 61}, "document"),
        ({"told": "x\x00"}, "told"),
    ],
)
def test_plan_that_says_nothing_useful_is_refused(
    now: datetime, stars: list[Recognition], more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        _made(now, stars, **more)
    assert field in refusal.value.fields
    assert not Campaign.objects.exists()


def test_star_that_does_not_end_is_refused(now: datetime, stars: list[Recognition]) -> None:
    revoked = _ends("Mây", date(2027, 4, 30), revoked_on=now.date())
    with pytest.raises(Refused) as refusal:
        _made(now, [*stars, revoked])
    assert refusal.value.code == "not_ending"


def test_follow_up_tells_who_has_seen_answered_filed_and_was_renewed(
    now: datetime, places: Places, stars: list[Recognition]
) -> None:
    officer = person(now, Role.COMMUNE_OFFICER, places.here)
    person(now, Role.COMMUNE_OFFICER, places.there)
    users = [member(now, stars[0].product.producer) for _turn in range(2)]
    campaign = _made(now, stars)
    task = campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=now)
    assert task is not None
    Message.objects.filter(user__in=[officer, users[0]]).update(read_at=now)
    words = {stars[0].product.code: RowWord.FILES, stars[2].product.code: RowWord.STOPPED}
    tasks.answer_task(
        actor=people.actor_for(officer, on=now.date()),
        part=task.answers.get(unit=places.here),
        answer=tasks.Answer(row_words=words),
        at=now + DAY,
    )
    _filed(stars[0], now + DAY)
    RecognitionFactory(product=stars[1].product, on=now.date() + 2 * DAY, kind=Kind.REEVALUATION)
    found = queries.follow_up(campaign, now.date() + 3 * DAY)
    told = {
        part.unit: (part.stars, part.sent, part.filed, part.renewed, part.seen, part.answered)
        for part in found.communes
    }
    assert told == {
        places.here: (2, 2, 1, 0, True, True),
        places.there: (1, 1, 0, 1, False, False),
    }
    makers = {row.producer.name: (row.told, row.seen, row.filed, row.renewed)
              for row in found.producers}  # fmt: skip
    assert makers == {
        "HTX Chè": (2, 1, 1, 0),
        "HTX Gạo": (0, 0, 0, 1),
        "HTX Nấm": (0, 0, 0, 0),
    }
    assert {m.recognition.product.name: m.word for m in found.members} == {
        "Chè": RowWord.FILES,
        "Gạo": "",
        "Nấm": RowWord.STOPPED,
    }
    assert [found.count(what) for what in ("sent", "filed", "renewed")] == [3, 1, 1]


def test_stars_are_told_apart_by_what_their_commune_answered(
    now: datetime, places: Places, stars: list[Recognition]
) -> None:
    """One commune answers for its two stars; the other commune is silent."""
    officer = person(now, Role.COMMUNE_OFFICER, places.here)
    words = {stars[0].product.code: RowWord.DECLINES, stars[2].product.code: RowWord.STOPPED}
    campaign = _made(now, stars)
    assert queries.follow_up(campaign, now.date()).by_answer() == {}  # nobody was asked yet
    task = campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=now)
    assert task is not None
    tasks.answer_task(
        actor=people.actor_for(officer, on=now.date()),
        part=task.answers.get(unit=places.here),
        answer=tasks.Answer(row_words=words),
        at=now + DAY,
    )
    found = queries.follow_up(campaign, now.date() + DAY).by_answer()
    assert {word: [m.recognition for m in rows] for word, rows in found.items()} == {
        RowWord.STOPPED: [stars[2]],
        RowWord.DECLINES: [stars[0]],
        queries.SILENT: [stars[1]],
    }


def test_dossier_filed_before_the_campaign_or_withdrawn_is_not_its_fruit(
    now: datetime, stars: list[Recognition]
) -> None:
    _filed(stars[0], now - 9 * DAY, state=State.REFUSED)
    campaign = _made(now, stars)
    _filed(stars[1], now + DAY, state=State.WITHDRAWN)
    assert queries.follow_up(campaign, now.date()).count("filed") == 0


def test_reminding_reaches_who_is_silent_once_a_day(
    now: datetime, places: Places, stars: list[Recognition]
) -> None:
    officer = person(now, Role.COMMUNE_OFFICER, places.here)
    done, waiting = (member(now, row.product.producer) for row in (stars[0], stars[2]))
    campaign = _made(now, stars)
    campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=now)
    _filed(stars[0], now)
    before = Message.objects.filter(user=done).count()
    reached = campaigns.remind_campaign(actor=SYSTEM, campaign=campaign, at=now + DAY)
    assert reached == (2, 1)
    assert Message.objects.filter(user=done).count() == before
    (last,) = Message.objects.filter(user=waiting, kind="programme.campaign_reminded")
    assert "Nấm" in last.body
    assert Message.objects.filter(user=officer, kind="programme.task_reminded").exists()
    with pytest.raises(Refused) as refusal:
        campaigns.remind_campaign(actor=SYSTEM, campaign=campaign, at=now + DAY)
    assert refusal.value.code == "nobody_to_remind"


def test_words_may_change_until_they_are_sent_and_a_closed_campaign_rests(
    now: datetime, stars: list[Recognition]
) -> None:
    campaign = _made(now, stars)
    later = now + timedelta(days=40)  # its day has passed, and may stay until it is sent
    campaigns.change_campaign(
        actor=SYSTEM, campaign=campaign, plan=_plan(asked="Báo cáo lý do."), at=later
    )
    campaign.refresh_from_db()
    assert campaign.asked == "Báo cáo lý do."
    with pytest.raises(Refused, match="Hạn trả lời"):
        campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=later)
    campaigns.close_campaign(actor=SYSTEM, campaign=campaign, reason="Đã xong đợt", at=now)
    for act in (
        lambda: campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=now),
        lambda: campaigns.remind_campaign(actor=SYSTEM, campaign=campaign, at=now),
        lambda: campaigns.change_campaign(actor=SYSTEM, campaign=campaign, plan=_plan(), at=now),
        lambda: campaigns.close_campaign(actor=SYSTEM, campaign=campaign, reason="Lần nữa", at=now),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "campaign_closed"


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.AUDITOR, Role.COUNCIL_CHAIR])
def test_campaigns_are_run_by_the_office(
    now: datetime, places: Places, stars: list[Recognition], role: Role
) -> None:
    unit = places.here if role is Role.COMMUNE_OFFICER else None
    actor = people.actor_for(person(now, role, unit), on=timezone.localdate(now))
    with pytest.raises(NotAllowed):
        campaigns.create_campaign(actor=actor, plan=_plan(), recognitions=stars, at=now)
    _made(now, stars)
    assert queries.visible_to(actor).exists() is (role is Role.AUDITOR)
