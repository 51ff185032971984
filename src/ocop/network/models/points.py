"""Points that introduce and sell OCOP goods, what stands there and what they sold."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.core.models import Attachment
from ocop.people.models import User
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.products.models import Product


class PointState(models.TextChoices):
    """Where a point stands."""

    APPLIED = "applied", _("Chờ thẩm định")
    RECOGNISED = "recognised", _("Đang hoạt động")
    REFUSED = "refused", _("Không được công nhận")
    CLOSED = "closed", _("Đã đóng cửa")


class Basis(models.TextChoices):
    """Why goods without a star may stand at a point (Decision 950/QĐ-BCT)."""

    KEY = "key", _("Sản phẩm chủ lực của tỉnh")
    TYPICAL = "typical", _("Sản phẩm công nghiệp, nông nghiệp nông thôn tiêu biểu")
    SPECIALITY = "speciality", _("Đặc sản, đặc trưng của địa phương")


class Chain(models.Model):
    """Points run together. With `shared_stock` what one of them offers is offered by all."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=160)
    folded = models.CharField(max_length=300)
    shared_stock = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("folded", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("folded",), name="chain_once")]

    def __str__(self) -> str:
        return self.name


class SalesPoint(models.Model):
    """A point. `unit` is the unit of the time of its recognition, `commune` today's commune.

    `place_type` is a key of `place_types`. Money is in whole đồng: the State pays at most half of
    the cost that was approved.
    """

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=160)
    folded = models.CharField(max_length=460)  # words of name and address, for search
    place_type = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=PointState.choices, default=PointState.APPLIED)
    operator = models.CharField(max_length=200)  # who runs it
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, null=True, related_name="sales_points"
    )  # where a producer of the programme runs it
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, null=True, related_name="points")
    province = models.CharField(max_length=2)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    founder = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+"
    )  # the unit that set it up, of its time
    address = models.CharField(max_length=300)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(blank=True)
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    closed_days = models.CharField(max_length=7, blank=True)  # digits, Monday is 1
    approved_cost = models.PositiveBigIntegerField(null=True)
    state_paid = models.PositiveBigIntegerField(default=0)
    number = models.CharField(max_length=60, blank=True)  # of the decision that recognised it
    authority = models.CharField(max_length=160, blank=True)
    recognised_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)  # the first day without it
    answer = models.TextField(blank=True)  # why it was refused
    applied_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("folded", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state_paid=0)
                | Q(approved_cost__isnull=False, approved_cost__gte=F("state_paid") * 2),
                name="sales_point_state_pays_half",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("recognised", "closed"))
                | (Q(recognised_on__isnull=False) & ~Q(number="") & ~Q(authority="")),
                name="sales_point_recognised_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
                name="sales_point_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None)
                | Q(recognised_on__isnull=False, closed_on__gte=F("recognised_on")),
                name="sales_point_closed_after_recognition",
            ),
        ]
        indexes = (models.Index(fields=("province", "commune"), name="sales_point_place"),)

    def __str__(self) -> str:
        return self.name


class PointKeeper(models.Model):
    """A person who keeps a point for a time: its goods, its sales."""

    point = models.ForeignKey(SalesPoint, on_delete=models.PROTECT, related_name="keepers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="points_kept")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # half-open

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="point_keeper_period",
            ),
            models.UniqueConstraint(
                fields=("point", "user"), condition=Q(ends_on=None), name="point_keeper_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.point}"


class PointVisit(models.Model):
    """A visit to a point with its checklist: the answers by the keys of `place_types`."""

    code = models.CharField(max_length=8, unique=True)
    point = models.ForeignKey(SalesPoint, on_delete=models.PROTECT, related_name="visits")
    visited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    visited_at = models.DateTimeField()
    checklist = models.CharField(max_length=40)  # key of the decision's checklist
    answers = models.JSONField(default=dict)  # key: yes or no
    passed = models.BooleanField()
    note = models.TextField(blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-visited_at", "-pk")

    def __str__(self) -> str:
        return f"{self.point}: {self.visited_at:%Y-%m-%d}"


class PointPhoto(models.Model):
    """A photograph of a point, which everybody sees, or of a `visit`, which is not public."""

    point = models.ForeignKey(SalesPoint, on_delete=models.PROTECT, related_name="photos")
    visit = models.ForeignKey(
        PointVisit, on_delete=models.PROTECT, null=True, related_name="photos"
    )
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("point", "attachment"),
                condition=Q(visit=None),
                name="point_photo_once",
            ),
            models.UniqueConstraint(
                fields=("visit", "attachment"),
                condition=Q(visit__isnull=False),
                name="point_visit_photo_once",
            ),
        ]

    def __str__(self) -> str:
        return self.caption


class KeyGood(models.Model):
    """A product that may stand at points without a star, by the document of an authority."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="key_goods")
    basis = models.CharField(max_length=10, choices=Basis.choices)
    document = models.CharField(max_length=160)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # half-open
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="key_good_period"
            ),
            models.UniqueConstraint(
                fields=("product", "basis"), condition=Q(ends_on=None), name="key_good_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.get_basis_display()}"


class StockLine(models.Model):
    """A product that a point, or a chain with shared stock, offers from a day on. Whether it may
    stand there today is asked of the day, never kept."""

    point = models.ForeignKey(SalesPoint, on_delete=models.PROTECT, null=True, related_name="stock")
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, null=True, related_name="stock")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="stock_lines")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # half-open
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(point=None, chain__isnull=False) | Q(point__isnull=False, chain=None),
                name="stock_line_of_point_or_chain",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="stock_line_period",
            ),
            models.UniqueConstraint(
                fields=("point", "product"),
                condition=Q(ends_on=None, point__isnull=False),
                name="stock_line_of_point_once",
            ),
            models.UniqueConstraint(
                fields=("chain", "product"),
                condition=Q(ends_on=None, chain__isnull=False),
                name="stock_line_of_chain_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} – {self.point or self.chain}"


class SalesReport(models.Model):
    """What a point sold in a month. `client_id` is made by the device: sent twice, told once."""

    point = models.ForeignKey(SalesPoint, on_delete=models.PROTECT, related_name="reports")
    month = models.DateField()  # its first day
    client_id = models.UUIDField(unique=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("-month", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("point", "month"), name="sales_report_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="sales_report_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.month:%m/%Y}"


class Sale(models.Model):
    """A product in a month: how many packs were sold and for how much (đồng), as far as told."""

    report = models.ForeignKey(SalesReport, on_delete=models.PROTECT, related_name="sales")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="sales")
    quantity = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("report", "product"), name="sale_once")
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.quantity}"
