"""What waits for a council member: sittings, and the sheets to give in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.councils.models import Item, ItemState, Seat, SheetState, Sitting, SittingState
from ocop.councils.queries import sheets, sittings
from ocop.criteria import queries as criteria
from ocop.dossiers.queries import dossiers
from ocop.web.council.running import running
from ocop.web.council.sheet_reading import owner_of
from ocop.web.office.guard import is_staff
from ocop.web.requests import SignedInRequest

SHOWN_CLOSED = 5  # past sittings on the page


@dataclass(frozen=True, slots=True)
class Entry:
    """A case on an agenda and how far the own sheet is."""

    item: Item
    sheet: sheets.Brief | None
    count: int
    number: int | None  # on the agenda as the member sees it; None once it is taken off

    @property
    def done(self) -> int:
        return len(self.sheet.marks) if self.sheet else 0

    @property
    def open(self) -> bool:
        """Whether the sheet can be filled now."""
        return (
            self.item.sitting.state == SittingState.OPEN
            and self.item.state in (ItemState.SCORING, ItemState.RESCORING)
            and (self.sheet is None or self.sheet.state == SheetState.DRAFT)
        )

    @property
    def look(self) -> tuple[Any, str, str]:
        """Words, tone and shape of its chip."""
        if self.sheet and self.sheet.state == SheetState.SUBMITTED:
            return _("Đã nộp"), "ok", "check"
        if self.sheet and self.sheet.state == SheetState.ENTERED:
            return _("Phiếu giấy chờ xác nhận"), "flat", "clock"
        if self.item.state == ItemState.TAKEN_OFF or self.item.state == ItemState.CONCLUDED:
            return self.item.get_state_display(), "flat", "minus"
        if not self.open:
            return _("Chưa mở chấm"), "flat", "clock"
        if self.item.state == ItemState.RESCORING:
            return _("Cần chấm lại"), "due", "warning"
        return (_("Đang chấm"), "due", "clock") if self.done else (_("Chưa chấm"), "due", "clock")


@dataclass(frozen=True, slots=True)
class Day:
    """A sitting with its agenda as the member sees it."""

    sitting: Sitting
    entries: list[Entry]

    @property
    def agenda(self) -> list[Item]:
        """The cases that stand on it still."""
        return [e.item for e in self.entries if e.item.state != ItemState.TAKEN_OFF]

    @property
    def left(self) -> int:
        """Sheets to fill now."""
        return sum(entry.open for entry in self.entries)


def days_of(actor: Actor) -> list[Day]:
    """The sittings in which a person sits: open ones first, then planned, then the last closed.

    Cases from which the person is recused are not there, and not counted.
    """
    own = Seat.objects.filter(user=actor.user_id).values("council")
    found = sittings.visible_sittings(actor).filter(council__in=own)
    alive = found.filter(state__in=(SittingState.OPEN, SittingState.PLANNED)).order_by("starts_at")
    wanted = [
        *sorted(alive, key=lambda sitting: sitting.state != SittingState.OPEN),
        *found.filter(state=SittingState.CLOSED).order_by("-starts_at")[:SHOWN_CLOSED],
    ]
    by_key = {sitting.pk: sitting for sitting in wanted}
    items: dict[int, list[Item]] = {}
    for item in sittings.light(sittings.items_visible_to(actor).filter(sitting__in=wanted)):
        item.sitting = by_key[item.sitting_id]
        items.setdefault(item.sitting_id, []).append(item)
    given = {
        (sheet.item, sheet.attempt): sheet
        for sheet in sheets.brief(sheets.own_sheets(actor).filter(item__sitting__in=wanted))
    }
    return [Day(sitting, list(_entries(items.get(sitting.pk, ()), given))) for sitting in wanted]


def _entries(
    items: Sequence[Item], given: Mapping[tuple[int, int], sheets.Brief]
) -> Iterator[Entry]:
    """The cases of one sitting in order, numbered as they stand."""
    numbers = count(1)
    for item in items:
        yield Entry(
            item,
            given.get((item.pk, item.attempt)),
            len(criteria.set_of(item.case.version).criteria),
            None if item.state == ItemState.TAKEN_OFF else next(numbers),
        )


@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """The own sittings and what is left to score in them."""
    actor = request.actor
    days = days_of(actor)
    of_staff = is_staff(actor)
    context = {
        "layout": "office/base.html" if of_staff else "base.html",
        "days": days,
        "left": sum(day.left for day in days),
        "owner": owner_of(request.user),
        "running": running(request, {day.sitting.pk: day.agenda for day in days}),
        "proposals": dossiers.proposed_to(actor, timezone.localdate()),
        "has_list": of_staff and sittings.visible_sittings(actor).exists(),
    }
    return render(request, "council/member_home.html", context)
