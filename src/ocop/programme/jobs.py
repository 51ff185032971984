"""The day's reminders as a background job: how it ended stands in its row."""

from django.utils import timezone
from django_tasks import task

from ocop.dossiers import jobs as papers
from ocop.people.tasks import send_digests
from ocop.programme import reminding
from ocop.traceability import jobs as stamps


@task()
def remind_day() -> None:
    """Write the reminders of today and the letters of those who want one a day; tidy up."""
    at = timezone.now()
    reminding.remind(at=at)
    send_digests(at=at)
    papers.forget_old(at=at)
    stamps.forget_old(at=at)
