"""Tables of examination: the commune's report, and the advisory team's work."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.core.models import Attachment
from ocop.dossiers.models.dossier import Dossier
from ocop.people.models import User
from ocop.products.models import Sector


class CommuneReport(models.Model):
    """Form 03: what the commune People's Committee found on four topics, and its checklist.

    `topics`: {"material" | "labour" | "idea" | "identity": {"holds": bool | None, "text": str}};
    `checklist`: {key of `dossiers.checklist`: bool}.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="report")
    topics = models.JSONField(default=dict)
    checklist = models.JSONField(default=dict)
    conclusion = models.TextField(blank=True)
    number = models.CharField(max_length=60, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=0)
    written_by = models.BigIntegerField(null=True)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number or str(self.dossier_id)


class Speciality(models.Model):
    """A sector in which an adviser examines dossiers."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="specialities")
    sector = models.CharField(max_length=4, choices=Sector.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "sector"), name="speciality_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.sector}"


class Assignment(models.Model):
    """A dossier given to an adviser. The lead one writes the proposal to the chair."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    lead = models.BooleanField(default=False)
    assigned_by = models.BigIntegerField(null=True)
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("dossier", "adviser"),
                condition=models.Q(ended_at=None),
                name="assignment_once",
            ),
            models.UniqueConstraint(
                fields=("dossier",),
                condition=models.Q(ended_at=None, lead=True),
                name="assignment_one_lead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adviser}: {self.dossier_id}"


class Verdict(models.TextChoices):
    """What an adviser finds of a claim."""

    PROVEN = "proven", _("Có căn cứ")
    DOUBTFUL = "doubtful", _("Cần làm rõ")
    LACKING = "lacking", _("Thiếu minh chứng")


class Finding(models.Model):
    """An adviser's finding on a criterion of a dossier, with the level it supports."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="findings")
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=10)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    points = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("criterion", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("dossier", "adviser", "criterion"), name="finding_once")
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.verdict}"


class Visit(models.Model):
    """A visit to the site. `client_id` makes one of what a phone sends twice."""

    code = models.CharField(max_length=8, unique=True)
    client_id = models.UUIDField(unique=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="visits")
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    visited_at = models.DateTimeField()
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)  # metres
    note = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-visited_at", "-pk")

    def __str__(self) -> str:
        return f"{self.visited_at:%d/%m/%Y}"


class VisitPhoto(models.Model):
    """A photograph taken at a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("visit", "attachment"), name="visit_photo_once")
        ]

    def __str__(self) -> str:
        return self.caption


class Sample(models.Model):
    """Samples of the product as they came (five, none for tourism)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="samples")
    count = models.PositiveSmallIntegerField()
    received_on = models.DateField()
    condition = models.CharField(max_length=300, blank=True)
    received_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(count__gt=0), name="sample_count_positive")
        ]

    def __str__(self) -> str:
        return f"{self.count} ({self.received_on})"


class TestOrder(models.Model):
    """A test ordered from a laboratory, and its result."""

    __test__ = False  # not a test class
    code = models.CharField(max_length=8, unique=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="tests")
    laboratory = models.CharField(max_length=200)
    parameters = models.TextField()
    ordered_on = models.DateField()
    due_on = models.DateField(null=True)
    result_on = models.DateField(null=True)
    passed = models.BooleanField(null=True)
    result = models.TextField(blank=True)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ordered_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(result_on=None)
                | models.Q(result_on__gte=models.F("ordered_on")),
                name="test_result_after_order",
            )
        ]

    def __str__(self) -> str:
        return self.laboratory


class Proposal(models.Model):
    """The advisory team's word to the chair: ready for the council, or not, and why."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="proposal")
    ready = models.BooleanField()
    star = models.PositiveSmallIntegerField(null=True)  # the star the findings support
    text = models.TextField()
    unexamined = models.TextField(blank=True)  # gaps of the examination, and why ready all the same
    complex = models.BooleanField(default=False)  # a re-evaluation that should be met upon
    written_by = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:60]
