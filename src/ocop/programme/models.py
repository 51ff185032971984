"""Tables of the programme: targets, reported figures, and tasks given to units."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.core.models import Attachment
from ocop.places.models import Unit
from ocop.recognition.models import Recognition


class Target(models.Model):
    """What an indicator is to reach in a period: one value, or a range."""

    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()  # half-open
    low = models.DecimalField(max_digits=16, decimal_places=2)
    high = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ("indicator", "starts_on")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("indicator", "unit", "starts_on", "ends_on"), name="target_once"
            ),
            models.CheckConstraint(
                condition=models.Q(high=None) | models.Q(high__gte=models.F("low")),
                name="target_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.low}"

    @property
    def mark(self) -> str:
        """What tells this setting from another one: whoever replaces it says that it was seen."""
        high = "" if self.high is None else f"{self.high:.2f}"
        return f"{self.low:.2f}|{high}|{self.source}"


class ReportedFigure(models.Model):
    """A figure somebody reported, for what no room of the system holds yet."""

    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2)
    more_than = models.BooleanField(default=False)  # the source says "more than" this
    source = models.CharField(max_length=200)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("indicator", "-as_of")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("indicator", "unit", "as_of"), name="reported_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"

    @property
    def mark(self) -> str:
        """What tells this figure from a corrected one: whoever corrects it says it was seen."""
        return f"{self.value:.2f}|{'>' if self.more_than else ''}|{self.source}"


class TaskKind(models.TextChoices):
    """What a unit is asked for; the list of a task follows from it."""

    EXPIRED = "expired", _("Sản phẩm hết hạn cần đánh giá lại")
    REGISTRATIONS = "registrations", _("Đăng ký sản phẩm cho năm")
    FIGURES = "figures", _("Số liệu báo cáo")
    OTHER = "other", _("Việc khác")


class UnitTask(models.Model):
    """What the office asks of units by a day, and what form of answer it expects."""

    code = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=14, choices=TaskKind.choices)
    title = models.CharField(max_length=200)
    wanted = models.TextField()
    year = models.PositiveSmallIntegerField(null=True)  # of registrations or figures
    indicator = models.CharField(max_length=60, blank=True)  # of figures
    document = models.CharField(max_length=60, blank=True)  # number of the official letter
    given_on = models.DateField()
    due_on = models.DateField()
    given_by = models.BigIntegerField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-given_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("given_on")), name="unit_task_due_after"
            )
        ]

    def __str__(self) -> str:
        return self.title


class UnitAnswer(models.Model):
    """One unit's part of a task: the rows it is about, and its answer."""

    code = models.CharField(max_length=8, unique=True)
    task = models.ForeignKey(UnitTask, on_delete=models.PROTECT, related_name="answers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField(default=list)  # codes of products or registrations when given
    answer = models.TextField(blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    row_answers = models.JSONField(default=dict)  # {row code: word}
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("unit", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("task", "unit"), name="unit_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.task}"


class Campaign(models.Model):
    """The office asks for re-evaluations: of communes by a task, of producers by a message.

    `asked` is what communes read, `told` what producers read; both may change until it is sent.
    """

    code = models.CharField(max_length=8, unique=True)
    title = models.CharField(max_length=200)
    reason = models.TextField()
    asked = models.TextField()
    told = models.TextField()
    document = models.CharField(max_length=60, blank=True)  # number of the official letter
    due_on = models.DateField()  # by when communes answer
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title


class CampaignMember(models.Model):
    """A star that a campaign is about, once; `sent_at` says that commune and producer know.

    `unit` is the commune that is asked, if one is known; `answer` its part of the task.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="members")
    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.ForeignKey(
        UnitAnswer, on_delete=models.PROTECT, null=True, related_name="members"
    )
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)  # its producer

    class Meta:
        ordering = ("campaign", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("campaign", "recognition"), name="campaign_member_once"
            ),
            models.CheckConstraint(
                condition=models.Q(answer=None) | models.Q(sent_at__isnull=False),
                name="campaign_member_asked_when_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.recognition}"
