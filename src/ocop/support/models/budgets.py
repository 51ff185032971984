"""Budget lines: what a unit may give in a year, what of it is promised and paid."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.places.models import Unit
from ocop.support.models.policies import Category


class BudgetLine(models.Model):
    """Money of a unit for a year and a purpose. Only conditional UPDATEs move `committed` and
    `paid`, so that two approvals at once never go over it; the checks hold for everybody."""

    code = models.CharField(max_length=8, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    #: Empty: for every purpose.
    category = models.CharField(max_length=12, choices=Category.choices, blank=True)
    source = models.CharField(max_length=200)  # the document that gives the money
    amount = models.PositiveBigIntegerField()
    committed = models.PositiveBigIntegerField(default=0)  # approved, paid or not
    paid = models.PositiveBigIntegerField(default=0)
    reclaimed = models.PositiveBigIntegerField(default=0)  # came back; not to be given again
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "unit", "category")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("unit", "year", "category", "source"), name="budget_line_once"
            ),
            models.CheckConstraint(
                condition=Q(committed__lte=F("amount")), name="budget_line_not_exceeded"
            ),
            models.CheckConstraint(
                condition=Q(paid__lte=F("committed")), name="budget_line_paid_within_committed"
            ),
            models.CheckConstraint(
                condition=Q(reclaimed__lte=F("paid")), name="budget_line_reclaimed_within_paid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.purpose}"

    @property
    def purpose(self) -> str:
        """What it is for, in words."""
        return str(self.get_category_display() or _("Mọi nội dung"))

    @property
    def left(self) -> int:
        """What may still be approved."""
        return self.amount - self.committed
