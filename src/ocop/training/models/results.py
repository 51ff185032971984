"""What came of a class for those who attended: attempts at the test, certificates."""

from typing import ClassVar

from django.db import models

from ocop.training.models.attendance import Enrolment


class QuizAttempt(models.Model):
    """One attempt at the test: the options chosen, in the order of the questions."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    right = models.PositiveSmallIntegerField()
    questions = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("enrolment", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("enrolment", "number"), name="quiz_attempt_once"),
            models.CheckConstraint(
                condition=models.Q(right__lte=models.F("questions")),
                name="quiz_attempt_right_within_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.right}/{self.questions}"


class TrainingCertificate(models.Model):
    """That somebody completed a class. `code` is for whoever checks it; `words` is what it says.
    In the place of one that was revoked another may be given."""

    code = models.CharField(max_length=8, unique=True)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="certificates")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=50, unique=True)
    words = models.JSONField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-year", "-serial")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("year", "serial"), name="training_certificate_once"),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None) | ~models.Q(reason=""),
                name="training_certificate_revoked_with_reason",
            ),
            models.UniqueConstraint(
                fields=("enrolment",),
                condition=models.Q(revoked_at=None),
                name="training_certificate_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number
