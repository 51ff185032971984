"""Tables of the register: decisions, recognitions, and the imports that brought them."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.core.models import Attachment, Event
from ocop.criteria.models import LegalVersion
from ocop.places.models import Unit
from ocop.products.models import Product


class Evidence(models.TextChoices):
    """How well a recognition is documented. B2 is never public; M is demonstration data."""

    A = "A", _("Quyết định đã ký")
    B1 = "B1", _("Tin của cơ quan nhà nước")
    B2 = "B2", _("Đề nghị, chưa quyết định")
    C = "C", _("Nguồn thương mại")
    M = "M", _("Dữ liệu mẫu")


#: A decision that is known, or one of the demonstration; news of one prove nothing.
CERTIFIED = (Evidence.A, Evidence.M)


class Kind(models.TextChoices):
    """Why the product was assessed: counts never add the three kinds together."""

    FIRST = "first", _("Lần đầu")
    UPGRADE = "upgrade", _("Nâng hạng")
    REEVALUATION = "reevaluation", _("Đánh giá lại")


class Ground(models.TextChoices):
    """Why a star is revoked (Art. 8, Decision 26/2026/QĐ-TTg)."""

    FORGED = "forged", _("Giả mạo hồ sơ, tài liệu")
    CRITERIA = "criteria", _("Không còn đáp ứng tiêu chí đã được công nhận")
    BREACH = "breach", _("Vi phạm pháp luật về chất lượng, an toàn, môi trường, sở hữu, nhãn")
    MARK = "mark", _("Sử dụng nhãn hiệu OCOP sai quy định")
    STOPPED = "stopped", _("Chủ thể ngừng sản xuất, kinh doanh")
    AUTHORITY = "authority", _("Kết luận khác của cơ quan có thẩm quyền")


class BatchState(models.TextChoices):
    """Where an import stands; it can be undone until it is published."""

    RECEIVED = "received", _("Đã nhận tệp")
    READ = "read", _("Đã đọc, chưa nạp")
    LOADED = "loaded", _("Đã nạp, chưa công bố")
    PUBLISHED = "published", _("Đã công bố")
    UNDONE = "undone", _("Đã hoàn tác")


class ImportBatch(models.Model):
    """One import of a registry file: the file, what came of it, and who did it."""

    filename = models.CharField(max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT)
    wishes = models.JSONField(default=dict)  # sheet, columns, evidence: what the person said
    table = models.JSONField(default=dict)  # sheets, heading, columns: what was found
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)  # in the register before
    reports = models.JSONField(default=list)  # [row, field, code, facts, rejects]
    sample = models.JSONField(default=list)  # the first records, for the preview
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.RECEIVED)
    job = models.CharField(max_length=8, blank=True)  # reading, storing: at work on it now
    job_seen_at = models.DateTimeField(null=True)  # its last sign of life
    progress = models.PositiveIntegerField(default=0)  # rows read by the job
    failure = models.TextField(blank=True)  # why the last job did not end well
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.filename} {self.created_at:%d/%m/%Y}"


class ColumnMapping(models.Model):
    """How the columns of a heading were read, remembered for the next file of that kind."""

    heading = models.CharField(max_length=64, unique=True)  # digest of the folded heading
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.heading[:12]


class Decision(models.Model):
    """A decision of an authority that recognises products."""

    number = models.CharField(max_length=60)  # 3981/QĐ-UBND
    signed_on = models.DateField()
    authority = models.CharField(max_length=160)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    legal_version = models.ForeignKey(LegalVersion, on_delete=models.PROTECT, null=True)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True)
    #: What the digital signatures of the file came to (`signatures`); empty: not looked at.
    signatures = models.JSONField(default=dict)
    demonstration = models.BooleanField(default=False)
    #: Entered, and not before the public yet: nobody but the office sees what it recognises.
    awaits_publication = models.BooleanField(default=False)
    #: The day it came before the public here; not known of what imports brought.
    published_on = models.DateField(null=True)
    #: Whether the signed file stands on the public page; an officer says so.
    file_public = models.BooleanField(default=False)
    #: The day the record was found wrong with all it recognised (`correcting`): the number is free.
    mistaken_on = models.DateField(null=True)

    class Meta:
        ordering = ("-signed_on", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("number", "signed_on", "authority"),
                condition=models.Q(mistaken_on=None),
                name="decision_once",
            ),
            models.CheckConstraint(
                condition=models.Q(awaits_publication=False) | models.Q(published_on=None),
                name="decision_awaits_without_day",
            ),
            models.CheckConstraint(
                condition=models.Q(published_on=None)
                | models.Q(published_on__gte=models.F("signed_on")),
                name="decision_signed_before_published",
            ),
            models.CheckConstraint(
                condition=models.Q(file_public=False) | models.Q(attachment__isnull=False),
                name="decision_public_file_is_there",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Recognition(models.Model):
    """A star given to a product, once. Never rescored, never overwritten by a later one.

    Dates are the decision's own: valid from `valid_from` to the end of `expires_on`. A row
    without dates (evidence B1) is kept with its validity unknown.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="recognitions")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="recognitions"
    )
    decision_number = models.CharField(max_length=60, blank=True)  # known without its day
    authority = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.FIRST)
    stars = models.PositiveSmallIntegerField()
    potential_five = models.BooleanField(default=False)  # 4★ held, forwarded to the Ministry
    total = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    evidence = models.CharField(max_length=2, choices=Evidence.choices)
    evaluated_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)  # of evaluation, when only it is known
    valid_from = models.DateField(null=True)
    expires_on = models.DateField(null=True)  # last valid day
    filed_on = models.DateField(null=True)  # its re-evaluation, within the window (`refiling`)
    extended_until = models.DateField(null=True)  # Art. 12.3, confirmed by an officer
    extension_reason = models.TextField(blank=True)
    #: The last revocation, as `Revocation` holds all of them.
    revoked_on = models.DateField(null=True)
    revoked_ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    restored_on = models.DateField(null=True)  # the revocation was set aside, from this day on
    annulled_on = models.DateField(null=True)
    #: The decision that annulled it; empty where none is known, as of what nobody was told of.
    annulling_number = models.CharField(max_length=60, blank=True)
    annulling_signed_on = models.DateField(null=True)
    annulling_authority = models.CharField(max_length=160, blank=True)
    #: The record was wrong, the authority never gave this (`correcting`); void since `annulled_on`.
    mistaken = models.BooleanField(default=False)
    province = models.CharField(max_length=2)
    address = models.CharField(max_length=300, blank=True)  # as decided
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    row_key = models.CharField(max_length=64, db_index=True)  # digest: the same fact comes once
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, related_name="recognitions"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-evaluated_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(stars__in=(3, 4, 5)), name="recognition_stars_3_to_5"
            ),
            models.CheckConstraint(
                condition=models.Q(potential_five=False) | models.Q(stars=4),
                name="recognition_potential_is_four",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on=None)
                | models.Q(valid_from=None)
                | models.Q(expires_on__gte=models.F("valid_from")),
                name="recognition_period_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(restored_on=None)
                | models.Q(restored_on__gte=models.F("revoked_on"), revoked_on__isnull=False),
                name="recognition_restored_after_revoked",
            ),
            models.UniqueConstraint(
                fields=("row_key",),
                condition=models.Q(annulled_on=None),
                name="recognition_fact_once",
            ),
            models.CheckConstraint(
                condition=models.Q(mistaken=False) | models.Q(annulled_on__isnull=False),
                name="recognition_mistaken_is_void",
            ),
            models.CheckConstraint(
                condition=models.Q(annulling_number="")
                | models.Q(annulled_on__isnull=False, mistaken=False),
                name="recognition_annulling_of_annulled",
            ),
        ]
        indexes = (
            models.Index(fields=("product", "-evaluated_on"), name="recognition_latest"),
            models.Index(fields=("province", "expires_on"), name="recognition_expiry"),
            models.Index(fields=("province", "kind", "evaluated_on"), name="recognition_counting"),
        )

    def __str__(self) -> str:
        return f"{self.product}: {self.stars} sao"

    @property
    def void_on(self) -> date | None:
        """From when on it was void, by an annulment or a revocation, set aside or not."""
        return self.annulled_on or self.revoked_on


