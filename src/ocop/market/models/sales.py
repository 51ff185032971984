"""What producers sold online in a quarter, and what they have ready for it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ocop.market import quarters
from ocop.people.models import User
from ocop.producers.models import Producer


class OnlineReport(models.Model):
    """The sales of a producer in a quarter, and what of them was online, in whole đồng."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="online_reports")
    starts_on = models.DateField()  # the first day of the quarter
    total = models.PositiveBigIntegerField()
    online = models.PositiveBigIntegerField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-starts_on", "producer")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("producer", "starts_on"), name="online_report_once"),
            models.CheckConstraint(
                condition=Q(starts_on__day=1, starts_on__month__in=(1, 4, 7, 10)),
                name="online_report_of_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(online__lte=F("total")), name="online_report_part_of_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.producer}: {self.quarter.name}"

    @property
    def quarter(self) -> quarters.Quarter:
        return quarters.of_day(self.starts_on)


class SellerList(models.Model):
    """The answers of a producer to a list of `checklist`: what it has ready to sell online."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="seller_lists")
    checklist = models.CharField(max_length=40)  # key of the list
    answers = models.JSONField(default=dict)  # key of the question: yes, no or other
    note = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-answered_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("producer", "checklist"), name="seller_list_once")
        ]

    def __str__(self) -> str:
        return f"{self.producer}: {self.checklist}"
