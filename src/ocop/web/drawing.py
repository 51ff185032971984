"""Pieces of pages that are drawn from a few values: a page shows hundreds of the same."""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from django.template import Context
from django.template.base import render_value_in_context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language


def drawn(template: str, **told: Hashable) -> SafeString:
    """A template that reads nothing but these values, drawn once while they are the same."""
    return _drawn(template, get_language(), tuple(told.items()))


def chip(words: Any, tone: str = "flat", shape: str = "") -> SafeString:
    """A word with a tone (ok, due, bad or flat) and a small sign out of `icons`, or none."""
    said = conditional_escape(words)
    return drawn("components/tag.html", words=said, tone=tone, shape=shape)


def table_rows(table: Any, context: Context) -> SafeString:
    """The rows of a table: thousands of cells. What stands around a cell is the same in all rows
    of its column, as no attribute of ours depends on the row."""
    opened = []
    for column in table.columns:
        label = column.header
        told = f' data-label="{conditional_escape(label)}"' if label else ""
        opened.append(f"<td {column.attrs['td'].as_html()}{told}>")
    rows = [
        f"<tr {row.attrs.as_html()}>{_cells(opened, row, context)}</tr>\n"
        for row in table.paginated_rows
    ]
    return mark_safe("".join(rows))


def _cells(opened: list[str], row: Any, context: Context) -> str:
    cells = (value for _column, value in row.items())
    return "".join(
        f"{start}{render_value_in_context(value, context)}</td>"
        for start, value in zip(opened, cells, strict=True)
    )


def options_of(widget: Mapping[str, Any]) -> SafeString:
    """The choices of a list to choose from, hundreds of units often, as the framework's own
    templates write them: those take three templates for each."""
    parts = []
    for group, options, _place in widget["optgroups"]:
        lines = "".join(
            f'\n  <option value="{conditional_escape(str(option["value"]))}"'
            f"{_attributes(option['attrs'])}>{conditional_escape(option['label'])}</option>"
            for option in options
        )
        if group:
            lines = f'\n  <optgroup label="{conditional_escape(group)}">{lines}\n  </optgroup>'
        parts.append(lines)
    return mark_safe("".join(parts))


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"'
        for name, value in attributes.items()
        if value is not False
    )


@lru_cache(maxsize=8192)
def _drawn(
    template: str, _language: str | None, told: tuple[tuple[str, Hashable], ...]
) -> SafeString:
    return render_to_string(template, dict(told))
