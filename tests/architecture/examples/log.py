"""Examples of the public log's own events."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from ocop.core.credentials.bitstrings import bits_of
from ocop.core.keys import PublicKey
from ocop.recognition.credential.statuses import Bits

EXAMPLES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "recognition.announce_issuer_key": lambda _now: {
        "purpose": "register",
        "key": PublicKey(bytes(32), date(2026, 11, 23), None, b""),
    },
    "recognition.publish_status_list": lambda _now: {
        "number": 1,
        "bits": Bits(bits_of([7]), 1),
    },
}
