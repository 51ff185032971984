"""Reading the register: who sees which rows, lists narrowed and counted, the life of a product."""

from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest

from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.people.roles import Role
from ocop.places.models import Level
from ocop.producers import services as producers
from ocop.producers.models import ProducerKind
from ocop.products.models import ProductState, Sector
from ocop.recognition import queries
from ocop.recognition.models import BatchState, Evidence, Kind, Recognition
from ocop.recognition.queries import Facets, Narrowing
from ocop.recognition.ranks import RANKS, rank_words
from ocop.recognition.validity import State
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory, UnitFactory
from tests.world import Places, build_places, build_rows, imported, member, recognised

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)
OFFICE = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.PROVINCIAL_OFFICER)}))


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


def names(rows: Any, path: str = "product__") -> set[str]:
    return set(rows.values_list(f"{path}name", flat=True))


def test_each_sees_the_rows_that_are_his_to_see(now: datetime, places: Places) -> None:
    rows = build_rows(places)
    public = {"Công khai", "Đã công bố"}
    here = Actor(ActorKind.PERSON, 9, frozenset({Grant(Role.COMMUNE_OFFICER, places.here.pk)}))
    own = Actor(ActorKind.PERSON, member(now, rows["Ẩn nơi khác"].product.producer).pk)
    seen = {actor: names(queries.visible_to(actor)) for actor in (ANONYMOUS, here, own, OFFICE)}
    assert seen[ANONYMOUS] == public
    assert seen[here] == public | {"Ẩn ở đây", "Đề nghị"}
    assert seen[own] == public | {"Ẩn nơi khác"}
    assert seen[OFFICE] == set(rows) - {"Hoàn tác"}
    assert names(queries.open_data(ON)) == public


@pytest.fixture
def contrast(places: Places) -> None:
    """Two products that differ in everything a list is narrowed by."""
    recognised(
        "Mật ong",
        commune=places.here,
        unit=places.before,
        sector=Sector.FOOD,
        set_number=1,
        stars=4,
        potential_five=True,
        producer=ProducerFactory(name="HTX Ong", kind=ProducerKind.COOPERATIVE),
    )
    recognised(
        "Bát gốm",
        commune=places.there,
        sector=Sector.HANDICRAFT,
        set_number=18,
        stars=3,
        on=date(2022, 5, 4),
        evaluated_on=None,
        year=2022,
        kind=Kind.UPGRADE,
        evidence=Evidence.B1,
        batch=imported(BatchState.PUBLISHED),
        province="48",
        producer=ProducerFactory(name="Hộ Lan", kind=ProducerKind.HOUSEHOLD, province="48"),
    )


NARROWED: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"Mật ong", "Bát gốm"}),
    ({"text": "mat"}, {"Mật ong"}),
    ({"text": "lan"}, {"Bát gốm"}),
    ({"province": "48"}, {"Bát gốm"}),
    ({"sector": "I"}, {"Mật ong"}),
    ({"set_number": 18}, {"Bát gốm"}),
    ({"rank": "4p"}, {"Mật ong"}),
    ({"rank": "4"}, set()),
    ({"state": State.EXPIRED}, {"Bát gốm"}),
    ({"valid": True}, {"Mật ong"}),
    ({"valid": False}, {"Bát gốm"}),
    ({"year": 2024}, {"Mật ong"}),
    ({"year": 2022}, {"Bát gốm"}),
    ({"evidence": "B1"}, {"Bát gốm"}),
    ({"kind": "upgrade"}, {"Bát gốm"}),
    ({"producer_kind": "household"}, {"Bát gốm"}),
]


@pytest.mark.parametrize(("by", "left"), NARROWED)
def test_register_and_catalogue_are_narrowed_alike(
    contrast: None, by: dict[str, Any], left: set[str]
) -> None:
    narrowing = Narrowing(**by)
    assert names(queries.register_rows(ANONYMOUS, on=ON, by=narrowing)) == left
    assert names(queries.catalogue(ANONYMOUS, on=ON, by=narrowing), "") == left


def test_lists_of_a_unit_follow_it_from_then_to_now(contrast: None, places: Places) -> None:
    for unit, left in (
        (places.here, {"Mật ong"}),
        (places.before, {"Mật ong"}),
        (places.district, {"Mật ong"}),
        (places.there, {"Bát gốm"}),
        (places.province, {"Mật ong"}),
    ):
        by = Narrowing(unit=unit)
        assert names(queries.register_rows(ANONYMOUS, on=ON, by=by)) == left
        assert names(queries.catalogue(ANONYMOUS, on=ON, by=by), "") == left


def test_rows_of_one_import(contrast: None) -> None:
    batch = Recognition.objects.exclude(batch=None).values_list("batch", flat=True).get()
    rows = queries.register_rows(ANONYMOUS, on=ON, by=Narrowing(batch=batch))
    assert names(rows) == {"Bát gốm"}


