"""Files that the worker makes: asked for, made with signs of life, kept some days, removed.

The row belongs to a room, which says who may ask for it and see it, what is written into the file,
and records each act. A run is a number: whatever an earlier run still does changes nothing.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from io import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

from django.core.files import File
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ocop.core import language
from ocop.core.jobs import life
from ocop.core.jobs.life import Superseded
from ocop.core.language import gettext as _


class JobState(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting", gettext_lazy("Đang chờ")
    WORKING = "working", gettext_lazy("Đang tạo")
    READY = "ready", gettext_lazy("Đã tạo xong")
    FAILED = "failed", gettext_lazy("Không tạo được")
    REMOVED = "removed", gettext_lazy("Đã xóa tệp")


class FileJob(models.Model):
    """The columns of a file that a job makes. What it is of, and who asked, is the room's."""

    code = models.CharField(max_length=8, unique=True)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=7, choices=JobState.choices, default=JobState.WAITING)
    run = models.PositiveIntegerField(default=1)  # of the job; an earlier one has nothing to say
    seen_at = models.DateTimeField()  # the job's last sign of life
    done = models.PositiveIntegerField(default=0)
    pieces = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    file = models.FileField(upload_to="made", max_length=200, blank=True)
    name = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_there(self) -> bool:
        """Whether the file can be taken."""
        return self.state == JobState.READY and self.file.storage.exists(str(self.file.name))


J = TypeVar("J", bound=FileJob)
Begin = Callable[[int, int], object]  # hands a row and its run to the worker


def is_at_work(job: FileJob, at: datetime) -> bool:
    """Whether the worker is at it, or will be."""
    if job.state == JobState.WORKING:
        return not life.is_silent(job.seen_at, at)
    return job.state == JobState.WAITING


def is_over(job: FileJob, at: datetime) -> bool:
    """Whether nobody works on it and there is no file."""
    return not (job.is_there if job.state == JobState.READY else is_at_work(job, at))


def stopped(rows: QuerySet[J], at: datetime) -> QuerySet[J]:
    """Those whose job ended without a word."""
    return rows.filter(state=JobState.WORKING, seen_at__lte=at - life.SILENT)


def hand_over(job: J, begin: Begin) -> J:
    """Let the worker do what waits, once all this is committed."""
    if job.state == JobState.WAITING:
        transaction.on_commit(partial(begin, job.pk, job.run))
    return job


def work(
    rows: QuerySet[J],
    key: int,
    run: int,
    make: Callable[[J], object],
    give_up: Callable[[J, str], object],
) -> None:
    """The worker's side. Asked for twice, or by a run that is not the last, it does nothing."""
    same = rows.filter(pk=key, run=run)
    if not begin_work(same):
        return
    job = same.get()

    def note(failure: str) -> None:
        if failure:
            give_up(job, failure)

    with life.ending(job.language, note, _broken):
        make(job)


def begin_work(same: QuerySet[J]) -> bool:
    """Take what waits; of two who do so at once only one gets it."""
    waiting = same.filter(state=JobState.WAITING)
    return bool(waiting.update(state=JobState.WORKING, seen_at=timezone.now()))


def heartbeat(job: FileJob) -> Callable[[int], None]:
    """Tells the page how many pieces are done; ends a run that is not the last."""

    def note(done: int, at: datetime) -> int:
        return _run(job).filter(state=JobState.WORKING).update(done=done, seen_at=at)

    return life.heartbeat(note)


def store(
    job: FileJob,
    folder: str,
    ending: str,
    write: Callable[[IO[bytes]], object],
    keep: Callable[[str, int], object],
) -> None:
    """Write the file, put it into the store and let it be kept: `keep` gets its name there and its
    size. What is not kept does not stay."""
    storage = job.file.storage
    with TemporaryFile() as into:
        write(into)
        size = into.seek(0, SEEK_END)
        into.seek(0)
        kept = storage.save(f"{folder}/{job.code}-{job.run}.{ending}", File(into))
    stored = False
    try:
        keep(kept, size)
        stored = True
    finally:
        if not stored:
            storage.delete(kept)


def make_ready(job: FileJob, at: datetime, **facts: Any) -> None:
    """Note the file that was made. Refused: another run began."""
    _end(job, JobState.READY, at, done=F("pieces"), failure="", **facts)


def make_failed(job: FileJob, failure: str, at: datetime) -> None:
    """Note why there is no file. Refused: another run began."""
    _end(job, JobState.FAILED, at, failure=failure)


def begin_again(job: FileJob, at: datetime) -> bool:
    """A new run; of two who begin one at once only one does."""
    begun = _run(job).update(
        state=JobState.WAITING, run=F("run") + 1, seen_at=at, done=0, failure="", ended_at=None
    )
    job.refresh_from_db()
    return bool(begun)


def resume(
    rows: QuerySet[J],
    *,
    at: datetime,
    begin: Begin,
    again: Callable[[J], J],
    give_up: Callable[[J, str], object],
) -> int:
    """Begin again what ended with its machine, or give it up when that happened too often; hand on
    once more what waits: its message may be lost with the machine, and if it only stands behind
    other work, a second message does nothing. Gives back how many were handed to the worker."""
    begun = 0
    quiet = Q(state=JobState.WAITING) | Q(state=JobState.WORKING)
    for job in rows.filter(quiet, seen_at__lte=at - life.SILENT):
        if job.state == JobState.WORKING and job.run >= life.RUNS:
            with language.using(job.language):
                words = _("Việc tạo tệp bị ngắt nhiều lần. Hãy báo quản trị hệ thống.")
            give_up(job, words)
            continue
        if job.state == JobState.WORKING:
            job = again(job)
        elif not _run(job).filter(state=JobState.WAITING).update(seen_at=at):
            continue
        hand_over(job, begin)
        begun += 1
    return begun


def remove_file(job: FileJob) -> None:
    """Delete the file of a row, once all this is committed."""
    if job.file:
        transaction.on_commit(partial(job.file.storage.delete, str(job.file.name)))


def _run(job: J) -> QuerySet[J]:
    return type(job)._default_manager.filter(pk=job.pk, run=job.run)


def _end(job: FileJob, state: JobState, at: datetime, **facts: Any) -> None:
    working = _run(job).filter(state=JobState.WORKING)
    if not working.update(state=state, ended_at=at, **facts):
        raise Superseded
    job.refresh_from_db()


def _broken() -> str:
    return _("Lỗi ở phía chúng tôi. Hãy yêu cầu tạo lại; nếu vẫn lỗi, báo quản trị hệ thống.")