class Revocation(models.Model):
    """One revocation of a star (Art. 8) with its decision, and the decision that set it aside.

    A star may be given back and revoked anew: each revocation stays, for what held on a day is
    asked long after. Those of one star never overlap. Where a decision is not known (a registry
    told the day alone) its words are empty. One that was entered wrongly stays too and counts for
    no day.
    """

    recognition = models.ForeignKey(
        Recognition, on_delete=models.PROTECT, related_name="revocations"
    )
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    revoked_on = models.DateField()  # the first day without the star
    number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    authority = models.CharField(max_length=160, blank=True)
    #: An appeal where no case holds it.
    appealed_on = models.DateField(null=True)
    appeal = models.TextField(blank=True)
    restored_on = models.DateField(null=True)  # the first day with it again
    restoring_number = models.CharField(max_length=60, blank=True)
    restoring_signed_on = models.DateField(null=True)
    restoring_authority = models.CharField(max_length=160, blank=True)
    withdrawn_on = models.DateField(null=True)  # entered wrongly: nobody had revoked this star
    #: The same decision, as it took a star that turned out void: see `carrying`.
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="carried"
    )
    #: Restorations that were entered wrongly, each as it was told, with the day of that word.
    wrong_restorations = models.JSONField(default=list)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(restored_on=None)
                | models.Q(restored_on__gte=models.F("revoked_on")),
                name="revocation_restored_after_revoked",
            ),
            models.UniqueConstraint(
                fields=("recognition",),
                condition=models.Q(restored_on=None, withdrawn_on=None),
                name="revocation_one_stands",
            ),
        ]
        indexes = (models.Index(fields=("restored_on", "revoked_on"), name="revocation_days"),)

    def __str__(self) -> str:
        return f"{self.recognition_id} {self.revoked_on:%d/%m/%Y}"


