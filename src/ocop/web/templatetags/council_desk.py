"""Chips of councils: where a sitting, an item and a conflict of interest stand."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ocop.councils.models import ItemState, ObstacleState, SittingState

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


@lru_cache(maxsize=128)
def _drawn(words: str, tone: str, shape: str) -> SafeString:
    """A chip. An agenda shows hundreds of the same few: each is drawn once per process."""
    told = {"words": words, "tone": tone, "shape": shape}
    return render_to_string("components/tag.html", told)


@register.simple_tag
def sitting_state(value: str) -> SafeString:
    """The chip of a sitting."""
    state = SittingState(value)
    return _drawn(str(state.label), *_SITTING[state])


@register.simple_tag
def item_state(value: str) -> SafeString:
    """The chip of a case in a sitting."""
    state = ItemState(value)
    return _drawn(str(state.label), *_ITEM[state])


@register.simple_tag
def obstacle_state(value: str) -> SafeString:
    """The chip of a conflict of interest."""
    state = ObstacleState(value)
    return _drawn(str(state.label), *_OBSTACLE[state])
