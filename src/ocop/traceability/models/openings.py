"""Stamps whose hidden code somebody typed in. A row for each of those, and for no other."""

from typing import ClassVar

from django.db import models

from ocop.traceability.models.stamps import StampKey


class StampOpening(models.Model):
    """One stamp, by its number: when its hidden code was first typed in right, and how many wrong
    tries there were on a day. `opened_at` stays what it was."""

    key = models.ForeignKey(StampKey, on_delete=models.PROTECT, related_name="openings")
    number = models.PositiveBigIntegerField()
    opened_at = models.DateTimeField(null=True)
    checks = models.PositiveIntegerField(default=0)  # right ones after it was opened
    tried_on = models.DateField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # wrong ones on that day

    class Meta:
        ordering = ("key", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("key", "number"), name="stamp_opening_once")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.number}"
