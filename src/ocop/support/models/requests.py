"""Requests for support, their papers, and the money that went out and came back."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.core import filetypes
from ocop.core.models import Attachment
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.support.models.budgets import BudgetLine
from ocop.support.models.policies import Policy


class RequestState(models.TextChoices):
    """Where a request is; `lifecycle.REQUEST` says what may come next."""

    ASKED = "asked", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt, chờ nghiệm thu")
    ACCEPTED = "accepted", _("Đã nghiệm thu, chờ chi")
    PAID = "paid", _("Đã chi")
    REFUSED = "refused", _("Không duyệt")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Đã rút")
    CANCELLED = "cancelled", _("Đã hủy sau duyệt")


class SupportRequest(models.Model):
    """A producer asks for support under a policy. Money in whole đồng."""

    code = models.CharField(max_length=8, unique=True)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="requests")
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, related_name="support_requests"
    )
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, related_name="support_requests"
    )
    purpose = models.CharField(max_length=500)
    cost = models.PositiveBigIntegerField(default=0)  # planned
    others = models.PositiveBigIntegerField(default=0)  # of it, from other public money
    quantity = models.PositiveIntegerField(default=0)
    star = models.PositiveSmallIntegerField(null=True)  # held when it was asked
    asked_amount = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default="asked")
    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, null=True, related_name="requests"
    )
    approved_amount = models.PositiveBigIntegerField(null=True)
    decision = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    real_cost = models.PositiveBigIntegerField(null=True)  # by the papers of acceptance
    accepted_amount = models.PositiveBigIntegerField(null=True)
    accepted_on = models.DateField(null=True)
    reclaimed = models.PositiveBigIntegerField(default=0)
    answer = models.CharField(max_length=500, blank=True)  # why refused, withdrawn or cancelled
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(asked_amount__gt=0), name="support_request_of_something"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "accepted", "paid"))
                | Q(line__isnull=False, approved_amount__gt=0, decided_on__isnull=False),
                name="support_request_approved_from_a_line",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "paid"))
                | Q(accepted_amount__isnull=False, accepted_amount__lte=F("approved_amount")),
                name="support_request_accepted_within_approved",
            ),
            models.CheckConstraint(
                condition=Q(reclaimed=0) | Q(state="paid", reclaimed__lte=F("accepted_amount")),
                name="support_request_reclaimed_within_paid",
            ),
        ]
        indexes = (
            models.Index(fields=("state", "asked_at"), name="support_request_state"),
            models.Index(fields=("producer", "state"), name="support_request_of_producer"),
        )

    def __str__(self) -> str:
        return self.code


class PaperKind(models.TextChoices):
    """What a paper of a request is."""

    PLAN = "plan", _("Dự toán, báo giá")
    INVOICE = "invoice", _("Hóa đơn, chứng từ")
    ACCEPTANCE = "acceptance", _("Biên bản nghiệm thu")
    OTHER = "other", _("Giấy tờ khác")


class RequestPaper(models.Model):
    """A file that belongs to a request: a plan, an invoice, the minutes of acceptance."""

    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    name = models.CharField(max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT)
    added_by = models.BigIntegerField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("request", "attachment"), name="support_request_paper_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def filename(self) -> str:
        """The name under which it is saved: with the ending of what it is."""
        kind = self.attachment.media_type
        ending = ".jpg" if kind == filetypes.JPEG else min(filetypes.ENDINGS.get(kind, {""}))
        return self.name if self.name.lower().endswith(ending) else f"{self.name}{ending}"


class MoneyKind(models.TextChoices):
    """Which way money went."""

    PAID = "paid", pgettext_lazy("money", "Chi")
    RECLAIMED = "reclaimed", pgettext_lazy("money", "Thu hồi")


class Money(models.Model):
    """Money that went out or came back, with its voucher. Never changed."""

    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="money")
    kind = models.CharField(max_length=9, choices=MoneyKind.choices)
    amount = models.PositiveBigIntegerField()
    on = models.DateField()
    voucher = models.CharField(max_length=60)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("on", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="support_money_of_something"),
            models.UniqueConstraint(
                fields=("request",), condition=Q(kind="paid"), name="support_money_paid_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
