"""The radar: twelve months ahead and what is overdue, with the list behind every number."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import filetypes, numbers, papers
from ocop.core.language import gettext as kernel
from ocop.recognition import radar_paper
from ocop.recognition.ending import KEPT
from ocop.recognition.horizon import Column
from ocop.recognition.radar import CUTS, Board, Cut, Line, board, named
from ocop.recognition.validity import State
from ocop.web import export
from ocop.web.office.expiry.asked import Asked, address, asked, tabs
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

LINES = 60  # on a page
#: The parameter by which the list knows a line.
_NAMES = {
    Cut.COMMUNE: "place",
    Cut.SECTOR: "sector",
    Cut.RANK: "rank",
    Cut.PRODUCER: "producer",
}
#: The four counts: who can file, who missed it, whose 36 months are over, and what is left of it.
_TILES = (
    (State.WINDOW_OPEN, gettext_lazy("đang trong thời gian nộp hồ sơ (180–120 ngày)")),
    (State.WINDOW_MISSED, gettext_lazy("đã quá hạn nộp hồ sơ, sao còn hiệu lực")),
    (KEPT, gettext_lazy("hết 36 tháng, trong 180 ngày có thể kéo dài")),
    (State.EXPIRED, gettext_lazy("đã hết hiệu lực")),
)
_NOTES = {
    KEPT: (
        (State.EXTENDED, gettext_lazy("đã xác nhận kéo dài")),
        (State.EXTENSION_UNCONFIRMED, gettext_lazy("chưa xác nhận")),
    )
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number with the list behind it."""

    count: int
    address: str
    heading: str


@office
def radar(request: SignedInRequest) -> HttpResponseBase:
    """The radar, or with `?format=xlsx` or `pdf` exactly what it shows."""
    told = asked(request)
    kind = request.GET.get("format", "")
    today = timezone.localdate()
    found = board(request.actor, told.cut, on=today, by=told.by)
    if kind in ("xlsx", "pdf") and not told.problems:
        return _paper(found, told, kind)
    pages = Paginator(found.lines, LINES).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, told, "office:radar"),
        "asked": told,
        "filters": told.filters,
        "chips": told.chips,
        "problems": told.problems,
        "board": found,
        "cuts": [
            (kernel(words), address("office:radar", told, by=cut), cut == told.cut)
            for cut, words in CUTS.items()
        ],
        "line_heading": kernel(CUTS[told.cut]),
        "headings": [heading(column) for column in found.columns],
        "lines": [_line(line, found, told) for line in named(found.cut, list(pages.object_list))],
        "totals": _cells(found.totals, found, told, {}),
        "tiles": _tiles(found, told),
        "page": pages,
        "list_address": address("office:expiry", told, end=told.kept.get("end") or _last(found)),
        "exports": [
            (k.upper(), address("office:radar", told, by=told.cut, format=k))
            for k in ("xlsx", "pdf")
        ],
    }
    return render(request, "office/radar.html", context)


def heading(column: Column) -> str:
    """A column in words: 12/2026."""
    return _("Đã qua") if column.overdue else f"{column.last:%m/%Y}"


def _last(found: Board) -> str:
    return found.columns[-1].last.isoformat()


def _line(line: Line, found: Board, told: Asked) -> dict[str, Any]:
    key = {_NAMES[found.cut]: line.key}
    return {
        "label": line.label,
        "cells": _cells(line.counts, found, told, key),
        "total": Cell(
            line.total, address("office:expiry", told, **{"end": _end(found, told), **key}), ""
        ),
    }


def _end(found: Board, told: Asked) -> str:
    return told.kept.get("end") or _last(found)


def _cells(counts: Sequence[int], found: Board, told: Asked, key: dict[str, str]) -> list[Cell]:
    return [
        Cell(count, _behind(column, told, key) if count else "", heading(column))
        for column, count in zip(found.columns, counts, strict=True)
    ]


def _behind(column: Column, told: Asked, key: dict[str, str]) -> str:
    """The list of a column: the days that both it and the filters hold."""
    start, end = told.by.start, told.by.end
    first = column.first if start is None else max(start, column.first or start)
    last = column.last if end is None else min(end, column.last)
    return address("office:expiry", told, start=first, end=last, **key)


def _tiles(found: Board, told: Asked) -> list[dict[str, Any]]:
    def link(state: str) -> str:
        return address("office:expiry", told, **{"end": _end(found, told), "state": state})

    return [
        {
            "value": numbers.write_number(found.count(state)),
            "words": words,
            "address": link(state),
            "parts": [
                (numbers.write_number(found.count(part)), said, link(part))
                for part, said in _NOTES.get(state, ())
            ],
        }
        for state, words in _TILES
    ]


def _paper(found: Board, told: Asked, kind: str) -> HttpResponseBase:
    """The radar with all its lines, whatever page is open."""
    title = _("Ra-đa hết hạn, tính đến ngày %s") % numbers.write_date(found.on)
    counts = [f"{numbers.write_number(found.count(state))} {words}" for state, words in _TILES]
    notes = [*papers.notes(timezone.now(), told.words), "; ".join(counts)]
    headings = [kernel(CUTS[found.cut]), *map(heading, found.columns), _("Cộng")]
    lines: list[list[str | int]] = [
        [line.label, *line.counts, line.total] for line in named(found.cut, list(found.lines))
    ]
    lines.append([_("Cộng"), *found.totals, found.total])
    name = f"ra-da-het-han-{found.on:%Y%m%d}"
    if kind == "xlsx":
        return export.response(export.Sheet(title, notes, headings, lines), name)
    into = io.BytesIO()
    radar_paper.write(into, title=title, notes=notes, headings=headings, lines=lines)
    response = HttpResponse(into.getvalue(), content_type=filetypes.PDF)
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
