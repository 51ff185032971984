"""What is on its way into the events, and the materials that a diary speaks of."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.people.models import User
from ocop.producers.models import Producer
from ocop.traceability.models.events import TraceEvent
from ocop.traceability.models.items import Lot


class CaptureJob(models.Model):
    """A document that was handed in (EPCIS 2.0, 12.6): kept before it is answered, taken in by the
    worker with the rights of who sent it. Its text goes when it is done; what was wrong stays."""

    code = models.CharField(max_length=8, unique=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=2, default="vi")
    proceed = models.BooleanField(default=False)  # else all of it or nothing
    document = models.JSONField(null=True)
    count = models.PositiveIntegerField(default=0)
    captured = models.PositiveIntegerField(default=0)  # new ones; known ones are passed over
    errors = models.JSONField(default=list)
    created_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)  # to the worker once more, after a silence
    finished_at = models.DateTimeField(null=True)
    success = models.BooleanField(default=True)  # until something is wrong

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("asked_by", "created_at"), name="capture_job_of"),)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True) | models.Q(document=None),
                name="capture_job_forgets_its_text",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Material(models.Model):
    """A lot of raw material: harvested, or received from somebody, and what becomes of it.

    `lot` where it is one that this register knows: then its own code names it. `source_code` is
    what stood on the pack of a lot that is not known here; GS1's numbers in it name it. The
    supplier may be a person; it is told to the producer and to officers only.
    """

    code = models.CharField(max_length=8, unique=True)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="materials")
    name = models.CharField(max_length=120)
    number = models.CharField(max_length=40, blank=True)  # of the supplier
    supplier = models.CharField(max_length=160, blank=True)  # none: harvested by the producer
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="+")
    source_code = models.CharField(max_length=400, blank=True)
    quantity = models.DecimalField(max_digits=15, decimal_places=3, null=True)
    measure = models.CharField(max_length=3, blank=True, verbose_name=_("Đơn vị"))  # UN/CEFACT
    taken_on = models.DateField()
    event = models.OneToOneField(
        TraceEvent, on_delete=models.PROTECT, null=True, related_name="material"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-taken_on", "-pk")
        indexes = (models.Index(fields=("producer", "taken_on"), name="material_of_producer"),)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(quantity=None) | models.Q(quantity__gt=0),
                name="material_quantity_positive",
            )
        ]

    def __str__(self) -> str:
        return self.name
