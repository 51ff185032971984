"""Signs of life of long work, and how it ended, in the words of who asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone, translation

from ocop.core import language
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

#: Work that gave no sign for so long has ended with its machine and may be begun again.
SILENT = timedelta(minutes=3)
RUNS = 3  # work that ends with its machine so often is not begun again by itself
BEAT = timedelta(seconds=1)


class Superseded(Refused):
    """Another run of the job began meanwhile: this one has nothing more to do."""

    def __init__(self) -> None:
        super().__init__("job_superseded", _("Tệp đang được tạo lại."))


def is_silent(seen_at: datetime, at: datetime) -> bool:
    """Whether the last sign of life is too long ago."""
    return at - seen_at >= SILENT


def heartbeat(note: Callable[[int, datetime], int]) -> Callable[[int], None]:
    """Notes how far the work is, once a second at most. `note` gives back how many rows it changed;
    none means that this run is not the last, and ends it."""
    last = timezone.now()

    def beat(done: int) -> None:
        nonlocal last
        now = timezone.now()
        if now - last < BEAT:
            return
        last = now
        if not note(done, now):
            raise Superseded

    return beat


@contextmanager
def ending(spoken: str, note: Callable[[str], object], broken: Callable[[], str]) -> Iterator[None]:
    """Do the work inside in the language of who asked; `note` gets why it failed, no words when it
    did not. A refusal says it itself. An error of ours is told as `broken` and goes on: its trace
    belongs to the row of the task. A run that is not the last ends without a word."""
    with translation.override(spoken), language.using(spoken):
        failure = broken()
        try:
            yield
            failure = ""
        except Superseded:
            failure = ""
        except Refused as refused:
            failure = refused.message
        finally:
            note(failure)
