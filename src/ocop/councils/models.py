"""Tables of councils: who sits, what they judge, their sheets and what they concluded.

A council judges cases. A case is anything with a criteria set: a product's dossier today, a design
centre later; the room above that owns the thing keeps a link to its case.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.core.models import Attachment
from ocop.criteria.models import CriteriaSetVersion
from ocop.people.models import User
from ocop.producers.models import Producer


class ScoreWorkbook(models.Model):
    """A workbook of members' marks as brought, with the outcome computed from it."""

    title = models.CharField(max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT)
    outcome = models.JSONField()  # per product: totals, spread, star, missed minimums
    created_by = models.BigIntegerField(null=True)  # None: the system itself
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title


class Council(models.Model):
    """A council as the chair of the province set it up, with the working rules frozen that day."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=200)
    decision_number = models.CharField(max_length=60)
    decided_on = models.DateField()
    authority = models.CharField(max_length=160)
    rules = models.JSONField()  # councils.working.to_json
    dissolved_on = models.DateField(null=True)  # half-open: the first day without it
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-decided_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("decision_number", "decided_on"), name="council_decision_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Position(models.TextChoices):
    """What a member is in the council."""

    CHAIR = "chair", _("Chủ tịch")
    DEPUTY = "deputy", _("Phó Chủ tịch")
    SECRETARY = "secretary", _("Ủy viên, thư ký")
    MEMBER = "member", _("Ủy viên")


class Seat(models.Model):
    """A person's seat in a council, for a time. `organisation` is where the member works."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    position = models.CharField(max_length=10, choices=Position.choices, default=Position.MEMBER)
    organisation = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=120, blank=True)  # the member's office there
    address = models.CharField(max_length=300, blank=True)  # restricted: finds conflicts only
    place = models.PositiveSmallIntegerField(default=0)  # in the list of the decision
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # half-open

    class Meta:
        ordering = ("place", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("council", "user"), condition=models.Q(ends_on=None), name="seat_once"
            ),
            models.UniqueConstraint(
                fields=("council",),
                condition=models.Q(ends_on=None, position="chair"),
                name="seat_one_chair",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                name="seat_period_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_position_display()})"


class Case(models.Model):
    """What a council judges: a title, whose it is, and the criteria set that rules it."""

    code = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=12, default="product")
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=60, blank=True)  # slip number
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey(CriteriaSetVersion, on_delete=models.PROTECT, related_name="+")
    self_total = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    self_star = models.PositiveSmallIntegerField(null=True)
    written = models.BooleanField(default=False)  # a re-evaluation: by written opinions first
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class Ground(models.TextChoices):
    """Why a member cannot judge a case, or may not be free to."""

    DECLARED = "declared", _("Thành viên tự khai")
    LEADER = "leader", _("Là người đứng đầu hoặc làm việc cho chủ thể")
    ORGANISATION = "organisation", _("Cùng tổ chức với chủ thể")
    HOUSEHOLD = "household", _("Trùng tên hộ hoặc địa chỉ với chủ thể")


class ObstacleState(models.TextChoices):
    """A warning is settled by the chair: recused, or free to judge, with a reason."""

    WARNED = "warned", _("Chờ xem xét")
    RECUSED = "recused", _("Không tham gia đánh giá")
    DISMISSED = "dismissed", _("Được tham gia")


class Obstacle(models.Model):
    """A conflict of interest of a member in a case. Recused: sees nothing of the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="obstacles")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="obstacles")
    ground = models.CharField(max_length=14, choices=Ground.choices)
    state = models.CharField(
        max_length=10, choices=ObstacleState.choices, default=ObstacleState.WARNED
    )
    reason = models.TextField(blank=True)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("case", "seat", "ground"), name="obstacle_once")
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_ground_display()}"


class SittingKind(models.TextChoices):
    """Members meet, or give their opinions in writing (re-evaluation)."""

    MEETING = "meeting", _("Họp")
    WRITTEN = "written", _("Lấy ý kiến bằng văn bản")


class SittingState(models.TextChoices):
    """Where a sitting stands."""

    PLANNED = "planned", _("Đã lên lịch")
    OPEN = "open", _("Đang họp")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


class Sitting(models.Model):
    """A sitting of a council. `passing` 1 finds gaps, 2 decides, where the rules ask for two."""

    code = models.CharField(max_length=8, unique=True)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sittings")
    kind = models.CharField(max_length=8, choices=SittingKind.choices, default=SittingKind.MEETING)
    passing = models.PositiveSmallIntegerField(default=2)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    until = models.DateField(null=True)  # last day for written opinions
    state = models.CharField(
        max_length=10, choices=SittingState.choices, default=SittingState.PLANNED
    )
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    minutes_number = models.CharField(max_length=60, blank=True)
    minutes_on = models.DateField(null=True)  # the day of the sitting, where none is written
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(passing__in=(1, 2)), name="sitting_first_or_second_pass"
            ),
            models.UniqueConstraint(
                fields=("council", "kind", "starts_at"),
                condition=~models.Q(state="cancelled"),
                name="sitting_once_at_a_time",
            ),
        ]
        indexes = (models.Index(fields=("council", "starts_at"), name="sitting_when"),)

    def __str__(self) -> str:
        return self.title

    @property
    def state_words(self) -> str:
        """Where it stands, in words: nobody sits where opinions are written."""
        if self.kind == SittingKind.WRITTEN and self.state == SittingState.OPEN:
            return str(_("Đang lấy ý kiến"))
        return str(SittingState(self.state).label)


class Attendance(models.Model):
    """Whether a member is at a sitting, with the reason for being away."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("sitting", "seat"), name="attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.present}"


