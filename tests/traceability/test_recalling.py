"""A recall follows what was made of a lot, across producers, and what is told of it later."""

from datetime import datetime

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.roles import Role
from ocop.traceability import genealogy, naming
from ocop.traceability.diary import Step
from ocop.traceability.epcis import documents
from ocop.traceability.models import Lot
from ocop.traceability.services import noting, recalling
from ocop.traceability.services.capturing import capture
from tests.traceability.epcis.examples import document, transformation
from tests.traceability.making import Maker, lot_of, made_of, maker, material, note
from tests.world import member, person

pytestmark = pytest.mark.django_db
REASON = "Có mảnh thủy tinh"


def recall(lot: Lot, now: datetime) -> int:
    return recalling.recall_lot(actor=SYSTEM, lot=lot, reason=REASON, at=now)


def recalled() -> set[str]:
    return set(Lot.objects.filter(recalled_at__isnull=False).values_list("number", flat=True))


@pytest.fixture
def made(now: datetime) -> Maker:
    return maker(now)


def test_lots_made_of_a_lot_turn_with_it_and_no_others(made: Maker, now: datetime) -> None:
    a, b, c, d, e = (lot_of(made, name, now) for name in "ABCDE")
    made_of(made, b, a, now=now)
    made_of(made, c, b, now=now)
    made_of(made, c, d, now=now)  # D went into C as well: it is not made of A
    made_of(made, e, d, now=now)
    assert recall(a, now) == 2
    assert recalled() == {"A", "B", "C"}
    b.refresh_from_db()
    assert (b.recalled_with, b.recall_reason) == (a, REASON)
    event = Event.objects.latest("pk")
    assert (event.name, event.change) == ("traceability.lot_recalled", {"lots": 3})
    named = set(event.objects_named.values_list("object_id", flat=True))
    assert named == {a.pk, b.pk, c.pk}


def test_recall_goes_through_materials_of_others(made: Maker, now: datetime) -> None:
    """A lot of one producer is received by a second, who makes a lot of it."""
    second = maker(now)
    tea = material(second, now, source=made.lot)
    made_of(second, second.lot, tea, now=now)
    recall(made.lot, now)
    second.lot.refresh_from_db()
    assert second.lot.recalled_with == made.lot


def test_recall_goes_through_things_that_are_no_lots_of_ours(made: Maker, now: datetime) -> None:
    half = "https://maker.example/half-done/7"
    a, b = lot_of(made, "A", now), lot_of(made, "B", now)
    for used, done in ((naming.lot_uri(a), half), (half, naming.lot_uri(b))):
        event = transformation(
            inputEPCList=[], inputQuantityList=[{"epcClass": used}], outputEPCList=[],
            outputQuantityList=[{"epcClass": done}], ilmd={},
            readPoint={"id": naming.site_uri(made.site)},
        )  # fmt: skip
        capture(actor=SYSTEM, raws=documents.events_of(document(event)), at=now)
    assert recall(a, now) == 1
    assert recalled() == {"A", "B"}


def test_recall_goes_through_a_transformation_told_in_parts(made: Maker, now: datetime) -> None:
    a, b, c = (lot_of(made, name, now) for name in "ABC")
    for name, lot in (("input", a), ("input", b), ("output", c)):
        event = transformation(transformationID="urn:uuid:vat-7", ilmd={},
                               readPoint={"id": naming.site_uri(made.site)})  # fmt: skip
        for key in ("inputEPCList", "inputQuantityList", "outputEPCList"):
            del event[key]
        event[f"{name}QuantityList"] = [{"epcClass": naming.lot_uri(lot)}]
        capture(actor=SYSTEM, raws=documents.events_of(document(event)), at=now)
    assert recall(a, now) == 1
    assert recalled() == {"A", "C"}


