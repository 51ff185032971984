"""Pages of one section of a face, as tabs above its lists."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ocop.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry: its words, its pages (the first is opened), who sees it; nobody named: all."""

    words: Any
    pages: tuple[str, ...]
    may_open: Callable[[Actor], bool] | None = None


def pages_of(tabs: Iterable[Tab]) -> tuple[str, ...]:
    """The names of all pages of a section."""
    return tuple(page for tab in tabs for page in tab.pages)


def shown(tabs: Iterable[Tab], actor: Actor, here: str) -> list[tuple[Any, str, bool]]:
    """The tabs an actor may open, for `components/tabs.html`; `here` names the present page."""
    return [
        (tab.words, reverse(tab.pages[0]), here in tab.pages)
        for tab in tabs
        if tab.may_open is None or tab.may_open(actor)
    ]
