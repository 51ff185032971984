"""What a filed dossier is held to: it lacks nothing that filing asks for, and no later act takes
out what filing demanded. Called inside actions; nothing here records an event."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.dossiers import differences
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import filing

Proposed = Mapping[str, Mapping[str, Any]]
_TOLD = 5


def parts_of(dossier: Dossier) -> dict[str, dict[str, Any]]:
    """What the producer writes in a dossier, by part."""
    return {part: getattr(dossier, part) for part in differences.PARTS}


def lacking(dossier: Dossier, on: date, proposed: Proposed | None = None) -> str:
    """What keeps a dossier, with proposed changes in it, from being filed; "" when nothing does.

    A filed one is measured on the day of its filing.
    """
    changed = copy(dossier)
    for part, values in differences.apply(parts_of(dossier), proposed or {}).items():
        setattr(changed, part, values)
    blockers = filing.completeness_of(changed, on).blockers
    shown = " ".join(blocker.words for blocker in blockers[:_TOLD])
    more = len(blockers) - _TOLD
    return " ".join((shown, _("Và %d mục nữa.") % more)) if more > 0 else shown


def expect_complete(dossier: Dossier, on: date, proposed: Proposed) -> None:
    """Refuse a change after which the dossier could not be filed (Art. 5, 7)."""
    if found := lacking(dossier, on, proposed):
        message = _("Hồ sơ đã nộp phải luôn đủ như khi nộp; với thay đổi này hồ sơ còn thiếu. %s")
        raise Refused("change_incomplete", message % found)
