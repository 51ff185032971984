"""Entering and changing lots."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.editing import mark
from ocop.core.events import activity
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.traceability.models import Lot, StampKey, StampOrder, StampRange, TradeItem
from ocop.traceability.services import lots, sites
from ocop.traceability.services.lots import LotParticulars
from tests.factories import ProducerFactory, ProductFactory
from tests.traceability.factories import make_item, make_lot, make_site
from tests.world import member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
KNOWN = LotParticulars(
    number=" L-2026/11 ",
    produced_on=date(2026, 11, 20),
    expires_on=date(2027, 11, 19),
    quantity=Decimal("500"),
    measure="hộp",
)


@pytest.fixture
def item(now: datetime) -> TradeItem:
    return make_item(ProductFactory(), now)


def open_lot(now: datetime, item: TradeItem, given: LotParticulars = KNOWN) -> Lot:
    return lots.open_lot(actor=SYSTEM, item=item, particulars=given, at=now)


def test_lot_is_kept_as_it_was_told(now: datetime, item: TradeItem) -> None:
    site = make_site(item.product, now)
    lot = open_lot(now, item, replace(KNOWN, site=site))
    lot.refresh_from_db()
    assert (lot.number, lot.site, lot.quantity) == ("L-2026/11", site, Decimal("500"))
    assert [event.name for event in activity(item)] == ["traceability.lot_opened"]


@pytest.mark.parametrize(
    "number", ["1", "A" * 20, "L-01/2026", "a_b.c", '!"%&', "0905:22+1"]
)  # set 82 of the GS1 General Specifications
def test_numbers_that_a_code_can_hold(now: datetime, item: TradeItem, number: str) -> None:
    assert open_lot(now, item, replace(KNOWN, number=number)).number == number


@pytest.mark.parametrize(
    "number", ["", " ", "A" * 21, "Lô 1", "Lô-1", "L 1", "a#b", "a~b", ".", ".."]
)
def test_numbers_that_no_code_can_hold(now: datetime, item: TradeItem, number: str) -> None:
    with pytest.raises(Refused) as refusal:
        open_lot(now, item, replace(KNOWN, number=number))
    assert list(refusal.value.fields) == ["number"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (replace(KNOWN, produced_on=TODAY + timedelta(days=1)), "produced_on"),
        (replace(KNOWN, expires_on=date(2026, 11, 19)), "expires_on"),
        (replace(KNOWN, quantity=Decimal(0)), "quantity"),
        (replace(KNOWN, quantity=Decimal(-1)), "quantity"),
        (replace(KNOWN, quantity=Decimal(10) ** 12), "quantity"),
        (replace(KNOWN, measure="x" * 21), "measure"),
        (replace(KNOWN, note="x" * 501), "note"),
    ],
)
def test_what_no_lot_may_be(
    now: datetime, item: TradeItem, given: LotParticulars, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        open_lot(now, item, given)
    assert list(refusal.value.fields) == [field]
    assert not Lot.objects.exists()


def test_lot_may_be_made_and_end_today(now: datetime, item: TradeItem) -> None:
    assert open_lot(now, item, replace(KNOWN, produced_on=TODAY, expires_on=TODAY)).pk


def test_sales_unit_has_a_number_once(now: datetime, item: TradeItem) -> None:
    open_lot(now, item)
    with pytest.raises(Refused) as refusal:
        open_lot(now, item)
    assert list(refusal.value.fields) == ["number"]
    open_lot(now, make_item(item.product, now, name="Hộp 500 g"))


def test_lot_is_made_at_a_place_of_its_producer_that_is_in_use(
    now: datetime, item: TradeItem
) -> None:
    elsewhere, left = make_site(ProductFactory(), now), make_site(item.product, now)
    sites.close_site(actor=SYSTEM, site=left, reason="Trả mặt bằng", at=now)
    for site in (elsewhere, left):
        with pytest.raises(Refused) as refusal:
            open_lot(now, item, replace(KNOWN, site=site))
        assert list(refusal.value.fields) == ["site"]


def test_lot_keeps_the_place_that_was_left_since(now: datetime, item: TradeItem) -> None:
    site = make_site(item.product, now)
    lot = make_lot(item, now, site=site)
    sites.close_site(actor=SYSTEM, site=site, reason="Trả mặt bằng", at=now)
    given = LotParticulars(number=lot.number, site=site, note="Đã bán hết")
    lots.change_lot(actor=SYSTEM, lot=lot, particulars=given, at=now)
    lot.refresh_from_db()
    assert (lot.site, lot.note) == (site, "Đã bán hết")


def test_sales_unit_that_is_no_longer_sold_has_no_new_lot(now: datetime, item: TradeItem) -> None:
    item.stopped_at = now
    item.save()
    with pytest.raises(Refused) as refusal:
        open_lot(now, item)
    assert refusal.value.code == "item_stopped"


def test_another_producer_opens_no_lot(now: datetime, item: TradeItem) -> None:
    user = member(now, ProducerFactory())
    with pytest.raises(NotAllowed):
        lots.open_lot(actor=people.actor_for(user, on=TODAY), item=item, particulars=KNOWN, at=now)


def test_number_of_a_lot_with_stamps_stays(now: datetime, item: TradeItem) -> None:
    lot = open_lot(now, item)
    key = StampKey.objects.create(version=0, fingerprint="0" * 64, created_at=now)
    order = StampOrder.objects.create(
        code="abcd1234", item=item, quantity=10, year=2026, state="approved", key=key, first=0,
        requested_at=now,
    )  # fmt: skip
    StampRange.objects.create(
        order=order, key=key, first=0, count=10, state="active", lot=lot, activated_at=now
    )
    with pytest.raises(Refused) as refusal:
        lots.change_lot(actor=SYSTEM, lot=lot, particulars=replace(KNOWN, number="L-2"), at=now)
    assert list(refusal.value.fields) == ["number"]
    lot.refresh_from_db()
    later = replace(KNOWN, expires_on=date(2027, 12, 1))
    changed = lots.change_lot(
        actor=SYSTEM, lot=lot, particulars=later, reason="Bổ sung hạn dùng", at=now
    )
    assert changed.number == "L-2026/11"


def test_change_of_what_somebody_else_changed_is_refused(now: datetime, item: TradeItem) -> None:
    lot = open_lot(now, item)
    seen = mark(lot)
    lots.change_lot(actor=SYSTEM, lot=lot, particulars=replace(KNOWN, note="Một"), at=now)
    with pytest.raises(Refused) as refusal:
        lots.change_lot(
            actor=SYSTEM, lot=lot, particulars=replace(KNOWN, note="Hai"), seen=seen, at=now
        )
    assert refusal.value.code == "changed_meanwhile"


def test_day_of_making_is_judged_by_the_clock_of_the_country(item: TradeItem) -> None:
    late = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)  # half past midnight of the 24th in Hà Nội
    assert open_lot(late, item, replace(KNOWN, produced_on=date(2026, 11, 24))).pk
