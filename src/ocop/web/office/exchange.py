"""The national exchange table PTNT_OCOP as a workbook or CSV."""

import csv
from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from ocop.core import csvs, papers
from ocop.core.refusals import Refused
from ocop.filters import strict
from ocop.programme import exchange, queries
from ocop.web import export
from ocop.web.office.guard import office
from ocop.web.public.figures_frame import FrameForm
from ocop.web.requests import SignedInRequest


class _Line:
    """What a CSV writer writes to: it hands back each line."""

    def write(self, text: str) -> str:
        return text


@office
def table(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """All products that hold a star on a day, else today, in the columns of Decision
    5277/QĐ-BNNMT."""
    if unknown := strict.unknown(request.GET, ("as_of",)):
        raise Refused("unknown_filter", strict.told_unknown(unknown[0], ("as_of",)))
    day = _day(request.GET.get("as_of", ""))
    found = exchange.rows(queries.scope(request.actor, as_of=day))
    if kind == "xlsx":
        sheet = export.Sheet(
            title="PTNT_OCOP",
            notes=papers.notes(timezone.now()),
            headings=list(exchange.COLUMNS),
            rows=(exchange.values(row) for row in found),
        )
        return export.response(sheet, f"PTNT_OCOP-{day:%Y%m%d}")
    if kind != "csv":
        raise Http404
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="PTNT_OCOP-{day:%Y%m%d}.csv"'
    return response


def _day(text: str) -> date:
    """The day that an address means. Refused: what is no day."""
    try:
        return FrameForm.base_fields["as_of"].clean(text) or timezone.localdate()
    except ValidationError as error:
        raise Refused("day", " ".join(error.messages)) from None


def _lines(rows: Iterator[exchange.Row]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(list(exchange.COLUMNS))
    for row in rows:
        yield writer.writerow(csvs.cells(exchange.values(row)))
