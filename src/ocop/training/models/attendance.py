"""Who enrolled, and who came."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from ocop.people.models import User
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.training.models.classes import TrainingClass, TrainingSession

if TYPE_CHECKING:
    from ocop.training.models.results import TrainingCertificate


class EnrolmentState(models.TextChoices):
    """A seat, a place on the waiting list, or neither any more."""

    ENROLLED = "enrolled", pgettext_lazy("enrolment", "Có chỗ")
    WAITING = "waiting", pgettext_lazy("enrolment", "Chờ chỗ")
    WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "Đã rút")


class Enrolment(models.Model):
    """A person of a producer, or an official of a unit, in a class. `code` is the ticket.

    The person is named by whoever enrols and needs no account; `user` is the one who did.
    """

    code = models.CharField(max_length=8, unique=True)
    training_class = models.ForeignKey(
        TrainingClass, on_delete=models.PROTECT, related_name="enrolments"
    )
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, null=True, related_name="enrolments"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # Restricted: seen by who enrolled them, the officers in charge and auditors.
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    position = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=EnrolmentState.choices)
    enrolled_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("training_class", "enrolled_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(producer=None, unit__isnull=False)
                | models.Q(producer__isnull=False, unit=None),
                name="enrolment_of_a_producer_or_a_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~models.Q(state="withdrawn") & models.Q(withdrawn_at=None)),
                name="enrolment_withdrawn_with_its_time",
            ),
            models.UniqueConstraint(
                fields=("training_class", "producer", "folded"),
                condition=~models.Q(state="withdrawn") & models.Q(producer__isnull=False),
                name="enrolment_of_a_producer_once",
            ),
            models.UniqueConstraint(
                fields=("training_class", "unit", "folded"),
                condition=~models.Q(state="withdrawn") & models.Q(unit__isnull=False),
                name="enrolment_of_a_unit_once",
            ),
        ]
        indexes = (models.Index(fields=("training_class", "state"), name="enrolment_state"),)

    def __str__(self) -> str:
        return self.code

    @property
    def certificate(self) -> "TrainingCertificate | None":
        """The last certificate that was given to the person, revoked or not."""
        return max(self.certificates.all(), key=lambda each: each.pk, default=None)


class TrainingCheckIn(models.Model):
    """A showing of a ticket at a session, as a device noted it. The earliest is the entry.

    One that was noted by mistake stays, undone: a device that sends it again changes nothing.
    """

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="checkins")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="checkins")
    client_id = models.UUIDField(unique=True)  # made by the device
    gate = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    entry = models.BooleanField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("session", "at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("session", "enrolment"),
                condition=models.Q(entry=True),
                name="training_entry_once",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at=None) | models.Q(entry=False),
                name="training_undone_is_no_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.at:%Y-%m-%d %H:%M}"
