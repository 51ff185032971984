"""Tables of creative design centres."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.core.models import Attachment
from ocop.councils.models import Case
from ocop.network.villages.models import Village
from ocop.people.models import User
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.products.models import Product


class CentreState(models.TextChoices):
    """Where a centre stands."""

    APPLIED = "applied", _("Chờ công nhận")
    RECOGNISED = "recognised", _("Đang hoạt động")
    REFUSED = "refused", _("Không được công nhận")
    ENDED = "ended", _("Thôi công nhận")


class Round(models.TextChoices):
    """Why a centre is assessed."""

    FIRST = "first", _("Lần đầu")
    AGAIN = "again", _("Đánh giá lại")


class AssessmentState(models.TextChoices):
    """Where an assessment stands; what the council said of it is asked of its case."""

    OPEN = "open", _("Đang kiểm tra số liệu")
    SENT = "sent", _("Đã đưa ra hội đồng")
    RECOGNISED = "recognised", _("Được công nhận")
    REFUSED = "refused", _("Không được công nhận")


class DesignCentre(models.Model):
    """A centre that designs, shows and sells. `unit` is the unit of the time of its application,
    `commune` today's commune."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=160)
    folded = models.CharField(max_length=460)  # words of name and address, for search
    state = models.CharField(
        max_length=10, choices=CentreState.choices, default=CentreState.APPLIED
    )
    operator = models.CharField(max_length=200)  # who runs it
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, null=True, related_name="design_centres"
    )  # where a producer of the programme runs it
    province = models.CharField(max_length=2)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=300)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(blank=True)
    summary = models.CharField(max_length=500, blank=True)  # for visitors
    recognised_on = models.DateField(null=True)  # first
    ended_on = models.DateField(null=True)  # the first day without recognition
    ending_number = models.CharField(max_length=60, blank=True)
    ending_reason = models.CharField(max_length=500, blank=True)
    applied_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("folded", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=("recognised", "ended")) | Q(recognised_on__isnull=False),
                name="centre_recognised_has_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | Q(recognised_on__isnull=False, ended_on__gte=F("recognised_on")),
                name="centre_ended_after_recognition",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False)
                | (~Q(state="ended") & Q(ended_on=None)),
                name="centre_ended_has_day",
            ),
        ]
        indexes = (models.Index(fields=("province", "commune"), name="centre_place"),)

    def __str__(self) -> str:
        return self.name


class CentreTie(models.Model):
    """What a centre is tied to: a product of community tourism, or a craft village."""

    centre = models.ForeignKey(DesignCentre, on_delete=models.PROTECT, related_name="ties")
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, related_name="centre_ties"
    )
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, null=True, related_name="centre_ties"
    )

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(product=None, village__isnull=False)
                | Q(product__isnull=False, village=None),
                name="centre_tie_of_product_or_village",
            ),
            models.UniqueConstraint(
                fields=("centre", "product"),
                condition=Q(product__isnull=False),
                name="centre_tie_product_once",
            ),
            models.UniqueConstraint(
                fields=("centre", "village"),
                condition=Q(village__isnull=False),
                name="centre_tie_village_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre} – {self.product or self.village}"


class CentreNumbers(models.Model):
    """What is told or measured of a centre: square metres by zone, kinds of goods on show."""

    area = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    zones = models.JSONField(default=dict)  # key of `sheet.ZONES`: m² as text
    goods = models.PositiveIntegerField(null=True)
    ocop = models.PositiveIntegerField(null=True)
    craft = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class CentreAssessment(CentreNumbers):
    """One assessment of a centre: the numbers told, the case of the council, the decision.

    `checked` keeps what the conditions said when it went to the council. `score` is the mean of
    the council, kept with the decision.
    """

    code = models.CharField(max_length=8, unique=True)
    centre = models.ForeignKey(DesignCentre, on_delete=models.PROTECT, related_name="assessments")
    round = models.CharField(max_length=6, choices=Round.choices, default=Round.FIRST)
    state = models.CharField(
        max_length=10, choices=AssessmentState.choices, default=AssessmentState.OPEN
    )
    sheet = models.CharField(max_length=40)  # key of `sheet.sheets`
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="+")
    checked = models.JSONField(default=dict)
    opened_on = models.DateField()
    score = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    number = models.CharField(max_length=60, blank=True)  # of the decision
    signed_on = models.DateField(null=True)
    authority = models.CharField(max_length=160, blank=True)
    answer = models.TextField(blank=True)  # why it was refused
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-opened_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("centre",),
                condition=Q(state__in=("open", "sent")),
                name="centre_assessed_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(case__isnull=False), name="centre_sent_has_case"
            ),
            models.CheckConstraint(
                condition=~Q(state="recognised")
                | (
                    Q(signed_on__isnull=False, score__isnull=False)
                    & ~Q(number="")
                    & ~Q(authority="")
                ),
                name="centre_recognised_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=100),
                name="centre_score_within_hundred",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre} {self.opened_on:%Y-%m-%d}"


class CentreVisit(CentreNumbers):
    """A visit that measured a centre, before or after its recognition."""

    code = models.CharField(max_length=8, unique=True)
    centre = models.ForeignKey(DesignCentre, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    visited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sheet = models.CharField(max_length=40)
    passed = models.BooleanField()
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-visited_on", "-pk")

    def __str__(self) -> str:
        return f"{self.centre}: {self.visited_on:%Y-%m-%d}"


class CentreKeeper(models.Model):
    """A person who keeps a centre for a time: its visitors and income."""

    centre = models.ForeignKey(DesignCentre, on_delete=models.PROTECT, related_name="keepers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="centres_kept")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # half-open

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="centre_keeper_period",
            ),
            models.UniqueConstraint(
                fields=("centre", "user"), condition=Q(ends_on=None), name="centre_keeper_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.centre}"


class CentrePhoto(models.Model):
    """A photograph of a centre, which everybody sees; `caption` says what it shows."""

    centre = models.ForeignKey(DesignCentre, on_delete=models.PROTECT, related_name="photos")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("centre", "attachment"), name="centre_photo_once")
        ]

    def __str__(self) -> str:
        return self.caption


class CentreMonth(models.Model):
    """Visitors and income (đồng) of a centre in a month."""

    centre = models.ForeignKey(DesignCentre, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()  # its first day
    visitors = models.PositiveIntegerField()
    income = models.PositiveBigIntegerField(null=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("-month", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("centre", "month"), name="centre_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="centre_month_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.centre}: {self.month:%m/%Y}"
