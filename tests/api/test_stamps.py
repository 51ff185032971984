"""Stamps by programs: ordered, answered, printed, activated, looked up."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.people.roles import Role
from ocop.recognition.log import keeping
from ocop.traceability import stamp_keys
from ocop.traceability.models import ScanSignal, StampKey, StampOrder, StampPrint, StampSeen
from ocop.traceability.serials import written
from tests.traceability import stamps_making as making
from tests.world import bearer, member, person

pytestmark = pytest.mark.django_db
Captured = Callable[..., Any]
BASE = "/api/v1"


class Program:
    """Calls with somebody's key."""

    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    def get(self, path: str) -> Any:
        return Client().get(f"{BASE}{path}", headers=self._headers)

    def post(self, path: str, body: dict[str, Any] | None = None, status: int = 200) -> Any:
        answer = Client().post(
            f"{BASE}{path}", body or {}, content_type="application/json", headers=self._headers
        )
        assert answer.status_code == status, answer.content.decode()
        return answer.json()


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def office(at: datetime) -> Program:
    return Program(bearer(person(at, Role.PROVINCIAL_OFFICER), at))


def test_an_order_goes_its_whole_way(at: datetime, office: Program) -> None:
    item = making.sold(at)
    lot = making.traced(item, at)
    own = Program(bearer(member(at, item.product.producer), at))
    made = own.post("/stamp-orders", {"item": item.code, "quantity": 100, "wet": True}, 201)
    assert (made["state"], made["counts"], made["ranges"]) == ("requested", None, [])
    path = f"/stamp-orders/{made['code']}"
    assert office.post(f"{path}/approval")["counts"]["ordered"] == 100
    told = office.post(f"{path}/printing", {"places": "1-100", "good": 98, "spoiled": "3, 4"})
    assert (told["counts"]["printed"], told["counts"]["voided"]) == (98, 2)
    office.post(f"{path}/delivery", {"places": "1-100", "document": "1/BBGN"})
    told = own.post(f"{path}/activation", {"places": "1-30", "lot": lot.code})
    assert [(r["first"], r["count"], r["state"], r["lot"]) for r in told["ranges"]] == [
        (1, 30, "active", lot.code),
        (31, 70, "delivered", None),
    ]
    office.post(f"{path}/activation-undone", {"places": "30", "reason": "Nhầm lô"})
    own.post(f"{path}/closing", {"places": "1-5", "reason": "Bán hết"})
    told = own.post(f"{path}/exceptions", {"places": "90-99", "reason": "Rơi mất", "kind": "lost"})
    assert told["counts"] == {
        "ordered": 0, "printed": 0, "delivered": 61, "active": 24, "closed": 3,
        "voided": 2, "lost": 10, "recalled": 0, "suspicious": 0,
    }  # fmt: skip
    said = next(row for row in told["exceptions"] if row["kind"] == "lost")
    told = office.post(f"{path}/exceptions/{said['key']}/lifting", {"reason": "Đã tìm thấy"})
    assert told["counts"]["lost"] == 0
    assert own.get(path).json() == told
    assert own.get("/stamp-orders").json()["items"][0]["code"] == made["code"]
    assert office.get("/stamp-orders?stage=closed").json()["total"] == 1


def test_refusals_name_their_field(at: datetime, office: Program) -> None:
    order = making.approved(at)
    path = f"/stamp-orders/{order.code}"
    told = office.post(f"{path}/printing", {"places": "1-100", "good": 5}, 422)
    assert "good" in str(told)
    told = office.post(f"{path}/delivery", {"places": "một"}, 422)
    assert told["code"] == "places_not_understood"
    told = office.post(f"{path}/approval", {}, 422)
    assert told["code"] == "move_not_possible"
    waiting = making.requested(at)
    told = office.post(f"/stamp-orders/{waiting.code}/delivery", {"places": "1"}, 422)
    assert told["code"] == "order_without_numbers"


def test_an_order_names_its_entries_and_proofs_in_the_public_log(
    at: datetime, office: Program
) -> None:
    order = making.active(at)
    path = f"/stamp-orders/{order.code}"
    assert office.get(path).json()["log"] == []
    keeping.keep(at=at)
    told = office.get(path).json()["log"]
    assert [each["type"] for each in told] == ["stamp-range", "activation"]
    index = told[0]["index"]
    assert told[0]["entry"].endswith(f"/so-dang-ky/nhat-ky/{index}.json")
    assert told[0]["proof"].endswith(f"/so-dang-ky/nhat-ky/{index}.tlog-proof")
    assert told[0]["entry"].startswith("http")


