"""Who sees which producers, and what of them."""

from datetime import date, datetime

import pytest
import time_machine

from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.people import services as people
from ocop.people.roles import Role
from ocop.places.models import Extent, Succession
from ocop.producers import queries, services
from ocop.producers.models import Producer, ProducerKind
from tests.factories import OldUnitFactory, ProducerFactory, UnitFactory
from tests.world import PERSONAL_CODE, Places, build_places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
OFFICE = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.PROVINCIAL_OFFICER)}))
AUDITOR = Actor(ActorKind.PERSON, 2, frozenset({Grant(Role.AUDITOR)}))
ADMINISTRATOR = Actor(ActorKind.PERSON, 3, frozenset({Grant(Role.ADMINISTRATOR)}))


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


def member_of(producer: Producer, now: datetime, starts_on: date = TODAY) -> Actor:
    user = people.create_account(actor=SYSTEM, name="A", email=f"{producer.code}@a.example", at=now)
    services.add_member(actor=SYSTEM, producer=producer, user=user, starts_on=starts_on, at=now)
    return Actor(ActorKind.PERSON, user.pk)


def names(actor: Actor) -> set[str]:
    return set(queries.visible_to(actor).values_list("name", flat=True))


def test_each_sees_what_is_his_to_see(now: datetime, places: Places) -> None:
    shown = ProducerFactory(name="Công khai", commune=places.there)
    own = ProducerFactory(name="Của mình", listed=False, commune=places.there)
    ProducerFactory(name="Ở đây", listed=False, commune=places.here)
    ProducerFactory(name="Ở đây khi đó", listed=False, unit=places.before)
    ProducerFactory(name="Nơi khác", listed=False, commune=places.there, unit=places.before)
    assert names(ANONYMOUS) == {"Công khai"}
    here = Actor(ActorKind.PERSON, 9, frozenset({Grant(Role.COMMUNE_OFFICER, places.here.pk)}))
    assert names(here) == {"Công khai", "Ở đây", "Ở đây khi đó"}
    over = Actor(ActorKind.PERSON, 9, frozenset({Grant(Role.COMMUNE_OFFICER, places.province.pk)}))
    assert names(over) >= {"Ở đây", "Nơi khác"}
    with time_machine.travel(now, tick=False):
        assert names(member_of(own, now)) == {"Công khai", "Của mình"}
    for actor in (OFFICE, AUDITOR, ADMINISTRATOR, SYSTEM):
        assert names(actor) == set(Producer.objects.values_list("name", flat=True))
    assert queries.own(ANONYMOUS).count() == 0
    assert shown.listed


def test_unit_of_two_eras_ago_is_in_the_area_of_today(now: datetime, places: Places) -> None:
    """As Sơn Hà, which became Quang Hà, which went into a commune of today."""
    oldest = OldUnitFactory(name="Xã Sơn Hà", valid_to=date(2025, 1, 1))
    between = UnitFactory(
        name="Xã Quang Hà", valid_from=date(2025, 1, 1), valid_to=date(2025, 7, 1)
    )
    for old, new in ((oldest, between), (between, places.here)):
        Succession.objects.create(old=old, new=new, extent=Extent.WHOLE)
    ProducerFactory(name="Xưa", listed=False, unit=oldest)
    here = Actor(ActorKind.PERSON, 9, frozenset({Grant(Role.COMMUNE_OFFICER, places.here.pk)}))
    assert names(here) == {"Xưa"}


def test_membership_holds_from_its_first_day_until_before_its_last(now: datetime) -> None:
    producer = ProducerFactory()
    actor = member_of(producer, now, date(2026, 1, 1))
    producer.memberships.update(ends_on=date(2026, 2, 1))
    held = {
        day: queries.own(actor, on=day).exists()
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1))
    }
    assert list(held.values()) == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("  ", {"HTX Mật ong", "HTX Ong vàng", "Hộ bà Lan"}),
        ("ong", {"HTX Mật ong", "HTX Ong vàng"}),
        ("ONG MẬT", {"HTX Mật ong"}),
        ("ng", set()),  # no middle of a word
        ("!?", set()),
        ("0100109106", {"HTX Mật ong"}),
        ("0100 109 106", {"HTX Mật ong"}),
        ("o " * 2_000, {"HTX Ong vàng", "HTX Mật ong"}),
        ("o" * 60_000, set()),
        (PERSONAL_CODE, set()),  # nobody is found by a person's number
    ],
)
def test_search_by_beginnings_of_words_or_tax_code(text: str, found: set[str]) -> None:
    ProducerFactory(name="HTX Mật ong", tax_code="0100109106")
    ProducerFactory(name="HTX Ong vàng")
    ProducerFactory(name="Hộ bà Lan", kind=ProducerKind.HOUSEHOLD, tax_code=PERSONAL_CODE)
    rows = queries.search(ANONYMOUS, Producer.objects.all(), text, on=TODAY)
    assert set(rows.values_list("name", flat=True)) == found


