"""Documents of events, taken in by the worker after they were answered."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tasks import task

from ocop.core.actor import Actor
from ocop.core.jobs import life
from ocop.core.language import gettext as _
from ocop.people import queries as people
from ocop.traceability.epcis.validation import Problem
from ocop.traceability.models import CaptureJob
from ocop.traceability.services import receiving

KEPT = timedelta(days=90)


def receive(*, actor: Actor, document: Any, proceed: bool, at: datetime) -> CaptureJob:
    """Keep a document and hand it to the worker."""
    job = receiving.receive_capture(actor=actor, document=document, proceed=proceed, at=at)
    transaction.on_commit(partial(work.enqueue, job.pk))
    return job


@task()
def work(key: int) -> None:
    """The worker's side, with the rights that who sent it has now. Called twice, it does nothing
    the second time: events that are here are passed over."""
    rows = CaptureJob.objects.select_related("asked_by")
    job = rows.filter(pk=key, finished_at=None).first()
    if job is None:
        return
    at = timezone.now()
    actor = people.actor_for(job.asked_by, on=timezone.localdate(at))

    def note(failure: str) -> None:
        if failure:
            receiving.finish(job, [Problem("", failure)], at=at)

    with life.ending(job.language, note, _broken):
        receiving.take_in(actor=actor, job=job, at=at)


def resume(*, at: datetime) -> int:
    """Begin again what did not end, and forget what ended long ago; how many were begun."""
    CaptureJob.objects.filter(finished_at__lt=at - KEPT).delete()
    quiet = CaptureJob.objects.filter(finished_at=None).alias(
        quiet_since=Coalesce("handed_at", "created_at")
    )
    keys = list(quiet.filter(quiet_since__lte=at - life.SILENT).values_list("pk", flat=True)[:100])
    CaptureJob.objects.filter(pk__in=keys).update(handed_at=at)
    for key in keys:
        work.enqueue(key)
    return len(keys)


def _broken() -> str:
    return _("Lỗi ở phía chúng tôi. Hãy gửi lại; nếu vẫn lỗi, báo quản trị hệ thống.")
