"""Large papers as jobs: made by the worker, with signs of life."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from io import SEEK_END
from tempfile import TemporaryFile

from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from ocop.core import language
from ocop.core.actor import SYSTEM, Actor
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils.models import Sitting
from ocop.dossiers.models import MadePaper, MadeState
from ocop.dossiers.papers import made as reading
from ocop.dossiers.services import making
from ocop.people import queries as people
from ocop.recognition.models import Decision

RUNS = 3  # a job that ends with its machine so often is not begun again by itself
_BEAT = timedelta(seconds=1)


def ask_paper(*, actor: Actor, held: Sitting, key: str, kind: str, at: datetime) -> MadePaper:
    """Ask for a large paper; the worker makes it unless it is there or being made."""
    return _begun(making.ask_paper(actor=actor, held=held, key=key, kind=kind, at=at))


def ask_certificates(*, actor: Actor, decision: Decision, at: datetime) -> MadePaper:
    """Ask for the certificates of a decision; the worker makes the file unless it is there or
    being made."""
    return _begun(making.ask_certificates(actor=actor, decision=decision, at=at))


def _begun(asked: MadePaper) -> MadePaper:
    if asked.state == MadeState.WAITING:
        transaction.on_commit(partial(work.enqueue, asked.pk, asked.run))
    return asked


@task()
def work(key: int, run: int) -> None:
    """The worker's side. Asked for twice, or by a run that is not the last, it does nothing."""
    same = MadePaper.objects.filter(pk=key, run=run)
    if not same.filter(state=MadeState.WAITING).update(
        state=MadeState.WORKING, seen_at=timezone.now()
    ):
        return
    made = same.select_related("sitting__council", "decision", "asked_by").get()
    with translation.override(made.language), language.using(made.language):
        failure = _(
            "Lỗi ở phía chúng tôi. Hãy yêu cầu tạo lại; nếu vẫn lỗi, báo quản trị hệ thống."
        )
        try:
            _make(made)
            failure = ""
        except making.Superseded:
            failure = ""
        except Refused as refused:
            failure = refused.message
        finally:
            if failure:
                making.give_up_paper(actor=SYSTEM, made=made, failure=failure, at=timezone.now())


def resume_silent(*, at: datetime) -> int:
    """Begin again what ended with its machine, or give it up; gives back how many were begun."""
    begun = 0
    for made in reading.silent(at):
        if made.run >= RUNS:
            with language.using(made.language):
                words = _("Việc tạo tệp bị ngắt nhiều lần. Hãy báo quản trị hệ thống.")
            making.give_up_paper(actor=SYSTEM, made=made, failure=words, at=at)
            continue
        again = making.make_again(actor=SYSTEM, made=made, at=at)
        transaction.on_commit(partial(work.enqueue, again.pk, again.run))
        begun += 1
    return begun


def forget_old(*, at: datetime) -> int:
    """Remove the files that are not kept any longer."""
    return making.forget_papers(actor=SYSTEM, at=at) if reading.old(at).exists() else 0


def _make(made: MadePaper) -> None:
    """With the rights that who asked has now."""
    on = timezone.localdate()
    actor = people.actor_for(made.asked_by, on=on)
    wanted = reading.wish_of(actor, made, on=on)
    if wanted is None:
        raise Refused("paper_not_yours", _("Bạn không còn quyền đọc văn bản này."))
    items, sheets = [item.pk for item in wanted.items], wanted.sheets()
    MadePaper.objects.filter(pk=made.pk, run=made.run).update(pieces=wanted.paper.pieces())
    storage = made.file.storage
    with TemporaryFile() as into:
        wanted.paper.put(made.kind, into, _heartbeat(made))
        size = into.seek(0, SEEK_END)
        into.seek(0)
        kept = storage.save(f"made/{made.code}-{made.run}.{made.kind}", File(into))
    result = making.Made(kept, wanted.paper.name(made.kind), size, items, sheets)
    stored = False
    try:
        making.keep_paper(actor=SYSTEM, made=made, result=result, at=timezone.now())
        stored = True
    finally:
        if not stored:
            storage.delete(kept)


def _heartbeat(made: MadePaper) -> Callable[[int], None]:
    """Tells the page how far it is, once a second at most; ends a run that is not the last."""
    last = timezone.now()

    def beat(done: int) -> None:
        nonlocal last
        now = timezone.now()
        if now - last < _BEAT:
            return
        last = now
        running = MadePaper.objects.filter(pk=made.pk, run=made.run, state=MadeState.WORKING)
        if not running.update(done=done, seen_at=now):
            raise making.Superseded

    return beat
