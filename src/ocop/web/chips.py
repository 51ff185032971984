"""Chips: a word with a tone and a small sign. A page shows hundreds of the same few."""

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def chip(words: Any, tone: str = "flat", shape: str = "") -> SafeString:
    """Tone ok, due, bad or flat; shape out of `icons`, or none."""
    return _drawn(conditional_escape(words), tone, shape)


@lru_cache(maxsize=1024)
def _drawn(words: SafeString, tone: str, shape: str) -> SafeString:
    told = {"words": words, "tone": tone, "shape": shape}
    return render_to_string("components/tag.html", told)
