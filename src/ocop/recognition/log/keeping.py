"""Keeping the log: taking in what waits, publishing it, and looking at all of it once a night."""

from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils import timezone

from ocop.core import keys
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.core.transparency.notes import NotSigned
from ocop.people import outbox
from ocop.people import queries as people
from ocop.people.outbox import Words
from ocop.people.roles import Role
from ocop.recognition.credential import statuses
from ocop.recognition.log import auditing, chains, draining, publishing, store
from ocop.recognition.log.auditing import Audit
from ocop.recognition.log.differences import Difference
from ocop.recognition.models import LogHead

_PAUSE = timedelta(seconds=15)
_LONG_PAUSE = timedelta(minutes=10)
HEALTH = "/quan-tri/"  # where administrators see what was found


def is_behind() -> bool:
    """Whether an event waits, a key is not announced, or the files are not up to the table."""
    if next(draining.to_take_in(at=timezone.now()), None) or draining.unannounced():
        return True
    try:
        head = store.head()
    except (NotSigned, ValueError):
        return False  # nothing that more entries would mend: the audit tells it
    return draining.head().size != (head.size if head else 0)


def pause() -> timedelta:
    """How long to wait between two attempts: what could not be published needs somebody first."""
    return _LONG_PAUSE if draining.head().trouble else _PAUSE


def keep(*, at: datetime) -> int:
    """Take in what waits and publish it; how many entries are new. Why it could not be published is
    noted on the head of the log."""
    written = 0
    trouble: Difference | None = None
    try:
        written = draining.drain(at=at)
        if written and chains.public_keys(keys.CREDENTIAL):
            statuses.status_list(at=at)  # kept for a time in which none can be signed
        publishing.publish(at=at)
    except IntegrityError:
        trouble = Difference("log_taken")
    except chains.Unusable as refused:
        trouble = refused.difference
    except Refused as refused:
        trouble = Difference(refused.code)
    except OSError as error:
        trouble = Difference("log_unwritable", {"why": error.strerror or str(error)})
    told = trouble.told() if trouble else {}
    if draining.head().trouble != told:
        LogHead.objects.filter(pk=1).update(trouble=told)
    return written


def check(*, at: datetime) -> Audit:
    """Hold the log against the register; a difference is noted and told to the administrators, the
    same one once a day."""
    keep(at=at)
    found = auditing.audit(at=at)
    difference = found.difference
    LogHead.objects.filter(pk=1).update(
        checked_at=at, finding=difference.told() if difference else {}
    )
    if difference:
        on = timezone.localdate(at)
        outbox.tell_each(
            users=people.holders(Role.ADMINISTRATOR, on=on),
            kind="recognition.log_differs",
            key=f"log:{difference.code}:{on}",
            words=lambda: Words(
                _("Nhật ký công khai không khớp với cơ sở dữ liệu"),
                difference.words
                + " "
                + _("Hãy giữ nguyên hiện trạng, so với bản sao lưu và chạy `ocop audit-register`."),
                HEALTH,
            ),
            at=at,
        )
    return found


def of_events(*, at: datetime) -> Difference | None:
    """The first event that the log cannot read or should have taken in, without a whole audit."""
    return next(auditing.of_events(at), None)


def of_keys() -> Difference | None:
    """What is wrong with the files of the keys, without a whole audit."""
    return next(chains.problems(), None)


def told(stored: dict[str, object]) -> str:
    """The words of a difference that was noted; empty where none was."""
    if not stored:
        return ""
    code, facts = stored["code"], stored["facts"]
    assert isinstance(code, str)
    assert isinstance(facts, dict)
    return Difference(code, facts).words
