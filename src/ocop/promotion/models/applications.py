"""Who wants to take part in an event, with which goods."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from ocop.people.models import User
from ocop.producers.models import Producer
from ocop.products.models import Product, Sector
from ocop.promotion.models.events import TradeEvent


class ApplicationState(models.TextChoices):
    """What became of an application."""

    SENT = "sent", pgettext_lazy("event application", "Chờ trả lời")
    ACCEPTED = "accepted", pgettext_lazy("event application", "Được tham gia")
    REFUSED = "refused", pgettext_lazy("event application", "Không được xếp")
    WITHDRAWN = "withdrawn", pgettext_lazy("event application", "Đã rút")


class EventApplication(models.Model):
    """A producer that wants to take part. `sector` and `group` are those of the first of its goods:
    they decide where a booth stands. Points are those of the last allocation."""

    code = models.CharField(max_length=8, unique=True)
    event = models.ForeignKey(TradeEvent, on_delete=models.PROTECT, related_name="applications")
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, related_name="event_applications"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # Restricted: seen by the producer, the officers in charge and auditors.
    contact = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    sector = models.CharField(max_length=4, choices=Sector.choices, blank=True)
    group = models.PositiveSmallIntegerField(default=0)
    area = models.PositiveIntegerField(default=0)  # square decimetres of the booth asked for
    power = models.BooleanField(default=False)
    water = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=9, choices=ApplicationState.choices, default=ApplicationState.SENT
    )
    answer = models.CharField(max_length=500, blank=True)  # why it was refused
    points = models.SmallIntegerField(null=True)
    points_told = models.JSONField(default=list)  # [[part, points], …]
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("event", "sent_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("event", "producer"),
                condition=~models.Q(state="withdrawn"),
                name="event_application_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(answer=""),
                name="event_application_refused_with_reason",
            ),
        ]
        indexes = (models.Index(fields=("event", "state"), name="event_application_state"),)

    def __str__(self) -> str:
        return self.code


class EventGoods(models.Model):
    """A product that an applicant brings, and what is offered for it during a goods week."""

    application = models.ForeignKey(
        EventApplication, on_delete=models.PROTECT, related_name="goods"
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    labelled = models.BooleanField()  # the applicant says that its labels are lawful
    offer = models.CharField(max_length=200, blank=True)
    price = models.PositiveBigIntegerField(null=True)  # đồng, at the event
    usual_price = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ("application", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("application", "product"), name="event_goods_once"),
            models.UniqueConstraint(fields=("application", "position"), name="event_goods_place"),
            models.CheckConstraint(
                condition=models.Q(price=None)
                | models.Q(usual_price=None)
                | models.Q(price__lte=models.F("usual_price")),
                name="event_goods_offer_not_dearer",
            ),
        ]

    def __str__(self) -> str:
        return str(self.product)
