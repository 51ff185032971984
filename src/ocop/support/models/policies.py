"""Policies of support, and what of their ceilings is used."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.producers.models import Producer
from ocop.products.models import Product


class Category(models.TextChoices):
    """What support is for."""

    CONSULTANCY = "consultancy", _("Tư vấn, hoàn thiện hồ sơ")
    TRACE = "trace", _("Dữ liệu số, tem truy xuất")
    TOOLS = "tools", _("Máy móc, dụng cụ, bao bì")
    TRAINING = "training", _("Tập huấn, đào tạo")
    PROMOTION = "promotion", _("Hội chợ, xúc tiến thương mại")
    SALES_POINT = "sales_point", _("Điểm giới thiệu và bán sản phẩm")
    TRADEMARK = "trademark", _("Nhãn hiệu, sở hữu trí tuệ")
    BONUS = "bonus", _("Thưởng theo hạng sao")
    OTHER = "other", _("Khác")


class Payer(models.TextChoices):
    """The level of government that pays."""

    CENTRE = "centre", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện (đến 30/6/2025)")
    COMMUNE = "commune", _("Cấp xã")


class Per(models.TextChoices):
    """Whose ceilings are counted."""

    PRODUCER = "producer", _("Mỗi chủ thể")
    PRODUCT = "product", _("Mỗi sản phẩm")


class Period(models.TextChoices):
    """For how long ceilings are counted."""

    EVER = "ever", _("Cả thời gian")
    YEAR = "year", _("Mỗi năm")


class Policy(models.Model):
    """What a document gives, between its days. Its terms are never changed: another document is
    another policy, and a request keeps the one it was asked under."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    document = models.CharField(max_length=120)
    category = models.CharField(max_length=12, choices=Category.choices)
    level = models.CharField(max_length=8, choices=Payer.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # the last day
    per = models.CharField(max_length=8, choices=Per.choices)
    period = models.CharField(max_length=4, choices=Period.choices)
    share = models.PositiveSmallIntegerField(null=True)  # percent of the cost
    ceiling = models.PositiveBigIntegerField(null=True)  # đồng
    most_count = models.PositiveSmallIntegerField(null=True)
    most_quantity = models.PositiveIntegerField(null=True)
    measure = models.CharField(max_length=40, blank=True)  # what the quantity counts
    first_only = models.BooleanField(default=False)
    stars = models.JSONField(default=dict)  # "3", "4", "5": đồng
    difference = models.BooleanField(default=False)
    uncertain = models.CharField(max_length=300, blank=True)  # what is to be checked
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_on", "code")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="support_policy_period_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gte=1, share__lte=100),
                name="support_policy_share_of_hundred",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Quota(models.Model):
    """What was approved by a policy for one producer or product in one period: the row that keeps
    two approvals at once below the ceilings. `most_*` are those of the policy."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="quotas")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    key = models.CharField(max_length=60)  # producer:product:year
    amount = models.PositiveBigIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    quantity = models.PositiveIntegerField(default=0)
    most_amount = models.PositiveBigIntegerField(null=True)
    most_count = models.PositiveIntegerField(null=True)
    most_quantity = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("policy", "key")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("policy", "key"), name="support_quota_once"),
            models.CheckConstraint(
                condition=Q(most_amount=None) | Q(amount__lte=F("most_amount")),
                name="support_quota_amount_not_over",
            ),
            models.CheckConstraint(
                condition=Q(most_count=None) | Q(count__lte=F("most_count")),
                name="support_quota_count_not_over",
            ),
            models.CheckConstraint(
                condition=Q(most_quantity=None) | Q(quantity__lte=F("most_quantity")),
                name="support_quota_quantity_not_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.key}"
