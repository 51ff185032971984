"""Reads of imports: which there are, what was said and found of their files."""

from collections.abc import Mapping
from typing import IO, Any

from django.db.models import QuerySet

from ocop.core.actor import Actor
from ocop.recognition import rules
from ocop.recognition.comparing import CHUNK, chunks
from ocop.recognition.models import BatchState, ColumnMapping, ImportBatch, Recognition
from ocop.recognition.registry_import import (
    Code,
    Field,
    Outline,
    Report,
    Result,
    Wishes,
    outline,
    write_errors,
)


def not_published(actor: Actor, result: Result) -> list[ImportBatch]:
    """Imports that brought rows of a file before and were loaded, but not published."""
    found: set[int] = set()
    for drafts in chunks(result.accepted, CHUNK):
        rows = Recognition.objects.filter(row_key__in=[draft.key for draft in drafts])
        found.update(rows.exclude(batch=None).values_list("batch", flat=True).distinct())
    return list(batches(actor).filter(pk__in=found, state=BatchState.LOADED).order_by("pk"))


def batches(actor: Actor) -> QuerySet[ImportBatch]:
    """Imports an actor may see, the newest first: the office's and its auditors'."""
    if rules.may_see_unpublished(actor):
        return ImportBatch.objects.select_related("attachment")
    return ImportBatch.objects.none()


def outline_of(batch: ImportBatch) -> Outline:
    """The columns of an import's file."""
    with batch.attachment.file.open("rb") as file:
        return outline(file.read(), batch.filename, wishes_of(batch), remembered_columns)


def write_error_workbook(into: IO[bytes], batch: ImportBatch) -> int:
    """The remarked rows of an import as they stood, with the reasons; returns how many."""
    with batch.attachment.file.open("rb") as file:
        content = file.read()
    return write_errors(
        into, content, batch.filename, reports_of(batch), wishes_of(batch), remembered_columns
    )


def wishes_of(batch: ImportBatch) -> Wishes:
    """What the person said about the file."""
    told: Mapping[str, Any] = batch.wishes
    columns = {Field(name): column for name, column in told.get("columns", {}).items()}
    return Wishes(
        told.get("sheet", ""), columns, told.get("evidence", ""), told.get("province", "")
    )


def reports_of(batch: ImportBatch) -> list[Report]:
    """The remarks on the rows, as noted when the file was read last."""
    return [
        Report(row, Field(field) if field else None, Code(code), facts, rejects)
        for row, field, code, facts, rejects in batch.reports
    ]


def remembered_columns(digest: str) -> Mapping[Field, str]:
    """The columns told for a heading before; empty where none were."""
    found = ColumnMapping.objects.filter(heading=digest).first()
    return {Field(name): column for name, column in found.mapping.items()} if found else {}