def test_nobody_else_joins_a_transformation(made: Maker, now: datetime) -> None:
    other = maker(now)
    b = lot_of(made, "B", now)
    for owner, name, lot in ((other, "input", other.lot), (made, "output", b)):
        event = transformation(transformationID="urn:uuid:vat-7", ilmd={},
                               readPoint={"id": naming.site_uri(owner.site)})  # fmt: skip
        for key in ("inputEPCList", "inputQuantityList", "outputEPCList"):
            del event[key]
        event[f"{name}QuantityList"] = [{"epcClass": naming.lot_uri(lot)}]
        capture(actor=SYSTEM, raws=documents.events_of(document(event)), at=now)
    recall(other.lot, now)
    b.refresh_from_db()
    assert b.recalled_at is None


def test_recall_goes_through_packages_but_not_to_what_lies_beside(
    made: Maker, now: datetime
) -> None:
    a, b, c = (lot_of(made, name, now) for name in "ABC")
    sscc = "040123450000001112"
    note(made, Step.PACK, now, lot=a, sscc=sscc)
    note(made, Step.PACK, now, lot=b, sscc=sscc)
    event = transformation(
        inputEPCList=[f"https://id.gs1.org/00/{sscc}"], inputQuantityList=[], outputEPCList=[],
        outputQuantityList=[{"epcClass": naming.lot_uri(c)}], ilmd={},
        readPoint={"id": naming.site_uri(made.site)},
    )  # fmt: skip
    capture(actor=SYSTEM, raws=documents.events_of(document(event)), at=now)
    assert recall(a, now) == 1
    assert recalled() == {"A", "C"}


def test_event_that_was_declared_wrong_leads_nowhere(made: Maker, now: datetime) -> None:
    a, b = lot_of(made, "A", now), lot_of(made, "B", now)
    event = made_of(made, b, a, now=now)
    noting.declare_wrong(actor=SYSTEM, event=event, happened=True, reason="Nhầm lô", at=now)
    assert recall(a, now) == 0


def test_circle_of_lots_ends(made: Maker, now: datetime) -> None:
    a, b = lot_of(made, "A", now), lot_of(made, "B", now)
    made_of(made, b, a, now=now)
    event = transformation(  # a diary would refuse it; another's software may say so
        inputEPCList=[], inputQuantityList=[{"epcClass": naming.lot_uri(b)}], outputEPCList=[],
        outputQuantityList=[{"epcClass": naming.lot_uri(a)}], ilmd={},
        readPoint={"id": naming.site_uri(made.site)},
    )  # fmt: skip
    capture(actor=SYSTEM, raws=documents.events_of(document(event)), at=now)
    assert recall(a, now) == 1


def test_lot_that_is_made_of_a_recalled_one_later_turns_at_once(made: Maker, now: datetime) -> None:
    a, b, c = (lot_of(made, name, now) for name in "ABC")
    made_of(made, b, a, now=now)
    recall(a, now)
    event = transformation(
        inputEPCList=[], inputQuantityList=[{"epcClass": naming.lot_uri(b)}], outputEPCList=[],
        outputQuantityList=[{"epcClass": naming.lot_uri(c)}], ilmd={},
        readPoint={"id": naming.site_uri(made.site)},
    )  # fmt: skip
    capture(actor=SYSTEM, raws=documents.events_of(document(event)), at=now)
    c.refresh_from_db()
    assert (c.recalled_with, c.recall_reason) == (a, REASON)


def test_recall_twice_is_refused(made: Maker, now: datetime) -> None:
    recall(made.lot, now)
    with pytest.raises(Refused) as refusal:
        recall(made.lot, now)
    assert refusal.value.code == "lot_recalled"


def test_lifting_turns_back_what_turned_with_it(made: Maker, now: datetime) -> None:
    a, b = lot_of(made, "A", now), lot_of(made, "B", now)
    made_of(made, b, a, now=now)
    recall(a, now)
    assert recalling.lift_recall(actor=SYSTEM, lot=a, reason="Kiểm nghiệm đạt", at=now) == 1
    assert recalled() == set()
    b.refresh_from_db()
    assert (b.recall_reason, b.recalled_with) == ("", None)


