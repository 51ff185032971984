"""Tables of trade meetings: what buyers look for, offers, rounds of meetings, deals."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.people.models import User
from ocop.places import spelling
from ocop.producers.models import Producer
from ocop.products.models import Product, Sector
from ocop.promotion.meetings import matching, states
from ocop.promotion.models import TradeEvent


class MeasureChoice(models.TextChoices):
    """In what quantities are told (`matching.Measure`)."""

    KG = "kg", pgettext_lazy("measure", "kg")
    TONNE = "tonne", pgettext_lazy("measure", "tấn")
    LITRE = "litre", pgettext_lazy("measure", "lít")
    PIECE = "piece", pgettext_lazy("measure", "cái")
    BOX = "box", pgettext_lazy("measure", "hộp")
    BOTTLE = "bottle", pgettext_lazy("measure", "chai")
    PACK = "pack", pgettext_lazy("measure", "gói")
    SET = "set", pgettext_lazy("measure", "bộ")


class ReachChoice(models.TextChoices):
    """Where goods are delivered (`matching.Reach`)."""

    HERE = "here", _("Trong tỉnh, thành phố này")
    COUNTRY = "country", _("Tỉnh, thành phố khác trong nước")
    ABROAD = "abroad", _("Nước ngoài")


class BuyerKind(models.TextChoices):
    """What sort of buyer it is."""

    RETAIL = "retail", _("Siêu thị, nhà phân phối")
    SHOP = "shop", _("Cửa hàng, đại lý")
    KITCHEN = "kitchen", _("Nhà hàng, khách sạn, bếp ăn")
    MAKER = "maker", _("Doanh nghiệp chế biến")
    EXPORT = "export", _("Doanh nghiệp xuất khẩu")
    OTHER = "other", pgettext_lazy("buyer", "Người mua khác")


class DemandState(models.TextChoices):
    """Where a demand post stands (`states`)."""

    SENT = "sent", _("Chờ người mua xác nhận")
    CONFIRMED = "confirmed", _("Chờ văn phòng đăng")
    OPEN = "open", pgettext_lazy("demand", "Đang tìm hàng")
    CLOSED = "closed", pgettext_lazy("demand", "Đã kết thúc")
    REFUSED = "refused", pgettext_lazy("demand", "Không đăng")


class Demand(models.Model):
    """What a buyer looks for. The buyer has no account: a link in a letter is theirs. `quantity` is
    for a month, `price` the most they would pay for one of the measure; no months: all the year."""

    code = models.CharField(max_length=8, unique=True)
    buyer = models.CharField(max_length=200)
    buyer_kind = models.CharField(max_length=7, choices=BuyerKind.choices)
    # Restricted: seen by the office, auditors, organisers and producers the buyer wants to meet.
    contact = models.CharField(max_length=120)
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, default="vi")  # of the letters
    wanted = models.CharField(max_length=200)
    folded = models.CharField(max_length=620)  # words of wanted, buyer and place
    sector = models.CharField(max_length=4, choices=Sector.choices, blank=True)
    group = models.PositiveSmallIntegerField(default=0)  # number of the criteria set
    details = models.TextField(blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    measure = models.CharField(max_length=6, choices=MeasureChoice.choices)
    months = models.JSONField(default=list)
    reach = models.CharField(max_length=7, choices=ReachChoice.choices)
    place = models.CharField(max_length=300, blank=True)
    least_stars = models.PositiveSmallIntegerField(null=True)
    price = models.PositiveBigIntegerField(null=True)
    open_until = models.DateField()
    state = models.CharField(max_length=9, choices=DemandState.choices, default=DemandState.SENT)
    answer = models.CharField(max_length=500, blank=True)  # why it is not posted, or how it ended
    told_until = models.DateField(null=True)  # the last day that the buyer was reminded of
    sent_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-sent_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=("sent", "refused", "closed"))
                | models.Q(confirmed_at__isnull=False),
                name="demand_open_when_confirmed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("refused", "closed")) | ~models.Q(answer=""),
                name="demand_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(least_stars=None)
                | models.Q(least_stars__gte=3, least_stars__lte=5),
                name="demand_stars_from_three",
            ),
        ]
        indexes = (models.Index(fields=("state", "open_until"), name="demand_state"),)

    def __str__(self) -> str:
        return self.wanted

    def standing(self, on: date) -> str:
        """How it stands on a day: its state, or `states.OVER`."""
        return states.standing(self.state, self.open_until, on)

    def facts(self) -> matching.Wanted:
        """As it is compared with goods."""
        words = tuple(dict.fromkeys(spelling.syllables(self.wanted)))
        return matching.Wanted(
            words, self.sector, self.group, self.quantity, matching.Measure(self.measure),
            frozenset(self.months), matching.Reach(self.reach), self.least_stars,
            bare=all(word == spelling.without_marks(word) for word in words),
        )  # fmt: skip


class Supply(models.Model):
    """What a producer offers of a product to whoever looks for it, until it is ended. `quantity` is
    for a month, `price` for one of the measure."""

    code = models.CharField(max_length=8, unique=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=12, decimal_places=2)
    measure = models.CharField(max_length=6, choices=MeasureChoice.choices)
    months = models.JSONField(default=list)
    reach = models.CharField(max_length=7, choices=ReachChoice.choices)
    price = models.PositiveBigIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("product", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("product",),
                condition=models.Q(ended_at=None),
                name="supply_once_for_product",
            ),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="supply_of_something"),
        ]

    def __str__(self) -> str:
        return str(self.product)


class OfferState(models.TextChoices):
    """What became of an offer (`states`)."""

    SENT = "sent", _("Chờ người mua")
    WANTED = "wanted", _("Người mua muốn gặp")
    DECLINED = "declined", _("Người mua chưa chọn")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "Đã rút")


class DemandOffer(models.Model):
    """A product that a producer offers to a buyer. Points and reasons are those of its day."""

    code = models.CharField(max_length=8, unique=True)
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="offers")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="demand_offers")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    # Restricted: seen by the producer, the buyer, the office, auditors and organisers.
    contact = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    price = models.PositiveBigIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)
    points = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)  # [[part, fit, points, [numbers]], …]
    state = models.CharField(max_length=9, choices=OfferState.choices, default=OfferState.SENT)
    sent_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("demand", "-points", "sent_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("demand", "product"),
                condition=~models.Q(state="withdrawn"),
                name="demand_offer_once",
            )
        ]
        indexes = (models.Index(fields=("demand", "state"), name="demand_offer_state"),)

    def __str__(self) -> str:
        return f"{self.demand}: {self.product}"


class RoundState(models.TextChoices):
    """Where a round of meetings stands."""

    PLANNED = "planned", pgettext_lazy("round", "Đang xếp lịch")
    TOLD = "told", pgettext_lazy("round", "Đã báo lịch")
    CANCELLED = "cancelled", pgettext_lazy("round", "Đã hủy")


class MeetingRound(models.Model):
    """Buyers and producers meet, turn by turn, table by table. `left` holds the pairs for which
    there was no place: [[demand, producer, why], …]; `gap` is 0 when no better timetable exists."""

    code = models.CharField(max_length=8, unique=True)
    event = models.ForeignKey(
        TradeEvent, on_delete=models.PROTECT, null=True, related_name="meeting_rounds"
    )
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    turns = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()  # of one turn, the change of tables within
    tables = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=RoundState.choices, default=RoundState.PLANNED)
    cancelled_for = models.CharField(max_length=500, blank=True)
    left = models.JSONField(default=list)
    gap = models.FloatField(null=True)  # None: no timetable yet
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(turns__gte=1, minutes__gte=1, tables__gte=1),
                name="meeting_round_has_room",
            ),
            models.CheckConstraint(
                condition=models.Q(state="cancelled") ^ models.Q(cancelled_for=""),
                name="meeting_round_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """What a meeting came to."""

    NONE = "", pgettext_lazy("meeting", "Chưa ghi")
    TALKED = "talked", _("Đã gặp, hẹn trao đổi tiếp")
    AGREED = "agreed", _("Thống nhất hợp tác")
    NOTHING = "nothing", _("Đã gặp, không phù hợp")
    ABSENT = "absent", _("Một bên vắng mặt")


class MeetingSlot(models.Model):
    """A meeting. `host` is the first demand of its buyer: one buyer may have posted several."""

    round = models.ForeignKey(MeetingRound, on_delete=models.PROTECT, related_name="slots")
    turn = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    host = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="slots")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="meeting_slots")
    outcome = models.CharField(
        max_length=7, choices=Outcome.choices, default=Outcome.NONE, blank=True
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("round", "turn", "table")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "turn", "table"), name="meeting_table_once"),
            models.UniqueConstraint(fields=("round", "turn", "host"), name="meeting_buyer_once"),
            models.UniqueConstraint(
                fields=("round", "turn", "producer"), name="meeting_producer_once"
            ),
            models.UniqueConstraint(fields=("round", "host", "producer"), name="meeting_pair_once"),
        ]

    def __str__(self) -> str:
        return f"{self.host.buyer} – {self.producer}"


class DealKind(models.TextChoices):
    """What was signed."""

    MEMORANDUM = "memorandum", _("Biên bản ghi nhớ")
    CONTRACT = "contract", _("Hợp đồng")


class DealState(models.TextChoices):
    """Where a deal stands."""

    RUNNING = "running", pgettext_lazy("deal", "Đang thực hiện")
    DONE = "done", pgettext_lazy("deal", "Đã hoàn thành")
    BROKEN = "broken", pgettext_lazy("deal", "Chấm dứt")
    MISTAKEN = "mistake", pgettext_lazy("deal", "Ghi nhầm")


class Deal(models.Model):
    """A memorandum or contract between a producer and a buyer, followed for a year. Restricted: its
    value is the business of both sides, the public sees sums only."""

    code = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=10, choices=DealKind.choices)
    number = models.CharField(max_length=60, blank=True)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="deals")
    buyer = models.CharField(max_length=200)
    folded = models.CharField(max_length=620)  # words of number, producer, buyer and subject
    subject = models.CharField(max_length=300)
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, null=True, related_name="deals")
    event = models.ForeignKey(TradeEvent, on_delete=models.PROTECT, null=True, related_name="deals")
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )  # the memorandum that became this contract
    value = models.PositiveBigIntegerField(null=True)  # đồng
    signed_on = models.DateField()
    state = models.CharField(max_length=7, choices=DealState.choices, default=DealState.RUNNING)
    ended_for = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-signed_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="memorandum") | models.Q(value__isnull=False),
                name="deal_contract_has_value",
            ),
            models.CheckConstraint(
                condition=models.Q(state="running", ended_at=None)
                | ~models.Q(state="running") & models.Q(ended_at__isnull=False),
                name="deal_ended_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("broken", "mistake")) ^ models.Q(ended_for=""),
                name="deal_broken_with_reason",
            ),
        ]
        indexes = (models.Index(fields=("state", "signed_on"), name="deal_state"),)

    def __str__(self) -> str:
        return self.number or f"{self.get_kind_display()}: {self.subject}"


class FollowUp(models.Model):
    """What is asked of a deal on a day of its year, and what was told: đồng delivered so far."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    delivered = models.PositiveBigIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("deal", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("deal", "number"), name="deal_follow_up_once"),
            models.CheckConstraint(
                condition=models.Q(told_at=None, delivered=None)
                | models.Q(told_at__isnull=False, delivered__isnull=False),
                name="deal_follow_up_told",
            ),
        ]
        indexes = (models.Index(fields=("told_at", "due_on"), name="deal_follow_up_due"),)

    def __str__(self) -> str:
        return f"{self.deal} {self.number}"
