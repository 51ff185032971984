"""Tables of registration."""

from typing import ClassVar

from django.db import models

from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.recognition.models import Kind


class Registration(models.Model):
    """A product that a unit registers for assessment in a year."""

    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # of the time
    province = models.CharField(max_length=2)
    product_name = models.CharField(max_length=200)
    producer_name = models.CharField(max_length=200, blank=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.FIRST)
    registered_on = models.DateField()
    withdrawn_on = models.DateField(null=True)  # counted until the day before
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-year", "product_name")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("year", "unit", "product_name", "producer_name"),
                condition=models.Q(withdrawn_on=None),
                name="registration_once",
            )
        ]
        indexes = (models.Index(fields=("province", "year"), name="registration_year"),)

    def __str__(self) -> str:
        return f"{self.product_name} {self.year}"
