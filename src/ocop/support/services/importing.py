"""Grants of earlier years out of workbooks: read, loaded, undone.

Reading changes nothing else and tells every row that cannot be taken. Loading is all or nothing, or
leaves those rows out by wish; what came with an earlier file is left as it is. Undoing removes
exactly what the file brought.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.utils import timezone

from ocop.core import attachments, filetypes
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.codes import public_code
from ocop.core.db import insert_values
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.recognition.registry_import.tables import Table, tables_of
from ocop.support import grant_register, grant_words, rules
from ocop.support.grant_fields import Code, Field, Report
from ocop.support.grant_rows import Draft, Head, Result, find_head, read_rows
from ocop.support.models import Category, Grant, GrantBatch, GrantBatchState, Payer

MOST_ROWS = 20_000
_LONGEST_NAME = 200
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Usual:
    """What holds for rows that do not say it themselves."""

    level: str
    category: str = ""


@action("support.read_grants")
def read_grants(
    *, actor: Actor, content: bytes, filename: str, usual: Usual, at: datetime
) -> GrantBatch:
    """Read a workbook of grants and note what it says; nothing is given by it yet.

    Refused: no workbook or table, no heading with producers and sums, too many rows.
    """
    require(actor, rules.may_manage)
    if usual.level not in Payer.values:
        message = _("Hãy chọn cấp đã chi.")
        raise Refused("grants_level", message, fields={"level": [message]})
    if usual.category and usual.category not in Category.values:
        message = _("Hãy chọn một mục trong danh sách.")
        raise Refused("grants_category", message, fields={"category": [message]})
    result = _read(content, filename, usual, at)
    attachment = attachments.store(content, filename=filename, at=at)
    if attachment.media_type not in (filetypes.XLSX, filetypes.CSV):
        message = _("Hãy chọn tệp Excel (.xlsx) hoặc CSV.")
        raise Refused("file_type", message, fields={"file": [message]})
    batch = GrantBatch(
        code=public_code(),
        filename=filename[-_LONGEST_NAME:],
        attachment=attachment,
        level=usual.level,
        category=usual.category,
        created_by=actor.user_id,
        created_at=at,
    )
    _note(batch, result)
    batch.save()
    record(actor, "support.grants_read", batch, at=at, change=_counts(batch))
    return batch


@action("support.load_grants")
def load_grants(
    *, actor: Actor, batch: GrantBatch, skip_bad: bool = False, at: datetime
) -> GrantBatch:
    """Write the grants of a workbook. Refused: rows that cannot be taken, unless `skip_bad`;
    nothing new; loaded already."""
    require(actor, rules.may_manage)
    _move(batch, GrantBatchState.READ, GrantBatchState.LOADED)
    result = _read(content_of(batch), batch.filename, Usual(batch.level, batch.category), at)
    if result.reports and not skip_bad:
        words = _(
            "Còn %s dòng chưa nhận được. Hãy sửa theo tệp lỗi rồi nạp lại, hoặc chọn bỏ qua các "
            "dòng đó."
        )
        raise Refused("bad_rows", words % write_number(result.rejected))
    fresh = _note(batch, result)
    if not fresh:
        raise Refused("nothing_new", _("Tệp không có dòng mới nào để nạp."))
    keys = insert_values(Grant, [_row(draft, batch, at) for draft in fresh])
    batch.save()
    record(
        actor,
        "support.grants_loaded",
        batch,
        at=at,
        change=_counts(batch),
        also=[("grant", key) for key in keys],
    )
    return batch


@action("support.undo_grants")
def undo_grants(*, actor: Actor, batch: GrantBatch, reason: str, at: datetime) -> GrantBatch:
    """Take back what a workbook brought."""
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    _move(batch, GrantBatchState.LOADED, GrantBatchState.UNDONE)
    removed, _by_model = Grant.objects.filter(batch=batch).delete()
    record(
        actor,
        "support.grants_undone",
        batch,
        at=at,
        reason=reason.strip(),
        change={"removed": removed},
    )
    return batch


def content_of(batch: GrantBatch) -> bytes:
    """The file of an import."""
    with batch.attachment.file.open("rb") as file:
        content: bytes = file.read()
    return content


def reports_of(batch: GrantBatch) -> list[Report]:
    """Why rows were not taken, as noted when the file was read last."""
    return [Report(row, Field(field), Code(code), cell) for row, field, code, cell in batch.reports]


def write_error_workbook(into: IO[bytes], batch: GrantBatch) -> int:
    """The rows of an import that were not taken, with the reasons; returns how many."""
    table, head = _headed(content_of(batch), batch.filename)
    return grant_words.write_errors(into, table, head, reports_of(batch))


def _headed(content: bytes, filename: str) -> tuple[Table, Head]:
    for table in tables_of(content, filename):
        if (head := find_head(table)) is not None:
            return table, head
    message = _(
        "Không thấy dòng tiêu đề có cột Chủ thể và cột Số tiền hoặc Số lượng. Hãy dùng tệp mẫu."
    )
    raise Refused("no_heading", message, fields={"file": [message]})


def _read(content: bytes, filename: str, usual: Usual, at: datetime) -> Result:
    table, head = _headed(content, filename)
    result = read_rows(
        table,
        head,
        grant_register.build(),
        level=usual.level,
        category=usual.category,
        today=timezone.localdate(at),
    )
    if result.rows > MOST_ROWS:
        message = _("Tệp có quá %s dòng. Hãy chia thành nhiều tệp.") % write_number(MOST_ROWS)
        raise Refused("too_many_rows", message, fields={"file": [message]})
    return result


def _note(batch: GrantBatch, result: Result) -> list[Draft]:
    """Put the counts and remarks onto the batch; the drafts that no earlier file brought."""
    keys = [draft.key for draft in result.accepted]
    held: set[str] = set()
    for place in range(0, len(keys), _CHUNK):
        rows = Grant.objects.filter(row_key__in=keys[place : place + _CHUNK])
        held.update(rows.values_list("row_key", flat=True))
    fresh = [draft for draft in result.accepted if draft.key not in held]
    batch.rows, batch.accepted = result.rows, len(fresh)
    batch.rejected, batch.known = result.rejected, len(keys) - len(fresh)
    batch.reports = [[r.row, str(r.field), str(r.code), r.cell] for r in result.reports]
    return fresh


def _row(draft: Draft, batch: GrantBatch, at: datetime) -> dict[str, object]:
    return {
        "producer_id": draft.producer,
        "product_id": draft.product,
        "category": draft.category,
        "level": draft.level,
        "payer": draft.payer,
        "unit_id": draft.unit,
        "year": draft.year,
        "given_on": draft.given_on,
        "amount": draft.amount,
        "quantity": draft.quantity,
        "star": draft.star,
        "document": draft.document,
        "purpose": draft.purpose,
        "row_key": draft.key,
        "batch_id": batch.pk,
        "created_at": at,
    }


def _counts(batch: GrantBatch) -> dict[str, int]:
    return {
        "rows": batch.rows,
        "accepted": batch.accepted,
        "rejected": batch.rejected,
        "known": batch.known,
    }


def _move(batch: GrantBatch, before: GrantBatchState, after: GrantBatchState) -> None:
    moved = GrantBatch.objects.filter(pk=batch.pk, state=before).update(state=after)
    if not moved:
        raise Refused("import_state", _("Tệp này đã nạp hoặc đã hoàn tác. Hãy tải lại trang."))
    batch.state = after
