"""Bringing a registry file into the register: received, read, loaded, then published or undone.

Reading changes nothing and may be repeated with other columns. Loading is all or nothing, or skips
the bad rows by wish; what is in the register already is left as it is, so the same file may come
again. Nothing is before the public until publication, and until then undoing removes exactly what
the import brought.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.utils import timezone

from ocop.core import attachments, db, filetypes, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.products import listing
from ocop.recognition import kinds, rules
from ocop.recognition.bringing import Bringer
from ocop.recognition.carrying import carry_over, carrying_of
from ocop.recognition.comparing import Compared, compare
from ocop.recognition.imports import remembered_columns, wishes_of
from ocop.recognition.joining import join_programme
from ocop.recognition.models import BatchState, ColumnMapping, Evidence, ImportBatch, Recognition
from ocop.recognition.registry_import import (
    Draft,
    Result,
    Wishes,
    check_name,
    read,
)
from ocop.recognition.settling import settle_places
from ocop.recognition.undoing import remove

SAMPLE = 50  # records a preview shows
_LONGEST_NAME = 200
_MANY = 1000  # rows after which the database looks at its tables anew
#: What a reading writes; the job's own columns are the job's.
_FOUND = (
    "rows", "accepted", "rejected", "unchanged", "reports", "sample", "table", "state", "failure",
)  # fmt: skip
_UNDOABLE = (BatchState.RECEIVED, BatchState.READ, BatchState.LOADED)
Progress = Callable[[int], None]


@action("recognition.receive_import")
def receive_import(
    *, actor: Actor, content: bytes, filename: str, wishes: Wishes | None = None, at: datetime
) -> ImportBatch:
    """Keep a file that shall be imported. Refused: what is no workbook or table, too large."""
    require(actor, rules.may_import)
    check_name(content, filename)
    attachment = attachments.store(content, filename=filename, at=at)
    if attachment.media_type not in (filetypes.XLSX, filetypes.CSV):
        message = _("Hãy chọn tệp Excel (.xlsx) hoặc CSV.")
        raise Refused("file_type", message, fields={"file": [message]})
    batch = ImportBatch.objects.create(
        filename=filename[-_LONGEST_NAME:],
        attachment=attachment,
        wishes=_as_json(wishes or Wishes()),
        created_by=actor.user_id,
        created_at=at,
    )
    record(actor, "recognition.import_received", batch, at=at)
    return batch


def read_batch(batch: ImportBatch, *, at: datetime, progress: Progress | None = None) -> Result:
    """What the file of an import says, with the columns that were told for it or for its kind."""
    with batch.attachment.file.open("rb") as file:
        content = file.read()
    return read(
        content,
        batch.filename,
        today=timezone.localdate(at),
        wishes=wishes_of(batch),
        remembered=remembered_columns,
        own_province=options.PROVINCE.get(),
        progress=progress,
    )


@action("recognition.note_reading")
def note_reading(*, actor: Actor, batch: ImportBatch, result: Result, at: datetime) -> ImportBatch:
    """Note what a reading of the file found, for the preview, and remember its columns.

    Refused when the import was loaded meanwhile.
    """
    require(actor, rules.may_import)
    if batch.state not in (BatchState.RECEIVED, BatchState.READ):
        raise _already_loaded()
    compared = compare(result)
    _note(batch, result, compared)
    batch.state, batch.failure = BatchState.READ, ""
    batch.save(update_fields=_FOUND)
    told = wishes_of(batch).columns
    if told and result.heading.rows:
        ColumnMapping.objects.update_or_create(
            heading=result.heading.digest,
            defaults={"mapping": {str(k): v for k, v in told.items()}, "used_at": at},
        )
    record(actor, "recognition.import_read", batch, at=at, change=_counts(batch))
    return batch


@action("recognition.change_wishes")
def change_wishes(*, actor: Actor, batch: ImportBatch, wishes: Wishes, at: datetime) -> ImportBatch:
    """Say which sheet, columns and evidence a file that is not loaded yet shall be read with."""
    require(actor, rules.may_import)
    if batch.state not in (BatchState.RECEIVED, BatchState.READ):
        raise _already_loaded()
    batch.wishes, batch.state, batch.failure = _as_json(wishes), BatchState.RECEIVED, ""
    batch.save(update_fields=["wishes", "state", "failure"])
    record(actor, "recognition.import_columns_told", batch, at=at)
    return batch


@action("recognition.load_import")
def load_import(
    *,
    actor: Actor,
    batch: ImportBatch,
    result: Result,
    skip_bad: bool = False,
    progress: Progress | None = None,
    at: datetime,
) -> ImportBatch:
    """Write the rows into the register, seen by the office only until publication. What was
    written is taken out of `result`.

    Refused: rows that cannot be taken, unless `skip_bad`; nothing new; loaded already.
    """
    require(actor, rules.may_import)
    taken = ImportBatch.objects.filter(
        pk=batch.pk, state__in=(BatchState.RECEIVED, BatchState.READ)
    ).update(state=BatchState.LOADED)
    if not taken:
        raise _already_loaded()
    compared = compare(result)
    if compared.rejected and not skip_bad:
        raise Refused(
            "bad_rows",
            _(
                "Còn %d dòng chưa nhận được. Hãy sửa theo tệp lỗi rồi nạp lại, "
                "hoặc chọn bỏ qua các dòng đó."
            )
            % compared.rejected,
        )
    if not (compared.fresh or compared.completing or compared.placing):
        raise Refused("nothing_new", _("Tệp không có dòng mới nào để nạp."))
    _note(batch, result, compared)
    batch.state, batch.failure = BatchState.LOADED, ""
    batch.save(update_fields=_FOUND)
    fresh = {draft.row for draft in compared.fresh}
    result.accepted = [draft for draft in result.accepted if draft.row not in fresh]
    bringer = Bringer(batch, compared.fresh, at)
    bringer.bring(progress)
    before = bringer.complete(compared.completing)
    placed = bringer.place(compared.placing)
    if len(fresh) >= _MANY:
        db.learn()
    kinds.settle(bringer.products)
    record(
        actor,
        "recognition.import_loaded",
        batch,
        at=at,
        change={**_counts(batch), "completed": before, "placed": placed},
        also=chain(bringer.made(), (("recognition", int(key)) for key in (*before, *placed))),
    )
    return batch


@action("recognition.publish_import")
def publish_import(*, actor: Actor, batch: ImportBatch, at: datetime) -> ImportBatch:
    """Put an import before the public and into the counts; from then on it cannot be undone.

    Products known by a proposal alone (B2) stay with the office. A product whose commune of today
    was not known takes that of its row.
    """
    require(actor, rules.may_import)
    _move(batch, (BatchState.LOADED,), BatchState.PUBLISHED, _("Chỉ công bố được lần đã nạp."))
    decided = Recognition.objects.filter(batch=batch).exclude(evidence=Evidence.B2)
    products = list(decided.values_list("product_id", flat=True).distinct())
    listing.show(products)
    join_programme(actor, batch, products, at)
    settle_places(batch)
    record(actor, "recognition.import_published", batch, at=at, change=_counts(batch))
    carry_over(actor, carrying_of(batch), at)
    return batch


@action("recognition.undo_import")
def undo_import(*, actor: Actor, batch: ImportBatch, reason: str, at: datetime) -> ImportBatch:
    """Take back an import that is not published: its rows go, and the products, producers and
    decisions it made, unless somebody worked with them since. `undoing.plan` tells it beforehand.

    Refused: published, undone, no reason."""
    require(actor, rules.may_import)
    needs_reason(reason)
    _move(batch, _UNDOABLE, BatchState.UNDONE, _not_undone(batch).message)
    touched = set(Recognition.objects.filter(batch=batch).values_list("product_id", flat=True))
    removed, put_back = remove(batch)
    kinds.settle(touched | put_back)
    record(
        actor,
        "recognition.import_undone",
        batch,
        at=at,
        reason=reason.strip(),
        change={"removed": removed},
    )
    return batch


def check_undoable(batch: ImportBatch) -> None:
    """Refuse an import that cannot be undone any more, before anybody is asked for a reason."""
    if batch.state not in _UNDOABLE:
        raise _not_undone(batch)


def import_file(
    *,
    actor: Actor,
    content: bytes,
    filename: str,
    wishes: Wishes,
    result: Result | None = None,
    skip_bad: bool = False,
    publish: bool = False,
    progress: Progress | None = None,
    at: datetime,
) -> ImportBatch:
    """All steps at once, as the command line does: everything happens or nothing. `result` is what
    the file says, where it was read already."""
    result = result or read(
        content,
        filename,
        today=timezone.localdate(at),
        wishes=wishes,
        remembered=remembered_columns,
        own_province=options.PROVINCE.get(),
        progress=progress,
    )
    with transaction.atomic():
        batch = receive_import(
            actor=actor, content=content, filename=filename, wishes=wishes, at=at
        )
        load_import(actor=actor, batch=batch, result=result, skip_bad=skip_bad, at=at)
        if publish:
            publish_import(actor=actor, batch=batch, at=at)
    return batch


def hold_against_register(result: Result) -> int:
    """Let the result of a dry run say what the register says of its rows: remarks are added, rows
    that contradict it are no longer accepted. Returns how many rows it holds already."""
    compared = compare(result)
    result.reports = compared.reports
    result.rejected = {report.row for report in compared.reports if report.rejects}
    result.accepted = [draft for draft in result.accepted if draft.row not in result.rejected]
    return compared.unchanged


def _note(batch: ImportBatch, result: Result, compared: Compared) -> None:
    batch.rows = result.rows
    batch.accepted = len(_taken(compared))
    batch.unchanged, batch.rejected = compared.unchanged, compared.rejected
    batch.reports = [
        [r.row, str(r.field or ""), str(r.code), dict(r.facts), r.rejects] for r in compared.reports
    ]
    batch.sample = [_told(draft) for draft in _taken(compared)[:SAMPLE]]
    batch.table = {
        "sheet": result.table,
        "columns": {str(field): place for field, place in result.heading.columns.items()},
        "headings": list(result.heading.texts),
    }


def _taken(compared: Compared) -> list[Draft]:
    more = (*compared.completing, *compared.placing)
    return [*compared.fresh, *(draft for draft, _key in more)]


def _told(draft: Draft) -> dict[str, Any]:
    commune = draft.placed.commune
    return {
        "row": draft.row,
        "name": draft.name,
        "producer": draft.producer,
        "commune": commune.name if commune else "",
        "stars": draft.stars,
        "evidence": draft.evidence,
        "decision": draft.decision,
        "signed_on": draft.signed_on.isoformat() if draft.signed_on else "",
    }


def _counts(batch: ImportBatch) -> dict[str, int]:
    return {
        "rows": batch.rows,
        "accepted": batch.accepted,
        "rejected": batch.rejected,
        "unchanged": batch.unchanged,
    }


def _as_json(wishes: Wishes) -> dict[str, Any]:
    return {
        "sheet": wishes.sheet,
        "columns": {str(field): column for field, column in wishes.columns.items()},
        "evidence": wishes.evidence,
        "province": wishes.province,
    }


def _move(
    batch: ImportBatch, before: Sequence[BatchState], after: BatchState, refusal: str
) -> None:
    moved = ImportBatch.objects.filter(pk=batch.pk, state__in=before).update(state=after)
    if not moved:
        raise Refused("import_state", refusal)
    batch.state = after


def _not_undone(batch: ImportBatch) -> Refused:
    if batch.state == BatchState.UNDONE:
        return Refused("import_state", _("Lần nhập này đã hoàn tác."))
    return Refused("import_state", _("Lần nhập đã công bố thì không hoàn tác được."))


def _already_loaded() -> Refused:
    return Refused("import_state", _("Lần nhập này đã nạp hoặc đã hoàn tác. Hãy tải tệp lên lại."))
