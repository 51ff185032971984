"""Classes of a course, and their sessions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from ocop.places.models import Unit
from ocop.training.models.courses import TrainingCourse


class ClassState(models.TextChoices):
    """Where a class stands (see `lifecycle`)."""

    PLANNED = "planned", pgettext_lazy("class", "Dự kiến")
    OPEN = "open", pgettext_lazy("class", "Đang nhận đăng ký")
    HELD = "held", pgettext_lazy("class", "Đã kết thúc")
    CANCELLED = "cancelled", pgettext_lazy("class", "Đã hủy")


class TrainingClass(models.Model):
    """A class: when, where, how many seats. `taken` seats never exceed them: only a conditional
    UPDATE moves it."""

    code = models.CharField(max_length=8, unique=True)
    course = models.ForeignKey(TrainingCourse, on_delete=models.PROTECT, related_name="classes")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)
    place = models.CharField(max_length=300)
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    teacher = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ClassState.choices, default=ClassState.PLANNED)
    starts_at = models.DateTimeField()  # of the first session
    ends_at = models.DateTimeField()  # of the last one
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("capacity")),
                name="training_class_seats_not_exceeded",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gt=0), name="training_class_of_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="training_class_ends_after_it_starts",
            ),
        ]
        indexes = (models.Index(fields=("state", "starts_at"), name="training_class_state"),)

    def __str__(self) -> str:
        return self.name


class TrainingSession(models.Model):
    """A half day of a class: one attends it as a whole."""

    training_class = models.ForeignKey(
        TrainingClass, on_delete=models.PROTECT, related_name="sessions"
    )
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("training_class", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("training_class", "number"), name="training_session_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="training_session_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class}: {self.number}"
