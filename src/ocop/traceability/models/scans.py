"""Scans as they are kept: sums for ever, a row for a stamp only once it is scanned.

Written by `scans.draining` alone, in one transaction with the place in the journal up to which they
are counted (`ScanHead`). No row leads to a person: a client is a hash whose salt is gone.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ocop.traceability.models.items import Lot, TradeItem
from ocop.traceability.models.stamps import StampOrder


class ScanHead(models.Model):
    """How far the journals are counted; one row. `positions`: by the name of a journal, the number
    and the moment of the last scan counted. `turns` rises with every count: who finds it changed
    has counted for nothing."""

    turns = models.PositiveBigIntegerField(default=0)
    positions = models.JSONField(default=dict)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="scan_head_one"),
        ]

    def __str__(self) -> str:
        return str(self.turns)


class ScanDay(models.Model):
    """Scans of a sales unit and lot on a day in a province. Days are those of Vietnam.

    `clients`: different phones that day in this row; sums of it count a phone once for each row.
    `firsts`: stamps that were never scanned before.
    """

    day = models.DateField()
    item = models.ForeignKey(TradeItem, on_delete=models.PROTECT, related_name="scan_days")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="scan_days")
    place = models.CharField(max_length=2, blank=True)  # code of a province; "": not known
    scans = models.PositiveIntegerField(default=0)
    clients = models.PositiveIntegerField(default=0)
    firsts = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("day", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("day", "item", "lot", "place"),
                condition=Q(lot__isnull=False),
                name="scan_day_once",
            ),
            models.UniqueConstraint(
                fields=("day", "item", "place"),
                condition=Q(lot__isnull=True),
                name="scan_day_once_without_lot",
            ),
        ]
        indexes = (models.Index(fields=("item", "day"), name="scan_day_of_item"),)

    def __str__(self) -> str:
        return f"{self.day} {self.item_id} {self.place}"


class ScanClient(models.Model):
    """A phone that was counted in a row of a day; gone when the day is over. `key` stands for sales
    unit, lot and province: eight bytes of a hash of them (`scans.counting.key_of`)."""

    day = models.IntegerField()  # days since 1970
    key = models.BigIntegerField()
    client = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("day", "key", "client"), name="scan_client_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.key}"


class ScanPlaceDay(models.Model):
    """All scans of a day in a province. `forged`: serials that no key of ours made; `unissued`:
    stamps whose number was never given out. Both are of no sales unit."""

    day = models.DateField()
    place = models.CharField(max_length=2, blank=True)
    scans = models.PositiveIntegerField(default=0)
    clients = models.PositiveIntegerField(default=0)
    firsts = models.PositiveIntegerField(default=0)
    forged = models.PositiveIntegerField(default=0)
    unissued = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("day", "place")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("day", "place"), name="scan_place_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.place}"


class ScanPeriod(models.Model):
    """Scans of a sales unit in a month (2026-11) and in a year (2026)."""

    period = models.CharField(max_length=7)
    item = models.ForeignKey(TradeItem, on_delete=models.PROTECT, related_name="scan_periods")
    scans = models.PositiveBigIntegerField(default=0)
    clients = models.PositiveBigIntegerField(default=0)
    firsts = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("period", "-scans", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("period", "item"), name="scan_period_once"),
        ]
        indexes = (models.Index(fields=("period", "-scans"), name="scan_period_most"),)

    def __str__(self) -> str:
        return f"{self.period} {self.item_id}"


class OrderSeen(models.Model):
    """Scans of the stamps of an order. `firsts`: how many of its stamps were scanned at all;
    `early`: scans before activation."""

    order = models.OneToOneField(
        StampOrder, on_delete=models.PROTECT, primary_key=True, related_name="seen"
    )
    scans = models.PositiveBigIntegerField(default=0)
    firsts = models.PositiveIntegerField(default=0)
    early = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.order_id)


class StampSeen(models.Model):
    """A stamp that was scanned. `clients`: phones by day, for nobody knows yesterday's today.

    `early`, `gone`, `hops` and `after_opening` count what cannot be (see `scans.suspicion`).
    `places_seen`: codes of provinces, parted by blanks. `today`: the clients of `day`, eight bytes
    each, at most `scans.counting.MOST_CLIENTS`; later ones of that day are not told apart.
    """

    version = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    scans = models.PositiveIntegerField(default=0)
    clients = models.PositiveIntegerField(default=0)
    places = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    places_seen = models.CharField(max_length=120, blank=True)
    last_place = models.CharField(max_length=2, blank=True)
    last_place_at = models.DateTimeField(null=True)
    early = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    hops = models.PositiveIntegerField(default=0)
    after_opening = models.PositiveIntegerField(default=0)
    day = models.IntegerField()  # days since 1970
    today = models.BinaryField()

    class Meta:
        ordering = ("version", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("version", "number"), name="stamp_seen_once"),
            models.CheckConstraint(
                condition=Q(first_at__lte=models.F("last_at")), name="stamp_seen_first_before_last"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.number}"


class ForgedSource(models.Model):
    """How many serials that no key of ours made a client tried on a day; gone when it is over."""

    day = models.DateField()
    client = models.BigIntegerField()
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("day", "client"), name="forged_source_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.tries}"


class ScanFile(models.Model):
    """A month of a journal as a Parquet file. `let_go_at`: its scans left the journal;
    `dropped_at`: the file was deleted, too."""

    journal = models.CharField(max_length=40)
    month = models.CharField(max_length=7)  # 2026-11, by UTC
    name = models.CharField(max_length=80)
    scans = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    let_go_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-month", "journal")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("journal", "month"), name="scan_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
