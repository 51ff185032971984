"""Files of stamps for a printer or a print house: made by a job, kept some days."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.core.jobs.files import FileJob
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


class StampPrint(FileJob):
    """A file of some numbers of an order. The file goes after some days, the row stays: who had
    which stamps made is part of their history."""

    order = models.ForeignKey(StampOrder, on_delete=models.PROTECT, related_name="prints")
    kind = models.CharField(max_length=6, choices=PrintKind.choices)
    first = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()  # of the numbers asked for; voided ones are left out
    layout = models.JSONField(default=dict)  # how it was to look
    fingerprint = models.CharField(max_length=64)  # of all it was to be made from
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    file = models.FileField(upload_to="stamps", max_length=200, blank=True)

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
