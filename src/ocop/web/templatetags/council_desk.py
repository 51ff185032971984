"""Chips of councils: where a sitting, an item and a conflict of interest stand."""

from django import template
from django.utils.safestring import SafeString

from ocop.councils.models import ItemState, ObstacleState, Sitting, SittingState
from ocop.web.chips import chip

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
