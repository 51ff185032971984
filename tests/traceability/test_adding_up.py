"""What is noted of more than there is, in a circle, or before it was there."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.traceability import balance, copied_codes
from ocop.traceability.diary import Step
from ocop.traceability.entries import Used
from ocop.traceability.measures import Amount, counts_pieces
from ocop.traceability.models import Lot, Material, TraceEvent
from ocop.traceability.services import lots as lot_services
from ocop.traceability.services import noting
from ocop.traceability.services.adding_up import refuse_more_stamps_than_packs
from ocop.traceability.services.lots import LotParticulars
from tests.traceability import making, stamping
from tests.traceability.making import Maker, maker, note

pytestmark = pytest.mark.django_db


def heap(made: Maker, now: datetime, kilos: str = "50.5") -> Material:
    note(made, Step.HARVEST, now, lot=None, name="Bưởi tươi", quantity=Decimal(kilos),
         done_at=now - timedelta(hours=3))  # fmt: skip
    return Material.objects.latest("pk")


def used(row: Material, number: str, measure: str = "KGM") -> list[Used]:
    return [Used(material=row, quantity=Decimal(number), measure=measure)]


def counted(made: Maker, number: str, measure: str) -> Lot:
    Lot.objects.filter(pk=made.lot.pk).update(quantity=Decimal(number), measure=measure)
    made.lot.refresh_from_db()
    return made.lot


def refused(made: Maker, step: Step, now: datetime, **more: Any) -> Refused:
    told = making.entry(made, step, now, sure=False, **more)
    before = TraceEvent.objects.count()
    with pytest.raises(Refused) as refusal:
        noting.note_step(actor=SYSTEM, producer=made.producer, entry=told, at=now)
    assert TraceEvent.objects.count() == before
    return refusal.value


def test_more_than_is_left_is_asked_about_and_then_noted(now: datetime) -> None:
    made = maker(now)
    fruit = heap(made, now)
    words = refused(made, Step.PROCESS, now, used=used(fruit, "500"))
    assert list(words.fields) == ["sure"]
    assert "Bưởi tươi: còn 50,5 kg, đang ghi 500 kg" in words.message
    row = note(made, Step.PROCESS, now, used=used(fruit, "500"), sure=True)
    assert row.body["ocop:beyondBalance"] is True


def test_what_is_used_is_no_longer_left(now: datetime) -> None:
    made = maker(now)
    fruit = heap(made, now)
    row = note(made, Step.PROCESS, now, used=used(fruit, "20500", "GRM"), sure=False)
    assert "ocop:beyondBalance" not in row.body
    left = balance.of_materials(made.producer, [fruit])[fruit.pk]
    assert left.left == Amount(Decimal(30), "KGM")
    later = now - timedelta(minutes=30)
    words = refused(made, Step.PROCESS, now, used=used(fruit, "31"), done_at=later)
    assert "còn 30 kg" in words.message


def test_other_units_are_not_compared(now: datetime) -> None:
    made = maker(now)
    note(made, Step.PROCESS, now, used=used(heap(made, now), "60", "LTR"), sure=False)


@pytest.mark.parametrize("step", [Step.SHIP, Step.DESTROY, Step.PACK])
def test_more_than_the_lot_is_asked_about(now: datetime, step: Step) -> None:
    made = maker(now)
    lot = counted(made, "100", "gói")
    words = refused(made, step, now, lot=lot, quantity=Decimal(5000), measure="")
    assert "còn 100 gói, đang ghi 5.000 gói" in words.message
    note(made, step, now, lot=lot, quantity=Decimal(100), measure="", sure=False)


def test_use_before_the_harvest_is_asked_about(now: datetime) -> None:
    made = maker(now)
    fruit = heap(made, now)
    early = now - timedelta(hours=9)
    words = refused(made, Step.PROCESS, now, used=used(fruit, "5"), done_at=early)
    assert "sau thời điểm làm việc này" in words.message


def test_circle_is_refused_even_when_one_is_sure(now: datetime) -> None:
    made = maker(now)
    a, b, c = (making.lot_of(made, number, now) for number in "ABC")
    making.made_of(made, b, a, now=now)
    making.made_of(made, c, b, now=now)
    with pytest.raises(Refused) as refusal:
        making.made_of(made, a, c, now=now)
    assert "đã được ghi là làm từ lô A" in refusal.value.message


def test_own_lot_that_came_back_as_material_makes_no_circle(now: datetime) -> None:
    made = maker(now)
    back = making.material(made, now, source=made.lot)
    with pytest.raises(Refused) as refusal:
        making.made_of(made, made.lot, back, now=now)
    assert list(refusal.value.fields) == ["used"]


@pytest.mark.parametrize(
    ("measure", "pieces"),
    [("hộp", True), ("Gói 500 g", True), ("chai", True), ("kg", False), ("thùng", False),
     ("", False)],
)  # fmt: skip
def test_stamps_are_counted_against_packs_only(now: datetime, measure: str, pieces: bool) -> None:
    assert counts_pieces(measure) is pieces
    made = maker(now)
    lot = counted(made, "100", measure)
    order = stamping.make_order(made.item, now, 101)
    stamping.activate(order, lot, now)
    if not pieces:
        refuse_more_stamps_than_packs(lot)
        return
    with pytest.raises(Refused) as refusal:
        refuse_more_stamps_than_packs(lot)
    assert "101 tem" in refusal.value.message
    stamping.except_one(order, 0, "voided", now)
    refuse_more_stamps_than_packs(lot)


def test_lot_does_not_become_smaller_than_its_stamps(now: datetime) -> None:
    made = maker(now)
    lot = counted(made, "100", "hộp")
    stamping.activate(stamping.make_order(made.item, now, 100), lot, now)
    with pytest.raises(Refused) as refusal:
        lot_services.change_lot(
            actor=SYSTEM,
            lot=lot,
            particulars=LotParticulars(
                number=lot.number,
                site=lot.site,
                produced_on=lot.produced_on,
                expires_on=lot.expires_on,
                quantity=Decimal(90),
                measure="hộp",
            ),
            reason="Đếm lại sau khi đóng gói",
            at=now,
        )
    assert list(refusal.value.fields) == ["quantity"]


OUTSIDE = "https://id.gs1.org/01/09520000000028/10/260101"


@pytest.mark.parametrize(
    "text",
    [OUTSIDE, "https://shop.example/01/09520000000028/10/260101?17=271231",
     "(01)09520000000028(10)260101", "(01) 09520000000028 (10) 260101 (17) 271231"],
)  # fmt: skip
def test_lot_of_somebody_outside_keeps_its_name(now: datetime, text: str) -> None:
    made = maker(now)
    copied = copied_codes.read(text)
    assert (copied.lot, copied.code) == (None, OUTSIDE)
    tea = making.material(made, now, source_code=copied.code)
    assert tea.event.things.get(role="class").value == OUTSIDE
    event = making.made_of(made, made.lot, tea, now=now)
    assert event.things.get(role="input_class").value == OUTSIDE


def test_text_that_is_no_code_of_gs1_is_kept_in_the_event(now: datetime) -> None:
    made = maker(now)
    copied = copied_codes.read("  LÔ 7/2026,   HTX Xa ")
    assert copied.code == "LÔ 7/2026, HTX Xa"
    tea = making.material(made, now, source_code=copied.code)
    assert tea.event.body["ocop:sourceCode"] == "LÔ 7/2026, HTX Xa"


def test_stamp_on_a_pack_leads_to_its_lot(now: datetime) -> None:
    made = maker(now, gtin="08935001700012")
    order = stamping.make_order(made.item, now)
    serial = stamping.serial(order)
    with pytest.raises(Refused):
        copied_codes.read(serial)  # on no goods yet
    stamping.activate(order, made.lot, now)
    for text in (serial, serial.lower(), f"HTTPS://ID.OCOP.EXAMPLE/S/{serial}",
                 f"https://id.ocop.example/01/08935001700012/21/{serial}"):  # fmt: skip
        assert copied_codes.read(text).lot == made.lot
    assert copied_codes.read("(01)08935001700012(10)L-01").lot == made.lot


def test_wrong_check_digit_is_a_mistake_in_copying(now: datetime) -> None:
    for text in ("https://id.gs1.org/01/09520000000029/10/1", "(01)09520000000029(10)1"):
        with pytest.raises(Refused) as refusal:
            copied_codes.read(text)
        assert "kiểm tra" in refusal.value.message
