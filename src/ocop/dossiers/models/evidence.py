"""Tables of evidence: kept once per producer, used in any criterion, dossier and year."""

from typing import ClassVar

from django.db import models

from ocop.core.models import Attachment
from ocop.dossiers.evidence_types import TYPES
from ocop.dossiers.models.dossier import Dossier
from ocop.producers.models import Producer


class Evidence(models.Model):
    """A document of a producer, with its own days of validity; a new copy replaces an old one."""

    code = models.CharField(max_length=8, unique=True)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="evidence")
    type = models.CharField(max_length=24, choices=TYPES)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)  # last day; without one it does not end
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaces"
    )
    withdrawn_at = models.DateTimeField(null=True)
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("producer", "attachment"),
                condition=models.Q(withdrawn_at=None),
                name="evidence_file_once",
            ),
            models.CheckConstraint(
                condition=models.Q(issued_on=None)
                | models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("issued_on")),
                name="evidence_period_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceUse(models.Model):
    """A piece of evidence for a criterion of a dossier."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="uses")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    criterion = models.CharField(max_length=10)
    note = models.CharField(max_length=300, blank=True)  # page, paragraph

    class Meta:
        ordering = ("criterion", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("dossier", "evidence", "criterion"), name="evidence_use_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.evidence}"
