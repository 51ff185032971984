"""What stamps on packs tell stays: whoever changes it says why, and takes nothing away that the
law asks for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.traceability import passport, rules
from ocop.traceability.diary import Step
from ocop.traceability.models import Lot, TradeItem
from ocop.traceability.queries import facts_of, stages_of, told_lots

#: What buyers read of a lot. Its number cannot be changed at all, its note is not theirs.
LOT_FACTS = ("site_id", "produced_on", "expires_on", "quantity", "measure")
_LONGEST = 500

Change = Mapping[str, Any]


def check_reason(reason: str) -> None:
    """A reason that is given where none is asked for is held to the same."""
    if reason.strip():
        needs_reason(reason, most=_LONGEST)


def lacking(item: TradeItem, lot: Lot | None) -> list[passport.Datum]:
    """What the law asks for and is missing, before a change; see `check_nothing_lost`."""
    return passport.missing(facts_of(item, lot))


def check_lot(actor: Actor, lot: Lot, before: Change, change: Change, reason: str) -> bool:
    """Whether a change is one of what buyers were told. Refused: no reason; a longer use by anybody
    but the office, for a pack that is sold does not keep longer because somebody writes so."""
    touched = [name for name in change["fields"] if name in LOT_FACTS]
    if not touched or not told_lots(lot.item).filter(pk=lot.pk).exists():
        return False
    needs_reason(reason, most=_LONGEST)
    if rules.may_lengthen_use(actor):
        return True
    if "site_id" in touched and lot.site_id is None:
        raise _office_only("site", _("rằng lô không rõ làm ở đâu"))
    if "expires_on" in touched and not _earlier(before["expires_on"], lot.expires_on):
        raise _office_only("expires_on", _("hạn sử dụng muộn hơn hoặc bỏ hạn sử dụng"))
    if "produced_on" in touched and not _earlier(before["produced_on"], lot.produced_on):
        raise _office_only("produced_on", _("ngày sản xuất muộn hơn hoặc bỏ ngày sản xuất"))
    if "produced_on" in touched:
        _check_begun(lot, before["produced_on"])
    return True


def _check_begun(lot: Lot, before: date) -> None:
    """Refused: a day of making, in the place of one that fits, on which what went into the lot was
    not harvested or received yet, as its own page tells."""
    days = (
        timezone.localdate(s.at) for s in stages_of(lot) if s.act in (Step.HARVEST, Step.RECEIVE)
    )
    first = min(days, default=None)
    if first is not None and lot.produced_on is not None and lot.produced_on < first <= before:
        words = _("Nhật ký của lô bắt đầu ngày %s. Ngày sản xuất không thể trước ngày đó.")
        message = words % write_date(first)
        raise Refused("made_before_begun", message, fields={"produced_on": [message]})


def check_item(actor: Actor, item: TradeItem, change: Change, reason: str, on: date) -> bool:
    """The same of a sales unit. How long it keeps stands on the page of every lot that may still be
    on sale, and is the only word of it where a lot has no date of its own."""
    touched = [name for name in change["fields"] if name != "folded"]
    lots = told_lots(item)
    if not touched or not lots.exists():
        return False
    needs_reason(reason, most=_LONGEST)
    sold = lots.filter(Q(expires_on=None) | Q(expires_on__gte=on)).exists()
    if "shelf_life" in touched and sold and not rules.may_lengthen_use(actor):
        raise _office_only("shelf_life", _("thời hạn sử dụng khác khi còn lô trong hạn"))
    return True


def check_nothing_lost(
    item: TradeItem, lot: Lot | None, before: list[passport.Datum], change: Change
) -> None:
    """Refused: something the law asks for was known before a change and is not after it."""
    known_before = {(each.law, each.number) for each in before}
    lost = [d for d in lacking(item, lot) if (d.law, d.number) not in known_before]
    if not lost:
        return
    row: Any = lot or item
    message = _(
        "Tem của hàng này đang lưu hành nên không để trống được: %s. Hãy ghi lại trước khi lưu."
    ) % "; ".join(dict.fromkeys(_(each.name) for each in lost))
    emptied = [name for name in change["fields"] if getattr(row, name) in (None, "")]
    fields = {name.removesuffix("_id"): [message] for name in emptied}
    raise Refused("told_data_lost", message, fields=fields)


def _earlier(before: date | None, after: date | None) -> bool:
    return before is not None and after is not None and after < before


def _office_only(field: str, what: str) -> Refused:
    message = (
        _(
            "Người mua đã được báo về hàng này: chỉ Văn phòng OCOP cấp tỉnh ghi được %s. Hãy gửi "
            "Văn phòng lý do và giấy tờ kèm theo."
        )
        % what
    )
    return Refused("told_for_office", message, fields={field: [message]})
