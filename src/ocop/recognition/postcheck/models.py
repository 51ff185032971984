"""Tables of post-checks, complaints of the public, and revocation cases."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.core.models import Attachment
from ocop.criteria.models import CriteriaSetVersion
from ocop.people.models import User
from ocop.products.models import Product
from ocop.recognition.models import Ground, Recognition, Revocation

CODE = 8


class CheckKind(models.TextChoices):
    """Periodic ones stand in a plan; surprise ones are not announced (Art. 9)."""

    PLANNED = "planned", _("Định kỳ, theo kế hoạch")
    SURPRISE = "surprise", _("Đột xuất")


class CheckState(models.TextChoices):
    """Where a post-check stands; words and moves are in `lifecycle`."""

    PLANNED = "planned", _("Chờ kiểm tra")
    RECORDED = "recorded", _("Đã có biên bản, chờ kết luận")
    CORRECTING = "correcting", _("Chờ chủ thể khắc phục")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


class Held(models.TextChoices):
    """What was found: of a criterion, of the use of the mark, of advertising."""

    KEPT = "kept", pgettext_lazy("kiểm tra", "Đạt")
    NOT_KEPT = "not_kept", pgettext_lazy("kiểm tra", "Không đạt")
    UNSEEN = "unseen", pgettext_lazy("kiểm tra", "Chưa xem")


class CheckResult(models.TextChoices):
    """What follows from a post-check."""

    KEPT = "kept", _("Giữ được điều kiện")
    CORRECT = "correct", _("Cần khắc phục")
    GROUND = "ground", _("Có căn cứ xem xét thu hồi")


class PostCheckPlan(models.Model):
    """A plan of post-checks for a time."""

    code = models.CharField(max_length=CODE, unique=True)
    title = models.CharField(max_length=160)
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day of the plan
    document = models.CharField(max_length=60, blank=True)  # of the authority that approved it
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="postcheck_plan_not_empty",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PostCheck(models.Model):
    """One visit after recognition. `client_id` makes one of what a phone sends twice."""

    code = models.CharField(max_length=CODE, unique=True)
    plan = models.ForeignKey(
        PostCheckPlan, on_delete=models.PROTECT, null=True, related_name="checks"
    )
    recognition = models.ForeignKey(
        Recognition, on_delete=models.PROTECT, related_name="postchecks"
    )
    version = models.ForeignKey(  # the set the star was given under, where it is known
        CriteriaSetVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=CheckKind.choices)
    state = models.CharField(max_length=10, choices=CheckState.choices, default=CheckState.PLANNED)
    inspector = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField()
    client_id = models.UUIDField(unique=True, null=True)
    visited_at = models.DateTimeField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)  # metres
    note = models.TextField(blank=True)
    mark = models.CharField(max_length=8, choices=Held.choices, default=Held.UNSEEN)
    mark_words = models.TextField(blank=True)
    advertising = models.CharField(max_length=8, choices=Held.choices, default=Held.UNSEEN)
    advertising_words = models.TextField(blank=True)
    proposal = models.CharField(max_length=8, choices=CheckResult.choices, blank=True)
    #: Stated where no criterion and no use of the mark tells it: the producer stopped, say.
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.BigIntegerField(null=True)
    result = models.CharField(max_length=8, choices=CheckResult.choices, blank=True)
    conclusion = models.TextField(blank=True)
    concluded_on = models.DateField(null=True)
    correct_until = models.DateField(null=True)
    correction = models.TextField(blank=True)  # what came of it
    corrected_on = models.DateField(null=True)
    reason = models.TextField(blank=True)  # of a cancellation
    created_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("planned_on", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("plan", "recognition"),
                condition=~models.Q(state="cancelled"),
                name="postcheck_once_in_plan",
            )
        ]
        indexes = (models.Index(fields=("state", "planned_on"), name="postcheck_waiting"),)

    def __str__(self) -> str:
        return f"{self.recognition_id} {self.planned_on:%d/%m/%Y}"


class PostCheckFinding(models.Model):
    """What was found of one criterion; a criterion without a row was not looked at."""

    postcheck = models.ForeignKey(PostCheck, on_delete=models.PROTECT, related_name="findings")
    criterion = models.CharField(max_length=10)
    held = models.CharField(max_length=8, choices=Held.choices)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("postcheck", "criterion"), name="postcheck_finding_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.held}"


class PostCheckPhoto(models.Model):
    """A photograph of a post-check, with where it was taken."""

    postcheck = models.ForeignKey(PostCheck, on_delete=models.PROTECT, related_name="photos")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=160, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("postcheck", "attachment"), name="postcheck_photo_once")
        ]

    def __str__(self) -> str:
        return self.caption


class ComplaintTopic(models.TextChoices):
    """What the public reports."""

    MARK = "mark", _("Dùng nhãn hiệu OCOP, hạng sao sai")
    QUALITY = "quality", _("Chất lượng, an toàn")
    LABEL = "label", _("Tem, nhãn, mã truy xuất")
    ADVERTISING = "advertising", _("Quảng cáo")
    OTHER = "other", _("Việc khác")


class ComplaintState(models.TextChoices):
    """Where a complaint stands."""

    RECEIVED = "received", _("Mới nhận")
    CHECKING = "checking", _("Đang kiểm tra")
    ANSWERED = "answered", _("Đã trả lời")
    DISMISSED = "dismissed", _("Không xử lý")


class Complaint(models.Model):
    """What somebody reports of a product. Who it was may stay unknown; where it is told, only the
    office reads it, and no event holds it."""

    number = models.CharField(max_length=CODE, unique=True)  # on the receipt
    secret_digest = models.CharField(max_length=64)  # opens the status page beside the number
    #: None: what was reported carries a code that is none of ours, and nobody knows whose it is.
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="complaints", null=True
    )
    topic = models.CharField(max_length=12, choices=ComplaintTopic.choices)
    text = models.TextField()
    place = models.CharField(max_length=200, blank=True)  # where it was seen or bought
    contact_name = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=160, blank=True)  # telephone or e-mail
    state = models.CharField(
        max_length=10, choices=ComplaintState.choices, default=ComplaintState.RECEIVED
    )
    postcheck = models.ForeignKey(
        PostCheck, on_delete=models.PROTECT, null=True, related_name="complaints"
    )
    received_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)  # or why it is dismissed: read by who reported it
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-received_at", "-pk")
        indexes = (models.Index(fields=("state", "due_on"), name="complaint_waiting"),)

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """What it is about: the product, or a code that nobody knows."""
        return self.product.name if self.product else str(_("Mã không do Văn phòng cấp"))


class ComplaintPhoto(models.Model):
    """A photograph that came with a complaint, without what a camera wrote into it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="photos")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("complaint", "attachment"), name="complaint_photo_once")
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}/{self.pk}"