class ItemState(models.TextChoices):
    """Where a case stands in a sitting."""

    WAITING = "waiting", _("Chưa chấm")
    SCORING = "scoring", _("Đang chấm")
    RESCORING = "rescoring", _("Chấm lại")
    CONCLUDED = "concluded", _("Đã kết luận")
    TAKEN_OFF = "taken_off", pgettext_lazy("state", "Đưa ra khỏi phiên")


class Item(models.Model):
    """A case on the agenda of a sitting, and what the council concluded there."""

    code = models.CharField(max_length=8, unique=True)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=1)  # of scoring; rescoring adds one
    rescoring_reason = models.TextField(blank=True)
    gates = models.JSONField(default=dict)  # the council's answers: {gate id: bool}
    gate_reasons = models.JSONField(default=dict)  # why, against members' answers: {gate id: text}
    agreed = models.JSONField(default=dict)  # agreed levels: {criterion: points}
    agreed_marks = models.JSONField(default=dict)  # on which: {criterion: {seat: points}}
    discussion = models.TextField(blank=True)  # for the minutes
    off_reason = models.TextField(blank=True)
    outcome = models.JSONField(null=True)  # councils.outcome.to_json when concluded
    outcome_sha256 = models.CharField(max_length=64, blank=True)
    mean = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    star = models.PositiveSmallIntegerField(null=True)
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("sitting", "case"),
                condition=~models.Q(state="taken_off"),
                name="item_once",
            ),
            models.UniqueConstraint(  # on one open agenda at a time
                fields=("case",),
                condition=models.Q(state__in=("waiting", "scoring", "rescoring")),
                name="item_one_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="concluded") | models.Q(concluded_at__isnull=False),
                name="item_concluded_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.case}"


class SheetState(models.TextChoices):
    """A sheet is its member's alone until it is submitted."""

    DRAFT = "draft", _("Đang chấm")
    ENTERED = "entered", _("Phiếu giấy chờ xác nhận")
    SUBMITTED = "submitted", _("Đã nộp")


class Sheet(models.Model):
    """One member's sheet for one item and attempt. Blind: nobody else reads it before it is in.

    `stamps` holds by criterion (and `gate:ID`, `opinion`) the client's time of the last change, so
    that what was written without a network merges mark by mark.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sheets")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="sheets")
    attempt = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=SheetState.choices, default=SheetState.DRAFT)
    marks = models.JSONField(default=dict)  # {criterion: points}
    comments = models.JSONField(default=dict)  # {criterion: text}
    gates = models.JSONField(default=dict)  # {gate id: bool}
    stamps = models.JSONField(default=dict)
    opinion = models.TextField(blank=True)
    rescoring_reason = models.TextField(blank=True)  # why these marks differ from the last attempt
    wants_meeting = models.BooleanField(default=False)  # written procedure: the matter is complex
    total = models.DecimalField(max_digits=7, decimal_places=4, null=True)  # when submitted
    revision = models.PositiveIntegerField(default=0)
    paper = models.BooleanField(default=False)
    scan = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    entered_by = models.BigIntegerField(null=True)
    confirmed_by = models.BigIntegerField(null=True)
    reopened_reason = models.TextField(blank=True)
    reopened_from = models.JSONField(null=True)  # as handed in before, whole; `before`: earlier yet
    on_screen = models.JSONField(null=True)  # what a signed paper took the place of: its member's
    submitted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("item", "seat", "attempt"), name="sheet_once"),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(submitted_at__isnull=False),
                name="sheet_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("entered_by")),
                name="sheet_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.item}"