def test_orders_are_refused_and_withdrawn(at: datetime, office: Program) -> None:
    first, second = making.requested(at), making.requested(at)
    told = office.post(f"/stamp-orders/{first.code}/refusal", {"reason": "Thiếu ảnh"})
    assert (told["state"], told["answer"]) == ("refused", "Thiếu ảnh")
    told = office.post(f"/stamp-orders/{second.code}/withdrawal", {"reason": "Đặt nhầm"})
    assert told["state"] == "withdrawn"


def test_files_are_made_in_the_background(
    at: datetime, office: Program, django_capture_on_commit_callbacks: Captured
) -> None:
    order = making.approved(at, hidden=True)
    path = f"/stamp-orders/{order.code}/prints"
    with django_capture_on_commit_callbacks(execute=True):
        asked = office.post(path, {"kind": "hidden", "places": "1-100"}, 202)
    assert (asked["state"], asked["file"]) == ("waiting", None)
    told = office.get(asked["address"].removeprefix(BASE)).json()
    assert (told["state"], told["done"], told["pieces"]) == ("ready", 100, 100)
    file = office.get(told["file"].removeprefix(BASE))
    assert len(b"".join(file.streaming_content)) == told["size"]
    word = office.post(f"/stamp-prints/{told['code']}/password")["password"]
    assert len(word) == 23
    assert [row["code"] for row in office.get(path).json()] == [told["code"]]
    StampPrint.objects.update(state="removed")
    gone = office.get(told["address"].removeprefix(BASE)).json()
    assert (gone["file"], gone["kept_until"]) == (None, None)
    assert office.get(told["file"].removeprefix(BASE)).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"places": "1-3, 9"}, "places"),
        ({"places": "1-9", "words": ["a", "b", "c"]}, "words"),
        ({"places": "1-9", "words": ["a" * 61]}, "words"),
        ({"places": "1-9", "module": 0.1}, "module"),
    ],
)
def test_a_file_that_cannot_be_made(
    at: datetime, office: Program, body: dict[str, Any], field: str
) -> None:
    order = making.approved(at)
    told = office.post(f"/stamp-orders/{order.code}/prints", {"kind": "a4", **body}, 422)
    assert field in str(told)


def test_allowances_and_keys(at: datetime, office: Program) -> None:
    order = making.approved(at)
    maker = order.item.product.producer
    told = office.post(
        f"/producers/{maker.code}/stamp-allowance", {"year": order.year, "quantity": 7000}
    )
    row = {"producer": maker.code, "year": order.year, "quantity": 7000, "used": 100}
    assert told == row
    assert office.get("/stamp-allowances").json()["items"] == [row]
    (key,) = office.get("/stamp-keys").json()
    assert (key["version"], key["in_use"], key["issued"]) == (0, True, 100)
    assert "secret" not in str(key)
    head = Program(bearer(person(at, Role.OFFICE_HEAD), at))
    assert head.post("/stamp-keys", {"reason": "Thay khóa"}, 201)["version"] == 1
    assert StampKey.objects.count() == 2


def test_a_stamp_is_looked_up_by_who_may_see_its_order(at: datetime, office: Program) -> None:
    order = making.active(at)
    serial = written(stamp_keys.serial_key(0), (order.first or 0) + 4)
    told = office.get(f"/stamps/{serial.lower()}").json()
    lot = order.item.lots.get()
    assert told == {
        "serial": serial, "issued": True, "order": order.code, "place": 5, "state": "active",
        "exceptions": [], "lot": lot.code,
        "lot_expires_on": lot.expires_on.isoformat(),
        "lot_recalled_at": None, "lot_recall_reason": "",
        "scans": 0, "first_scanned_at": None, "last_scanned_at": None, "signals": [],
    }  # fmt: skip
    StampSeen.objects.create(
        version=0, number=(order.first or 0) + 4, scans=40, clients=34, first_at=at, last_at=at,
        day=0, today=b"",
    )  # fmt: skip
    ScanSignal.objects.create(
        code="sgna2345", rule="devices", subject=f"stamp:0:{(order.first or 0) + 4}", version=0,
        number=(order.first or 0) + 4, order=order, item=order.item, measure=34, limit=30,
        facts={}, first_at=at, last_at=at, raised_at=at,
    )  # fmt: skip
    told = office.get(f"/stamps/{serial}").json()
    assert (told["scans"], told["signals"]) == (40, ["sgna2345"])
    own = Program(bearer(member(at, order.item.product.producer), at))
    told = own.get(f"/stamps/{serial}").json()
    assert (told["scans"], told["signals"]) == (40, [])  # a producer is not warned before
    assert office.get(f"/stamps/{'0' * 20}").json()["issued"] is False
    other = Program(bearer(member(at, making.sold(at).product.producer), at))
    assert other.get(f"/stamps/{serial}").status_code == 404
    assert StampOrder.objects.count() == 1