def test_row_that_was_replaced_does_not_hold_its_star(places: Places) -> None:
    """Both are within their 36 months; the product holds the later one."""
    product = recognised("Mật ong", on=date(2024, 1, 5)).product
    later = RecognitionFactory(product=product, on=date(2026, 6, 1), stars=4)
    valid = queries.register_rows(ANONYMOUS, on=ON, by=Narrowing(valid=True))
    assert list(valid) == [later]
    others = queries.register_rows(ANONYMOUS, on=ON, by=Narrowing(valid=False))
    assert [row.stars for row in others] == [3]


@pytest.mark.parametrize(
    ("given", "alone", "beside_a_later_one"),
    [
        (date(2024, 3, 1), State.WINDOW_MISSED, State.REPLACED),
        (date(2024, 4, 15), State.WINDOW_OPEN, State.REPLACED),
        (date(2025, 6, 1), State.VALID, State.REPLACED),
        (date(2023, 8, 1), State.EXTENSION_UNCONFIRMED, State.EXPIRED),
        (date(2023, 5, 1), State.EXPIRED, State.EXPIRED),
    ],
)
def test_row_that_was_replaced_has_no_window_and_no_extension(
    given: date, alone: State, beside_a_later_one: State
) -> None:
    """Its product was evaluated again: nobody has to file or to confirm anything for it."""
    row = recognised("Mật ong", on=given)

    def rows(state: State) -> list[int]:
        found = queries.register_rows(ANONYMOUS, on=ON, by=Narrowing(state=state))
        return [row.pk for row in found]

    assert rows(alone) == [row.pk]
    later = RecognitionFactory(product=row.product, on=date(2026, 6, 1), stars=4)
    assert rows(beside_a_later_one) == [row.pk]
    assert [rows(state) for state in WORK if state != beside_a_later_one] == [[], [], []]
    assert rows(State.VALID) == [later.pk]
    assert [step.state for step in queries.life_line(ANONYMOUS, row.product, ON)] == [
        beside_a_later_one,
        State.VALID,
    ]
    Recognition.objects.filter(pk=later.pk).update(annulled_on=date(2026, 7, 1))
    assert rows(alone) == [row.pk]  # as if the later one had never been


WORK = (State.WINDOW_OPEN, State.WINDOW_MISSED, State.EXTENSION_UNCONFIRMED)


def test_rows_are_replaced_by_what_rules_and_by_nothing_else(places: Places) -> None:
    """In the order of `standing`: what is not published, a proposal or a trade source that came
    later replaces no decision; a decision replaces a proposal and a row without a day."""
    first = recognised("Mật ong", on=date(2024, 3, 1))
    more: dict[str, Any] = {"product": first.product, "on": date(2026, 6, 1)}
    RecognitionFactory(**more, batch=imported(BatchState.LOADED))
    RecognitionFactory(**more, evidence=Evidence.B2)
    trade = RecognitionFactory(**more, evidence=Evidence.C)
    before = RecognitionFactory(
        product=first.product, on=date(2024, 2, 1), evidence=Evidence.B2, decision=None
    )
    undated = RecognitionFactory(
        product=first.product,
        decision=None,
        valid_from=None,
        evaluated_on=None,
        expires_on=date(2027, 3, 1),
    )
    states = {row.pk: row.state for row in queries.register_rows(OFFICE, on=ON)}
    assert states[first.pk] == State.WINDOW_MISSED
    replaced = {pk for pk, state in states.items() if state == State.REPLACED}
    assert replaced == {trade.pk, before.pk, undated.pk}
    told = queries.life_line(OFFICE, first.product, ON)
    assert {step.recognition.pk for step in told if step.state == State.REPLACED} == replaced


def test_extended_row_that_was_replaced_holds_nothing() -> None:
    row = recognised("Mật ong", on=date(2023, 8, 1))
    Recognition.objects.filter(pk=row.pk).update(extended_until=date(2026, 12, 31))
    RecognitionFactory(product=row.product, on=date(2026, 11, 1), stars=4)
    found = queries.register_rows(ANONYMOUS, on=ON).get(pk=row.pk)
    assert (found.state, found.rules) == (State.REPLACED, False)
    assert queries.register_rows(ANONYMOUS, on=date(2027, 1, 1)).get(pk=row.pk).state == "expired"


def test_facets_count_what_the_lists_hold(contrast: None, places: Places) -> None:
    recognised("Chưa rõ", sector="", commune=None)
    catalogue = queries.facets(queries.catalogue(ANONYMOUS, on=ON))
    register = queries.facets(
        queries.register_rows(ANONYMOUS, on=ON), state="state", path="product__"
    )
    assert catalogue == register
    assert catalogue == Facets(
        3,
        Counter({"I": 1, "IV": 1, None: 1}),
        Counter({"4p": 1, "3": 2}),
        Counter({"valid": 2, "expired": 1}),
        Counter({places.here.pk: 1, places.there.pk: 1, None: 1}),
    )
    assert queries.facets(queries.catalogue(ANONYMOUS, on=date(2019, 1, 1))).total == 0


