"""Large papers: asked for, made by a job, told when ready, removed when old."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from ocop.core import language
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.jobs import files
from ocop.core.jobs.files import JobState
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils.models import Sitting
from ocop.dossiers import made_notices, rules
from ocop.dossiers.models import MadePaper
from ocop.dossiers.papers import made as reading
from ocop.recognition import rules as recognition_rules
from ocop.recognition.models import Decision


@dataclass(frozen=True, slots=True)
class Made:
    """What a job made: the stored file, and what stands in it."""

    file: str
    name: str
    size: int
    items: Sequence[int]
    sheets: Sequence[int]


@action("dossiers.ask_paper")
def ask_paper(*, actor: Actor, held: Sitting, key: str, kind: str, at: datetime) -> MadePaper:
    """Ask for a paper of a sitting that a job makes. Of what has not changed since it is made
    once, whoever asks; one that failed or fell silent is begun again.

    Refused: a paper that the actor has not.
    """
    on = timezone.localdate(at)
    require(actor, reading.may_take, held, key, kind, on)
    wanted = reading.wish(actor, held, key, kind, on=on)
    if wanted is None:
        raise Refused("paper_unknown", _("Không có loại văn bản này."))
    return _asked(actor, wanted, at)


@action("dossiers.ask_certificates")
def ask_certificates(*, actor: Actor, decision: Decision, at: datetime) -> MadePaper:
    """Ask for all certificates of a decision as one file that a job makes: once, whoever asks, as
    long as nothing of them changed.

    Refused: a decision without certificates.
    """
    require(actor, recognition_rules.may_see_certificates)
    wanted = reading.print_wish(actor, decision, on=timezone.localdate(at))
    if wanted is None:
        raise Refused("no_certificates", _("Quyết định chưa có giấy chứng nhận nào được cấp số."))
    return _asked(actor, wanted, at)


def _asked(actor: Actor, wanted: reading.Wish | reading.PrintWish, at: datetime) -> MadePaper:
    """The paper as it is there or is to be made."""
    key, kind = wanted.paper.key, wanted.kind
    made, fresh = MadePaper.objects.get_or_create(
        fingerprint=wanted.fingerprint(),
        defaults={
            "code": public_code(),
            **wanted.of,
            "key": key,
            "kind": kind,
            "language": language.active(),
            "items": [item.pk for item in wanted.items],
            "sheets": wanted.sheets(),
            "asked_by_id": actor.user_id,
            "pieces": wanted.paper.pieces(),
            "name": wanted.paper.name(kind),
            "seen_at": at,
            "asked_at": at,
        },
    )
    if not fresh and files.is_over(made, at):
        files.begin_again(made, at)
        MadePaper.objects.filter(pk=made.pk).update(asked_by=actor.user_id)
    if actor.user_id is not None:
        made.readers.add(actor.user_id)
    record(actor, "dossiers.paper_asked", made, at=at, change={"paper": key, "kind": kind})
    made.refresh_from_db()
    return made


@action("dossiers.make_paper_again")
def make_again(*, actor: Actor, made: MadePaper, at: datetime) -> MadePaper:
    """Begin a job anew that ended with its machine. Refused: it did not fall silent."""
    require(actor, rules.may_keep_made_papers)
    same = files.stopped(MadePaper.objects.filter(pk=made.pk), at)
    if not same.exists() or not files.begin_again(made, at):
        raise Refused("paper_at_work", _("Văn bản đang được tạo. Hãy đợi xong."))
    record(actor, "dossiers.paper_begun_again", made, at=at)
    return made


@action("dossiers.keep_paper")
def keep_paper(*, actor: Actor, made: MadePaper, result: Made, at: datetime) -> MadePaper:
    """Keep what the job made and tell who waits. Earlier files that are the asker's alone
    go.

    Refused: another job began meanwhile.
    """
    require(actor, rules.may_keep_made_papers)
    files.make_ready(
        made,
        at,
        file=result.file,
        name=result.name,
        size=result.size,
        items=list(result.items),
        sheets=list(result.sheets),
    )
    others = MadePaper.readers.through.objects.exclude(user=made.asked_by_id)
    earlier = MadePaper.objects.filter(
        sitting=made.sitting_id,
        decision=made.decision_id,
        key=made.key,
        kind=made.kind,
        asked_by=made.asked_by_id,
    ).exclude(pk__in=others.values("madepaper"))
    _remove(earlier.filter(state=JobState.READY, pk__lt=made.pk))
    record(actor, "dossiers.paper_made", made, at=at, change={"size": result.size})
    made_notices.ready(made=made, at=at)
    return made


@action("dossiers.give_up_paper")
def give_up_paper(*, actor: Actor, made: MadePaper, failure: str, at: datetime) -> MadePaper:
    """Note why a paper could not be made, and tell who waits. Refused: another job began."""
    require(actor, rules.may_keep_made_papers)
    files.make_failed(made, failure, at)
    record(actor, "dossiers.paper_failed", made, at=at)
    made_notices.failed(made=made, at=at)
    return made


@action("dossiers.forget_papers")
def forget_papers(*, actor: Actor, at: datetime) -> int:
    """Remove the files that are not kept any longer; gives back how many. They can be made anew."""
    require(actor, rules.may_keep_made_papers)
    old = list(reading.old(at))
    record(actor, "dossiers.papers_forgotten", *old, at=at)
    _remove(reading.old(at))
    return len(old)


def _remove(rows: QuerySet[MadePaper]) -> None:
    for row in rows:
        row.readers.clear()
        row.delete()
        files.remove_file(row)
