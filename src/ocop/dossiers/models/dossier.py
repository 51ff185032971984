"""Tables of dossiers: what a producer files, what was frozen, asked for and changed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.councils.models import Case
from ocop.criteria.models import CriteriaSetVersion
from ocop.dossiers.models.planning import Registration, Round
from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.recognition.models import Kind, Recognition


class State(models.TextChoices):
    """Where a dossier stands (Art. 5 to 7, Decision 26/2026/QĐ-TTg); see `lifecycle`."""

    DRAFT = "draft", _("Đang soạn")
    AT_COMMUNE = "at_commune", _("Ủy ban nhân dân cấp xã kiểm tra")
    RETURNED = "returned", _("Trả lại, cần sửa")
    FORWARDED = "forwarded", _("Đã chuyển cấp tỉnh, chờ tiếp nhận")
    RECEIVED = "received", _("Cấp tỉnh đã tiếp nhận")
    EXAMINING = "examining", _("Tổ tư vấn xem xét")
    READY = "ready", _("Đủ điều kiện trình hội đồng")
    ON_AGENDA = "on_agenda", _("Trong chương trình họp hội đồng")
    CONCLUDED = "concluded", _("Hội đồng đã kết luận")
    AT_MINISTRY = "at_ministry", _("Trình Bộ đánh giá")
    DECIDED = "decided", _("Đã có quyết định công nhận")
    REFUSED = "refused", _("Không được công nhận")
    WITHDRAWN = "withdrawn", _("Chủ thể rút hồ sơ")


class Road(models.TextChoices):
    """How a product with a star comes back: in the window; past it, when the certificate is kept
    until the authority decides (Art. 12.3); after expiry."""

    REGULAR = "regular", _("Đúng thời hạn")
    EXTENDED = "extended", _("Quá thời hạn nộp hồ sơ (khoản 3 Điều 12)")
    EXPIRED = "expired", _("Sau khi hết hạn")


class Dossier(models.Model):
    """A dossier (hồ sơ): Forms 01 and 02 of one product for one assessment.

    `due_on` is the last day of the step it is in; the version of the criteria set is pinned when
    the dossier begins.
    """

    code = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    road = models.CharField(max_length=10, choices=Road.choices, default=Road.REGULAR)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="dossiers")
    version = models.ForeignKey(CriteriaSetVersion, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="dossiers")
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, null=True, related_name="dossiers"
    )
    previous = models.ForeignKey(  # the star that is to rise or to be renewed
        Recognition, on_delete=models.PROTECT, null=True, related_name="followed_by"
    )
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="dossier")
    recognition = models.OneToOneField(
        Recognition, on_delete=models.PROTECT, null=True, related_name="dossier"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    slip_number = models.CharField(max_length=60, blank=True)  # 12/PĐK-01-00004-2026
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    province = models.CharField(max_length=2)
    answers = models.JSONField(default=dict)  # Form 01 and the texts of Form 02: {field: value}
    marks = models.JSONField(default=dict)  # self-assessment: {criterion: points}
    gates = models.JSONField(default=dict)  # {gate id: bool}
    claims = models.JSONField(default=dict)  # {criterion: text}; for an upgrade what changed
    revision = models.PositiveIntegerField(default=0)  # each autosave adds one
    folded = models.CharField(max_length=420, blank=True)  # product and producer, for search
    due_on = models.DateField(null=True)
    escalated_at = models.DateTimeField(null=True)  # the deadline of this step passed and was told
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)  # to the commune, last
    forwarded_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("product",),
                condition=~models.Q(state__in=("decided", "refused", "withdrawn")),
                name="dossier_one_open",
            ),
            models.UniqueConstraint(
                fields=("slip_number",),
                condition=~models.Q(slip_number=""),
                name="dossier_slip_once",
            ),
        ]
        indexes = (
            models.Index(fields=("province", "state", "due_on"), name="dossier_queue"),
            models.Index(fields=("commune", "state"), name="dossier_commune"),
        )

    def __str__(self) -> str:
        return f"{self.product} ({self.get_state_display()})"


class Snapshot(models.Model):
    """A dossier as it was filed: canonical JSON (RFC 8785) and its hash. Never changed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField()  # 1, 2, ... in the dossier
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    why = models.CharField(max_length=20)  # submitted, supplemented, changed
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("dossier", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("dossier", "number"), name="snapshot_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.number}"


class Supplement(models.Model):
    """A request for more (yêu cầu bổ sung) and the producer's answer."""

    code = models.CharField(max_length=8, unique=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplements")
    step = models.CharField(max_length=12)  # the state of the dossier when it was asked
    wanted = models.TextField()
    criteria = models.JSONField(default=list)  # codes it is about
    due_on = models.DateField()
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.wanted[:60]


class ChangeState(models.TextChoices):
    """What became of a request to change a filed dossier."""

    ASKED = "asked", _("Chờ xem xét")
    ACCEPTED = "accepted", _("Đồng ý")
    DECLINED = "declined", _("Không đồng ý")


class ChangeRequest(models.Model):
    """A change to a filed dossier, against the snapshot it was written on."""

    code = models.CharField(max_length=8, unique=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="changes")
    base = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    proposed = (
        models.JSONField()
    )  # {"answers": {...}, "marks": {...}, "claims": {...}}: changed only
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.ASKED)
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("dossier",), condition=models.Q(state="asked"), name="change_one_asked"
            )
        ]

    def __str__(self) -> str:
        return self.reason[:60]


class CentralReferral(models.Model):
    """A dossier of 90 points and more at the Ministry: the provincial result kept, the central
    one recorded when it comes (Art. 5.4). Given back and evaluated again it may go once more.

    `returned` without a central day: the Ministry gave it back without having evaluated it.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="referrals")
    provincial_total = models.DecimalField(max_digits=9, decimal_places=6)
    provincial_star = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=60)
    sent_on = models.DateField()
    central_total = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    central_star = models.PositiveSmallIntegerField(null=True)  # as its council gave it
    central_document = models.CharField(max_length=60, blank=True)
    central_on = models.DateField(null=True)
    returned = models.BooleanField(default=False)  # no five stars: back to the province

    def __str__(self) -> str:
        return self.document
