"""The real sample of Lâm Đồng beside the invented province, brought as an office brings a file."""

from datetime import datetime
from importlib import resources

from django.utils import timezone

from ocop.demonstration.logins import email_of
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.recognition import importing
from ocop.recognition.models import ImportBatch
from ocop.recognition.registry_import import Wishes

_FILE = "recognitions-lam-dong.csv"


def bring(*, at: datetime) -> ImportBatch:
    """Let the demonstration's officer import and publish the sample."""
    officer = User.objects.get(email=email_of(Role.PROVINCIAL_OFFICER))
    actor = people.actor_for(officer, on=timezone.localdate(at))
    content = resources.files("ocop.recognition").joinpath("data", _FILE).read_bytes()
    return importing.import_file(
        actor=actor, content=content, filename=_FILE, wishes=Wishes(), publish=True, at=at
    )
