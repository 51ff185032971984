"""Bringing a workbook of villages into the register: read, loaded, then published or undone.

Reading changes nothing. Loading is all or nothing, or skips the bad rows by wish. Nothing is before
the public until publication, and until then undoing removes exactly what the import brought.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from django.utils import timezone

from ocop.core import attachments, db, filetypes, folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.codes import public_code, public_codes
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.models import EventObject
from ocop.core.refusals import Refused
from ocop.network.villages import rules
from ocop.network.villages.comparing import Compared, More, compare
from ocop.network.villages.models import (
    Village,
    VillageImport,
    VillageImportState,
    VillageRecognition,
    VillageYear,
)
from ocop.network.villages.village_import.codes import Code, Report
from ocop.network.villages.village_import.draft import Draft
from ocop.network.villages.village_import.errors import write_errors
from ocop.network.villages.village_import.fields import Field
from ocop.network.villages.village_import.reading import Result, read
from ocop.places import queries as places
from ocop.places.gazetteer import Entry
from ocop.recognition.registry_import import check_name

SAMPLE = 50  # villages a preview shows
_LONGEST_NAME = 200
_UNDOABLE = (VillageImportState.READ, VillageImportState.LOADED)
_FOLDED = Village._meta.get_field("folded").max_length


@action("network.bring_villages")
def bring_villages(*, actor: Actor, content: bytes, filename: str, at: datetime) -> VillageImport:
    """Keep a workbook and read it: the preview, in which nothing of the register changes.

    Refused: what is no workbook or table, a heading without the columns that are needed.
    """
    require(actor, rules.may_import_villages)
    check_name(content, filename)
    attachment = attachments.store(content, filename=filename, at=at)
    if attachment.media_type not in (filetypes.XLSX, filetypes.CSV):
        message = _("Hãy chọn tệp Excel (.xlsx) hoặc CSV.")
        raise Refused("file_type", message, fields={"file": [message]})
    result = _read(content, filename, at)
    batch = VillageImport(
        code=public_code(),
        filename=filename[-_LONGEST_NAME:],
        attachment=attachment,
        created_by=actor.user_id,
        created_at=at,
    )
    _note(batch, result, compare(result.accepted))
    batch.save()
    record(actor, "network.villages_brought", batch, at=at, change=_counts(batch))
    return batch


@action("network.load_villages")
def load_villages(
    *, actor: Actor, batch: VillageImport, skip_bad: bool = False, at: datetime
) -> VillageImport:
    """Write the rows into the register, seen by the office only until publication.

    The file is held against the register anew. Refused: rows that cannot be taken, unless
    `skip_bad`; nothing new; loaded already.
    """
    require(actor, rules.may_import_villages)
    _move(batch, (VillageImportState.READ,), VillageImportState.LOADED)
    result = _read(content_of(batch), batch.filename, at)
    compared = compare(result.accepted)
    if result.rejected and not skip_bad:
        raise Refused(
            "bad_rows",
            _(
                "Còn %d dòng chưa nhận được. Hãy sửa theo tệp lỗi rồi nhập lại, "
                "hoặc chọn bỏ qua các dòng đó."
            )
            % len(result.rejected),
        )
    if not compared.accepted:
        raise Refused("nothing_new", _("Tệp không có làng hay số liệu mới nào để nạp."))
    _note(batch, result, compared)
    batch.save()
    named = _write(batch, compared, at)
    record(actor, "network.villages_loaded", batch, at=at, change=_counts(batch), also=named)
    return batch


@action("network.publish_villages")
def publish_villages(*, actor: Actor, batch: VillageImport, at: datetime) -> VillageImport:
    """Put an import before the public and into the counts; from then on it cannot be undone."""
    require(actor, rules.may_import_villages)
    _move(batch, (VillageImportState.LOADED,), VillageImportState.PUBLISHED)
    batch.villages.update(listed=True)
    record(actor, "network.villages_published", batch, at=at, change=_counts(batch))
    return batch


@action("network.undo_villages")
def undo_villages(
    *, actor: Actor, batch: VillageImport, reason: str, at: datetime
) -> VillageImport:
    """Take back an import that is not published: what it wrote goes, except villages that somebody
    worked with since. Refused: published, undone, no reason."""
    require(actor, rules.may_import_villages)
    needs_reason(reason)
    _move(batch, _UNDOABLE, VillageImportState.UNDONE)
    kept = worked_with(batch)
    VillageRecognition.objects.filter(batch=batch).exclude(village__in=kept).delete()
    VillageYear.objects.filter(batch=batch).exclude(village__in=kept).delete()
    removed, _by_model = batch.villages.exclude(pk__in=kept).delete()
    record(
        actor,
        "network.villages_undone",
        batch,
        at=at,
        reason=reason.strip(),
        change={"removed": removed, "kept": len(kept)},
    )
    return batch


def worked_with(batch: VillageImport) -> list[int]:
    """The villages an import made that other acts name since: they stay when it is undone."""
    own = batch.villages.values("pk")
    named = EventObject.objects.filter(kind="village", object_id__in=own)
    others = named.exclude(event__name="network.villages_loaded")
    return sorted(set(others.values_list("object_id", flat=True)))


def check_undoable(batch: VillageImport) -> None:
    """Refuse an import that cannot be undone any more, before anybody is asked for a reason."""
    if batch.state not in _UNDOABLE:
        raise _wrong_state(batch)


def reports_of(batch: VillageImport) -> list[Report]:
    """The remarks on the rows, as noted when the file was read last."""
    return [
        Report(row, Field(at) if at else None, Code(code), facts)
        for row, at, code, facts in batch.reports
    ]


def content_of(batch: VillageImport) -> bytes:
    """The file of an import."""
    with batch.attachment.file.open("rb") as file:
        return bytes(file.read())


def write_error_workbook(into: IO[bytes], batch: VillageImport) -> int:
    """The remarked rows of an import as they stood, with the reasons; returns how many."""
    return write_errors(into, content_of(batch), batch.filename, reports_of(batch))


def _read(content: bytes, filename: str, at: datetime) -> Result:
    return read(content, filename, province=options.PROVINCE.get(), today=timezone.localdate(at))


def _write(batch: VillageImport, compared: Compared, at: datetime) -> list[tuple[str, int]]:
    units = {key: unit.pk for key, unit in places.rows_of_entries().items()}
    codes = public_codes(len(compared.fresh), Village.objects.all())
    villages = [
        _village(batch, draft, code, units, at)
        for draft, code in zip(compared.fresh, codes, strict=True)
    ]
    db.insert(villages)
    rows = [
        *(
            More(draft, village.pk, bool(draft.title), draft.has_numbers)
            for draft, village in zip(compared.fresh, villages, strict=True)
        ),
        *compared.more,
    ]
    db.insert([_recognition(batch, row) for row in rows if row.title])
    db.insert([_year(batch, row) for row in rows if row.numbers])
    return [("village", row.village) for row in rows]


def _village(
    batch: VillageImport, draft: Draft, code: str, units: dict[Any, int], at: datetime
) -> Village:
    commune = draft.placed.commune
    then = draft.placed.then or commune
    return Village(
        code=code,
        name=draft.name,
        trade=draft.trade,
        trade_group=draft.group,
        folded=folding.words(draft.name, draft.trade)[:_FOLDED],
        began_year=draft.began,
        address=draft.address,
        province=draft.placed.province,
        unit_id=_unit(then, units),
        commune_id=_unit(commune, units),
        counted_from=timezone.localdate(at),
        row_key=draft.key,
        batch=batch,
        created_at=at,
    )


def _unit(entry: Entry | None, units: dict[Any, int]) -> int | None:
    return None if entry is None else units[entry.code, entry.valid_from]


def _recognition(batch: VillageImport, row: More) -> VillageRecognition:
    draft = row.draft
    return VillageRecognition(
        village_id=row.village,
        title=draft.title,
        number=draft.decision,
        signed_on=draft.signed_on,
        year=draft.year or batch.created_at.year,
        authority=draft.authority,
        batch=batch,
    )


def _year(batch: VillageImport, row: More) -> VillageYear:
    draft = row.draft
    return VillageYear(
        village_id=row.village,
        year=draft.data_year,
        households=draft.households,
        in_trade=draft.in_trade,
        workers=draft.workers,
        revenue=draft.revenue,
        income=draft.income,
        source=batch.filename,
        batch=batch,
    )


def _note(batch: VillageImport, result: Result, compared: Compared) -> None:
    batch.sheet = result.sheet
    batch.columns = {str(at): place for at, place in result.heading.columns.items()}
    batch.headings = list(result.heading.texts)
    batch.rows, batch.rejected = result.rows, len(result.rejected)
    batch.accepted, batch.unchanged = compared.accepted, compared.unchanged
    reports = sorted([*result.reports, *compared.reports], key=lambda report: report.row)
    batch.reports = [[r.row, str(r.field or ""), str(r.code), dict(r.facts)] for r in reports]
    drafts = [*compared.fresh, *(more.draft for more in compared.more)]
    batch.sample = list(map(_told, drafts[:SAMPLE]))


def _told(draft: Draft) -> dict[str, Any]:
    return {
        "row": draft.row,
        "name": draft.name,
        "trade": draft.trade,
        "commune": draft.place_name,
        "title": draft.title,
        "year": draft.year,
        "households": draft.households,
        "in_trade": draft.in_trade,
    }


def _counts(batch: VillageImport) -> dict[str, int]:
    return {
        "rows": batch.rows,
        "accepted": batch.accepted,
        "rejected": batch.rejected,
        "unchanged": batch.unchanged,
    }


def _move(
    batch: VillageImport, before: Iterable[VillageImportState], after: VillageImportState
) -> None:
    rows = VillageImport.objects.filter(pk=batch.pk, state__in=tuple(before))
    if not rows.update(state=after):
        batch.refresh_from_db(fields=["state"])
        raise _wrong_state(batch)
    batch.state = after


def _wrong_state(batch: VillageImport) -> Refused:
    messages = {
        VillageImportState.READ: _("Lần nhập này chưa nạp, nên chưa công bố được."),
        VillageImportState.LOADED: _("Lần nhập này đã nạp."),
        VillageImportState.PUBLISHED: _("Lần nhập đã công bố thì không nạp lại, hoàn tác được."),
        VillageImportState.UNDONE: _("Lần nhập này đã hoàn tác."),
    }
    return Refused("import_state", messages[VillageImportState(batch.state)])