def test_lifting_leaves_what_something_else_that_is_recalled_went_into(
    made: Maker, now: datetime
) -> None:
    a, b, c, d = (lot_of(made, name, now) for name in "ABCD")
    made_of(made, c, a, b, now=now)
    made_of(made, d, a, now=now)
    recall(a, now)
    recall(b, now)
    assert recalling.lift_recall(actor=SYSTEM, lot=a, reason="Kiểm nghiệm đạt", at=now) == 1
    assert recalled() == {"B", "C"}
    c.refresh_from_db()
    assert c.recalled_with == b


def test_lot_that_was_drawn_along_is_not_lifted_alone(made: Maker, now: datetime) -> None:
    a, b = lot_of(made, "A", now), lot_of(made, "B", now)
    made_of(made, b, a, now=now)
    recall(a, now)
    b.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        recalling.lift_recall(actor=SYSTEM, lot=b, reason="Kiểm nghiệm đạt", at=now)
    assert "A" in refusal.value.message


def test_lot_drawn_along_by_a_mistaken_event_is_lifted_with_what_was_made_of_it(
    made: Maker, now: datetime
) -> None:
    a, b, c, d = (lot_of(made, name, now) for name in "ABCD")
    mistaken = made_of(made, b, a, now=now)
    made_of(made, c, b, now=now)
    made_of(made, d, a, now=now)
    recall(a, now)
    assert recalled() == {"A", "B", "C", "D"}
    noting.declare_wrong(actor=SYSTEM, event=mistaken, happened=False, reason="Nhầm lô", at=now)
    assert recalled() == {"A", "B", "C", "D"}  # a producer alone frees nothing
    for lot, alone in ((b, True), (d, False)):
        lot.refresh_from_db()
        assert genealogy.is_cut_off(lot) is alone
    assert recalling.lift_recall(actor=SYSTEM, lot=b, reason="Nhầm lô", at=now) == 1
    assert recalled() == {"A", "D"}
    b.refresh_from_db()
    assert (b.recall_reason, b.recalled_with) == ("", None)
    with pytest.raises(Refused):
        recalling.lift_recall(actor=SYSTEM, lot=d, reason="Nhầm lô", at=now)


def test_lot_cut_off_from_one_root_stays_for_another(made: Maker, now: datetime) -> None:
    a, b, c = (lot_of(made, name, now) for name in "ABC")
    mistaken = made_of(made, c, a, now=now)
    made_of(made, c, b, now=now)
    recall(a, now)
    recall(b, now)
    noting.declare_wrong(actor=SYSTEM, event=mistaken, happened=False, reason="Nhầm lô", at=now)
    c.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        recalling.lift_recall(actor=SYSTEM, lot=c, reason="Nhầm lô", at=now)
    assert "B" in refusal.value.message
    assert recalled() == {"A", "B", "C"}


def test_producer_recalls_own_lots_and_only_the_office_lifts(made: Maker, now: datetime) -> None:
    own = people.actor_for(member(now, made.producer), on=now.date())
    other = people.actor_for(member(now, maker(now).producer), on=now.date())
    inspector = people.actor_for(person(now, Role.INSPECTOR), on=now.date())
    for stranger in (other, inspector):
        with pytest.raises(NotAllowed):
            recalling.recall_lot(actor=stranger, lot=made.lot, reason=REASON, at=now)
    recalling.recall_lot(actor=own, lot=made.lot, reason=REASON, at=now)
    with pytest.raises(NotAllowed):
        recalling.lift_recall(actor=own, lot=made.lot, reason="Đạt", at=now)


def test_what_a_lot_was_made_from_is_found_as_well(made: Maker, now: datetime) -> None:
    a, b, c = (lot_of(made, name, now) for name in "ABC")
    tea = material(made, now)
    made_of(made, b, a, tea, now=now)
    made_of(made, c, b, now=now)
    found = genealogy.made_from([c])
    assert found.lots == {a.pk, b.pk}
    assert naming.material_uri(tea) in found.values


def test_questions_grow_with_the_way_and_not_with_its_width(
    made: Maker, now: datetime, django_assert_max_num_queries: object
) -> None:
    a = lot_of(made, "A", now)
    for n in range(30):
        made_of(made, lot_of(made, f"B{n}", now), a, now=now)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert len(genealogy.made_of([a]).lots) == 30
