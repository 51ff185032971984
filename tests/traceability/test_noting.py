"""The diary: each step is an event that holds by the standard, about own things and once."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.roles import Role
from ocop.traceability import diary, naming
from ocop.traceability.diary import Step
from ocop.traceability.entries import Used
from ocop.traceability.epcis import documents, validation
from ocop.traceability.models import TraceEvent
from ocop.traceability.queries import stages_of
from ocop.traceability.services import noting, recalling
from tests.traceability import making
from tests.traceability.making import entry, maker, material, note
from tests.world import person

pytestmark = pytest.mark.django_db
KG = {"quantity": Decimal("2.5"), "measure": "KGM"}


@pytest.mark.parametrize(
    ("step", "kind", "action", "biz_step", "disposition"),
    [
        (Step.HARVEST, "ObjectEvent", "ADD", "commissioning", "active"),
        (Step.RECEIVE, "ObjectEvent", "OBSERVE", "receiving", "in_progress"),
        (Step.PROCESS, "TransformationEvent", "", "creating_class_instance", "active"),
        (Step.PACK, "AggregationEvent", "ADD", "packing", "in_progress"),
        (Step.SHIP, "ObjectEvent", "OBSERVE", "shipping", "in_transit"),
        (Step.DESTROY, "ObjectEvent", "DELETE", "destroying", "destroyed"),
    ],
)
@pytest.mark.parametrize("gtin", ["", "08935001700012"])
def test_step_is_an_event_that_holds(
    now: datetime, step: Step, kind: str, action: str, biz_step: str, disposition: str, gtin: str
) -> None:
    made = maker(now, gtin=gtin)
    row = note(made, step, now, **KG, document="PX 01/26" if step is Step.SHIP else "")
    assert (row.type, row.action, row.biz_step, row.disposition) == (
        kind,
        action,
        biz_step,
        disposition,
    )
    assert (row.producer, row.site, row.record_time) == (made.producer, made.site, now)
    assert row.body["eventTimeZoneOffset"] == "+07:00"
    (raw,) = documents.events_of(row.body)
    assert validation.problems(raw, now) == []
    assert diary.step_of(row.type, row.biz_step, row.body) == step
    assert diary.words(step) != str(step)


def test_step_is_a_stage_of_its_lot(now: datetime) -> None:
    made = maker(now)
    note(made, Step.PROCESS, now)
    _receipt, stage = stages_of(made.lot)
    assert (stage.act, stage.site, stage.at) == (
        "process",
        "Xưởng chính",
        now - timedelta(hours=1),
    )


def test_received_material_is_used_by_a_later_step(now: datetime) -> None:
    made = maker(now)
    tea = material(made, now, number="T7", **KG)
    assert (tea.name, tea.supplier, tea.number) == ("Chè tươi", "Hộ bà Thử", "T7")
    assert tea.event.biz_step == "receiving"
    event = making.made_of(made, made.lot, tea, now=now)
    thing = event.things.get(role="input_class")
    assert (thing.value, thing.lot) == (naming.material_uri(tea), None)


def test_material_that_is_a_lot_of_somebody_keeps_its_code(now: datetime) -> None:
    maker_of_tea, made = maker(now, gtin="08935001700012"), maker(now)
    tea = material(made, now, source=maker_of_tea.lot)
    assert naming.material_uri(tea) == naming.lot_uri(maker_of_tea.lot)
    assert tea.event.things.get(role="class").lot == maker_of_tea.lot
    assert tea.event.producer == made.producer


def test_material_that_was_harvested_has_no_supplier(now: datetime) -> None:
    made = maker(now)
    row = note(made, Step.HARVEST, now, lot=None, name="Chè búp")
    assert (row.material.name, row.material.supplier) == ("Chè búp", "")
    assert row.body["ocop:materialName"] == "Chè búp"
    assert row.body["ilmd"] == {"cbvmda:harvestEndDate": "2026-11-23"}


def test_buyer_and_paper_of_a_shipment_stand_in_its_event(now: datetime) -> None:
    made = maker(now)
    row = note(made, Step.SHIP, now, gln="4012345000009", document="PX-07")
    assert row.body["ocop:partnerName"] == "Cửa hàng Thử"
    assert row.things.get(role="destination").value.endswith("/417/4012345000009")
    assert row.things.get(role="transaction").value.startswith("desadv ")
    assert row.biz_location == ""  # the goods are not there any more


def test_package_has_its_sscc_or_a_name_of_ours(now: datetime) -> None:
    made = maker(now)
    first = note(made, Step.PACK, now, sscc="040123450000001112", packages=4)
    assert first.body["parentID"] == "https://id.gs1.org/00/040123450000001112"
    assert first.body["ocop:packages"] == 4
    second = note(made, Step.PACK, now)
    assert second.body["parentID"].startswith("urn:ocop:package:obj:")


@pytest.mark.parametrize(
    ("step", "more", "field"),
    [
        (Step.HARVEST, {"lot": None}, "lot"),
        (Step.HARVEST, {"name": "Chè búp"}, "lot"),
        (Step.HARVEST, {"quantity": None}, "quantity"),
        (Step.RECEIVE, {"name": " "}, "name"),
        (Step.RECEIVE, {"partner": ""}, "partner"),
        (Step.RECEIVE, {"name": "x" * 121}, "name"),
        (Step.PROCESS, {"lot": None}, "lot"),
        (Step.PROCESS, {"used": []}, "used"),
        (Step.PACK, {"lot": None}, "lot"),
        (Step.PACK, {"sscc": "040123450000001113"}, "sscc"),
        (Step.PACK, {"packages": 0}, "packages"),
        (Step.SHIP, {"partner": ""}, "partner"),
        (Step.SHIP, {"gln": "4012345000008"}, "gln"),
        (Step.SHIP, {"quantity": Decimal(0)}, "quantity"),
        (Step.SHIP, {"quantity": Decimal("1.5"), "measure": ""}, "quantity"),
        (Step.SHIP, {"measure": "XXX"}, "measure"),
        (Step.DESTROY, {"note": ""}, "note"),
    ],
)
def test_step_without_what_it_needs_is_refused_at_its_field(
    now: datetime, step: Step, more: dict[str, Any], field: str
) -> None:
    made = maker(now)
    with pytest.raises(Refused) as refusal:
        note(made, step, now, **more)
    assert list(refusal.value.fields) == [field]


def test_future_and_far_past_are_refused(now: datetime) -> None:
    made = maker(now)
    for done_at in (now + timedelta(minutes=2), now - timedelta(days=2000)):
        with pytest.raises(Refused) as refusal:
            note(made, Step.SHIP, now, done_at=done_at)
        assert list(refusal.value.fields) == ["done_at"]


def test_things_of_others_are_refused(now: datetime) -> None:
    made, other = maker(now), maker(now)
    strange = [
        ({"site": other.site}, "site"),
        ({"lot": other.lot}, "lot"),
        ({"used": [Used(lot=other.lot)]}, "used"),
        ({"used": [Used(material=material(other, now))]}, "used"),
        ({"used": [Used(lot=made.lot)]}, "used"),  # of itself
    ]
    for more, field in strange:
        with pytest.raises(Refused) as refusal:
            note(made, Step.PROCESS, now, **more)
        assert list(refusal.value.fields) == [field]


def test_same_step_twice_is_refused(now: datetime) -> None:
    made = maker(now)
    note(made, Step.SHIP, now)
    with pytest.raises(Refused) as refusal:
        note(made, Step.SHIP, now)
    assert refusal.value.code == "step_noted"


def test_recalled_lot_may_only_be_destroyed(now: datetime) -> None:
    made = maker(now)
    recalling.recall_lot(actor=SYSTEM, lot=made.lot, reason="Có mảnh thủy tinh", at=now)
    for step in (Step.PROCESS, Step.PACK, Step.SHIP):
        with pytest.raises(Refused):
            note(made, step, now)
    note(made, Step.DESTROY, now)


# --- Wrong entries and inspections.


def test_wrong_entry_counts_no_more_and_cannot_be_wrong_twice(now: datetime) -> None:
    made = maker(now)
    row = note(made, Step.SHIP, now)
    noting.declare_wrong(actor=SYSTEM, event=row, happened=False, reason="Khách hủy đơn", at=now)
    row.refresh_from_db()
    assert row.declared_wrong_at == now
    told = row.declarations.get().body["errorDeclaration"]
    assert told["reason"] == "did_not_occur"
    assert "Khách" not in str(told)  # the reason stands in the log
    assert stages_of(made.lot) == []
    with pytest.raises(Refused):
        noting.declare_wrong(actor=SYSTEM, event=row, happened=True, reason="Sai", at=now)
    note(made, Step.SHIP, now, quantity=Decimal(9))  # the right one


def test_inspection_is_by_inspectors_and_stays(now: datetime) -> None:
    made = maker(now)
    inspector = people.actor_for(person(now, Role.INSPECTOR), on=now.date())
    row = noting.inspect_lot(
        actor=inspector, lot=made.lot, conforms=False, note="Nhãn sai", done_at=now, at=now
    )
    assert (row.biz_step, row.disposition, row.producer) == (
        "inspecting",
        "non_conformant",
        made.producer,
    )
    with pytest.raises(Refused):
        noting.declare_wrong(actor=SYSTEM, event=row, happened=True, reason="Sai", at=now)
    with pytest.raises(NotAllowed):
        noting.inspect_lot(
            actor=people.actor_for(person(now, None), on=now.date()),
            lot=made.lot, conforms=True, note="", done_at=now, at=now,
        )  # fmt: skip


def test_inspection_that_finds_something_says_what(now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        noting.inspect_lot(
            actor=SYSTEM, lot=maker(now).lot, conforms=False, note="", done_at=now, at=now
        )
    assert list(refusal.value.fields) == ["note"]


def test_activation_of_stamps_is_an_event_of_the_lot(now: datetime) -> None:
    made = maker(now)
    row = noting.note_activation(made.lot, 1000, at=now)
    assert row is not None
    assert (row.biz_step, row.things.get().lot, row.things.get().quantity) == (
        "encoding",
        made.lot,
        Decimal(1000),
    )
    assert noting.note_activation(made.lot, 1000, at=now) is None
    assert TraceEvent.objects.count() == 1


def test_entry_has_all_fields_of_its_step(now: datetime) -> None:
    assert entry(maker(now), Step.SHIP, now).packages == 1


def test_what_buyers_tell_of_a_lot_is_no_stage_for_everybody(now: datetime) -> None:
    """One step forward is for the producer and for officers; a pack tells of its maker's steps."""
    made, buyer = maker(now), maker(now)
    material(buyer, now, source=made.lot)
    note(made, Step.SHIP, now)
    assert [stage.act for stage in stages_of(made.lot)] == ["ship"]
    assert "Cửa hàng" not in str(stages_of(made.lot))
