"""Tables of products."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.core.models import Attachment
from ocop.places.models import Unit
from ocop.producers.models import Producer


class Sector(models.TextChoices):
    """The six sectors of Annex I, Decision 26/2026/QĐ-TTg."""

    FOOD = "I", _("Thực phẩm")
    DRINK = "II", _("Đồ uống")
    MEDICINAL = "III", _("Dược liệu và sản phẩm từ dược liệu")
    HANDICRAFT = "IV", _("Hàng thủ công mỹ nghệ")
    ORNAMENTAL = "V", _("Sinh vật cảnh")
    TOURISM = "VI", _("Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch")


class ProductState(models.TextChoices):
    """Where a product is in its own life; its star is the register's matter."""

    IDEA = "idea", _("Ý tưởng")
    ACTIVE = "active", _("Đang sản xuất")
    STOPPED = "stopped", _("Đã ngừng sản xuất")


class Product(models.Model):
    """A product of a producer, in the programme or not (`in_ocop`: farm goods with a stamp only).

    `unit` is the unit of the time, `commune` today's commune, if it is known.
    """

    code = models.CharField(max_length=8, unique=True)
    official_code = models.CharField(max_length=32, blank=True)  # T-X-STT-YYYY
    old_code = models.CharField(max_length=32, blank=True)  # T-H-X-STT-YYYY
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=420)  # folding.words(name, producer), for search
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="products")
    sector = models.CharField(max_length=4, choices=Sector.choices, blank=True)
    set_number = models.PositiveSmallIntegerField(null=True)
    gtin = models.CharField(max_length=14, blank=True)
    in_ocop = models.BooleanField(default=True)
    state = models.CharField(
        max_length=8, choices=ProductState.choices, default=ProductState.ACTIVE
    )
    story = models.TextField(blank=True)
    revenue = models.PositiveBigIntegerField(null=True)  # đồng a year, restricted
    province = models.CharField(max_length=2)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    listed = models.BooleanField(default=False)  # before the public: see products.listing
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("folded", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("official_code",),
                condition=~models.Q(official_code=""),
                name="product_official_code_once",
            ),
            models.UniqueConstraint(
                fields=("gtin",), condition=~models.Q(gtin=""), name="product_gtin_once"
            ),
        ]
        indexes = (
            models.Index(fields=("province", "commune"), name="product_place"),
            models.Index(fields=("sector", "set_number"), name="product_sector"),
            models.Index(fields=("folded",), name="product_folded"),
        )

    def __str__(self) -> str:
        return self.name


class ProductImage(models.Model):
    """A photograph of a product, in the order of showing."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="images")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT)
    caption = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.caption
