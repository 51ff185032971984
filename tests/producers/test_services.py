"""Entering and changing producers, and the people who act for them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import SYSTEM, Actor, ActorKind, Grant
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import services as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places.models import Level
from ocop.producers import rules, services
from ocop.producers.models import Producer, ProducerKind, ProducerMembership
from ocop.producers.queries import Restricted
from ocop.producers.services import Particulars
from tests.factories import MERGER, OldUnitFactory, ProducerFactory, UnitFactory
from tests.world import Places, build_places

pytestmark = pytest.mark.django_db
OFFICE = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.PROVINCIAL_OFFICER)}))
KNOWN = Particulars(
    name="  HTX  Biển Xanh ",
    kind=ProducerKind.COOPERATIVE,
    tax_code="0100109106",
    address=" Thôn 3 ",
    lat=20.9,
    lon=105.8,
    phone="0912 345 678",
    website="bienxanh.example",
    story=" Từ năm 1990 ",
)


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


def account(now: datetime, email: str = "chu@the.example") -> User:
    return people.create_account(actor=SYSTEM, name="Chủ thể", email=email, at=now)


def acting(user: User, *grants: Grant) -> Actor:
    return Actor(ActorKind.PERSON, user.pk, frozenset(grants))


def officer(commune: Any) -> Actor:
    return Actor(ActorKind.PERSON, 5, frozenset({Grant(Role.COMMUNE_OFFICER, commune.pk)}))


def create(
    now: datetime, given: Particulars = KNOWN, actor: Actor = SYSTEM, **more: Any
) -> Producer:
    return services.create_producer(actor=actor, particulars=given, at=now, **more)


def test_producer_is_kept_as_it_is_meant(now: datetime, places: Places) -> None:
    made = create(now, replace(KNOWN, commune=places.here))
    kept = Producer.objects.get(pk=made.pk)
    assert (kept.name, kept.folded, kept.address) == ("HTX Biển Xanh", "htx bien xanh", "Thôn 3")
    assert (kept.tax_code, kept.website) == ("0100109106", "https://bienxanh.example")
    assert (kept.story, kept.lat, kept.lon) == ("Từ năm 1990", 20.9, 105.8)
    assert (kept.commune, kept.unit, kept.province) == (places.here, places.here, "01")
    assert kept.listed
    assert kept.phone.endswith("912345678")


def test_unit_of_the_time_stands_beside_the_commune_of_today(now: datetime, places: Places) -> None:
    made = create(now, replace(KNOWN, commune=places.here, unit=places.before))
    assert (made.commune, made.unit) == (places.here, places.before)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "  "}, "producer_name"),
        ({"name": "x" * 201}, "text_too_long"),
        ({"name": "HTX\0"}, "text_unreadable"),
        ({"story": "Từ\x07"}, "text_unreadable"),
        ({"tax_code": "0100109107"}, "producer_tax_code"),
        ({"lat": None}, "producer_lat"),
        ({"lat": 5.0}, "producer_lat"),
        ({"lon": 120.0}, "producer_lat"),
        ({"phone": "12"}, "producer_phone"),
        ({"website": "không phải"}, "producer_website"),
        ({"website": "ftp://a.example"}, "producer_website"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    now: datetime, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        create(now, replace(KNOWN, **changed))
    assert refusal.value.code == code
    assert refusal.value.fields
    assert not Producer.objects.exists()


def test_commune_must_be_one_of_today(now: datetime, places: Places) -> None:
    for unit in (places.before, places.province):
        with pytest.raises(Refused) as refusal:
            create(now, replace(KNOWN, commune=unit))
        assert refusal.value.code == "producer_commune"


def test_tax_code_is_of_one_producer(now: datetime) -> None:
    first = create(now)
    with pytest.raises(Refused) as refusal:
        create(now, replace(KNOWN, name="Khác"))
    assert refusal.value.code == "producer_tax_code"
    services.change_producer(actor=SYSTEM, producer=first, particulars=KNOWN, at=now)
    without = create(now, Particulars(name="Không mã"))
    assert without.tax_code == ""


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Restricted(members=-1), "producer_members"),
        (Restricted(workers=3, workers_local=4), "producer_workers_local"),
        (Restricted(workers=1_000_001), "producer_workers"),
        (Restricted(leader_sex="khác"), "producer_leader_sex"),
        (Restricted(leader_name="x" * 121), "text_too_long"),
    ],
)
def test_facts_about_persons_that_cannot_be_are_refused(
    now: datetime, given: Restricted, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        create(now, restricted=given)
    assert refusal.value.code == code
    assert not Producer.objects.exists()


def test_change_names_its_fields_and_leaves_what_was_not_told(now: datetime) -> None:
    told = Restricted("Nguyễn Thị A", "female", "Tày", 9, 12, 10)
    made = create(now, restricted=told)
    services.change_producer(
        actor=OFFICE, producer=made, particulars=replace(KNOWN, name="HTX Mới"), at=now
    )
    made.refresh_from_db()
    assert (made.name, made.leader_name, made.workers_local) == ("HTX Mới", "Nguyễn Thị A", 10)
    event = Event.objects.get(name="producers.producer_changed")
    assert event.change == {"fields": ["folded", "name"]}


def test_officer_of_a_commune_enters_producers_there_only(now: datetime, places: Places) -> None:
    actor = officer(places.here)
    made = create(now, replace(KNOWN, commune=places.here), actor)
    for commune in (places.there, None):
        with pytest.raises(NotAllowed):
            create(now, Particulars(name="Nơi khác", commune=commune), actor)
        with pytest.raises(NotAllowed):
            services.change_producer(
                actor=actor, producer=made, particulars=replace(KNOWN, commune=commune), at=now
            )
    over_all = officer(places.province)
    assert create(now, Particulars(name="Khác", commune=places.there), over_all).listed
    assert not rules.covers(OFFICE, places.here)


def test_own_people_change_their_producer_and_its_persons(now: datetime, places: Places) -> None:
    made, user = create(now, replace(KNOWN, commune=places.here)), account(now)
    today = date(2026, 11, 23)
    services.add_member(actor=OFFICE, producer=made, user=user, starts_on=today, at=now)
    actor = acting(user)
    services.change_producer(
        actor=actor,
        producer=made,
        particulars=replace(KNOWN, story="Mới", commune=places.here),
        restricted=Restricted(workers=5),
        at=now,
    )
    assert (made.story, made.workers) == ("Mới", 5)
    with pytest.raises(NotAllowed):  # moving it is for officers
        services.change_producer(
            actor=actor, producer=made, particulars=replace(KNOWN, commune=places.there), at=now
        )
    with pytest.raises(NotAllowed):
        services.stop_producer(
            actor=actor, producer=made, stopped_on=today, reason="xem lại", at=now
        )


def test_officer_of_the_commune_changes_no_facts_about_persons(
    now: datetime, places: Places
) -> None:
    made = create(now, replace(KNOWN, commune=places.here), restricted=Restricted(workers=3))
    with pytest.raises(NotAllowed) as refusal:
        services.change_producer(
            actor=officer(places.here),
            producer=made,
            particulars=replace(KNOWN, commune=places.here),
            restricted=Restricted(workers=4),
            at=now,
        )
    assert refusal.value.code == "restricted_facts"
    with pytest.raises(NotAllowed) as refusal:
        create(
            now,
            Particulars(name="HTX Khác", commune=places.here),
            officer(places.here),
            restricted=Restricted(leader_ethnicity="Tày"),
        )
    assert refusal.value.code == "restricted_facts"


def test_producer_stops_once_and_works_again_once(now: datetime) -> None:
    made, today = ProducerFactory(), date(2026, 11, 23)
    stop, tomorrow = services.stop_producer, date(2026, 11, 24)
    steps: list[tuple[Any, dict[str, Any], str | None]] = [
        (services.resume_producer, {"reason": "xem lại"}, "producer_working"),
        (stop, {"stopped_on": today, "reason": " "}, "reason_needed"),
        (stop, {"stopped_on": tomorrow, "reason": "xem lại"}, "producer_stopped_on"),
        (stop, {"stopped_on": today, "reason": "giải thể"}, None),
        (stop, {"stopped_on": today, "reason": "giải thể"}, "producer_stopped"),
        (services.resume_producer, {"reason": " "}, "reason_needed"),
        (services.resume_producer, {"reason": "làm lại"}, None),
    ]
    for service, arguments, code in steps:
        if code is None:
            service(actor=OFFICE, producer=made, at=now, **arguments)
            continue
        with pytest.raises(Refused) as refusal:
            service(actor=OFFICE, producer=made, at=now, **arguments)
        assert refusal.value.code == code
    made.refresh_from_db()
    assert made.stopped_on is None


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (date(2026, 5, 1), date(2026, 5, 1), "producer_ends_on"),
        (date(2025, 1, 1), date(2026, 1, 2), "member_already"),  # one day of both
        (date(2025, 1, 1), date(2026, 1, 1), None),
        (date(2026, 6, 30), None, "member_already"),
        (date(2026, 7, 1), None, None),
        (date(2025, 1, 1), None, "member_already"),
    ],
)
def test_nobody_acts_twice_for_a_producer_at_a_time(
    now: datetime, starts: date, ends: date | None, code: str | None
) -> None:
    """The first membership holds from 2026-01-01 until 2026-06-30."""
    given = {"actor": OFFICE, "producer": ProducerFactory(), "user": account(now), "at": now}
    services.add_member(starts_on=date(2026, 1, 1), ends_on=date(2026, 7, 1), **given)
    if code is None:
        made = services.add_member(starts_on=starts, ends_on=ends, **given)
        assert str(made).startswith("Chủ thể – ")
        return
    with pytest.raises(Refused) as refusal:
        services.add_member(starts_on=starts, ends_on=ends, **given)
    assert refusal.value.code == code
    assert ProducerMembership.objects.count() == 1


def test_membership_ends_today_and_one_to_come_goes(now: datetime) -> None:
    producer, user, today = ProducerFactory(), account(now), date(2026, 11, 23)
    given: dict[str, Any] = {"actor": OFFICE, "producer": producer, "user": user, "at": now}
    held = services.add_member(
        starts_on=date(2026, 1, 1), ends_on=today + timedelta(days=30), **given
    )
    assert rules.is_member(acting(user), producer, today)
    services.end_membership(actor=OFFICE, membership=held, reason="nghỉ", at=now)
    assert held.ends_on == today
    assert not rules.is_member(acting(user), producer, today)
    with pytest.raises(Refused) as refusal:
        services.end_membership(actor=OFFICE, membership=held, reason="nghỉ", at=now)
    assert refusal.value.code == "membership_ended"
    to_come = services.add_member(starts_on=today + timedelta(days=1), **given)
    services.end_membership(actor=OFFICE, membership=to_come, reason="nhầm", at=now)
    assert ProducerMembership.objects.get() == held


def test_commune_without_a_province_keeps_the_province_of_the_installation(
    now: datetime, places: Places
) -> None:
    alone = UnitFactory(name="Xã Lẻ", parent=None)
    assert create(now, replace(KNOWN, commune=alone)).province == "01"
    old = OldUnitFactory(level=Level.COMMUNE, valid_to=MERGER)
    assert create(now, Particulars(name="Khác", unit=old)).unit == old
