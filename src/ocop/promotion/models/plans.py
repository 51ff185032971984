"""Booths of an event's plan."""

from typing import ClassVar

from django.db import models

from ocop.products.models import Sector
from ocop.promotion.models.events import TradeEvent


class EventBooth(models.Model):
    """A booth on the plan, in decimetres from the left upper corner. No sector: any."""

    event = models.ForeignKey(TradeEvent, on_delete=models.PROTECT, related_name="booths")
    label = models.CharField(max_length=8)
    x = models.PositiveIntegerField()
    y = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    depth = models.PositiveIntegerField()
    sector = models.CharField(max_length=4, choices=Sector.choices, blank=True)
    power = models.BooleanField(default=False)
    water = models.BooleanField(default=False)
    kept_for = models.CharField(max_length=100, blank=True)  # by the organiser, not given away

    class Meta:
        ordering = ("event", "label")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("event", "label"), name="event_booth_once"),
            models.CheckConstraint(
                condition=models.Q(width__gte=5, depth__gte=5), name="event_booth_has_ground"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def area(self) -> int:
        """In square decimetres."""
        return self.width * self.depth
