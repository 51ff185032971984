"""Tables of councils: for now the score workbooks a council brings."""

from django.db import models

from ocop.core.models import Attachment


class ScoreWorkbook(models.Model):
    """A workbook of members' marks as brought, with the outcome computed from it."""

    title = models.CharField(max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT)
    outcome = models.JSONField()  # per product: totals, spread, star, missed minimums
    created_by = models.BigIntegerField(null=True)  # None: the system itself
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title
