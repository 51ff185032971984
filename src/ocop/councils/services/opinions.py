"""What written opinions allow: once they differ, only the meeting settles the case."""

from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.councils.models import Item, SittingKind
from ocop.councils.queries import opinions, progress


def expect_settled(item: Item, at: datetime) -> None:
    """Refuse opinions that differ, and one that is missing before the last day is over."""
    now = progress.item_progress(item)
    until = item.sitting.until
    if until is not None and not now.all_in and not _is_over(item, at):
        raise Refused(
            "sheets_missing",
            _("Còn %(missing)d ý kiến chưa gửi, hạn gửi là hết ngày %(until)s.")
            % {"missing": len(now.missing), "until": write_date(until)},
        )
    _expect_alike(item)


def expect_no_meeting(item: Item, at: datetime) -> None:
    """Refuse that members mark anew in writing what a meeting has to settle (Art. 5, Decision
    26/2026/QĐ-TTg). While opinions are awaited nothing of them is told."""
    if item.sitting.kind != SittingKind.WRITTEN:
        return
    if progress.item_progress(item).all_in or _is_over(item, at):
        _expect_alike(item)


def _expect_alike(item: Item) -> None:
    if found := opinions.what_differs(item):
        raise Refused(
            "opinions_differ",
            _("Ý kiến bằng văn bản chưa thống nhất: %s. Hội đồng phải họp: hãy chuyển sang họp.")
            % "; ".join(found),
        )


def _is_over(item: Item, at: datetime) -> bool:
    """Whether the last day for opinions has passed."""
    until = item.sitting.until
    return until is None or timezone.localdate(at) > until
