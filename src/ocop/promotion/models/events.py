"""Trade events: series that come back, events, who organises them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.places.models import Unit


class EventKind(models.TextChoices):
    """What sort of event it is."""

    FAIR = "fair", _("Hội chợ, triển lãm")
    GOODS_WEEK = "goods_week", _("Tuần hàng")
    WORKSHOP = "workshop", _("Hội thảo, hội nghị")
    TRADE_MEETING = "trade_meeting", _("Kết nối giao thương")


class EventState(models.TextChoices):
    """Where an event stands (see `lifecycle`)."""

    PLANNED = "planned", pgettext_lazy("event", "Dự kiến")
    CALLING = "calling", pgettext_lazy("event", "Đang nhận đăng ký")
    SELECTING = "selecting", pgettext_lazy("event", "Đang lựa chọn")
    PUBLISHED = "published", pgettext_lazy("event", "Đã công bố kết quả")
    HELD = "held", pgettext_lazy("event", "Đã diễn ra")
    CANCELLED = "cancelled", pgettext_lazy("event", "Đã hủy")


class ApartChoice(models.TextChoices):
    """How booths of one product group side by side are taken (`allocation.Apart`)."""

    IGNORE = "ignore", _("Không xét gian cạnh nhau")
    WISH = "wish", _("Hạn chế gian cùng nhóm sản phẩm cạnh nhau")
    MUST = "must", _("Không xếp gian cùng nhóm sản phẩm cạnh nhau")


class EventSeries(models.Model):
    """Events that come back, as every year. Fairness looks over the events of a series."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("folded",)

    def __str__(self) -> str:
        return self.name


class TradeEvent(models.Model):
    """An event. `ends_on` is its last day, `calls_until` the last day of applications. Sides of the
    hall in decimetres; money in đồng."""

    code = models.CharField(max_length=8, unique=True)
    series = models.ForeignKey(
        EventSeries, on_delete=models.PROTECT, null=True, related_name="events"
    )
    kind = models.CharField(max_length=13, choices=EventKind.choices)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=500, db_index=True)  # words of name, place and series
    summary = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=EventState.choices, default=EventState.PLANNED)
    starts_on = models.DateField()
    ends_on = models.DateField()
    hours = models.CharField(max_length=100, blank=True)
    away = models.BooleanField(default=False)  # outside the province of this office
    place = models.CharField(max_length=300)
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    calls_until = models.DateField()
    least_stars = models.PositiveSmallIntegerField(null=True)  # None: no star is asked for
    needs_trace = models.BooleanField(default=True)
    needs_labels = models.BooleanField(default=True)
    takes_booths = models.BooleanField(default=True)  # those accepted stand on booths of a plan
    apart = models.CharField(max_length=6, choices=ApartChoice.choices, default=ApartChoice.WISH)
    hall_width = models.PositiveIntegerField(default=0)
    hall_depth = models.PositiveIntegerField(default=0)
    booth_cost = models.PositiveBigIntegerField(null=True)
    support_share = models.PositiveSmallIntegerField(default=0)  # per cent of it paid by the State
    support_source = models.CharField(max_length=200, blank=True)  # by which document
    cancelled_for = models.CharField(max_length=500, blank=True)
    announced_at = models.DateTimeField(null=True)  # to the public, by its first call
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="trade_event_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(calls_until__lte=models.F("starts_on")),
                name="trade_event_calls_before_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(support_share__lte=100), name="trade_event_support_per_cent"
            ),
            models.CheckConstraint(
                condition=models.Q(least_stars=None)
                | models.Q(least_stars__gte=3, least_stars__lte=5),
                name="trade_event_stars_from_three",
            ),
            models.CheckConstraint(
                condition=models.Q(state="cancelled") ^ models.Q(cancelled_for=""),
                name="trade_event_cancelled_with_reason",
            ),
        ]
        indexes = (models.Index(fields=("state", "starts_on"), name="trade_event_state"),)

    def __str__(self) -> str:
        return self.name


class EventOrganiser(models.Model):
    """An office or association that organises an event with this office, in the order of naming."""

    event = models.ForeignKey(TradeEvent, on_delete=models.PROTECT, related_name="organisers")
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("event", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("event", "position"), name="event_organiser_place")
        ]

    def __str__(self) -> str:
        return self.name
