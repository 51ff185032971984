"""How the state and the clock of a dossier look: a word, a tone and a shape."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_date, write_number
from ocop.dossiers import lifecycle
from ocop.dossiers.models import State, Verdict
from ocop.dossiers.queries.queue import Clock

TONES = {
    State.DRAFT: ("flat", "clock"),
    State.AT_COMMUNE: ("due", "clock"),
    State.RETURNED: ("bad", "forward"),
    State.FORWARDED: ("due", "forward"),
    State.RECEIVED: ("due", "clock"),
    State.EXAMINING: ("due", "clock"),
    State.READY: ("ok", "check"),
    State.ON_AGENDA: ("ok", "forward"),
    State.CONCLUDED: ("ok", "check"),
    State.AT_MINISTRY: ("due", "forward"),
    State.DECIDED: ("ok", "check"),
    State.REFUSED: ("bad", "cross"),
    State.WITHDRAWN: ("flat", "minus"),
}
VERDICTS: dict[str, tuple[str, str]] = {
    Verdict.PROVEN: ("ok", "check"),
    Verdict.DOUBTFUL: ("due", "question"),
    Verdict.LACKING: ("bad", "cross"),
}


def state_tag(state: str) -> dict[str, Any]:
    """The chip of a dossier's state in the staff's words."""
    tone, shape = TONES[State(state)]
    return {"words": state_words(state), "tone": tone, "shape": shape}


def state_words(state: str) -> str:
    """The staff's words for a state."""
    return kernel(lifecycle.SITUATIONS[state].staff)


def clock_words(clock: Clock) -> str:
    """Working days left: `còn 4 ngày làm việc`, `quá 2 ngày làm việc`, `tạm dừng từ …`."""
    if clock.left is None:
        return ""
    if clock.stopped_on is not None:
        return _("tạm dừng từ %(day)s, còn %(left)s ngày làm việc") % {
            "day": write_date(clock.stopped_on),
            "left": write_number(max(clock.left, 0)),
        }
    if clock.left == 0:
        return _("hết hạn hôm nay")
    count = {"count": write_number(abs(clock.left))}
    if clock.left > 0:
        return (
            ngettext("còn %(count)s ngày làm việc", "còn %(count)s ngày làm việc", clock.left)
            % count
        )
    return (
        ngettext("quá %(count)s ngày làm việc", "quá %(count)s ngày làm việc", -clock.left) % count
    )


def clock_deadline(clock: Clock) -> dict[str, Any]:
    """What the deadline component needs."""
    tone = "bad" if clock.overdue else "due" if clock.presses else ""
    return {"on": clock.due_on, "words": clock_words(clock), "tone": tone}
