"""Reads of members' sheets. Blind: nobody reads another's before the own one is in."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ocop.core.actor import Actor
from ocop.councils import rules
from ocop.councils.models import Item, ItemState, Sheet, SheetState
from ocop.councils.queries import progress, sittings


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


def paper_waiting(actor: Actor, item: Item) -> QuerySet[Sheet]:
    """Typed paper sheets that wait for a second person. Their marks are not fetched: whoever
    confirms types them again from the paper."""
    if not rules.may_handle_paper(actor, item) and not actor.is_system:
        return Sheet.objects.none()
    return (
        item.sheets.filter(state=SheetState.ENTERED, attempt=item.attempt)
        .select_related("seat__user", "scan")
        .defer("marks", "comments", "gates", "opinion")
    )


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
