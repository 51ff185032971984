"""What is sold, where it is made, and in which lots."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.traceability import measures


class Site(models.Model):
    """A place of growing, making, packing or storing: the location trace code of Circular
    02/2024/TT-BKHCN. `gln` is thirteen digits; without one the own `code` stands for the place."""

    code = models.CharField(max_length=8, unique=True)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=300, blank=True)  # folding.words(name), for search
    gln = models.CharField(max_length=13, blank=True)
    address = models.CharField(max_length=300, blank=True)
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("gln",), condition=~models.Q(gln=""), name="site_gln_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class TradeItem(models.Model):
    """A sales unit of a product, with or without a star: what one code is put on.

    Holds what Circular 02/2024/TT-BKHCN and Article 32 of Decree 37/2026/NĐ-CP ask for beyond
    product, producer and lot. `gtin` is fourteen digits; without one the own `code` stands.
    """

    code = models.CharField(max_length=8, unique=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="trade_items")
    name = models.CharField(max_length=120)  # of the pack: “Hộp 250 g”
    folded = models.CharField(max_length=420, blank=True)  # words of name and brand, for search
    gtin = models.CharField(max_length=14, blank=True)
    brand = models.CharField(max_length=160, blank=True)
    shelf_life = models.CharField(max_length=160, blank=True)
    standards = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=300, blank=True)  # or last place of processing
    certificates = models.CharField(max_length=500, blank=True)
    warnings = models.CharField(max_length=500, blank=True)
    other = models.CharField(max_length=500, blank=True)
    stopped_at = models.DateTimeField(null=True)  # no longer sold; its codes go on answering
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("product", "name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("gtin",), condition=~models.Q(gtin=""), name="trade_item_gtin_once"
            ),
            models.UniqueConstraint(fields=("product", "name"), name="trade_item_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.product} – {self.name}"


class Scheme(models.TextChoices):
    """Where else codes are given out; kept, so that none of them is lost."""

    NATIONAL = "national", _("Cổng truy xuất nguồn gốc quốc gia")
    VERIGOODS = "verigoods", "verigoods.vn"
    CHECKVN = "checkvn", "checkvn.mae.gov.vn"
    HN_CHECK = "hn_check", "hn.check.net.vn"
    OTHER = "other", _("Hệ thống khác")


class ForeignCode(models.Model):
    """The code of a sales unit in another system."""

    item = models.ForeignKey(TradeItem, on_delete=models.PROTECT, related_name="foreign_codes")
    scheme = models.CharField(max_length=12, choices=Scheme.choices)
    value = models.CharField(max_length=200)  # a code or an address
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("scheme", "value")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("scheme", "value"), name="foreign_code_once")
        ]

    def __str__(self) -> str:
        return self.value


class Lot(models.Model):
    """A lot of a sales unit. `number` is the value of AI (10): at most twenty signs of set 82."""

    code = models.CharField(max_length=8, unique=True)
    item = models.ForeignKey(TradeItem, on_delete=models.PROTECT, related_name="lots")
    number = models.CharField(max_length=20)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="lots")
    produced_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)  # the last day it may be used
    quantity = models.DecimalField(max_digits=15, decimal_places=3, null=True)
    measure = models.CharField(max_length=20, blank=True)  # what is counted: hộp, kg
    note = models.CharField(max_length=500, blank=True)
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=500, blank=True)
    #: The lot whose recall drew this one with it; none where it was recalled itself.
    recalled_with = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-produced_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("item", "number"), name="lot_number_once"),
            models.CheckConstraint(
                condition=models.Q(expires_on=None)
                | models.Q(produced_on=None)
                | models.Q(expires_on__gte=models.F("produced_on")),
                name="lot_expires_after_production",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity=None) | models.Q(quantity__gt=0),
                name="lot_quantity_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(recalled_at=None) | ~models.Q(recall_reason=""),
                name="lot_recalled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def counted(self) -> str:
        """What it is counted in, in the language of who reads."""
        return measures.counted_words(self.measure)
