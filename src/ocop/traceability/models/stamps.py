"""Stamps as ranges of a sequence: a million of them are a row."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.producers.models import Producer
from ocop.traceability.models.items import Lot, TradeItem
from ocop.traceability.serials import NUMBERS, VERSIONS


class StampKey(models.Model):
    """What is known of a key of serials: its secret is in a file, never here.

    `next_number` is where the sequence goes on; only a conditional UPDATE moves it.
    """

    version = models.PositiveSmallIntegerField(unique=True)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the secret: is it still the same?
    next_number = models.PositiveBigIntegerField(default=0)
    in_use = models.BooleanField(default=True)  # the others issue nothing more, and stay valid
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("version",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(version__lt=VERSIONS), name="stamp_key_version_within_four_bits"
            ),
            models.CheckConstraint(
                condition=models.Q(next_number__lte=NUMBERS), name="stamp_key_sequence_not_over"
            ),
            models.UniqueConstraint(
                fields=("in_use",), condition=models.Q(in_use=True), name="stamp_key_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)


class StampAllowance(models.Model):
    """How many stamps a producer may order in a year, and how many of them are taken."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="allowances")
    year = models.PositiveSmallIntegerField()
    quantity = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-year", "producer")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("producer", "year"), name="stamp_allowance_once"),
            models.CheckConstraint(
                condition=models.Q(used__lte=models.F("quantity")),
                name="stamp_allowance_not_exceeded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.producer} {self.year}"


class OrderState(models.TextChoices):
    """What was answered to an order; what became of its stamps is told by their ranges."""

    REQUESTED = "requested", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")
    REFUSED = "refused", _("Không duyệt")
    WITHDRAWN = "withdrawn", _("Đã rút")


class StampOrder(models.Model):
    """An order of stamps for a sales unit. Once approved it has its numbers, `first` on."""

    code = models.CharField(max_length=8, unique=True)
    item = models.ForeignKey(TradeItem, on_delete=models.PROTECT, related_name="stamp_orders")
    quantity = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()  # whose allowance it takes from
    wet = models.BooleanField(default=False)  # for wet goods: more of the code may be damaged
    hidden = models.BooleanField(default=False)  # with a code under a scratch-off layer
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=10, choices=OrderState.choices, default=OrderState.REQUESTED
    )
    answer = models.CharField(max_length=500, blank=True)  # why it was refused
    key = models.ForeignKey(StampKey, on_delete=models.PROTECT, null=True, related_name="orders")
    first = models.PositiveBigIntegerField(null=True)
    requested_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-requested_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="stamp_order_of_something"
            ),
            models.CheckConstraint(
                condition=models.Q(state="approved", key__isnull=False, first__isnull=False)
                | (~models.Q(state="approved") & models.Q(key=None, first=None)),
                name="stamp_order_numbers_when_approved",
            ),
            models.UniqueConstraint(fields=("key", "first"), name="stamp_order_numbers_once"),
        ]
        indexes = (models.Index(fields=("state", "requested_at"), name="stamp_order_state"),)

    def __str__(self) -> str:
        return self.code


class RangeState(models.TextChoices):
    """Where a range of stamps is on its way."""

    ORDERED = "ordered", _("Đã cấp số")
    PRINTED = "printed", _("Đã in")
    DELIVERED = "delivered", _("Đã giao")
    ACTIVE = "active", _("Đã kích hoạt")
    CLOSED = "closed", _("Đã đóng")


class StampRange(models.Model):
    """Numbers of one order that share their state and lot. Activation of some of them splits it:
    ranges of a key never overlap, and together they are the order's numbers."""

    order = models.ForeignKey(StampOrder, on_delete=models.PROTECT, related_name="ranges")
    key = models.ForeignKey(StampKey, on_delete=models.PROTECT, related_name="ranges")
    first = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RangeState.choices, default=RangeState.ORDERED)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="ranges")
    activated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("key", "first")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("key", "first"), name="stamp_range_once"),
            models.CheckConstraint(
                condition=models.Q(count__gt=0), name="stamp_range_of_something"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("active", "closed"))
                | models.Q(lot__isnull=False, activated_at__isnull=False),
                name="stamp_range_active_with_lot",
            ),
        ]
        indexes = (models.Index(fields=("lot",), name="stamp_range_lot"),)

    def __str__(self) -> str:
        return f"{self.key}: {self.first}+{self.count}"


class ExceptionKind(models.TextChoices):
    """Why some stamps of a range are not what the range is."""

    VOIDED = "voided", pgettext_lazy("stamp", "Đã hủy")
    LOST = "lost", pgettext_lazy("stamp", "Báo mất")
    RECALLED = "recalled", pgettext_lazy("stamp", "Thu hồi")
    SUSPICIOUS = "suspicious", pgettext_lazy("stamp", "Nghi ngờ")


class StampException(models.Model):
    """Numbers that are voided, lost, recalled or suspicious, whatever their range is."""

    key = models.ForeignKey(StampKey, on_delete=models.PROTECT, related_name="exceptions")
    order = models.ForeignKey(StampOrder, on_delete=models.PROTECT, related_name="exceptions")
    first = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ExceptionKind.choices)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("key", "first", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(count__gt=0), name="stamp_exception_of_something"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="stamp_exception_with_reason"
            ),
        ]
        indexes = (models.Index(fields=("key", "first"), name="stamp_exception_numbers"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.first}+{self.count}"
