"""Writes of councils: what stands on the agenda of a sitting."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils import lifecycle, rules
from ocop.councils.models import Case, Item, ItemState, Sitting, SittingKind, SittingState
from ocop.councils.queries import councils
from ocop.councils.queries import sittings as queries
from ocop.councils.services import obstacles, steps


@action("councils.set_agenda")
def set_agenda(
    *, actor: Actor, sitting: Sitting, cases: Sequence[Case], at: datetime
) -> list[Item]:
    """Make these cases, in this order, the agenda of a planned sitting.

    Cases that were on it and are not named are taken off; conflicts of interest are looked for.
    Refused as `add_to_agenda`, and for whoever is recused from one of the cases.
    """
    require(actor, rules.may_plan_sitting, sitting)
    sitting = steps.locked_sitting(sitting)
    steps.expect_sitting(sitting, "set_agenda")
    there = {item.case_id: item for item in queries.unfinished(sitting)}
    wanted = {case.pk for case in cases}
    for case, item in there.items():
        if case not in wanted:
            require(actor, rules.may_plan_item, item)
            item.state, item.off_reason = ItemState.TAKEN_OFF, _("Chương trình họp thay đổi")
            item.save(update_fields=["state", "off_reason"])
    place_on_agenda(
        actor=actor, sitting=sitting, cases=[c for c in cases if c.pk not in there], at=at
    )
    order = {case.pk: number for number, case in enumerate(cases, start=1)}
    items = list(queries.unfinished(sitting).select_related("case"))
    for item in items:
        item.position = order[item.case_id]
    Item.objects.bulk_update(items, ["position"])
    record(actor, "councils.agenda_set", sitting, *items, at=at, change={"items": len(items)})
    return sorted(items, key=lambda item: item.position)


@action("councils.add_to_agenda")
def add_to_agenda(
    *, actor: Actor, sitting: Sitting, cases: Sequence[Case], at: datetime
) -> list[Item]:
    """Add cases at the end of an agenda, also while the sitting is open.

    Conflicts of interest are looked for. Refused: a sitting that is over, a case on another open
    agenda or concluded by a second pass, a second pass before the first, a written opinion on
    what is no re-evaluation.
    """
    require(actor, rules.may_plan_sitting, sitting)
    sitting = steps.locked_sitting(sitting)
    items = place_on_agenda(actor=actor, sitting=sitting, cases=cases, at=at)
    record(actor, "councils.agenda_extended", sitting, *items, at=at, change={"items": len(items)})
    return items


def place_on_agenda(
    *, actor: Actor, sitting: Sitting, cases: Sequence[Case], at: datetime
) -> list[Item]:
    """The same inside another action: checks each case, finds conflicts, records no event."""
    steps.expect_sitting(sitting, "add_to_agenda")
    for case in cases:
        _check_case(actor, sitting, case)
    last = sitting.items.aggregate(last=Max("position"))["last"] or 0
    items = [
        Item(
            code=public_code(),
            sitting=sitting,
            case=case,
            position=last + number,
            state=_first_state(sitting),
        )
        for number, case in enumerate(cases, start=1)
    ]
    for item in items:
        item.save()
    obstacles.look(sitting, at=at, cases=cases)
    return items


@action("councils.take_off")
def take_off(*, actor: Actor, item: Item, reason: str, at: datetime) -> Item:
    """Take a case off the agenda, with the reason; its sheets stay and count no more.

    Refused without a reason, and once it is concluded.
    """
    require(actor, rules.may_plan_item, item)
    needs_reason(reason)
    item = steps.locked_item(item)
    steps.expect_item(item, "take_off")
    item.state, item.off_reason = ItemState.TAKEN_OFF, reason.strip()
    fits(item)
    item.save(update_fields=["state", "off_reason"])
    record(actor, "councils.item_taken_off", item, item.sitting, at=at, reason=reason.strip())
    return item


@action("councils.move_item")
def move_item(*, actor: Actor, item: Item, position: int, at: datetime) -> Item:
    """Move a case to another place on its agenda; the others close up.

    The place is counted in the list that the actor sees: who is recused from a case moves another
    past it without noticing.
    """
    require(actor, rules.may_plan_item, item)
    sitting = steps.locked_sitting(item.sitting)
    steps.expect_sitting(sitting, "move_item")
    items = list(sitting.items.exclude(state=ItemState.TAKEN_OFF).exclude(pk=item.pk))
    hidden = set(queries.hidden_cases(actor).values_list("case", flat=True))
    after = [each for each in items if each.case_id not in hidden][max(0, position - 1) :]
    items.insert(items.index(after[0]) if after else len(items), item)
    for number, each in enumerate(items, start=1):
        each.position = number
    Item.objects.bulk_update(items, ["position"])
    record(actor, "councils.item_moved", item, at=at, change={"position": item.position})
    return item


def _first_state(sitting: Sitting) -> ItemState:
    written_now = sitting.kind == SittingKind.WRITTEN and sitting.state == SittingState.OPEN
    return ItemState.SCORING if written_now else ItemState.WAITING


def _check_case(actor: Actor, sitting: Sitting, case: Case) -> None:
    require(actor, lambda who, what: not rules.recused(who, what), case)
    Case.objects.select_for_update().get(pk=case.pk)  # on one open agenda at a time
    others = case.items.exclude(state=ItemState.TAKEN_OFF)
    if others.filter(state__in=lifecycle.UNFINISHED).exists():
        raise Refused("on_another_agenda", _("“%s” đang ở trong một chương trình họp khác.") % case)
    concluded = others.filter(state=ItemState.CONCLUDED)
    if concluded.filter(sitting__passing=2).exists():
        raise Refused("concluded", _("Hội đồng đã kết luận về “%s”.") % case)
    if sitting.kind == SittingKind.WRITTEN and not case.written:
        raise Refused(
            "not_written",
            _("“%s” không phải đánh giá lại nên phải họp, không lấy ý kiến bằng văn bản.") % case,
        )
    two_passes = councils.rules_of(sitting.council).two_passes
    first = concluded.filter(sitting__passing=1).exists()
    if two_passes and sitting.passing == 2 and not case.written and not first:
        raise Refused("first_pass_first", _("“%s” chưa qua lượt họp thứ nhất.") % case)
    if sitting.passing == 1 and first:
        raise Refused("first_pass_done", _("“%s” đã qua lượt họp thứ nhất.") % case)
