"""Events of others that say of lots here that they are recalled, or no longer so.

CBV 2.0 lets anybody say it (7.2), and nothing of it would follow: stamps would go on telling that
the goods are fit for sale. A recall is the act that turns them; an event may only tell of it.
"""

from collections.abc import Iterable, Sequence

from ocop.core.language import gettext as _
from ocop.traceability.epcis import vocabulary
from ocop.traceability.epcis.sorting import Prepared
from ocop.traceability.epcis.validation import Problem
from ocop.traceability.epcis.vocabulary import Kind

_RECALLED = "recalled"


def without(events: Sequence[Prepared], problems: list[Problem]) -> list[Prepared]:
    """The events that claim no recall that is not so; the others become problems."""
    kept = []
    for event in events:
        words = _wrong(event)
        if words:
            problems.append(Problem(event.place, words))
        else:
            kept.append(event)
    return kept


def _wrong(event: Prepared) -> str:
    if event.declares:
        return ""
    told = event.body.get("persistentDisposition", {})
    if event.facts.disposition == _RECALLED or _names(told.get("set", ())):
        for lot in event.lots.values():
            if lot.recalled_at is None:
                words = _(
                    "Sự kiện không thu hồi được lô %(number)s. Hãy thu hồi bằng "
                    "POST /api/v1/lots/%(code)s/recall hoặc trên trang của lô, rồi gửi lại."
                )
                return words % {"number": lot.number, "code": lot.code}  # fmt: skip
    if _names(told.get("unset", ())):
        for lot in event.lots.values():
            if lot.recalled_at is not None:
                words = _("Sự kiện không gỡ được thu hồi lô %s. Chỉ cơ quan quản lý gỡ thu hồi.")
                return words % lot.number
    return ""


def _names(words: Iterable[str]) -> bool:
    return any(vocabulary.short(Kind.DISPOSITION, word) == _RECALLED for word in words)
