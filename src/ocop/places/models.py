"""Administrative units in their eras, and the successions between them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Level of a unit. Districts ended on 2025-06-30."""

    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class Unit(models.Model):
    """One unit in one era: a code changes its meaning, so the key is code and first day.

    The period is half-open: in force from `valid_from` until the day before `valid_to`.
    """

    code = models.CharField(max_length=5)
    name = models.CharField(max_length=80)  # with its kind: Xã Đức Trọng
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=8, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    folded = models.CharField(max_length=80, db_index=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        ordering = ("code", "valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("code", "valid_from", "level"), name="unit_code_era"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="unit_period_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Extent(models.TextChoices):
    """How much of the old unit went into the new one."""

    WHOLE = "whole", "Toàn bộ"
    LARGEST = "largest part", "Phần lớn nhất"
    PART = "part", "Một phần"


class Succession(models.Model):
    """An old unit became, wholly or in part, a new one."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    extent = models.CharField(max_length=12, choices=Extent.choices)
    basis = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("old", "new"), name="succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
