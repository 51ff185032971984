"""Lists of the faces: one way to filter, sort, page and export them.

A view gives a filter set and a table to `listing` and is done. The export holds exactly what the
page shows: same rows, same order, same facts, with numbers and dates as such. What stands small
below another fact on the page (a column that is not visible by itself) has its own column there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.text import slugify
from django_filters import FilterSet
from django_tables2 import RequestConfig
from django_tables2.utils import signature

from ocop.core import folding, numbers, papers
from ocop.core.numbers import write_date
from ocop.filters.strict import StrictFilterSet
from ocop.web import export

PAGE_SIZES = (25, 50, 100, 200)
PAGE_SIZE = 50


class DayColumn(tables.Column):
    """A date, dd/mm/yyyy on the page and a date in the workbook."""

    attrs = {"td": {"class": "col-day"}, "th": {"class": "col-day"}}

    def render(self, value: Any) -> str:
        return numbers.write_date(value)

    def value(self, value: Any) -> Any:
        return value


class MomentColumn(tables.Column):
    """A moment, in the time of Hà Nội."""

    attrs = {"td": {"class": "col-day"}, "th": {"class": "col-day"}}

    def render(self, value: Any) -> str:
        local = timezone.localtime(value)
        return f"{numbers.write_date(local.date())} {local:%H:%M}"

    def value(self, value: Any) -> Any:
        return value


class NumberColumn(tables.Column):
    """A count or an amount, in the form of the language, aligned right."""

    attrs = {
        "td": {"class": "col-number"},
        "th": {"class": "col-number"},
        "tf": {"class": "col-number"},
    }

    def render(self, value: Any) -> str:
        return numbers.write_number(value)

    def value(self, value: Any) -> Any:
        return value


class PlainColumn(tables.Column):
    """Text shown as it is, whatever `render_…` makes of it on the page."""

    def value(self, value: Any) -> Any:
        return value


class TemplateColumn(tables.TemplateColumn):
    """A cell drawn by a small template; the workbook gets the plain value."""

    def value(self, value: Any, **_others: Any) -> Any:
        return value


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force: what it says, and the address without it."""

    label: str
    value: str
    remove: str


def chips(request: HttpRequest, filters: FilterSet) -> list[Chip]:
    """The filters in force, each with the address that drops it."""
    found = []
    for name, field in filters.form.fields.items():
        given = [v for v in request.GET.getlist(name) if v != ""]
        if not given:
            continue
        rest = request.GET.copy()
        rest.pop(name)
        rest.pop("page", None)
        words = _words(field, given)
        found.append(Chip(force_str(field.label or name), words, f"?{rest.urlencode()}"))
    return found


def _words(field: Any, given: Sequence[str]) -> str:
    if isinstance(field, forms.DateField):
        return ", ".join(_day(field, value) for value in given)
    choices = {force_str(k): force_str(v) for k, v in _flat(getattr(field, "choices", ()))}
    return ", ".join(choices.get(value, value) for value in given)


def _day(field: forms.DateField, value: str) -> str:
    """A day as it is written on a page; what is no day stays as it was typed."""
    try:
        day = field.to_python(value)
    except ValidationError:
        return value
    return write_date(day) if day else value


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def listing(
    request: HttpRequest,
    *,
    table: tables.Table,
    filters: FilterSet | None,
    title: str,
    template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """The page of a list, or with `?format=xlsx` the workbook of all its rows.

    `?per_page=` takes one of PAGE_SIZES. A page number that does not exist gives the nearest one.
    A filter that is not understood gives no rows, no workbook, and words that say which.
    """
    problems = filters.problem_lines if isinstance(filters, StrictFilterSet) else []
    before = _order(table.data.data)
    RequestConfig(request, paginate=False).configure(table)
    _break_ties(table, before)
    in_force = chips(request, filters) if filters is not None else []
    if request.GET.get("format") == "xlsx" and not problems:
        return _workbook(table, title, in_force)
    pages = Paginator(table.rows, _page_size(request))
    table.paginator = pages  # first: a table without one counts its rows by fetching them all
    table.page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        template,
        {
            "title": title,
            "table": table,
            "filters": filters,
            "chips": in_force,
            "problems": problems,
            "total": pages.count,
            "export_address": export_address(request),
            "page_sizes": PAGE_SIZES,
            "page_size": _page_size(request),
            **(context or {}),
        },
    )


def export_address(request: HttpRequest) -> str:
    """Where the workbook of what a page shows is."""
    everything = request.GET.copy()
    everything["format"] = "xlsx"
    return f"?{everything.urlencode()}"


def _order(rows: Any) -> tuple[Any, ...]:
    if not isinstance(rows, QuerySet):
        return ()
    return tuple(rows.query.order_by or rows.model._meta.ordering or ())


def _break_ties(table: tables.Table, before: tuple[Any, ...]) -> None:
    """Rows that tie stand as they stood unsorted, then by key: no page repeats or loses one."""
    rows = table.data.data
    if isinstance(rows, QuerySet):
        table.data.data = rows.order_by(*_order(rows), *before, "pk")


def _page_size(request: HttpRequest) -> int:
    sizes = {str(size): size for size in PAGE_SIZES}
    return sizes.get(request.GET.get("per_page", ""), PAGE_SIZE)


def _workbook(table: tables.Table, title: str, in_force: list[Chip]) -> HttpResponseBase:
    columns = [c for c in table.columns.iterall() if not c.column.exclude_from_export]
    cells = [_plain(table, column) for column in columns]
    rows = ([cell(row) for cell in cells] for row in table.rows)
    sheet = export.Sheet(
        title=title,
        notes=papers.notes(timezone.now(), [f"{c.label}: {c.value}" for c in in_force]),
        headings=[force_str(c.header) for c in columns],
        rows=rows,
    )
    return export.response(sheet, slugify(folding.fold(title)))


def _plain(table: tables.Table, column: Any) -> Callable[[Any], Any]:
    """What gives a column's value for a row: `row.get_cell_value`, with what that finds out anew
    for every cell (its arguments, whether its field has choices) found out once."""
    accessor = tables.A(column.accessor)
    path, _sign, last = accessor.rpartition(accessor.SEPARATOR)
    owner = tables.A(path)
    wanted, takes_all = signature(column.value)
    records = table.data.data
    model = records.model if isinstance(records, QuerySet) else None
    field = accessor.get_field(model)
    chosen = f"get_{last}_display" if getattr(field, "choices", None) else ""

    def value_of(row: Any) -> Any:
        record = row.record
        display = getattr(owner.resolve(record, quiet=True), chosen, None) if chosen else None
        value = display() if display else accessor.resolve(record, quiet=True)
        if value in column.column.empty_values:
            return None
        told = {
            "value": value,
            "record": record,
            "column": column.column,
            "bound_column": column,
            "bound_row": row,
            "table": table,
        }
        return column.value(**(told if takes_all else {name: told[name] for name in wanted}))

    return value_of
