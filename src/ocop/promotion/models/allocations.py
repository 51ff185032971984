"""Allocations that the worker computed, and who stands on which booth."""

from typing import ClassVar

from django.db import models

from ocop.core.jobs.files import FileJob, JobState
from ocop.people.models import User
from ocop.promotion.models.applications import EventApplication
from ocop.promotion.models.events import TradeEvent
from ocop.promotion.models.plans import EventBooth


class Allocation(FileJob):
    """An allocation asked for: what came out, until an officer takes it onto the plan. It has no
    file: `result` holds seats (application code → booth label), refusals, and how good it is."""

    event = models.ForeignKey(TradeEvent, on_delete=models.PROTECT, related_name="allocations")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.CharField(max_length=64)  # fingerprint of the booths and applications
    result = models.JSONField(default=dict)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=("state", "seen_at"), name="allocation_state_seen")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("event",),
                condition=models.Q(state__in=("waiting", "working")),
                name="allocation_one_at_work",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.code}"

    @property
    def is_there(self) -> bool:
        """Whether there is a result."""
        return self.state == JobState.READY


class BoothAssignment(models.Model):
    """An application on its booth: each booth once, each application once."""

    booth = models.OneToOneField(EventBooth, on_delete=models.PROTECT, related_name="assignment")
    application = models.OneToOneField(
        EventApplication, on_delete=models.PROTECT, related_name="assignment"
    )
    by_hand = models.BooleanField()
    assigned_at = models.DateTimeField()

    class Meta:
        ordering = ("booth",)

    def __str__(self) -> str:
        return f"{self.booth}: {self.application}"
