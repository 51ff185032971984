"""Imports as jobs: small files at once, large ones by the worker, with signs of life."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ocop.core import language
from ocop.core.actor import Actor
from ocop.core.jobs import life
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.people import queries as people
from ocop.people.models import User
from ocop.recognition import importing
from ocop.recognition.models import ImportBatch

SMALL = 250_000  # bytes: some two thousand rows, read and loaded while the person waits
READING, STORING = "reading", "storing"


def is_at_work(batch: ImportBatch, at: datetime) -> bool:
    """Whether a job works on the import, or waits for the worker."""
    seen = batch.job_seen_at
    return bool(batch.job) and seen is not None and not life.is_silent(seen, at)


def read_import(*, actor: Actor, batch: ImportBatch, at: datetime) -> None:
    """Read the file for the preview. Refused at once where the file is small."""
    _run(batch, READING, actor, at, skip_bad=False)


def load_import(*, actor: Actor, batch: ImportBatch, skip_bad: bool, at: datetime) -> None:
    """Bring the rows into the register. Refused at once where the file is small."""
    _run(batch, STORING, actor, at, skip_bad=skip_bad)


def _run(batch: ImportBatch, job: str, actor: Actor, at: datetime, *, skip_bad: bool) -> None:
    if batch.attachment.size <= SMALL:
        _work(batch, job, actor, at, skip_bad=skip_bad)
        return
    free = ImportBatch.objects.filter(pk=batch.pk, job="")
    silent = ImportBatch.objects.filter(pk=batch.pk, job_seen_at__lte=at - life.SILENT)
    begun = (free | silent).update(job=job, job_seen_at=at, progress=0, failure="")
    if not begun:
        raise Refused("import_at_work", _("Tệp đang được xử lý. Hãy đợi xong."))
    spoken = language.active()
    transaction.on_commit(partial(work.enqueue, batch.pk, job, actor.user_id, spoken, skip_bad))


def note_failure(batch: ImportBatch, words: str) -> None:
    """Note on an import why its file could not be read or loaded."""
    batch.failure = words
    batch.save(update_fields=["failure"])


@task()
def work(key: int, job: str, user: int | None, spoken: str, skip_bad: bool) -> None:
    """The worker's side: what is refused is noted on the import, for the page."""
    batch = ImportBatch.objects.select_related("attachment").get(pk=key)
    at = timezone.now()
    actor = people.actor_for(User.objects.filter(pk=user).first(), on=timezone.localdate(at))

    def note(failure: str) -> None:
        ImportBatch.objects.filter(pk=key).update(job="", failure=failure)

    with life.ending(spoken, note, _broken):
        _work(batch, job, actor, at, skip_bad=skip_bad, progress=_heartbeat(key))


def _work(
    batch: ImportBatch,
    job: str,
    actor: Actor,
    at: datetime,
    *,
    skip_bad: bool,
    progress: Callable[[int], None] | None = None,
) -> None:
    result = importing.read_batch(batch, at=at, progress=progress)
    if job == READING:
        importing.note_reading(actor=actor, batch=batch, result=result, at=at)
    else:
        importing.load_import(actor=actor, batch=batch, result=result, skip_bad=skip_bad, at=at)


def _heartbeat(key: int) -> Callable[[int], None]:
    """Tells the page how many rows are read."""

    def note(rows: int, at: datetime) -> int:
        return ImportBatch.objects.filter(pk=key).update(progress=rows, job_seen_at=at)

    return life.heartbeat(note)


def _broken() -> str:
    return _("Lỗi ở phía chúng tôi. Hãy thử lại; nếu vẫn lỗi, báo quản trị hệ thống.")
