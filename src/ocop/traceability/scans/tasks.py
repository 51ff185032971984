"""Background work of scans."""

import logging
from collections.abc import Callable

from django.utils import timezone
from django_tasks import task

from ocop.traceability.journal import NotRead
from ocop.traceability.scans import draining, journals, keeping

_LOG = logging.getLogger("ocop.scans")


def count_scans(*, seconds: float, stop: Callable[[], bool]) -> int:
    """Count what waits, for so long at most; how many. A journal that cannot be read now is read
    at the next look."""
    try:
        return draining.drain(journals.source(), seconds=seconds, stop=stop)
    except NotRead as error:
        _LOG.warning("The journal of scans cannot be read now: %s", error)
        return 0


@task()
def keep_scans() -> None:
    """The nightly look: months into files, what is old out of the journal, salts away."""
    keeping.keep(journals.source(), at=timezone.now())
