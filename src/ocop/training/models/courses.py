"""Courses of the yearly training programme: for whom, what they ask for, materials and test."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.core.models import Attachment


class Audience(models.TextChoices):
    """For whom a course is."""

    OFFICIALS = "officials", _("Cán bộ quản lý các cấp")
    PRODUCERS = "producers", _("Chủ thể có sản phẩm OCOP hoặc tiềm năng")


class TrainingCourse(models.Model):
    """A course of a year, taught in one class or many."""

    code = models.CharField(max_length=8, unique=True)
    title = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)
    year = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=10, choices=Audience.choices)
    contents = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)  # the plan it stands in
    planned_classes = models.PositiveSmallIntegerField(default=0)
    planned_people = models.PositiveIntegerField(default=0)
    least_attendance = models.PositiveSmallIntegerField(default=80)  # per cent of the sessions
    pass_share = models.PositiveSmallIntegerField(default=60)  # per cent of right answers
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "folded", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(least_attendance__gte=1, least_attendance__lte=100),
                name="training_course_attendance_per_cent",
            ),
            models.CheckConstraint(
                condition=models.Q(pass_share__gte=1, pass_share__lte=100),
                name="training_course_pass_per_cent",
            ),
            models.UniqueConstraint(
                fields=("year", "folded", "audience"), name="training_course_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingMaterial(models.Model):
    """A file that those who attend may read."""

    code = models.CharField(max_length=8, unique=True)
    course = models.ForeignKey(TrainingCourse, on_delete=models.PROTECT, related_name="materials")
    title = models.CharField(max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return self.title


class QuizQuestion(models.Model):
    """A question of the test of a course; `right` is the place of the right option, from 0."""

    course = models.ForeignKey(TrainingCourse, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    options = models.JSONField()
    right = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("course", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("course", "number"), name="quiz_question_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
