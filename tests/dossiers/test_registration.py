"""Registering products for a year: who may, what is refused, what is counted."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.core.models import Event, EventObject
from ocop.core.refusals import NotAllowed, Refused
from ocop.dossiers.models import Registration
from ocop.dossiers.queries import filing
from ocop.dossiers.queries import registrations as queries
from ocop.dossiers.services import registering as services
from ocop.dossiers.services.registering import Entry
from ocop.dossiers.standing import AfterExpiry
from ocop.people.roles import Role
from ocop.places.models import Level, Succession, Unit
from ocop.recognition.models import Kind
from tests.factories import (
    OldUnitFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    RegistrationFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
OFFICER = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.PROVINCIAL_OFFICER)}))


def commune_officer(unit: Unit) -> Actor:
    return Actor(ActorKind.PERSON, 2, frozenset({Grant(Role.COMMUNE_OFFICER, unit.pk)}))


def register(actor: Actor, unit: Unit, now: datetime, **other: object) -> Registration:
    entry = other.pop("entry", Entry("Cốm làng (mẫu)", "Hộ ông A (mẫu)"))
    arguments = {"year": 2026, "registered_on": date(2026, 2, 1), **other}
    return services.register_product(actor=actor, unit=unit, entry=entry, at=now, **arguments)


@pytest.fixture(autouse=True)
def _province(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)


def test_registration_is_kept_with_one_event(now: datetime) -> None:
    unit = UnitFactory()
    before = Event.objects.count()
    row = register(OFFICER, unit, now)
    assert (row.year, row.unit, row.province, row.kind) == (2026, unit, "01", Kind.FIRST)
    assert list(Event.objects.values_list("name", flat=True))[: -before or None] == [
        "dossiers.product_registered"
    ]


def test_registration_by_commune_officer_reaches_own_unit_and_below_only(now: datetime) -> None:
    district = OldUnitFactory(level=Level.DISTRICT)
    below = OldUnitFactory(parent=district)
    other = OldUnitFactory()
    day = {"registered_on": date(2024, 2, 1), "year": 2024}
    assert register(commune_officer(district), below, now, **day).unit == below
    with pytest.raises(NotAllowed):
        register(commune_officer(district), other, now, **day)


@pytest.mark.parametrize("actor", [ANONYMOUS, Actor(ActorKind.PERSON, 9)])
def test_registration_by_a_stranger_is_refused(actor: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        register(actor, UnitFactory(), now)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"year": 2017}, "registration_year"),
        ({"year": 2029}, "registration_year"),
        ({"registered_on": date(2026, 11, 24)}, "registration_day"),
        ({"registered_on": date(2025, 6, 30)}, "unit_not_of_the_day"),
        ({"entry": Entry("  ")}, "product_name"),
    ],
)
def test_registration_outside_the_frame_is_refused(
    arguments: dict[str, object], code: str, now: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        register(OFFICER, UnitFactory(), now, **arguments)
    assert refusal.value.code == code
    assert not Registration.objects.exists()


def test_registration_of_a_unit_that_ended_is_refused(now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        register(OFFICER, OldUnitFactory(), now, registered_on=date(2025, 7, 1))
    assert refusal.value.code == "unit_not_of_the_day"


def test_registration_twice_is_refused_whatever_the_capitals_and_spaces(now: datetime) -> None:
    unit = UnitFactory()
    register(OFFICER, unit, now)
    with pytest.raises(Refused) as refusal:
        register(OFFICER, unit, now, entry=Entry(" CỐM  làng (mẫu)", "hộ ông A (MẪU)"))
    assert refusal.value.code == "already_registered"
    register(OFFICER, unit, now, entry=Entry("Cốm lang (mẫu)", "Hộ ông A (mẫu)"))  # marks differ


def test_registration_of_a_ranked_product_must_say_why_it_comes_again(now: datetime) -> None:
    ranked, new = RecognitionFactory().product, ProductFactory()
    for product, kind, code in (
        (ranked, Kind.FIRST, "already_ranked"),
        (new, Kind.UPGRADE, "never_ranked"),
        (new, Kind.REEVALUATION, "never_ranked"),
    ):
        with pytest.raises(Refused) as refusal:
            register(OFFICER, UnitFactory(), now, entry=Entry("Cốm", kind=kind, product=product))
        assert refusal.value.code == code
    register(
        OFFICER, UnitFactory(), now, entry=Entry("Cốm", kind=Kind.REEVALUATION, product=ranked)
    )
    register(OFFICER, UnitFactory(), now, entry=Entry("Cốm", product=new))


def test_registration_of_a_product_whose_star_was_annulled_is_a_first_one(now: datetime) -> None:
    product = RecognitionFactory(annulled_on=date(2025, 1, 1)).product
    assert register(OFFICER, UnitFactory(), now, entry=Entry("Cốm", product=product)).pk


def test_registration_after_a_revocation_is_a_first_one(now: datetime) -> None:
    """Art. 8 leaves no star to raise or to renew."""
    star = RecognitionFactory(on=date(2025, 1, 2), revoked_on=date(2026, 1, 5))
    entry = partial(Entry, star.product.name, star.product.producer.name, product=star.product)
    for kind in (Kind.UPGRADE, Kind.REEVALUATION):
        with pytest.raises(Refused) as refusal:
            register(OFFICER, UnitFactory(), now, entry=entry(kind=kind))
        assert refusal.value.code == "star_revoked"
    assert register(OFFICER, UnitFactory(), now, entry=entry(kind=Kind.FIRST)).kind == Kind.FIRST


def test_registration_of_an_expired_star_follows_the_setting(now: datetime) -> None:
    star = RecognitionFactory(on=date(2020, 1, 2))
    entry = Entry(star.product.name, star.product.producer.name, Kind.FIRST, star.product)
    with pytest.raises(Refused) as refusal:
        register(OFFICER, UnitFactory(), now, entry=entry)
    assert refusal.value.code == "already_ranked"
    first = AfterExpiry.FIRST.value
    options.set_option(actor=SYSTEM, option=filing.AFTER_EXPIRY, value=first, at=now)
    assert register(OFFICER, UnitFactory(), now, entry=entry).kind == Kind.FIRST


def test_list_is_entered_whole_with_one_event_naming_every_row(now: datetime) -> None:
    unit = UnitFactory()
    rows = services.register_list(
        actor=OFFICER,
        unit=unit,
        year=2026,
        entries=[Entry(f"Sản phẩm {n}") for n in range(3)],
        registered_on=date(2026, 1, 5),
        at=now,
    )
    event = Event.objects.get(name="dossiers.list_registered")
    named = EventObject.objects.filter(event=event, kind="registration")
    assert set(named.values_list("object_id", flat=True)) == {row.pk for row in rows}
    assert event.change == {"year": 2026, "rows": 3}


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([], "empty_list"),
        ([Entry("Cốm"), Entry("cốm ")], "twice_in_list"),
        ([Entry("Cốm"), Entry("")], "product_name"),
    ],
)
def test_list_with_one_bad_row_enters_nothing(
    entries: list[Entry], code: str, now: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        services.register_list(
            actor=OFFICER,
            unit=UnitFactory(),
            year=2026,
            entries=entries,
            registered_on=date(2026, 1, 5),
            at=now,
        )
    assert refusal.value.code == code
    assert not Registration.objects.exists()


def test_withdrawal_counts_until_the_day_before_and_frees_the_name(now: datetime) -> None:
    unit = UnitFactory()
    row = register(OFFICER, unit, now)
    services.withdraw_registration(actor=OFFICER, registration=row, reason="Thôi làm", at=now)
    today = date(2026, 11, 23)
    assert row in queries.in_force(province="01", as_of=today - timedelta(days=1))
    assert row not in queries.in_force(province="01", as_of=today)
    assert register(OFFICER, unit, now).pk != row.pk


def test_withdrawal_needs_a_reason_and_happens_once(now: datetime) -> None:
    row = register(OFFICER, UnitFactory(), now)
    with pytest.raises(Refused) as refusal:
        services.withdraw_registration(actor=OFFICER, registration=row, reason=" ", at=now)
    assert refusal.value.code == "reason_needed"
    services.withdraw_registration(actor=OFFICER, registration=row, reason="Thôi làm", at=now)
    with pytest.raises(Refused) as refusal:
        services.withdraw_registration(actor=OFFICER, registration=row, reason="Lại", at=now)
    assert refusal.value.code == "already_withdrawn"


def test_rows_are_counted_in_their_province_from_the_day_of_registration() -> None:
    row = RegistrationFactory(registered_on=date(2024, 1, 15))
    RegistrationFactory(province="68", registered_on=date(2024, 1, 15))
    assert list(queries.in_force(province="01", as_of=date(2024, 1, 15))) == [row]
    assert not queries.in_force(province="01", as_of=date(2024, 1, 14)).exists()


def test_rows_are_seen_by_office_own_commune_and_nobody_else() -> None:
    old = OldUnitFactory()
    today = UnitFactory()
    Succession.objects.create(old=old, new=today, extent="whole")
    own, before = RegistrationFactory(unit=today), RegistrationFactory(unit=old)
    other = RegistrationFactory()
    assert set(queries.visible_to(OFFICER)) == {own, before, other}
    assert set(queries.visible_to(commune_officer(today))) == {own, before}
    assert not queries.visible_to(ANONYMOUS).exists()


def test_a_list_names_a_product_that_the_register_knows(now: datetime) -> None:
    """By its names in the unit: what holds a star does not come for the first time."""
    commune = UnitFactory()
    star = RecognitionFactory(
        product=ProductFactory(
            name="Ca cao bột", commune=commune, producer=ProducerFactory(name="HTX Giảng Võ")
        )
    )
    told: dict[str, Any] = {
        "actor": SYSTEM,
        "unit": commune,
        "year": 2026,
        "registered_on": date(2026, 11, 20),
        "at": now,
    }
    with pytest.raises(Refused) as refusal:
        services.register_product(entry=services.Entry("ca cao BỘT", "htx giảng võ"), **told)
    assert refusal.value.code == "already_ranked"
    again = services.Entry("Ca cao bột", "HTX Giảng Võ", Kind.REEVALUATION)
    assert services.register_product(entry=again, **told).product == star.product
    new = services.register_product(entry=services.Entry("Ca cao bột", "HTX Khác"), **told)
    assert new.product is None
    assert queries.unknown_producers([new]) == ["HTX Khác"]
