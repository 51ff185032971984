"""Tables of the yearly plan: rounds, registrations, products with potential."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.people.models import User
from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.recognition.models import Kind


class Registration(models.Model):
    """A product that a unit registers for assessment in a year."""

    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # of the time
    province = models.CharField(max_length=2)
    product_name = models.CharField(max_length=200)
    producer_name = models.CharField(max_length=200, blank=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.FIRST)
    registered_on = models.DateField()
    withdrawn_on = models.DateField(null=True)  # counted until the day before
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-year", "product_name")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("year", "unit", "product_name", "producer_name"),
                condition=models.Q(withdrawn_on=None),
                name="registration_once",
            )
        ]
        indexes = (models.Index(fields=("province", "year"), name="registration_year"),)

    def __str__(self) -> str:
        return f"{self.product_name} {self.year}"


class RoundKind(models.TextChoices):
    """The rounds of a year (Art. 6, Decision 26/2026/QĐ-TTg): two of the province at least, two of
    the Ministry, and extra ones where the council's rules foresee them."""

    FIRST = "first", _("Đợt 1 của tỉnh, thành phố")
    SECOND = "second", _("Đợt 2 của tỉnh, thành phố")
    EXTRA = "extra", _("Đợt bổ sung")
    CENTRAL_FIRST = "central_first", _("Đợt 1 của Bộ")
    CENTRAL_SECOND = "central_second", _("Đợt 2 của Bộ")


CENTRAL = (RoundKind.CENTRAL_FIRST, RoundKind.CENTRAL_SECOND)


class Round(models.Model):
    """A round of assessment. `requests_before` and `done_before` are the first days too late."""

    code = models.CharField(max_length=8, unique=True)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=RoundKind.choices)
    name = models.CharField(max_length=200)
    province = models.CharField(max_length=2)
    opens_on = models.DateField()
    requests_before = models.DateField()
    done_before = models.DateField()
    plan_number = models.CharField(max_length=60, blank=True)  # of the office's plan
    note = models.TextField(blank=True)
    closed_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)  # planned by mistake: closed the same day
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-opens_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("province", "year", "kind"),
                condition=~models.Q(kind="extra") & models.Q(withdrawn_on=None),
                name="round_once",
            ),
            models.CheckConstraint(
                condition=models.Q(requests_before__gt=models.F("opens_on"))
                & models.Q(done_before__gte=models.F("requests_before")),
                name="round_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None)
                | models.Q(closed_on__isnull=False, closed_on=models.F("withdrawn_on")),
                name="round_withdrawn_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def central(self) -> bool:
        """Whether it is the Ministry's, which takes what provinces send."""
        return self.kind in CENTRAL


class Potential(models.Model):
    """A product that could enter or rise, and who helps it there."""

    code = models.CharField(max_length=8, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    province = models.CharField(max_length=2)
    product_name = models.CharField(max_length=200)
    producer_name = models.CharField(max_length=200, blank=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="+")
    aim = models.PositiveSmallIntegerField(null=True)  # stars hoped for
    year = models.PositiveSmallIntegerField()  # expected
    helper = models.CharField(max_length=200, blank=True)  # the body that helps
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    need = models.TextField(blank=True)  # what is missing
    ended_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "product_name", "pk")

    def __str__(self) -> str:
        return self.product_name
