"""The national exchange table PTNT_OCOP as a workbook or CSV."""

import csv
from collections.abc import Iterator

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from ocop.core import papers
from ocop.programme import exchange, queries
from ocop.web import export
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest


class _Line:
    """What a CSV writer writes to: it hands back each line."""

    def write(self, text: str) -> str:
        return text


@office
def table(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """All products that hold a star today, in the columns of Decision 5277/QĐ-BNNMT."""
    today = timezone.localdate()
    found = exchange.rows(queries.scope(request.actor, as_of=today))
    if kind == "xlsx":
        sheet = export.Sheet(
            title="PTNT_OCOP",
            notes=papers.notes(timezone.now()),
            headings=list(exchange.COLUMNS),
            rows=(exchange.values(row) for row in found),
        )
        return export.response(sheet, f"PTNT_OCOP-{today:%Y%m%d}")
    if kind != "csv":
        raise Http404
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="PTNT_OCOP-{today:%Y%m%d}.csv"'
    return response


def _lines(rows: Iterator[exchange.Row]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(list(exchange.COLUMNS))
    for row in rows:
        yield writer.writerow(exchange.values(row))
