"""The code under the cover of a stamp is typed in: the first right entry stays known for ever."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import F

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.core.zone import ZONE
from ocop.traceability import hidden, rules, stamp_keys
from ocop.traceability.models import StampOpening, StampRange
from ocop.traceability.serials import Stamp

#: Wrong tries at one stamp on one day: of a hundred million codes nobody finds one so.
MOST_TRIES = 5


class Result(StrEnum):
    """What a try came to."""

    FIRST = "first"  # right, and nobody was before
    AGAIN = "again"  # right, and somebody was before
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a try came to, when the stamp was first opened, and how many tries are left today."""

    result: Result
    opened_at: datetime | None
    left: int


@action("traceability.check_hidden_code")
def check_hidden_code(*, actor: Actor, serial: str, typed: str, at: datetime) -> Outcome:
    """Hold what somebody typed against the hidden code of a stamp.

    Refused: no stamp of ours, one without a hidden code, one that is on no goods yet (whoever has
    the file of the print house would use up its codes before the sale), too many wrong tries today.
    """
    require(actor, rules.may_check_hidden_code)
    stamp = stamp_keys.reader().read(serial)
    part = _part_with_hidden_codes(stamp) if stamp else None
    if stamp is None or part is None:
        raise Refused("stamp_without_hidden_code", _("Tem này không có mã dưới lớp phủ."))
    if part.lot_id is None:
        words = _(
            "Tem này chưa kích hoạt cho lô hàng nào nên chưa kiểm mã dưới lớp phủ được. Nếu "
            "tem đang ở trên hàng bán, hãy báo cho chúng tôi."
        )
        raise Refused("stamp_on_no_goods", words)  # fmt: skip
    row, _made = StampOpening.objects.get_or_create(key=part.key, number=stamp.number)
    today = at.astimezone(ZONE).date()
    mine = StampOpening.objects.filter(pk=row.pk)
    mine.exclude(tried_on=today).update(tried_on=today, tries=0)
    row.refresh_from_db()
    if row.tries >= MOST_TRIES:
        raise _too_many()
    if not hidden.is_right(stamp_keys.hidden_secret(stamp.version), stamp, typed):
        if not mine.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
            raise _too_many()
        result = Result.WRONG
    elif mine.filter(opened_at=None).update(opened_at=at):
        result = Result.FIRST
    else:
        mine.update(checks=F("checks") + 1)
        result = Result.AGAIN
    row.refresh_from_db()
    change = {"result": result.value}
    record(actor, "traceability.hidden_code_checked", row, at=at, change=change)
    return Outcome(result, row.opened_at, MOST_TRIES - row.tries)


def _part_with_hidden_codes(stamp: Stamp) -> StampRange | None:
    """The range of a stamp that was ordered with a hidden code and given out."""
    ranges = StampRange.objects.filter(key__version=stamp.version, first__lte=stamp.number)
    part = ranges.select_related("order", "key").order_by("-first").first()
    inside = part is not None and stamp.number < part.first + part.count
    return part if part is not None and inside and part.order.hidden else None


def _too_many() -> Refused:
    return Refused(
        "hidden_code_tries",
        _("Hôm nay tem này đã bị nhập sai %d lần. Hãy thử lại ngày mai, hoặc báo cho chúng tôi.")
        % MOST_TRIES,
    )
