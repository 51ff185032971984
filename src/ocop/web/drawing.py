"""Pieces of pages that are drawn from a few values: a page shows hundreds of the same."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def drawn(template: str, **told: Hashable) -> SafeString:
    """A template that reads nothing but these values, drawn once while they are the same."""
    return _drawn(template, get_language(), tuple(told.items()))


def chip(words: Any, tone: str = "flat", shape: str = "") -> SafeString:
    """A word with a tone (ok, due, bad or flat) and a small sign out of `icons`, or none."""
    said = conditional_escape(words)
    return drawn("components/tag.html", words=said, tone=tone, shape=shape)


@lru_cache(maxsize=8192)
def _drawn(
    template: str, _language: str | None, told: tuple[tuple[str, Hashable], ...]
) -> SafeString:
    return render_to_string(template, dict(told))
