"""Examples of the public log's own events."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from ocop.core.keys import PublicKey

EXAMPLES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "recognition.announce_issuer_key": lambda _now: {
        "purpose": "register",
        "key": PublicKey(bytes(32), date(2026, 11, 23), None, b""),
    },
}