def test_catalogue_is_of_the_programme(places: Places) -> None:
    recognised("Mật ong")
    recognised("Rau có tem", in_ocop=False)
    ProductFactory(name="Chưa có sao")
    recognised("Ý tưởng", state=ProductState.IDEA)
    assert names(queries.catalogue(ANONYMOUS, on=ON), "") == {"Mật ong"}


# --- The life of a product ---------------------------------------------------------------------
def life(product: Any, on: date = ON) -> list[tuple[int, str, bool, str]]:
    steps = queries.life_line(ANONYMOUS, product, on)
    return [(s.recognition.stars, str(s.state), s.rules, s.words) for s in steps]


def test_life_tells_what_replaced_what_and_which_rules() -> None:
    product = ProductFactory()
    RecognitionFactory(product=product, on=date(2020, 3, 1), stars=3)
    RecognitionFactory(product=product, on=date(2022, 6, 1), stars=4)  # while the first held
    RecognitionFactory(product=product, on=date(2025, 12, 1), stars=4)  # after a gap
    assert life(product) == [
        (3, "expired", False, "Được thay bằng 4 sao từ 01/06/2022"),
        (4, "expired", False, "Hết hạn"),
        (4, "valid", True, "Còn hiệu lực"),
    ]
    assert [step[2] for step in life(product, date(2023, 1, 1))] == [False, True, False]
    assert life(ProductFactory()) == []


def test_rows_without_a_day_stand_by_what_is_known_of_them() -> None:
    product = ProductFactory()
    nothing: dict[str, Any] = {
        "product": product,
        "decision": None,
        "evaluated_on": None,
        "valid_from": None,
        "expires_on": None,
        "evidence": Evidence.B1,
    }
    RecognitionFactory(product=product, on=date(2023, 6, 1), stars=3)
    RecognitionFactory(**nothing, year=2022, stars=4)
    RecognitionFactory(**nothing, year=None, stars=5)
    RecognitionFactory(**{**nothing, "evaluated_on": date(2021, 5, 1)}, stars=4)
    assert [row[0] for row in life(product)] == [5, 4, 4, 3]
    assert [row[2] for row in life(product)] == [False, False, False, True]


def test_revoked_star_still_rules_and_an_annulled_one_does_not() -> None:
    product = ProductFactory()
    RecognitionFactory(product=product, on=date(2024, 3, 1), stars=3)
    later = RecognitionFactory(
        product=product, on=date(2025, 3, 1), stars=4, revoked_on=date(2026, 1, 1)
    )
    assert [row[1:3] for row in life(product)] == [("replaced", False), ("revoked", True)]
    Recognition.objects.filter(pk=later.pk).update(annulled_on=date(2026, 2, 1))
    assert [row[2] for row in life(product)] == [True, False]


# --- What ends when ----------------------------------------------------------------------------
def test_expiry_list_is_for_the_office_and_officers_of_the_place(
    now: datetime, places: Places
) -> None:
    for name, commune in (("Ở đây", places.here), ("Ở kia", places.there)):
        recognised(name, commune=commune, on=date(2024, 1, 5))
    recognised("Khi đó", unit=places.before, on=date(2024, 1, 6))
    period = (date(2027, 1, 1), date(2027, 1, 31))
    here = Actor(ActorKind.PERSON, 9, frozenset({Grant(Role.COMMUNE_OFFICER, places.here.pk)}))

    def told(actor: Actor, province: str = "") -> list[str]:
        found = queries.expiring(actor, *period, on=ON, province=province)
        return [row.recognition.product.name for commune in found for row in commune.rows]

    assert sorted(told(OFFICE)) == sorted(told(SYSTEM)) == ["Khi đó", "Ở kia", "Ở đây"]
    assert sorted(told(here)) == ["Khi đó", "Ở đây"]
    assert told(ANONYMOUS) == told(Actor(ActorKind.PERSON, 3)) == []
    assert told(OFFICE, "48") == []
    assert len(told(OFFICE, "01")) == 3


def test_stopped_makers_are_left_out_of_the_expiry_list(now: datetime, places: Places) -> None:
    row = recognised("Mật ong", commune=places.here, on=date(2024, 1, 5))
    stopped = producers.stop_producer(
        actor=SYSTEM,
        producer=row.product.producer,
        stopped_on=date(2026, 1, 1),
        reason="giải thể",
        at=now,
    )
    assert stopped.stopped_on
    assert queries.expiring(SYSTEM, date(2027, 1, 1), date(2027, 1, 31), on=ON) == []


def test_every_rank_has_its_words() -> None:
    assert [rank_words(rank) for rank in RANKS] == ["5 sao", "Tiềm năng 5 sao", "4 sao", "3 sao"]


def test_place_of_a_list_is_known_by_its_level(places: Places) -> None:
    UnitFactory(code="48", level=Level.PROVINCE)
    recognised("Nước mắm", province="48")
    other = UnitFactory(code="49", level=Level.PROVINCE)
    by = Narrowing(unit=other)
    assert names(queries.register_rows(ANONYMOUS, on=ON, by=by)) == set()
