"""The results of a stored workbook in each form a report comes in."""

import io
from datetime import datetime

from ocop.core import papers
from ocop.councils import minutes, results
from ocop.councils.models import ScoreWorkbook
from ocop.councils.queries import workbooks as queries

#: The workbook holds every mark; the two papers are the summary to sign.
_WRITERS = {
    "xlsx": results.write_results,
    "docx": minutes.write_document,
    "pdf": minutes.write_print,
}


def document(workbook: ScoreWorkbook, kind: str, *, at: datetime) -> bytes:
    """The results in one of `papers.MEDIA_TYPES`."""
    into = io.BytesIO()
    _WRITERS[kind](
        into,
        title=workbook.title,
        outcomes=queries.outcomes(workbook),
        rules=queries.rules_of(workbook),
        notes=papers.notes(at),
    )
    return into.getvalue()
