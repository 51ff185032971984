"""What minutes tell of how a case came to its marks: how it was scored before, and why again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ocop.core.events import activity
from ocop.core.numbers import write_number
from ocop.core.official.paper import Block, Grid, Text
from ocop.councils.models import Item, ItemState, Sheet, SheetState
from ocop.councils.papers.head import bare
from ocop.councils.queries import progress
from ocop.councils.queries.hall import Hall

_NONE = "–"
_PLACES = 2  # of a mean


def rescored(item: Item, hall: Hall) -> Iterator[Block]:
    """Why a case was scored again, every member's total each time, and why a member changed it.

    The attempt that runs stays blind: its column is left out until all its sheets are in.
    """
    if item.attempt == 1:
        return
    given = progress.given_sheets(item, hall)
    for attempt, reason in _reasons(item).items():
        yield Text(f"Hội đồng chấm lại (lần {attempt}). Lý do: {bare(reason)}.")
    attempts = range(1, item.attempt + _is_told(item, hall))
    rows = []
    for seat in hall.judges_of(item):
        own = {sheet.attempt: sheet for sheet in given if sheet.seat_id == seat.pk}
        shown = [own[each] for each in attempts if each in own]
        totals = (_total(own.get(each)) for each in attempts)
        rows.append((hall.names[seat.pk], *totals, _why(shown)))
    yield Grid(
        ("Thành viên", *(f"Lần {each}" for each in attempts), "Lý do thay đổi"),
        rows,
        (50, *([18] * len(attempts)), 80),
        centred=tuple(range(1, 1 + len(attempts))),
    )
    for attempt in range(1, item.attempt):
        if told := figures(progress.as_of(given, attempt)):
            yield Text(f"Lần {attempt}: {told}.", "plain")
    for sheet in progress.counted_sheets(item, hall):
        if sheet.attempt < item.attempt:
            yield Text(
                f"{hall.names[sheet.seat_id]} về sớm, không chấm lần {item.attempt}: phiếu lần "
                f"{sheet.attempt} vẫn được tính.",
                "plain",
            )


def remark(item: Item, hall: Hall) -> str:
    """The same in short, for the summary of scores; empty where nothing was scored again."""
    if item.attempt == 1:
        return ""
    given = progress.given_sheets(item, hall)
    parts = []
    for attempt, reason in _reasons(item).items():
        before = "; ".join(
            f"{hall.names[sheet.seat_id]} {_total(sheet)}"
            for sheet in given
            if sheet.attempt == attempt - 1
        )
        told = figures(progress.as_of(given, attempt - 1))
        parts.append(
            f"Chấm lại (lần {attempt}). Lý do: {bare(reason)}. "
            f"Tổng điểm lần {attempt - 1}: {before} ({told})."
        )
    return " ".join(parts)


def reopened(item: Item) -> Iterator[Block]:
    """Sheets that were given back and handed in again: what they came to before, and why."""
    again = item.sheets.filter(state=SheetState.SUBMITTED, reopened_from__isnull=False)
    for sheet in again.select_related("seat__user").order_by("attempt", "seat__place", "seat"):
        handed_in = _handed_in(sheet)
        for turn, (before, after) in enumerate(pairwise(handed_in), start=1):
            often = f" lần {turn}" if len(handed_in) > 2 else ""
            reason = before.get("reopened_reason", sheet.reopened_reason)
            why = f"Phiếu của {sheet.seat.user.name} được mở lại{often}: {bare(reason)}."
            if None in (before["total"], after["total"]) or before["total"] == after["total"]:
                yield Text(f"{why} Tổng điểm không đổi.", "plain")
                continue
            change = f"{write_number(before['total'])} thành {write_number(after['total'])} điểm"
            yield Text(f"{why} {change}: {bare(after['rescoring_reason'])}.", "plain")


def _handed_in(sheet: Sheet) -> list[dict[str, Any]]:
    """Every time a sheet was handed in, the first of all first: its total and why it differs."""
    found = [{"total": sheet.total, "rescoring_reason": sheet.rescoring_reason}]
    kept = sheet.reopened_from
    while kept is not None:
        total = None if kept["total"] is None else Decimal(kept["total"])
        found.append({"rescoring_reason": "", **kept, "total": total})
        kept = kept.get("before")
    return found[::-1]


def on_paper(item: Item) -> Iterator[Block]:
    """Sheets that count from paper; why, where their members had begun them on the screen."""
    for sheet in item.sheets.filter(state=SheetState.SUBMITTED, paper=True).select_related(
        "seat__user"
    ):
        entered = activity(sheet).filter(name="councils.paper_sheet_entered")
        why = next((each.reason for each in entered if each.change.get("on_screen")), "")
        told = f"Phiếu của {sheet.seat.user.name} nhập từ phiếu giấy đã ký"
        if why:
            told += f", thay phiếu chưa nộp trên máy. Lý do: {bare(why)}"
        yield Text(f"{told}.", "plain")


def levels(item: Item, hall: Hall) -> str:
    """The levels agreed on; where members gave others, how many gave which, and the reason."""
    given = progress.counted_sheets(item, hall)
    agreed = activity(item).filter(name="councils.level_agreed").order_by("id")
    reasons = {each.change["criterion"]: each.reason for each in agreed}
    parts = []
    for code, points in progress.agreed_levels(item, given).items():
        counted = Counter(sheet.marks.get(code, 0) for sheet in given)
        told = f"{code}: {points} điểm"
        if set(counted) != {points}:
            each = ", ".join(f"{n} người {p} điểm" for p, n in sorted(counted.items()))
            why = f"; lý do: {bare(reasons[code])}" if reasons.get(code) else ""
            told += f" (thành viên chấm: {each}{why})"
        parts.append(told)
    return "; ".join(parts)


def overruled(item: Item, hall: Hall) -> Iterator[Block]:
    """Conditions that the council answered against its members, who said what, and why."""
    for each in progress.overruled(item, progress.counted_sheets(item, hall)):
        why = f" Lý do: {bare(each.reason)}." if each.reason else ""
        yield Text(
            f"Điều kiện {each.gate.criterion} {each.gate.note}".strip()
            + f": {each.yes} thành viên trả lời có, {each.no} trả lời không; hội đồng kết luận: "
            f"{'có' if each.answer else 'không'}.{why}",
            "plain",
        )


def figures(given: Sequence[Sheet]) -> str:
    """Mean and spread of sheets; empty when there is none."""
    totals = [sheet.total for sheet in given if sheet.total is not None]
    if not totals:
        return ""
    mean = sum(totals, Decimal(0)) / len(totals)
    spread = max(totals) - min(totals)
    return f"điểm trung bình {write_number(mean, _PLACES)}; chênh lệch {write_number(spread)}"


def _reasons(item: Item) -> dict[int, str]:
    """By attempt why it was asked for: the case keeps the last reason, its events all of them."""
    asked = activity(item).filter(name="councils.rescoring_asked").order_by("id")
    found = {each.change["attempt"]: each.reason for each in asked}
    return {**found, item.attempt: item.rescoring_reason}


def _is_told(item: Item, hall: Hall) -> bool:
    return item.state == ItemState.CONCLUDED or progress.item_progress(item, hall).all_in


def _total(sheet: Sheet | None) -> str:
    return _NONE if sheet is None or sheet.total is None else write_number(sheet.total)


def _why(shown: Sequence[Sheet]) -> str:
    """A member's reasons, those of the sheets that may be told."""
    reasons = [
        f"Lần {each.attempt}: {bare(each.rescoring_reason)}"
        for each in shown
        if each.attempt > 1 and each.rescoring_reason
    ]
    return "; ".join(reasons)
