"""Chips and lines of councils: where sittings, cases and conflicts of interest stand."""

from django import template
from django.utils.safestring import SafeString

from ocop.councils.models import ItemState, ObstacleState, Sitting, SittingState
from ocop.web.council.board import Line
from ocop.web.council.member_home import Entry
from ocop.web.drawing import chip, drawn

register = template.Library()

_SITTING = {
    SittingState.PLANNED: ("flat", "clock"),
    SittingState.OPEN: ("due", "forward"),
    SittingState.CLOSED: ("ok", "check"),
    SittingState.CANCELLED: ("bad", "ban"),
}
_ITEM = {
    ItemState.WAITING: ("flat", "clock"),
    ItemState.SCORING: ("due", "forward"),
    ItemState.RESCORING: ("due", "warning"),
    ItemState.CONCLUDED: ("ok", "check"),
    ItemState.TAKEN_OFF: ("bad", "minus"),
}
_OBSTACLE = {
    ObstacleState.WARNED: ("due", "warning"),
    ObstacleState.RECUSED: ("bad", "ban"),
    ObstacleState.DISMISSED: ("ok", "check"),
}


@register.simple_tag
def sitting_state(sitting: Sitting) -> SafeString:
    """The chip of a sitting."""
    return chip(sitting.state_words, *_SITTING[SittingState(sitting.state)])


@register.simple_tag
def item_state(value: str) -> SafeString:
    """The chip of a case in a sitting."""
    state = ItemState(value)
    return chip(state.label, *_ITEM[state])


@register.simple_tag
def obstacle_state(value: str) -> SafeString:
    """The chip of a conflict of interest."""
    state = ObstacleState(value)
    return chip(state.label, *_OBSTACLE[state])


@register.simple_tag
def agenda_line(line: Line) -> SafeString:
    """A case on the agenda, for those who lead."""
    item, told = line.item, line.all_in
    results = {ItemState.CONCLUDED: line.star_words, ItemState.TAKEN_OFF: item.off_reason}
    return drawn(
        "council/_line.html",
        code=item.code,
        number=line.number,
        title=item.case.title,
        producer=item.case.producer.name if item.case.producer else "",
        criteria_set=str(item.case.version),
        state=item.state,
        submitted=line.submitted,
        expected=line.expected,
        mean=line.mean if told else None,
        spread=line.spread if told else None,
        result=results.get(ItemState(item.state), "–"),
    )


@register.simple_tag
def agenda_entry(entry: Entry) -> SafeString:
    """A case on the agenda, for a member: how far the own sheet is."""
    item, (words, tone, shape) = entry.item, entry.look
    return drawn(
        "council/_entry.html",
        code=item.code,
        number=entry.number,
        title=item.case.title,
        producer=item.case.producer.name if item.case.producer else "",
        reference=item.case.reference,
        done=entry.done if entry.open else 0,
        count=entry.count,
        words=str(words),
        tone=tone,
        shape=shape,
    )
