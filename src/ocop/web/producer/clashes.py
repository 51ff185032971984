"""Two people wrote the same field of a dossier: both texts are shown, and the second chooses.

A refused saving keeps what was typed. Beside it stands what was saved meanwhile, by whom and when;
the choice is sent with the revision that was shown, so that a third writing is seen as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from ocop.core.refusals import Refused
from ocop.dossiers import differences
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import written
from ocop.dossiers.services.drafting import field_words
from ocop.web.happenings import Happening, told
from ocop.web.producer import reading

CODE = "changed_meanwhile"
MINE, THEIRS = "mine", "theirs"
Parts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Clash:
    """One field: what this person wrote, and what was saved meanwhile by whom and when."""

    field: str  # part.key
    words: str
    mine: str
    theirs: str
    saved: Happening


@dataclass(frozen=True, slots=True)
class Clashes:
    """The fields that both wrote, as they stood at a revision; `values` of theirs by field."""

    revision: int
    rows: tuple[Clash, ...]
    values: Mapping[str, Any]


def found(dossier: Dossier, revision: int, mine: Parts, refusal: Refused) -> Clashes:
    """What a refused saving that began at a revision clashes with."""
    dossier.refresh_from_db(fields=(*differences.PARTS, "revision"))
    last = written.last_by_field(dossier, revision)
    fields = [field for field in refusal.fields if field in last]
    savings = dict(zip(fields, told(last[field] for field in fields), strict=True))
    values = {field: _of(dossier, field) for field in fields}
    rows = []
    for field in fields:
        part, key = field.split(".", 1)
        rows.append(
            Clash(
                field,
                field_words(dossier, field),
                reading.value(dossier, part, key, mine[part][key]),
                reading.value(dossier, part, key, values[field]),
                savings[field],
            )
        )
    return Clashes(dossier.revision, tuple(rows), values)


def of_others(dossier: Dossier, revision: int, mine: Parts) -> dict[str, Any]:
    """What others wrote between a revision and the one just saved, by field: a page that stays
    open must show it, or the next saving would undo it unseen."""
    own = {f"{part}.{key}" for part, values in mine.items() for key in values}
    return {
        field: _of(dossier, field)
        for field in written.last_by_field(dossier, revision)
        if field not in own
    }


def chosen(sent: QueryDict, revision: int, mine: Parts) -> tuple[int, dict[str, dict[str, Any]]]:
    """What is saved of a form that may answer a clash, and at which revision.

    Pressed was "keep mine", "drop mine", or "as chosen" field by field.
    """
    kept = {part: dict(values) for part, values in mine.items()}
    pressed, seen = sent.get("clash", ""), sent.get("seen", "")
    if not pressed or not (seen.isascii() and seen.isdecimal()):
        return revision, kept
    for field in sent.getlist("clashing"):
        choice = sent.get(f"choice-{field}", MINE) if pressed == "chosen" else pressed
        if choice == THEIRS:
            part, _dot, key = field.partition(".")
            kept.get(part, {}).pop(key, None)
    return int(seen[:9]), kept


def _of(dossier: Dossier, field: str) -> Any:
    part, key = field.split(".", 1)
    return getattr(dossier, part).get(key)
