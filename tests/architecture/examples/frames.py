"""Examples of the frames of official papers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.core.official import services, word

KEY = services.declare("example", "Ví dụ")


def _kept(now: datetime) -> dict[str, Any]:
    services.keep_frame(actor=SYSTEM, **_frame(), at=now)
    return {"key": KEY}


def _frame() -> dict[str, Any]:
    return {"key": KEY, "content": word.default_frame(), "filename": "mau.docx"}


EXAMPLES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "core.keep_frame": lambda _now: _frame(),
    "core.drop_frame": _kept,
}
