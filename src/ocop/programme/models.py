"""Tables of the programme: targets and reported figures."""

from typing import ClassVar

from django.db import models

from ocop.places.models import Unit


class Target(models.Model):
    """What an indicator is to reach in a period: one value, or a range."""

    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()  # half-open
    low = models.DecimalField(max_digits=16, decimal_places=2)
    high = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ("indicator", "starts_on")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("indicator", "unit", "starts_on", "ends_on"), name="target_once"
            ),
            models.CheckConstraint(
                condition=models.Q(high=None) | models.Q(high__gte=models.F("low")),
                name="target_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.low}"


class ReportedFigure(models.Model):
    """A figure somebody reported, for what no room of the system holds yet."""

    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2)
    more_than = models.BooleanField(default=False)  # the source says "more than" this
    source = models.CharField(max_length=200)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("indicator", "-as_of")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("indicator", "unit", "as_of"), name="reported_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
