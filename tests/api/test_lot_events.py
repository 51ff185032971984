"""Diary, ways of lots, inspections and recalls by the API."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.traceability.models import TraceEvent
from tests.api.calling import Program, program
from tests.traceability.making import Maker, lot_of, maker
from tests.world import member, person, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
        yield


@pytest.fixture
def made(now: datetime) -> Maker:
    return maker(now)


@pytest.fixture
def own(now: datetime, made: Maker) -> Program:
    return program(member(now, made.producer), now)


def step(made: Maker, now: datetime, kind: str, **more: object) -> dict[str, object]:
    at = (now - timedelta(hours=1)).isoformat()
    return {"step": kind, "done_at": at, "site": made.site.code, "quantity": "12.5",
            "measure": "KGM"} | more  # fmt: skip


def test_way_of_a_lot_is_noted_and_read(own: Program, made: Maker, now: datetime) -> None:
    noting = f"POST producers/{made.producer.code}/diary"
    early = (now - timedelta(hours=2)).isoformat()
    own(noting, step(made, now, "harvest", name="Chè búp", done_at=early), 201)
    (leaves,) = own("GET materials")["items"]
    assert (leaves["name"], leaves["quantity"]) == ("Chè búp", "12.500")
    used = [{"material": leaves["code"], "quantity": "12", "measure": "KGM"}]
    own(noting, step(made, now, "process", lot=made.lot.code, used=used), 201)
    own(noting, step(made, now, "ship", lot=made.lot.code, partner="Cửa hàng"), 201)
    told = own(f"GET lots/{made.lot.code}/lineage")
    assert [(n["step"], n["name"]) for n in told["back"]] == [("process", "Chè búp")]
    assert [n["name"] for n in told["forward"]] == ["Cửa hàng"]
    entries = own("GET diary")["items"]
    assert [each["step"] for each in entries] == ["ship", "process", "harvest"]


def test_what_does_not_add_up_is_asked_and_then_told(
    own: Program, made: Maker, now: datetime
) -> None:
    noting = f"POST producers/{made.producer.code}/diary"
    early = (now - timedelta(hours=2)).isoformat()
    own(noting, step(made, now, "harvest", name="Chè búp", done_at=early), 201)
    code = own("GET materials")["items"][0]["code"]
    used = [{"material": code, "quantity": "500", "measure": "KGM"}]
    sent = step(made, now, "process", lot=made.lot.code, used=used)
    own.refused(noting, sent, "step_sure")
    made_id = own(noting, sent | {"sure": True}, 201)["id"]
    (entry,) = [each for each in own("GET diary")["items"] if each["id"] == made_id]
    assert entry["beyond"] is True
    own(f"POST diary/{made_id}/wrong", {"happened": True, "reason": "Thừa một số 0"}, 201)
    assert TraceEvent.objects.get(pk=made_id).declared_wrong_at is not None


def test_code_of_a_supplier_outside_is_kept(own: Program, made: Maker, now: datetime) -> None:
    sent = step(made, now, "receive", name="Đường", partner="Nhà máy",
                source="(01)09520000000028(10)260101")  # fmt: skip
    own(f"POST producers/{made.producer.code}/diary", sent, 201)
    (row,) = own("GET materials")["items"]
    assert row["source"] == "https://id.gs1.org/01/09520000000028/10/260101"


def test_codes_of_nothing_are_refused_at_their_field(
    own: Program, made: Maker, now: datetime
) -> None:
    other = maker(now)
    noting = f"POST producers/{made.producer.code}/diary"
    for more, code in (
        ({"site": other.site.code}, "site_unknown"),
        ({"lot": other.lot.code, "partner": "Chợ"}, "lot_unknown"),
    ):
        own.refused(noting, step(made, now, "ship", **more), code)
    used = [{"quantity": "1"}]
    own.refused(noting, step(made, now, "process", lot=made.lot.code, used=used), "step_used")


def test_recall_by_a_program_is_lifted_by_the_office(
    own: Program, made: Maker, now: datetime
) -> None:
    other = lot_of(made, "N2", now)
    used = [{"lot": made.lot.code, "quantity": "1", "measure": "KGM"}]
    noting = f"POST producers/{made.producer.code}/diary"
    own(noting, step(made, now, "process", lot=other.code, used=used), 201)
    told = own(f"POST lots/{made.lot.code}/recall", {"reason": "Dư lượng"})
    assert told == {"code": made.lot.code, "others": 1}
    assert own(f"GET lots/{other.code}")["state"] == "recalled"
    own.refused(f"POST lots/{made.lot.code}/recall", {"reason": "Dư lượng"}, "lot_recalled")
    office = program(with_second_factor(person(now, Role.PROVINCIAL_OFFICER), now), now)
    lifted = office(f"POST lots/{made.lot.code}/recall/lifting", {"reason": "Đạt"})
    assert lifted["others"] == 1
    at = now.isoformat()
    office(f"POST lots/{other.code}/inspections", {"conforms": True, "done_at": at}, 201)
    assert TraceEvent.objects.latest("pk").disposition == "conformant"
