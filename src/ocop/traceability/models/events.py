"""What happened to lots: events of EPCIS 2.0 as they were captured, and what they speak of."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.producers.models import Producer
from ocop.traceability.models.items import Lot, Site


class EventType(models.TextChoices):
    """The five of EPCIS 2.0 (7.4)."""

    OBJECT = "ObjectEvent", _("Sự kiện đối tượng")
    AGGREGATION = "AggregationEvent", _("Đóng gói, gộp")
    TRANSACTION = "TransactionEvent", _("Giao dịch")
    TRANSFORMATION = "TransformationEvent", _("Chế biến")
    ASSOCIATION = "AssociationEvent", _("Gắn kèm")


class TraceEvent(models.Model):
    """An event. `body` is what was captured, whole; the columns are what it is asked by: words of
    the vocabulary short, identifiers in the one form that each has (`epcis.identifiers`).

    `producer` is whose it is. An event is never changed: one that `declares` it wrong, which has
    the same id, sets `declared_wrong_at` of both, and so neither counts any more.
    """

    event_id = models.CharField(max_length=400)
    digest = models.CharField(max_length=64, db_index=True)  # CBV 2.0, 8.9
    declares = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="declarations"
    )
    type = models.CharField(max_length=20, choices=EventType.choices)
    event_time = models.DateTimeField()
    record_time = models.DateTimeField()
    action = models.CharField(max_length=8, blank=True)
    biz_step = models.CharField(max_length=200, blank=True)
    disposition = models.CharField(max_length=200, blank=True)
    read_point = models.CharField(max_length=400, blank=True)
    biz_location = models.CharField(max_length=400, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="events")
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, null=True, related_name="trace_events"
    )
    body = models.JSONField()
    folded = models.CharField(max_length=400, blank=True)  # words of material and partner
    declared_wrong_at = models.DateTimeField(null=True)
    #: When the names of goods in it were last looked up; null: they have to be once more, for they
    #: are understood otherwise now than they were then.
    names_read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("event_time", "pk")
        indexes = (
            models.Index(fields=("event_time",), name="trace_event_time"),
            models.Index(fields=("record_time",), name="trace_event_recorded"),
            models.Index(fields=("producer", "event_time"), name="trace_event_of_producer"),
            models.Index(
                fields=("id",), name="trace_event_unread", condition=models.Q(names_read_at=None)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("event_id",), condition=models.Q(declares=None), name="trace_event_once"
            ),
            models.UniqueConstraint(fields=("declares",), name="trace_event_declared_once"),
            models.CheckConstraint(
                condition=models.Q(declares=None) | ~models.Q(declared_wrong_at=None),
                name="trace_event_declaration_counts_not",
            ),
        )

    def __str__(self) -> str:
        return self.event_id


class ThingRole(models.TextChoices):
    """As what a thing stands in an event."""

    EPC = "epc", "epcList"
    CLASS = "class", "quantityList"
    PARENT = "parent", "parentID"
    CHILD = "child", "childEPCs"
    CHILD_CLASS = "child_class", "childQuantityList"
    INPUT = "input", "inputEPCList"
    INPUT_CLASS = "input_class", "inputQuantityList"
    OUTPUT = "output", "outputEPCList"
    OUTPUT_CLASS = "output_class", "outputQuantityList"
    TRANSFORM = "transform", "transformationID"
    TRANSACTION = "transaction", "bizTransactionList"
    SOURCE = "source", "sourceList"
    DESTINATION = "destination", "destinationList"


class EventThing(models.Model):
    """A thing an event speaks of, and the lot where it is one of ours or a piece of it.

    `value` is in the one form of its identifier, so that it is found however it is written; a
    party or a document has its type before it. What begins together (`TRANSFORM`) has its
    producer's code before it: nobody else's event can join it. `stamp` is the place of a stamp of
    ours (`serials.place`), so that those of a span are found by one question.
    """

    event = models.ForeignKey(TraceEvent, on_delete=models.PROTECT, related_name="things")
    role = models.CharField(max_length=12, choices=ThingRole.choices)
    value = models.CharField(max_length=420)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="things")
    quantity = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    measure = models.CharField(max_length=8, blank=True)  # UN/CEFACT: KGM; none: pieces
    stamp = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("event", "pk")
        indexes: ClassVar = [
            models.Index(fields=("value", "role"), name="event_thing_value"),
            models.Index(fields=("lot", "role"), name="event_thing_lot"),
            models.Index(
                fields=("stamp",),
                name="event_thing_stamp",
                condition=models.Q(stamp__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.value
