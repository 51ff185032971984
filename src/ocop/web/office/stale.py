"""A form about a row that somebody else changed since it was opened: nothing typed is lost.

What only the other changed goes into the form; what both changed stands there twice, and the
person says which to keep. The form then carries the mark of what was shown, so that a third change
is seen as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from ocop.core.events import activity
from ocop.web.happenings import Happening, told

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed."""

    name: str
    words: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Both:
    """What was changed meanwhile: by whom and when last, the fields only the other changed, and
    those that both did."""

    last: Happening
    taken: tuple[str, ...]
    rows: tuple[Clash, ...]


def settled(sent: QueryDict, current: Mapping[str, Any]) -> QueryDict | None:
    """The form as it was sent, with the saved value where one dropped the own."""
    if not sent:
        return None
    pressed, found = sent.get("clash", ""), sent.copy()
    for name in sent.getlist("clashing") if pressed else ():
        choice = sent.get(f"choice-{name}", MINE) if pressed == "chosen" else pressed
        if choice == THEIRS and name in current:
            _put(found, name, current[name])
    return found


def compared(form: forms.Form, row: models.Model, seen: str) -> Both | None:
    """What a refused form clashes with; the form goes on from the newest row. `seen` is the mark
    of the row as it stands now; None where nothing came in between."""
    given = form.cleaned_data.get("seen") or seen
    last = given.partition("-")[0]
    if given == seen or not (last.isascii() and last.isdecimal()):
        return None
    events = list(activity(row).filter(pk__gt=int(last[:18])))
    if not events:
        return None
    before: dict[str, Any] = {}
    theirs: set[str] = set()
    for event in events:  # newest first: of several changes the oldest value stands
        before |= {name: pair[0] for name, pair in event.change.get("values", {}).items()}
        theirs |= {name.removesuffix("_id") for name in event.change.get("fields", ())}
    data = QueryDict(mutable=True)
    data.update(form.data)
    taken: list[str] = []
    rows: list[Clash] = []
    for name in form.changed_data:
        if name not in theirs or name not in form.fields:
            continue
        field, typed = form.fields[name], form[name].data
        if name in before and not field.has_changed(before[name], typed):
            _put(data, name, form.initial.get(name))
            taken.append(str(field.label))
        else:
            mine, other = (_words(field, value) for value in (typed, form.initial.get(name)))
            rows.append(Clash(name, str(field.label), mine, other))
    data["seen"] = seen
    form.data = data
    return Both(told(events[:1])[0], tuple(taken), tuple(rows))


def _put(data: QueryDict, name: str, value: Any) -> None:
    if value in (None, False):
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else str(value)


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Có") if value else _("Không")
    choices = dict(getattr(field, "choices", ()) or ())
    return str(choices.get(value, "" if value is None else value)) or "–"
