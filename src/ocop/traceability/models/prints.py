"""Files of stamps for a printer or a print house: made by a job, kept some days."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.people.models import User
from ocop.traceability.models.stamps import StampOrder


class PrintKind(models.TextChoices):
    """What a file is."""

    A4 = "a4", _("Tờ A4 (PDF)")
    ROLL = "roll", _("Cuộn tem, mỗi trang một tem (PDF)")
    SVG = "svg", _("Từng mã riêng, SVG (ZIP)")
    PNG = "png", _("Từng mã riêng, PNG (ZIP)")
    CSV = "csv", _("Danh sách cho nhà in (CSV)")
    HIDDEN = "hidden", _("Mã ẩn dưới lớp cào (ZIP có mật khẩu)")


class PrintState(models.TextChoices):
    """How far the job is."""

    WAITING = "waiting", _("Đang chờ")
    WORKING = "working", _("Đang tạo")
    READY = "ready", _("Đã tạo xong")
    FAILED = "failed", _("Không tạo được")
    REMOVED = "removed", _("Đã xóa tệp")


class StampPrint(models.Model):
    """A file of some numbers of an order. The file goes after some days, the row stays: who had
    which stamps made is part of their history."""

    code = models.CharField(max_length=8, unique=True)
    order = models.ForeignKey(StampOrder, on_delete=models.PROTECT, related_name="prints")
    kind = models.CharField(max_length=6, choices=PrintKind.choices)
    first = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()  # of the numbers asked for; voided ones are left out
    layout = models.JSONField(default=dict)  # how it was to look
    fingerprint = models.CharField(max_length=64)  # of all it was to be made from
    language = models.CharField(max_length=2)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=7, choices=PrintState.choices, default=PrintState.WAITING)
    run = models.PositiveIntegerField(default=1)  # of the job; an earlier one has nothing to say
    seen_at = models.DateTimeField()  # the job's last sign of life
    done = models.PositiveIntegerField(default=0)
    pieces = models.PositiveIntegerField(default=0)  # stamps in it
    failure = models.TextField(blank=True)
    file = models.FileField(upload_to="stamps", max_length=200, blank=True)
    name = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=("state", "seen_at"), name="stamp_print_state_seen")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(count__gt=0), name="stamp_print_of_something"
            ),
            models.UniqueConstraint(
                fields=("fingerprint",),
                condition=models.Q(state__in=("waiting", "working", "ready")),
                name="stamp_print_made_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind}"
