"""How states and findings look: a word, a tone and a shape."""

from typing import Any

from ocop.core.language import gettext as kernel
from ocop.recognition.postcheck import lifecycle
from ocop.recognition.postcheck.lifecycle import Machine
from ocop.recognition.postcheck.models import CheckResult, Held

_TONES: dict[str, tuple[str, str]] = {
    lifecycle.PLANNED: ("due", "clock"),
    lifecycle.RECORDED: ("due", "forward"),
    lifecycle.CORRECTING: ("due", "warning"),
    lifecycle.CANCELLED: ("flat", "minus"),
    lifecycle.RECEIVED: ("due", "clock"),
    lifecycle.CHECKING: ("due", "forward"),
    lifecycle.ANSWERED: ("ok", "check"),
    lifecycle.DISMISSED: ("flat", "minus"),
    lifecycle.OPENED: ("due", "clock"),
    lifecycle.HEARD: ("due", "forward"),
    lifecycle.PROPOSED: ("due", "warning"),
    lifecycle.REVOKED: ("bad", "cross"),
    lifecycle.APPEALED: ("bad", "question"),
    lifecycle.UPHELD: ("bad", "cross"),
    lifecycle.OVERTURNED: ("due", "forward"),
    lifecycle.RESTORED: ("ok", "check"),
    lifecycle.CLOSED: ("ok", "check"),
    lifecycle.LAPSED: ("flat", "minus"),
}
HELD: dict[str, tuple[str, str]] = {
    Held.KEPT: ("ok", "check"),
    Held.NOT_KEPT: ("bad", "cross"),
    Held.UNSEEN: ("flat", "minus"),
}
RESULTS: dict[str, tuple[str, str]] = {
    CheckResult.KEPT: ("ok", "check"),
    CheckResult.CORRECT: ("due", "warning"),
    CheckResult.GROUND: ("bad", "cross"),
}


def state_tag(machine: Machine, state: str, *, producer: bool = False) -> dict[str, Any]:
    """The chip of a state, in the staff's words or the producer's."""
    tone, shape = _TONES[state]
    situation = machine.situations[state]
    words = situation.producer if producer else situation.staff
    return {"words": kernel(words), "tone": tone, "shape": shape}


def held_tag(held: str) -> dict[str, Any]:
    """The chip of a finding."""
    tone, shape = HELD[held]
    return {"words": Held(held).label, "tone": tone, "shape": shape}


def result_tag(result: str) -> dict[str, Any] | None:
    """The chip of a result; None where there is none yet."""
    if not result:
        return None
    tone, shape = RESULTS[result]
    return {"words": CheckResult(result).label, "tone": tone, "shape": shape}
