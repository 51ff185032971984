"""The worker's side of the log."""

from django.utils import timezone
from django_tasks import task

from ocop.recognition.log import keeping


@task()
def keep_log() -> None:
    """Take in what waits and publish it."""
    keeping.keep(at=timezone.now())


@task()
def check_log() -> None:
    """The nightly look at everything."""
    keeping.check(at=timezone.now())
