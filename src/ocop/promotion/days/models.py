"""Tables of the days of an event. Money in whole đồng."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.people.models import User
from ocop.promotion.models import EventApplication, TradeEvent


class TicketKind(models.TextChoices):
    """Whose ticket it is."""

    EXHIBITOR = "exhibitor", pgettext_lazy("ticket", "Người của gian hàng")
    GUEST = "guest", pgettext_lazy("ticket", "Khách mời, người mua")
    VISITOR = "visitor", pgettext_lazy("ticket", "Khách tham quan")


class EventTicket(models.Model):
    """A ticket of an event, good on each of its days. A visitor's has no name; `batch` numbers what
    was issued together, 0 for people of a booth."""

    code = models.CharField(max_length=8, unique=True)
    event = models.ForeignKey(TradeEvent, on_delete=models.PROTECT, related_name="tickets")
    kind = models.CharField(max_length=9, choices=TicketKind.choices)
    application = models.ForeignKey(
        EventApplication, on_delete=models.PROTECT, null=True, related_name="tickets"
    )
    # Restricted: seen by the producer, the officers in charge and auditors.
    holder = models.CharField(max_length=120, blank=True)
    batch = models.PositiveSmallIntegerField(default=0)
    self_taken = models.BooleanField(default=False)  # on the public page, by who is not known
    issued_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("event", "batch", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="exhibitor", application__isnull=False, batch=0)
                | (~models.Q(kind="exhibitor") & models.Q(application=None, batch__gt=0)),
                name="event_ticket_of_a_booth_or_a_batch",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="exhibitor") | ~models.Q(holder=""),
                name="event_ticket_exhibitor_named",
            ),
            models.CheckConstraint(
                condition=models.Q(self_taken=False) | models.Q(kind="visitor", holder=""),
                name="event_ticket_taken_by_a_visitor",
            ),
        ]
        indexes = (models.Index(fields=("event", "batch"), name="event_ticket_batch"),)

    def __str__(self) -> str:
        return self.code


class EventCheckIn(models.Model):
    """A showing of a ticket, as a device noted it. On each day the earliest is the entry.

    One that was taken back stays: a device that sends it again changes nothing.
    """

    ticket = models.ForeignKey(EventTicket, on_delete=models.PROTECT, related_name="checkins")
    day = models.DateField()
    client_id = models.UUIDField(unique=True)  # made by the device
    gate = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    entry = models.BooleanField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("day", "at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("ticket", "day"),
                condition=models.Q(entry=True),
                name="event_entry_once_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at=None) | models.Q(entry=False),
                name="event_undone_is_no_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} {self.at:%Y-%m-%d %H:%M}"


class EventDay(models.Model):
    """A day of an event: visitors without a ticket, as counted at the gates."""

    event = models.ForeignKey(TradeEvent, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    counted = models.PositiveIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("event", "day")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("event", "day"), name="event_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.day:%d/%m/%Y}"


class BoothDay(models.Model):
    """What a producer told of a day: sold and ordered at the booth, contacts made. `client_id` is
    made by the device: sent twice, told once; `earlier` holds those whose numbers were replaced, so
    that none of them comes back late. Restricted: the public sees sums only."""

    application = models.ForeignKey(
        EventApplication, on_delete=models.PROTECT, related_name="booth_days"
    )
    day = models.DateField()
    sold = models.PositiveBigIntegerField()
    ordered = models.PositiveBigIntegerField(default=0)
    contacts = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    client_id = models.UUIDField(unique=True)
    earlier = models.JSONField(default=list)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("application", "day")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("application", "day"), name="booth_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.day:%d/%m/%Y}"


class CostKind(models.TextChoices):
    """What money went to."""

    GROUND = "ground", _("Mặt bằng, gian hàng")
    BUILDING = "building", _("Dàn dựng, điện, nước")
    PUBLICITY = "publicity", _("Truyền thông, quảng bá")
    TRAVEL = "travel", _("Đi lại, vận chuyển, ăn ở")
    STAFF = "staff", _("Tổ chức, nhân công")
    OTHER = "other", _("Khoản khác")


class Payer(models.TextChoices):
    """Who pays."""

    STATE = "state", _("Ngân sách nhà nước")
    PRODUCERS = "producers", _("Đơn vị tham gia")
    PARTNERS = "partners", _("Đơn vị phối hợp, tài trợ")


class EventCost(models.Model):
    """Money that an event cost. What was entered by mistake stays, removed with the reason."""

    event = models.ForeignKey(TradeEvent, on_delete=models.PROTECT, related_name="costs")
    kind = models.CharField(max_length=9, choices=CostKind.choices)
    payer = models.CharField(max_length=9, choices=Payer.choices)
    words = models.CharField(max_length=200)
    amount = models.PositiveBigIntegerField()
    paid_on = models.DateField()
    document = models.CharField(max_length=120, blank=True)
    entered_at = models.DateTimeField()
    removed_for = models.CharField(max_length=500, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("event", "paid_on", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(removed_at=None, removed_for="")
                | (models.Q(removed_at__isnull=False) & ~models.Q(removed_for="")),
                name="event_cost_removed_with_reason",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="event_cost_is_money"),
        ]

    def __str__(self) -> str:
        return self.words
