"""Writes of capture jobs: a document is kept before it is answered, and taken in afterwards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from ocop.core import language
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.people.models import User
from ocop.traceability import rules
from ocop.traceability.epcis.documents import events_of
from ocop.traceability.epcis.validation import Problem
from ocop.traceability.models import CaptureJob
from ocop.traceability.services.bringing import bring
from ocop.traceability.services.capturing import NotCaptured

MOST_EVENTS = 2_000  # of one document
_MOST_TOLD = 100  # problems that a job keeps


class TooMany(Refused):
    """More events than one document may hold."""


@action("traceability.receive_capture")
def receive_capture(*, actor: Actor, document: Any, proceed: bool, at: datetime) -> CaptureJob:
    """Keep a document whose events are to be captured. Refused: no document of EPCIS 2.0, or one
    with more events than are taken at once."""
    require(actor, rules.may_capture, timezone.localdate(at))
    count = len(events_of(document))
    if count > MOST_EVENTS:
        words = _("Một lần gửi nhiều nhất %d sự kiện. Hãy chia nhỏ tài liệu.")
        raise TooMany("too_many_events", words % MOST_EVENTS)
    job = CaptureJob.objects.create(
        code=public_code(),
        asked_by=User.objects.filter(pk=actor.user_id).first(),
        language=language.active(),
        proceed=proceed,
        document=document,
        count=count,
        created_at=at,
    )
    record(actor, "traceability.capture_received", job, at=at, change={"events": count})
    return job


def take_in(*, actor: Actor, job: CaptureJob, at: datetime) -> CaptureJob:
    """Capture what a job holds and note on it what became of it."""
    problems: Sequence[Problem] = ()
    captured = 0
    try:
        raws = events_of(job.document)
        done = bring(actor=actor, raws=raws, proceed=job.proceed, clock=lambda: at)
        problems, captured = done.problems, len(done.new)
    except NotCaptured as refusal:
        problems = refusal.problems
    except Refused as refusal:
        problems = [Problem("", refusal.message)]
    finish(job, problems, captured=captured, at=at)
    return job


def finish(
    job: CaptureJob, problems: Sequence[Problem], *, captured: int = 0, at: datetime
) -> None:
    """Note on a job how it ended. What it captured is told by the event of that."""
    errors = [{"place": p.place, "words": p.words} for p in problems[:_MOST_TOLD]]
    told = {
        "document": None,
        "errors": errors,
        "captured": captured,
        "success": not problems,
        "finished_at": at,
    }
    CaptureJob.objects.filter(pk=job.pk, finished_at=None).update(**told)
    for name, value in told.items():
        setattr(job, name, value)