class CaseState(models.TextChoices):
    """Where a revocation case stands."""

    OPENED = "opened", _("Đã xác định căn cứ, chờ nghe chủ thể")
    HEARD = "heard", _("Đã nghe chủ thể, chờ đề nghị")
    PROPOSED = "proposed", _("Đã đề nghị, chờ quyết định")
    REVOKED = "revoked", _("Đã thu hồi")
    CLOSED = "closed", _("Kết thúc, không thu hồi")
    APPEALED = "appealed", _("Đã thu hồi, đang khiếu nại")
    UPHELD = "upheld", _("Giữ nguyên quyết định thu hồi")
    OVERTURNED = "overturned", _("Khiếu nại được chấp nhận, chờ quyết định khôi phục")
    RESTORED = "restored", _("Đã khôi phục hạng sao")
    LAPSED = "lapsed", _("Kết thúc vì kết quả bị hủy")


class RevocationCase(models.Model):
    """A case for revoking a star on one of the six grounds (Art. 8), with its evidence."""

    code = models.CharField(max_length=CODE, unique=True)
    recognition = models.ForeignKey(
        Recognition, on_delete=models.PROTECT, related_name="revocation_cases"
    )
    ground = models.CharField(max_length=10, choices=Ground.choices)
    facts = models.TextField()  # what happened, as the parties read it
    established_on = models.DateField()  # the clock counts from it
    due_on = models.DateField()
    postcheck = models.ForeignKey(
        PostCheck, on_delete=models.PROTECT, null=True, related_name="cases"
    )
    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, null=True, related_name="cases"
    )
    conclusion_of = models.CharField(max_length=200, blank=True)  # an authority's paper
    conclusion_file = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.OPENED)
    opened_at = models.DateTimeField()
    heard_on = models.DateField(null=True)
    hearing = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    proposed_on = models.DateField(null=True)
    decision_number = models.CharField(max_length=60, blank=True)
    decision_on = models.DateField(null=True)
    decision_authority = models.CharField(max_length=160, blank=True)
    decision_file = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    revocation = models.OneToOneField(  # what the decision entered in the register
        Revocation, on_delete=models.PROTECT, null=True, related_name="case"
    )
    notice_number = models.CharField(max_length=60, blank=True)
    notice = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    closed_reason = models.TextField(blank=True)
    appealed_on = models.DateField(null=True)
    appeal = models.TextField(blank=True)
    appeal_ended_on = models.DateField(null=True)
    appeal_outcome = models.TextField(blank=True)
    restoring_number = models.CharField(max_length=60, blank=True)  # the decision that gave it back
    restoring_on = models.DateField(null=True)
    restoring_authority = models.CharField(max_length=160, blank=True)
    #: Decisions that were entered wrongly in this case, each as it was told (`correcting`).
    wrong_decisions = models.JSONField(default=list)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("due_on", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("recognition",),
                condition=models.Q(state__in=("opened", "heard", "proposed")),
                name="revocation_case_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(postcheck__isnull=False)
                | models.Q(complaint__isnull=False)
                | ~models.Q(conclusion_of=""),
                name="revocation_case_has_evidence",
            ),
        ]
        indexes = (models.Index(fields=("state", "due_on"), name="revocation_case_waiting"),)

    def __str__(self) -> str:
        return self.code


class CaseStatement(models.Model):
    """What the producer says in a case; never changed, a later one stands beside it."""

    case = models.ForeignKey(RevocationCase, on_delete=models.PROTECT, related_name="statements")
    text = models.TextField()
    written_by = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:60]
