"""Today every state a star can be in is on show, and every role can sign in."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from pytest_django import Settings

from ocop.core import options
from ocop.core.models import Event
from ocop.demonstration.logins import LOGINS, PASSWORD
from ocop.people import queries as people
from ocop.people.models import Membership, User
from ocop.people.roles import Role
from ocop.producers.models import Producer, ProducerKind, ProducerMembership
from ocop.products.models import Product, ProductImage, Sector
from ocop.recognition import queries as register
from ocop.recognition.models import Decision, Evidence, Ground, Recognition
from ocop.recognition.validity import Facts, State, state_on
from tests.demonstration.loaded import LOADED

pytestmark = LOADED
TODAY = date(2026, 11, 24)


#: What a latest recognition is not, in the demonstration or at all.
OF_OTHER_ROWS = (State.NOT_YET, State.REPLACED, State.MISTAKEN)


def _states(on: date) -> dict[State, int]:
    latest: dict[int, Recognition] = {}
    for row in Recognition.objects.filter(evaluated_on__lte=on).order_by("evaluated_on"):
        latest[row.product_id] = row
    counts: dict[State, int] = {}
    for row in latest.values():
        facts = Facts(
            signed_on=row.evaluated_on if row.valid_from else None,
            valid_from=row.valid_from,
            expires_on=row.expires_on,
            extended_until=row.extended_until,
            revoked_on=row.revoked_on,
            annulled_on=row.annulled_on,
        )
        state = state_on(facts, on)
        counts[state] = counts.get(state, 0) + 1
    return counts


@pytest.mark.parametrize("state", [state for state in State if state not in OF_OTHER_ROWS])
def test_state_is_on_show_today(state: State) -> None:
    assert _states(TODAY)[state] > 0


def test_states_of_products_agree_with_the_register_s_own_reading() -> None:
    products = register.standing(Product.objects.filter(in_ocop=True), TODAY)
    counts = Counter(products.values_list("star_state", flat=True))
    told = _states(TODAY)
    for state in set(told) - {State.ANNULLED}:  # behind an annulled star an older one rules
        assert told[state] <= counts[state] <= told[state] + told[State.ANNULLED]


def test_rows_carry_the_mark_of_the_demonstration() -> None:
    assert options.DEMONSTRATION.get()
    assert options.PROVINCE.get() == "01"
    for model in (Producer, Product, Decision):
        assert set(model._default_manager.values_list("demonstration", flat=True)) == {True}
    assert set(Recognition.objects.values_list("evidence", flat=True)) == {Evidence.M}


def test_every_sector_and_kind_of_producer_is_there() -> None:
    assert set(Product.objects.values_list("sector", flat=True)) == set(Sector.values)
    kinds = set(Producer.objects.values_list("kind", flat=True))
    assert kinds == set(ProducerKind.values) - {ProducerKind.UNKNOWN}


def test_one_event_names_every_row() -> None:
    event = Event.objects.get(name="demonstration.loaded")
    named = event.objects_named.filter(kind="recognition").count()
    assert named == Recognition.objects.count()


def test_pictures_are_shared_among_products() -> None:
    assert ProductImage.objects.count() > 1000
    assert ProductImage.objects.values("attachment").distinct().count() < 100


def test_every_role_signs_in_with_its_rights(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for login in LOGINS:
        user = User.objects.get(email=login.email)
        assert user.check_password(PASSWORD)
        if login.role is Role.PRODUCER:
            assert ProducerMembership.objects.filter(user=user).count() == 1
        else:
            assert people.actor_for(user, on=TODAY).has(login.role)


def test_there_is_a_login_for_each_role() -> None:
    assert sorted(login.role for login in LOGINS) == sorted(Role)


def test_officer_and_producer_belong_to_the_same_commune_of_today() -> None:
    producer = ProducerMembership.objects.get().producer
    officer = Membership.objects.get(role=Role.COMMUNE_OFFICER)
    assert officer.unit == producer.commune
    assert producer.products.count() > 3


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2019, 12, 27), "QD1048-2019"),
        (date(2023, 10, 27), "QD148-2023"),
        (date(2025, 9, 19), "QD1489-2025"),
        (date(2026, 6, 26), "QD1489-2025"),  # filed before 2026-05-22, finished under the old rules
        (date(2026, 9, 25), "QD26-2026"),
    ],
)
def test_decision_stands_under_the_law_of_its_dossiers(day: date, code: str) -> None:
    found = Decision.objects.filter(signed_on=day).values_list("legal_version__code", flat=True)
    assert set(found) == {code}


def test_revoked_stars_say_on_what_ground() -> None:
    revoked = Recognition.objects.exclude(revoked_on=None)
    assert revoked.exists()
    assert not revoked.filter(revoked_ground="").exists()
    assert set(revoked.values_list("revoked_ground", flat=True)) <= set(Ground.values)


def test_references_hold() -> None:
    connection.check_constraints()
