"""Examples of signals out of scans."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.traceability.models import ScanSignal
from ocop.traceability.scans import services
from ocop.traceability.scans.suspicion import Rule
from tests.traceability.scans.scenery import ACTIVE, VERSION, build


def _caught(now: datetime) -> services.Caught:
    scenery = build(now)
    return services.Caught(
        rule=Rule.DEVICES,
        subject=f"stamp:{VERSION}:{ACTIVE[0]}",
        version=VERSION,
        number=ACTIVE[0],
        order=scenery.active.pk,
        item=scenery.items[0].pk,
        lot=scenery.lots[0].pk,
        measure=31,
        limit=30,
        first_at=now,
        last_at=now,
    )


def _signal(now: datetime) -> ScanSignal:
    return services.raise_signal(actor=SYSTEM, caught=_caught(now), at=now)


def _closed(now: datetime) -> ScanSignal:
    return services.close_signal(
        actor=SYSTEM, signal=_signal(now), finding="harmless", conclusion="Hàng trưng bày", at=now
    )


EXAMPLES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "traceability.raise_signal": lambda now: {"caught": _caught(now)},
    "traceability.take_signal": lambda now: {"signal": _signal(now)},
    "traceability.note_signal": lambda now: {
        "signal": _signal(now),
        "reason": "Đã hỏi chủ thể qua điện thoại",
    },
    "traceability.suspect_stamp": lambda now: {
        "signal": _signal(now),
        "reason": "Mã bị in lại trên nhiều gói",
    },
    "traceability.close_signal": lambda now: {
        "signal": _signal(now),
        "finding": "copied",
        "conclusion": "Ba cửa hàng có gói mang cùng một mã",
    },
    "traceability.reopen_signal": lambda now: {
        "signal": _closed(now),
        "reason": "Có thêm ảnh chụp",
    },
}
