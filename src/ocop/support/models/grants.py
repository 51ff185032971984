"""Grants that other offices gave since 2019, imported from their workbooks."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.core.models import Attachment
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.support.models.policies import Category, Payer


class GrantBatchState(models.TextChoices):
    """Where an import stands."""

    READ = "read", _("Đã đọc, chưa nạp")
    LOADED = "loaded", pgettext_lazy("grants", "Đã nạp")
    UNDONE = "undone", _("Đã hoàn tác")


class GrantBatch(models.Model):
    """One workbook of grants: the file, what was read in it, who brought it."""

    code = models.CharField(max_length=8, unique=True)
    filename = models.CharField(max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT)
    #: Who paid and what for, where a row does not say it.
    level = models.CharField(max_length=8, choices=Payer.choices)
    category = models.CharField(max_length=12, choices=Category.choices, blank=True)
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)  # came with an earlier file
    reports = models.JSONField(default=list)  # [row, field, code, cell]
    state = models.CharField(
        max_length=6, choices=GrantBatchState.choices, default=GrantBatchState.READ
    )
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.filename


class Grant(models.Model):
    """Support that a level of government gave once. Where the day is not known the year is."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="grants")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="grants")
    category = models.CharField(max_length=12, choices=Category.choices)
    level = models.CharField(max_length=8, choices=Payer.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    payer = models.CharField(max_length=160, blank=True)  # the office, as the file names it
    year = models.PositiveSmallIntegerField()
    given_on = models.DateField(null=True)
    amount = models.PositiveBigIntegerField()
    quantity = models.PositiveIntegerField(default=0)
    star = models.PositiveSmallIntegerField(null=True)  # of a bonus
    document = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    row_key = models.CharField(max_length=64, unique=True)  # digest: the same fact comes once
    batch = models.ForeignKey(
        GrantBatch, on_delete=models.PROTECT, null=True, related_name="grants"
    )
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(quantity__gt=0), name="support_grant_of_something"
            ),
            models.CheckConstraint(condition=Q(year__gte=2018), name="support_grant_of_programme"),
        ]
        indexes = (
            models.Index(fields=("producer", "category"), name="support_grant_of_producer"),
            models.Index(fields=("year", "level"), name="support_grant_year"),
        )

    def __str__(self) -> str:
        return f"{self.producer} {self.year}"
