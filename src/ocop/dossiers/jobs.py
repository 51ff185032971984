"""Large papers as jobs: made by the worker, with signs of life."""

from datetime import datetime
from functools import partial

from django.utils import timezone
from django_tasks import task

from ocop.core.actor import SYSTEM, Actor
from ocop.core.jobs import files
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils.models import Sitting
from ocop.dossiers.models import MadePaper
from ocop.dossiers.papers import made as reading
from ocop.dossiers.services import making
from ocop.people import queries as people
from ocop.recognition.models import Decision


def ask_paper(*, actor: Actor, held: Sitting, key: str, kind: str, at: datetime) -> MadePaper:
    """Ask for a large paper; the worker makes it unless it is there or being made."""
    asked = making.ask_paper(actor=actor, held=held, key=key, kind=kind, at=at)
    return files.hand_over(asked, work.enqueue)


def ask_certificates(*, actor: Actor, decision: Decision, at: datetime) -> MadePaper:
    """Ask for the certificates of a decision; the worker makes the file unless it is there or
    being made."""
    asked = making.ask_certificates(actor=actor, decision=decision, at=at)
    return files.hand_over(asked, work.enqueue)


@task()
def work(key: int, run: int) -> None:
    """The worker's side."""
    rows = MadePaper.objects.select_related("sitting__council", "decision", "asked_by")
    files.work(rows, key, run, _make, _give_up)


def resume_silent(*, at: datetime) -> int:
    """Begin again what ended with its machine, or give it up; gives back how many were begun."""
    return files.resume(
        MadePaper.objects.all(),
        at=at,
        begin=work.enqueue,
        again=lambda made: making.make_again(actor=SYSTEM, made=made, at=at),
        give_up=_give_up,
    )


def forget_old(*, at: datetime) -> int:
    """Remove the files that are not kept any longer."""
    return making.forget_papers(actor=SYSTEM, at=at) if reading.old(at).exists() else 0


def _give_up(made: MadePaper, failure: str) -> None:
    making.give_up_paper(actor=SYSTEM, made=made, failure=failure, at=timezone.now())


def _make(made: MadePaper) -> None:
    """With the rights that who asked has now."""
    on = timezone.localdate()
    actor = people.actor_for(made.asked_by, on=on)
    wanted = reading.wish_of(actor, made, on=on)
    if wanted is None:
        raise Refused("paper_not_yours", _("Bạn không còn quyền đọc văn bản này."))
    paper, items, sheets = wanted.paper, [item.pk for item in wanted.items], wanted.sheets()
    MadePaper.objects.filter(pk=made.pk, run=made.run).update(pieces=paper.pieces())

    def keep(file: str, size: int) -> None:
        result = making.Made(file, paper.name(made.kind), size, items, sheets)
        making.keep_paper(actor=SYSTEM, made=made, result=result, at=timezone.now())

    write = partial(paper.put, made.kind, tell=files.heartbeat(made))
    files.store(made, "made", made.kind, write, keep)