@pytest.mark.parametrize("code", [PERSONAL_CODE, "0100112437"])
def test_number_of_a_household_finds_it_for_those_who_may_see_it(now: datetime, code: str) -> None:
    household = ProducerFactory(kind=ProducerKind.HOUSEHOLD, tax_code=code)
    own, stranger = member_of(household, now), member_of(ProducerFactory(), now)
    for actor, hits in (
        (OFFICE, 1),
        (AUDITOR, 1),
        (own, 1),
        (stranger, 0),
        (ADMINISTRATOR, 0),
        (ANONYMOUS, 0),
    ):
        rows = queries.search(actor, Producer.objects.all(), f" {code} ", on=TODAY)
        assert rows.count() == hits


@pytest.mark.parametrize(
    ("kind", "code", "hidden"),
    [
        (ProducerKind.HOUSEHOLD, PERSONAL_CODE, True),
        (ProducerKind.HOUSEHOLD, "0100109106", True),  # of before 2025-07-01: its owner's
        (ProducerKind.FARM, PERSONAL_CODE, True),
        (ProducerKind.FARM, "0100109106", False),
        (ProducerKind.COOPERATIVE, "0100109106", False),
        (ProducerKind.ENTERPRISE, "0100109106-001", False),
    ],
)
def test_tax_code_of_a_household_or_person_is_not_public(
    kind: ProducerKind, code: str, hidden: bool
) -> None:
    producer = ProducerFactory(kind=kind, tax_code=code)
    told = "" if hidden else code
    assert queries.facts_for(ANONYMOUS, producer, on=TODAY).tax_code == told
    row = queries.with_told_tax_code(ANONYMOUS, Producer.objects.all(), on=TODAY).get()
    assert row.told_tax_code == told


def test_facts_about_persons_are_for_their_own_the_office_and_auditors(now: datetime) -> None:
    producer = ProducerFactory(
        kind=ProducerKind.HOUSEHOLD, tax_code=PERSONAL_CODE, leader_name="Lan", workers=3
    )
    own = member_of(producer, now)
    for actor in (own, OFFICE, AUDITOR, SYSTEM):
        facts = queries.facts_for(actor, producer, on=TODAY)
        assert facts.tax_code == PERSONAL_CODE
        assert facts.restricted is not None
        assert (facts.restricted.leader_name, facts.restricted.workers) == ("Lan", 3)
    stranger = member_of(ProducerFactory(), now)
    for actor in (ANONYMOUS, ADMINISTRATOR, stranger):
        facts = queries.facts_for(actor, producer, on=TODAY)
        assert (facts.tax_code, facts.restricted) == ("", None)
    company = ProducerFactory(tax_code="0100109106")
    assert queries.facts_for(ANONYMOUS, company, on=TODAY).tax_code == "0100109106"


def test_list_tells_of_tax_codes_what_the_page_would(now: datetime) -> None:
    household = ProducerFactory(kind=ProducerKind.HOUSEHOLD, tax_code=PERSONAL_CODE)
    ProducerFactory(tax_code="0100109106")
    ProducerFactory()
    for actor in (ANONYMOUS, OFFICE, AUDITOR, ADMINISTRATOR, member_of(household, now)):
        rows = queries.for_lists(Producer.objects.all())
        for row in queries.with_told_tax_code(actor, rows, on=TODAY):
            assert row.told_tax_code == queries.facts_for(actor, row, on=TODAY).tax_code


def test_members_are_listed_for_those_who_see_persons_or_manage_them(now: datetime) -> None:
    producer = ProducerFactory()
    own = member_of(producer, now)
    for actor in (own, OFFICE, AUDITOR, ADMINISTRATOR):
        assert queries.members_of(actor, producer, on=TODAY).count() == 1
    assert not queries.members_of(ANONYMOUS, producer, on=TODAY).exists()
    assert not queries.members_of(member_of(ProducerFactory(), now), producer, on=TODAY).exists()
