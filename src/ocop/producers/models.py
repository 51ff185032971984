"""Tables of producers."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.people.models import User
from ocop.places.models import Unit


class ProducerKind(models.TextChoices):
    """Who may enter the programme (Decision 26/2026/QĐ-TTg): large enterprises are not listed."""

    COOPERATIVE = "cooperative", _("Hợp tác xã")
    COOPERATIVE_GROUP = "cooperative_group", _("Tổ hợp tác")
    ENTERPRISE = "enterprise", _("Doanh nghiệp nhỏ và vừa")
    FARM = "farm", _("Trang trại")
    HOUSEHOLD = "household", _("Hộ sản xuất, hộ kinh doanh")
    ASSOCIATION = "association", _("Hội, hiệp hội (du lịch)")
    OPERATING_CENTRE = "operating_centre", _("Trung tâm điều hành (du lịch)")
    UNKNOWN = "unknown", _("Chưa rõ")


class Sex(models.TextChoices):
    """Sex of the legal representative, told or not."""

    FEMALE = "female", _("Nữ")
    MALE = "male", _("Nam")


class Producer(models.Model):
    """A producer. `unit` is the unit of the time, `commune` today's commune, if it is known."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)  # folding.words(name)
    kind = models.CharField(
        max_length=20, choices=ProducerKind.choices, default=ProducerKind.UNKNOWN
    )
    tax_code = models.CharField(max_length=14, blank=True)
    address = models.CharField(max_length=300, blank=True)
    province = models.CharField(max_length=2)  # code of today's province
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(blank=True)
    story = models.TextField(blank=True)
    # Restricted: seen by the producer and the office only, counted in reports.
    leader_name = models.CharField(max_length=120, blank=True)
    leader_sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    leader_ethnicity = models.CharField(max_length=40, blank=True)
    members = models.PositiveIntegerField(null=True)
    workers = models.PositiveIntegerField(null=True)
    workers_local = models.PositiveIntegerField(null=True)
    listed = models.BooleanField(default=False)  # before the public: see products.listing
    stopped_on = models.DateField(null=True)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("folded", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("tax_code",),
                condition=~models.Q(tax_code=""),
                name="producer_tax_code_once",
            ),
            models.CheckConstraint(
                condition=models.Q(workers_local=None)
                | models.Q(workers=None)
                | models.Q(workers_local__lte=models.F("workers")),
                name="producer_local_workers_within_all",
            ),
        ]
        indexes = (models.Index(fields=("province", "commune"), name="producer_place"),)

    def __str__(self) -> str:
        return self.name


class ProducerMembership(models.Model):
    """A person who acts for a producer, for a time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="producer_memberships")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # half-open

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                name="producer_membership_period_not_empty",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.producer}"
