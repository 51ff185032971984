"""Examples of orders, ranges, exceptions, allowances, keys and files of stamps."""

from datetime import datetime, timedelta
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.core.jobs.files import JobState
from ocop.traceability.models import PrintKind, StampPrint
from ocop.traceability.services import exceptions, orders, printing, ranges
from ocop.traceability.stamp_queries import span_of
from tests.factories import ProducerFactory
from tests.traceability import stamps_making as making


def _confirm(now: datetime) -> dict[str, Any]:
    order = making.approved(now)
    return {"order": order, "spans": [span_of(order)], "counted": ranges.Counted(100)}


def _deliver(now: datetime) -> dict[str, Any]:
    order = making.printed(now)
    return {"order": order, "spans": [span_of(order)], "document": "12/BBGN"}


def _activate(now: datetime) -> dict[str, Any]:
    order = making.delivered(now)
    lot = making.traced(order.item, now)
    return {"order": order, "spans": making.places(order, 1, 40), "lot": lot}


def _active(now: datetime) -> dict[str, Any]:
    order = making.active(now)
    return {"order": order, "spans": making.places(order, 1, 40), "reason": "Nhầm lô"}


def _except(now: datetime) -> dict[str, Any]:
    order = making.delivered(now)
    return {
        "order": order,
        "spans": making.places(order, 3, 5),
        "kind": "lost",
        "reason": "Mất khi chuyển kho",
    }


def _lift(now: datetime) -> dict[str, Any]:
    (row,) = exceptions.except_stamps(actor=SYSTEM, at=now, **_except(now))
    return {"exception": row, "reason": "Đã tìm thấy"}


def _ask(now: datetime) -> dict[str, Any]:
    order = making.approved(now)
    return {"order": order, "wish": making.wish(order)}


def _asked(now: datetime, kind: str = PrintKind.CSV) -> StampPrint:
    order = making.approved(now, hidden=True)
    return printing.ask_print(actor=SYSTEM, order=order, wish=making.wish(order, kind), at=now)


def _working(now: datetime) -> StampPrint:
    made = _asked(now)
    made.state = JobState.WORKING
    made.save()
    return made


def _silent(now: datetime) -> StampPrint:
    made = _working(now)
    made.seen_at = now - timedelta(minutes=10)
    made.save()
    return made


def _old(now: datetime) -> dict[str, Any]:
    made = _working(now)
    at = now - timedelta(days=30)
    result = printing.Made("stamps/a.csv", "a.csv", 10)
    printing.keep_print(actor=SYSTEM, made=made, result=result, at=at)
    return {}


EXAMPLES = {
    "traceability.rotate_stamp_key": lambda _now: {"reason": "Thay khóa hằng năm"},
    "traceability.set_allowance": lambda _now: {
        "producer": ProducerFactory(),
        "year": 2026,
        "quantity": 5_000,
    },
    "traceability.order_stamps": lambda now: {
        "item": making.sold(now),
        "wanted": orders.Wanted(100),
    },
    "traceability.approve_order": lambda now: {"order": making.requested(now)},
    "traceability.refuse_order": lambda now: {
        "order": making.requested(now),
        "reason": "Quy cách chưa đủ thông tin",
    },
    "traceability.withdraw_order": lambda now: {
        "order": making.requested(now),
        "reason": "Đặt nhầm quy cách",
    },
    "traceability.confirm_printing": _confirm,
    "traceability.deliver_stamps": _deliver,
    "traceability.activate_stamps": _activate,
    "traceability.undo_activation": _active,
    "traceability.close_stamps": lambda now: _active(now) | {"reason": "Lô đã bán hết"},
    "traceability.except_stamps": _except,
    "traceability.lift_exception": _lift,
    "traceability.ask_print": _ask,
    "traceability.make_print_again": lambda now: {"made": _silent(now)},
    "traceability.keep_print": lambda now: {
        "made": _working(now),
        "result": printing.Made("stamps/a.csv", "a.csv", 10),
    },
    "traceability.give_up_print": lambda now: {"made": _working(now), "failure": "Lỗi"},
    "traceability.forget_prints": _old,
    "traceability.tell_password": lambda now: {"made": _asked(now, PrintKind.HIDDEN)},
}
