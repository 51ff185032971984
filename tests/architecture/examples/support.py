"""Examples of policies, budget lines, requests, payments and grants."""

from datetime import date, datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.support.known_policies import PolicyTerms
from ocop.support.models import GrantBatch, PaperKind
from ocop.support.queries import Wanted
from ocop.support.services import importing
from tests.factories import PDF, ProducerFactory, UnitFactory
from tests.support import factories as making
from tests.support.factories import LineFactory, PolicyFactory

_TABLE = "Chủ thể,Năm,Số tiền,Nội dung hỗ trợ\nHTX Mẫu Một,2021,5000000,Hội chợ\n".encode()


def _ask(_now: datetime) -> dict[str, Any]:
    return {
        "policy": PolicyFactory(),
        "producer": ProducerFactory(),
        "wanted": Wanted("Gian hàng", cost=20_000_000),
    }


def _approve(now: datetime) -> dict[str, Any]:
    return {
        "request": making.asked(now),
        "line": LineFactory(),
        "amount": 10_000_000,
        "decision": "12/QĐ-VPĐP",
        "decided_on": now.date(),
    }


def _paper(now: datetime) -> dict[str, Any]:
    return {
        "request": making.asked(now),
        "kind": PaperKind.PLAN,
        "name": "Báo giá",
        "content": PDF,
        "filename": "bao-gia.pdf",
    }


def _accept(now: datetime) -> dict[str, Any]:
    request = making.with_minutes(now)
    return {"request": request, "real_cost": 20_000_000, "accepted_on": now.date()}


def _line(_now: datetime) -> dict[str, Any]:
    return {"unit": UnitFactory(), "year": 2026, "amount": 5_000_000, "source": "QĐ 5/QĐ-UBND"}


def _policy(_now: datetime) -> dict[str, Any]:
    terms = PolicyTerms(
        "chinh-sach", "Chính sách", "NQ 1/2026", "promotion", "province", date(2026, 1, 1), share=50
    )
    return {"terms": terms}


def _file(_now: datetime) -> dict[str, Any]:
    ProducerFactory(name="Hợp tác xã Mẫu Một")
    usual = importing.Usual("district")
    return {"content": _TABLE, "filename": "ho-tro.csv", "usual": usual}


def _batch(now: datetime) -> GrantBatch:
    return importing.read_grants(actor=SYSTEM, at=now, **_file(now))


def _loaded(now: datetime) -> GrantBatch:
    return importing.load_grants(actor=SYSTEM, batch=_batch(now), at=now)


EXAMPLES = {
    "support.add_policy": _policy,
    "support.end_policy": lambda now: {
        "policy": PolicyFactory(), "ends_on": now.date(), "reason": "Có văn bản mới",
    },
    "support.load_known_policies": lambda _now: {},
    "support.add_line": _line,
    "support.change_line": lambda _now: {
        "line": LineFactory(), "amount": 5, "reason": "Điều chỉnh dự toán",
    },
    "support.ask_support": _ask,
    "support.add_request_paper": _paper,
    "support.approve_request": _approve,
    "support.refuse_request": lambda now: {"request": making.asked(now), "reason": "Thiếu dự toán"},
    "support.withdraw_request": lambda now: {"request": making.asked(now), "reason": "Ghi nhầm"},
    "support.cancel_request": lambda now: {
        "request": making.approved(now), "reason": "Chủ thể không làm nữa",
    },
    "support.accept_request": _accept,
    "support.pay_request": lambda now: {
        "request": making.accepted(now), "paid_on": now.date(), "voucher": "UNC 01",
    },
    "support.reclaim": lambda now: {
        "request": making.paid(now), "amount": 1_000_000, "on": now.date(), "voucher": "PT 01",
        "reason": "Hóa đơn không hợp lệ",
    },
    "support.read_grants": _file,
    "support.load_grants": lambda now: {"batch": _batch(now)},
    "support.undo_grants": lambda now: {"batch": _loaded(now), "reason": "Nhầm tệp"},
}  # fmt: skip
