"""What does not fit together in the scans, and what inspectors find out about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.traceability.models.items import Lot, TradeItem
from ocop.traceability.models.stamps import StampOrder


class SignalRule(models.TextChoices):
    """Which rule caught it."""

    EARLY = "early", _("Quét trước khi kích hoạt")
    UNISSUED = "unissued", _("Số tem chưa từng được cấp")
    GONE = "gone", _("Tem đã hủy hoặc báo mất vẫn được quét")
    DEVICES = "devices", _("Quá nhiều thiết bị quét một tem")
    FAR = "far", _("Hai nơi quá xa trong thời gian quá ngắn")
    OPENED = "opened", _("Tiếp tục được quét sau khi mở mã ẩn")
    FORGED = "forged", _("Một nguồn thử nhiều mã giả")


class SignalState(models.TextChoices):
    """Where the look at it stands."""

    NEW = "new", _("Mới")
    TAKEN = "taken", _("Đang xem xét")
    CLOSED = "closed", _("Đã kết luận")


class Finding(models.TextChoices):
    """What came of it."""

    HARMLESS = "harmless", _("Không có dấu hiệu vi phạm")
    COPIED = "copied", _("Tem bị sao chép, làm giả")
    MISUSED = "misused", _("Tem dùng sai lô, sai sản phẩm hoặc chưa kích hoạt")
    UNCLEAR = "unclear", _("Chưa đủ căn cứ kết luận")


class ScanSignal(models.Model):
    """A rule's catch. `subject` is what it is about: a stamp (`stamp:3:120`), an order of stamps
    (`order:7`), or a client on a day (`source:2026-11-23:…`); one signal of each rule is open.

    `measure` is what the rule counts, `limit` what it allows, `facts` what else it saw: numbers,
    codes of provinces and moments, no words. A closed one comes again when the measure has doubled.
    """

    code = models.CharField(max_length=8, unique=True)
    rule = models.CharField(max_length=8, choices=SignalRule.choices)
    subject = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveBigIntegerField(null=True)
    order = models.ForeignKey(
        StampOrder, on_delete=models.PROTECT, null=True, related_name="scan_signals"
    )
    item = models.ForeignKey(
        TradeItem, on_delete=models.PROTECT, null=True, related_name="scan_signals"
    )
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="scan_signals")
    measure = models.PositiveIntegerField()
    limit = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=6, choices=SignalState.choices, default=SignalState.NEW)
    taken_by = models.BigIntegerField(null=True)  # an account
    finding = models.CharField(max_length=8, choices=Finding.choices, blank=True)
    conclusion = models.CharField(max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-raised_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("rule", "subject"),
                condition=~Q(state="closed"),
                name="scan_signal_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(finding="")
                | (~Q(state="closed") & Q(finding="", closed_at=None)),
                name="scan_signal_closed_with_finding",
            ),
        ]
        indexes = (
            models.Index(fields=("rule", "subject", "-id"), name="scan_signal_subject"),
            models.Index(fields=("state", "-raised_at"), name="scan_signal_state"),
            models.Index(fields=("version", "number"), name="scan_signal_stamp"),
        )

    def __str__(self) -> str:
        return self.code
