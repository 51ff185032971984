"""Papers too large to be made while somebody waits."""

from typing import ClassVar

from django.db import models

from ocop.core.jobs.files import FileJob
from ocop.councils.models import Sitting
from ocop.people.models import User
from ocop.recognition.models import Decision


class MadePaper(FileJob):
    """A paper of a sitting, or the certificates of a decision, that somebody asked for: made by a
    job, kept some days, then removed.

    It is made with the rights of who asked first. Whoever else asks for the same unchanged paper
    and may read all that stands in it gets this one.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=20)  # on the shelf of the sitting or decision
    kind = models.CharField(max_length=4)  # ending
    fingerprint = models.CharField(max_length=64, unique=True)  # of all it was to be made from
    items = models.JSONField(default=list)  # the cases in it; who may not see one gets no file
    sheets = models.JSONField(default=list)  # the sheets in it
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    readers = models.ManyToManyField(User, related_name="+")  # told when it is ready

    class Meta:
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=("state", "seen_at"), name="made_paper_state_seen")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sitting=None) ^ models.Q(decision=None),
                name="made_paper_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.key}.{self.kind}"
