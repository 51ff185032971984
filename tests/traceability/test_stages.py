"""The way of a lot tells where it began: harvest and receipt of what went into it stand on it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.core.actor import SYSTEM
from ocop.traceability import following, passports
from ocop.traceability.diary import Step
from ocop.traceability.epcis.vocabulary import STEPS
from ocop.traceability.models import Lot, Material
from ocop.traceability.queries import stages_of, stages_of_all
from ocop.traceability.services import noting
from ocop.traceability.step_words import step_words
from tests.traceability import making
from tests.traceability.making import Maker, maker, note

pytestmark = pytest.mark.django_db


def harvested(made: Maker, now: datetime, name: str = "Chè búp") -> Material:
    """Raw material from an own field."""
    at = now - timedelta(days=1)
    note(made, Step.HARVEST, now, lot=None, name=name, done_at=at, quantity=Decimal(80))
    return Material.objects.latest("pk")


def told(lot: Lot) -> list[tuple[str, str]]:
    return [(stage.act, stage.goods) for stage in stages_of(lot)]


def test_harvest_is_the_first_step_of_what_was_made_of_it(now: datetime) -> None:
    made = maker(now)
    leaves = harvested(made, now)
    making.made_of(made, made.lot, leaves, now=now)
    assert told(made.lot) == [("harvest", "Chè búp"), ("process", "")]
    first = stages_of(made.lot)[0]
    assert (first.trace_code, first.site) == (leaves.code.upper(), "Xưởng chính")


def test_receipt_stands_on_the_way_without_its_supplier(now: datetime) -> None:
    made = maker(now)
    tea = making.material(made, now)
    making.made_of(made, made.lot, tea, now=now)
    first = stages_of(made.lot)[0]
    assert (first.act, first.goods, first.site) == ("receive", "Chè tươi", "Xưởng chính")
    assert "Hộ bà Thử" not in str(first)


def test_way_goes_back_through_own_lots_but_not_where_they_went_else(now: datetime) -> None:
    made = maker(now)
    half, whole = making.lot_of(made, "N1", now), making.lot_of(made, "N2", now)
    making.made_of(made, half, harvested(made, now), now=now)
    note(made, Step.SHIP, now, lot=half)
    making.made_of(made, whole, half, now=now)
    assert [act for act, _goods in told(whole)] == ["harvest", "process", "process"]


def test_steps_of_another_producer_are_not_told(now: datetime) -> None:
    grower, made = maker(now), maker(now)
    making.made_of(grower, grower.lot, harvested(grower, now, "Bí mật"), now=now)
    tea = making.material(made, now, source=grower.lot)
    making.made_of(made, made.lot, tea, now=now)
    assert [act for act, _goods in told(made.lot)] == ["receive", "process"]
    assert "Bí mật" not in str(stages_of(made.lot))


def test_harvest_declared_wrong_leaves_the_way_and_the_page_is_read_again(now: datetime) -> None:
    made = maker(now)
    leaves = harvested(made, now)
    making.made_of(made, made.lot, leaves, now=now)
    follower = following.Follower()
    follower.begin()
    noting.declare_wrong(
        actor=SYSTEM, event=leaves.event, happened=False, reason="Ghi nhầm", at=now
    )
    assert told(made.lot) == [("process", "")]
    assert made.lot.pk in follower.changes(0.0).lots


def test_passport_tells_the_same_steps(now: datetime) -> None:
    made = maker(now)
    making.made_of(made, made.lot, harvested(made, now), now=now)
    facts = passports.passport_of(made.item, made.lot).facts
    assert [(stage.act, stage.goods) for stage in facts.stages] == told(made.lot)


def test_many_lots_are_read_with_as_many_questions_as_one(now: datetime) -> None:
    made = maker(now)
    leaves = harvested(made, now)
    lots = [making.lot_of(made, f"M{n}", now) for n in range(12)]
    for lot in lots:
        making.made_of(made, lot, leaves, now=now)
    with CaptureQueriesContext(connection) as one:
        stages_of_all(lots[:1])
    with CaptureQueriesContext(connection) as many:
        found = stages_of_all(lots)
    assert len(many) == len(one)
    assert all([s.act for s in each] == ["harvest", "process"] for each in found.values())


def test_activation_without_a_place_tells_none(now: datetime) -> None:
    made = maker(now)
    event = note(made, Step.PACK, now)
    lot_class = f"https://id.gs1.org/01/08934563138165/10/{made.lot.number}"
    type(event).objects.filter(pk=event.pk).update(site=None, read_point=lot_class)
    assert [stage.site_code for stage in stages_of(made.lot)] == [""]


def test_what_somebody_wrote_for_a_step_or_a_place_is_not_told(now: datetime) -> None:
    """CBV 2.0, 7.1 lets anybody have steps of his own, as any address; nobody looked at them."""
    made = maker(now)
    event = note(made, Step.PACK, now)
    mine = "https://evil.example/MUA-NGAY-TAI-DAY"
    rows = type(event).objects.filter(pk=event.pk)
    rows.update(site=None, biz_step=mine, read_point=mine, body={})
    (stage,) = stages_of(made.lot)
    assert "evil" not in str(stage)
    assert step_words(stage.step) == "Công đoạn khác"
    assert "evil" not in step_words(mine)
    rows.update(read_point="https://id.gs1.org/414/8938505974194/254/A1")
    assert stages_of(made.lot)[0].site_code == "8938505974194"


def test_every_step_of_cbv_has_words(now: datetime) -> None:
    for step in STEPS - {"other"}:
        assert step_words(step) not in (step, "")


def test_what_a_lot_became_is_no_step_of_its_own(now: datetime) -> None:
    made = maker(now)
    half, whole = making.lot_of(made, "N1", now), making.lot_of(made, "N2", now)
    making.made_of(made, half, harvested(made, now), now=now)
    making.made_of(made, whole, half, now=now)
    assert [act for act, _goods in told(half)] == ["harvest", "process"]
