"""Reads of members' sheets. Blind: nobody reads another's before the own one is in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ocop.core.actor import Actor
from ocop.councils import rules
from ocop.councils.models import (
    Item,
    ItemState,
    Obstacle,
    ObstacleState,
    Seat,
    Sheet,
    SheetState,
    Sitting,
)
from ocop.councils.queries import progress, sittings
from ocop.councils.queries.hall import hall_of


def own_sheet(actor: Actor, item: Item) -> Sheet | None:
    """The actor's own sheet of the attempt that runs; None before the first mark."""
    if not sittings.items_visible_to(actor).filter(pk=item.pk).exists():
        return None
    return (
        item.sheets.filter(seat__user=actor.user_id, attempt=item.attempt)
        .select_related("seat__user")
        .first()
    )


def own_sheets(actor: Actor) -> QuerySet[Sheet]:
    """Every sheet of the actor, of cases the actor still sees."""
    items = sittings.items_visible_to(actor).order_by().select_related(None)
    return Sheet.objects.filter(seat__user=actor.user_id, item__in=items.values("pk"))


class Brief(NamedTuple):
    """What a page that lists hundreds says of a sheet."""

    item: int
    attempt: int
    state: str
    marks: Mapping[str, int]


def brief(sheets: QuerySet[Sheet]) -> list[Brief]:
    """The same in short, without their words."""
    return [Brief(*row) for row in sheets.values_list("item", "attempt", "state", "marks")]


def may_read_others(actor: Actor, item: Item) -> bool:
    """Whether the actor may read the submitted sheets of others of the attempt that runs.

    Who leads the sitting, the office and auditors: when all are in. Other members: when it is
    concluded and the own one was in.
    """
    if not sittings.items_visible_to(actor).filter(pk=item.pk).exists():
        return False
    concluded = item.state == ItemState.CONCLUDED
    leads = actor.is_system or rules.may_see_all(actor) or rules.may_steer(actor, item.sitting)
    if not leads:
        return concluded and _gave(actor, item)
    return concluded or progress.item_progress(item).all_in


def sheets_visible_to(actor: Actor, item: Item) -> QuerySet[Sheet]:
    """The sheets of an item that the actor may read: the own ones, and others' when allowed.

    Sheets of members recused meanwhile, and typed paper sheets that nobody confirmed, are left
    out. Earlier attempts are read by who leads the sitting: all their sheets were in.
    """
    sheets = Sheet.objects.filter(item=item).select_related("seat__user")
    if not sittings.items_visible_to(actor).filter(pk=item.pk).exists():
        return sheets.none()
    own = Q(seat__user=actor.user_id) if actor.user_id is not None else Q(pk=None)
    others = Q(state=SheetState.SUBMITTED)
    if not may_read_others(actor, item):
        leads = actor.is_system or rules.may_see_all(actor) or rules.may_steer(actor, item.sitting)
        if not leads:
            return sheets.filter(own).order_by("attempt", "seat__place", "seat")
        others &= Q(attempt__lt=item.attempt)
    away = item.case.obstacles.filter(state="recused", seat__user=OuterRef("seat__user"))
    return sheets.filter(own | (others & ~Exists(away))).order_by("attempt", "seat__place", "seat")


def given_back(actor: Actor, item: Item) -> QuerySet[Sheet]:
    """The sheets of the attempt that runs which who presides may give back to their members, also
    before all are in: marks and words are not fetched, for it is done without reading them."""
    council, day = item.sitting.council, rules.day_of(item.sitting)
    leads = rules.is_chair(actor, council, day) or rules.is_deputy(actor, council, day)
    if not leads or not sittings.items_visible_to(actor).filter(pk=item.pk).exists():
        return Sheet.objects.none()
    return (
        item.sheets.filter(state=SheetState.SUBMITTED, attempt=item.attempt)
        .select_related("seat__user")
        .defer("marks", "comments", "gates", "opinion", "on_screen", "total")
    )


def given_in(actor: Actor, held: Sitting, items: Sequence[Item]) -> QuerySet[Sheet]:
    """`sheets_visible_to` for all these cases of a sitting at once, those that were given in.

    For who leads the sitting or reads everything; others get their own ones. `items`: those that
    the actor sees. A number of queries that does not grow with them.
    """
    own = Q(seat__user=actor.user_id) if actor.user_id is not None else Q(pk=None)
    given = (
        Sheet.objects.filter(item__in=[item.pk for item in items], state=SheetState.SUBMITTED)
        .select_related("seat__user")
        .order_by("item__position", "item", "attempt", "seat__place", "seat")
    )
    if not (actor.is_system or rules.may_see_all(actor) or rules.may_steer(actor, held)):
        return given.filter(own)
    hall = hall_of(held)
    full = [item.pk for item in items if item.state == ItemState.CONCLUDED]
    running = [item for item in items if item.state != ItemState.CONCLUDED]
    full += [now.item.pk for now in progress.of_items(running, held, hall) if now.all_in]
    readable = Q(item__in=full) | Q(attempt__lt=F("item__attempt"))
    away = Obstacle.objects.filter(
        case=OuterRef("item__case"), state=ObstacleState.RECUSED, seat__user=OuterRef("seat__user")
    )
    return given.filter(own | (readable & ~Exists(away)))


def judges(held: Sitting, items: Iterable[Item]) -> list[tuple[Item, Sequence[Seat]]]:
    """Who may judge each of these cases of a sitting."""
    hall = hall_of(held)
    return [(item, hall.judges_of(item)) for item in items]


def paper_waiting(actor: Actor, item: Item) -> QuerySet[Sheet]:
    """Typed paper sheets that wait for a second person. Their marks are not fetched: whoever
    confirms types them again from the paper."""
    if not rules.may_handle_paper(actor, item) and not actor.is_system:
        return Sheet.objects.none()
    return (
        item.sheets.filter(state=SheetState.ENTERED, attempt=item.attempt)
        .select_related("seat__user", "scan")
        .defer("marks", "comments", "gates", "opinion", "on_screen")
    )


def is_on_screen(sheet: Sheet) -> bool:
    """Whether its member has begun it on the screen and not given it in."""
    return sheet.state == SheetState.DRAFT and bool(sheet.stamps) and not sheet.paper


def begun_on_screen(item: Item, seat: Seat) -> bool:
    """The same of a member's sheet of the attempt that runs, for who types it from paper. What
    stands on it is not told."""
    begun = item.sheets.filter(seat=seat, attempt=item.attempt).first()
    return begun is not None and is_on_screen(begun)


def scanned(actor: Actor, item: Item) -> QuerySet[Sheet]:
    """Sheets whose signed paper the actor may look at: those read already, and those that wait
    for a second person, who has no own sheet to give (it would no longer be blind)."""
    shown = Q(pk__in=sheets_visible_to(actor, item).order_by().values("pk"))
    if not owes_own_sheet(actor, item):
        shown |= Q(pk__in=paper_waiting(actor, item).values("pk"))
    return Sheet.objects.filter(shown, scan__isnull=False).select_related("scan")


def owes_own_sheet(actor: Actor, item: Item) -> bool:
    """Whether the actor has a sheet to give for the attempt that runs and has not given it."""
    if actor.user_id is None or not rules.may_score(actor, item):
        return False
    return not _gave(actor, item)


def _gave(actor: Actor, item: Item) -> bool:
    return item.sheets.filter(
        seat__user=actor.user_id, attempt=item.attempt, state=SheetState.SUBMITTED
    ).exists()
