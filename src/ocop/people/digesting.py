"""The one letter a day: what is overdue first, then by subject, each with its page (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.numbers import write_date, write_number

MOST = 40  # lines of a letter

#: The headings in their order, by the room that tells.
_HEADINGS = {
    "dossiers": N_("Hồ sơ"),
    "councils": N_("Hội đồng"),
    "recognition": N_("Hạng sao, chứng nhận và kiểm tra"),
    "programme": N_("Việc được giao"),
}
_OTHERS = N_("Thông báo khác")


@dataclass(frozen=True, slots=True)
class Line:
    """A message in the letter. `subject` names what happened and to what; `address` is where one
    acts on it."""

    kind: str  # room.what
    subject: str
    address: str
    due_on: date | None = None


def text_of(lines: Iterable[Line], on: date) -> str:
    """The groups with their headings; those past the `MOST`th line are counted."""
    ordered = sorted(lines, key=lambda line: _place(line, on))
    groups = groupby(ordered[:MOST], key=lambda line: _heading(line, on))
    parts = [f"{heading.upper()}\n{_written(list(rows))}" for heading, rows in groups]
    if len(ordered) > MOST:
        parts.append(_("và %s thông báo khác") % write_number(len(ordered) - MOST))
    return "\n\n".join(parts)


def _late(line: Line, on: date) -> bool:
    return line.due_on is not None and line.due_on < on


def _place(line: Line, on: date) -> tuple[bool, int, str, date]:
    """What is overdue by its day, the rest by heading, kind and day."""
    due = line.due_on or date.max
    if _late(line, on):
        return (False, 0, "", due)
    return (True, [*_HEADINGS, ""].index(_room(line)), line.kind, due)


def _room(line: Line) -> str:
    room = line.kind.partition(".")[0]
    return room if room in _HEADINGS else ""


def _heading(line: Line, on: date) -> str:
    return _("Quá hạn") if _late(line, on) else _(_HEADINGS.get(_room(line), _OTHERS))


def _written(lines: Sequence[Line]) -> str:
    return "\n".join(
        f"- {line.subject}"
        + (" " + _("(hạn %s)") % write_date(line.due_on) if line.due_on else "")
        + f"\n  {line.address}"
        for line in lines
    )
