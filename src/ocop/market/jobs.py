"""The check of links as a background job: how it ended stands in its row."""

from django.utils import timezone
from django_tasks import task

from ocop.market import checking


@task()
def check_links() -> None:
    """One pass over the links whose check is due."""
    checking.check_due(at=timezone.now())