class Certificate(models.Model):
    """The star certificate (giấy chứng nhận) of one recognition: its number, given once, and the
    words that stand on it: a product that is renamed later keeps the paper it got."""

    recognition = models.OneToOneField(
        Recognition, on_delete=models.PROTECT, related_name="certificate"
    )
    province = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()  # of the decision's signing
    serial = models.PositiveIntegerField()  # 1, 2, ... in the year
    number = models.CharField(max_length=60)  # as the setting had it when it was issued
    issued_on = models.DateField()
    words = models.JSONField()

    class Meta:
        ordering = ("year", "serial")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("province", "year", "serial"), name="certificate_serial_once"
            ),
            models.UniqueConstraint(fields=("province", "number"), name="certificate_number_once"),
        ]

    def __str__(self) -> str:
        return self.number


class LogEntry(models.Model):
    """One entry of the public log: what anybody can check was so, never changed and never deleted
    (triggers on both engines). A projection of the events (see `recognition.log`)."""

    index = models.BigIntegerField(unique=True)  # from 0, without a gap
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=20)  # what the entry tells: see `log.forms`
    kind = models.CharField(max_length=40)  # the model and the key of the row it tells of
    object_id = models.BigIntegerField()
    leaf = models.TextField()  # canonical JSON, exactly as published
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("index",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(index__gte=0), name="logentry_index_not_negative"
            ),
            models.UniqueConstraint(
                fields=("event", "form", "kind", "object_id"), name="logentry_once"
            ),
        ]
        indexes = (models.Index(fields=("kind", "object_id", "index"), name="logentry_lookup"),)

    def __str__(self) -> str:
        return f"{self.index} {self.form}"


class LogStep(models.Model):
    """An event that the public log has taken in, with how many entries it gave: a cursor.

    Not a number up to which all is done: of two writes at once the event with the smaller key may
    come to be seen last.
    """

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="log_step"
    )
    entries = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.event_id}: {self.entries}"


class LogHead(models.Model):
    """The one row that who writes the public log holds; how long the log is and what was found when
    it was last looked at."""

    size = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)  # the last audit
    finding = models.JSONField(default=dict)  # its first difference; empty: none
    trouble = models.JSONField(default=dict)  # why the files could not be brought up to date

    def __str__(self) -> str:
        return str(self.size)
