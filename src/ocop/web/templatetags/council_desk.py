"""Chips of councils: where a sitting, an item and a conflict of interest stand."""

from typing import Any

from django import template

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


def _chip(words: Any, look: tuple[str, str]) -> dict[str, Any]:
    return {"words": words, "tone": look[0], "shape": look[1]}


@register.inclusion_tag("components/tag.html")
def sitting_state(value: str) -> dict[str, Any]:
    """The chip of a sitting."""
    state = SittingState(value)
    return _chip(state.label, _SITTING[state])


@register.inclusion_tag("components/tag.html")
def item_state(value: str) -> dict[str, Any]:
    """The chip of a case in a sitting."""
    state = ItemState(value)
    return _chip(state.label, _ITEM[state])


@register.inclusion_tag("components/tag.html")
def obstacle_state(value: str) -> dict[str, Any]:
    """The chip of a conflict of interest."""
    state = ObstacleState(value)
    return _chip(state.label, _OBSTACLE[state])
