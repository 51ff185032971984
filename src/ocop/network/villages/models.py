"""Tables of craft villages."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.core.models import Attachment
from ocop.network.villages.criteria import Title
from ocop.places.models import Unit


class TradeGroup(models.TextChoices):
    """The rural trades of Article 4 of Decree 52/2018/NĐ-CP, in its order."""

    FOOD = "food", _("Chế biến, bảo quản nông, lâm, thủy sản")
    CRAFT = "craft", _("Sản xuất hàng thủ công mỹ nghệ")
    MATERIAL = "material", _("Xử lý, chế biến nguyên vật liệu cho ngành nghề nông thôn")
    GOODS = "goods", _("Đồ gỗ, mây tre đan, gốm sứ, dệt may, thêu ren, cơ khí nhỏ")
    ORNAMENTAL = "ornamental", _("Sản xuất, kinh doanh sinh vật cảnh")
    SALT = "salt", _("Sản xuất muối")
    SERVICE = "service", _("Dịch vụ phục vụ sản xuất, đời sống nông thôn")


class VillageTitle(models.TextChoices):
    """What the province recognises (Article 5)."""

    CRAFT = Title.CRAFT.value, _("Nghề truyền thống")
    VILLAGE = Title.VILLAGE.value, pgettext_lazy("title", "Làng nghề")
    TRADITIONAL = Title.TRADITIONAL.value, _("Làng nghề truyền thống")


class VillageImportState(models.TextChoices):
    """Where an import of villages stands; it can be undone until it is published."""

    READ = "read", _("Đã đọc, chưa nạp")
    LOADED = "loaded", _("Đã nạp, chưa công bố")
    PUBLISHED = "published", _("Đã công bố")
    UNDONE = "undone", _("Đã hoàn tác")


class VillageImport(models.Model):
    """One import of a workbook of villages: the file, what came of it, and who did it."""

    code = models.CharField(max_length=8, unique=True)
    filename = models.CharField(max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=200, blank=True)
    columns = models.JSONField(default=dict)  # what each was read as: field, place
    headings = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)  # in the register before
    reports = models.JSONField(default=list)  # [row, field, code, facts, rejects]
    sample = models.JSONField(default=list)  # the first villages, for the preview
    state = models.CharField(
        max_length=10, choices=VillageImportState.choices, default=VillageImportState.READ
    )
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.filename


class Village(models.Model):
    """A village with a craft. `unit` is the unit of the time, `commune` today's, if it is known.

    Of `developing`, `distinctive` and `known_by_name` (Article 5.1) None says that nobody found
    out yet. `row_key` tells the same village of the same trade when it comes again.
    """

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    trade = models.CharField(max_length=120)
    trade_group = models.CharField(max_length=10, choices=TradeGroup.choices, blank=True)
    folded = models.CharField(max_length=500, db_index=True)  # words of name and trade
    began_year = models.PositiveSmallIntegerField(null=True)
    developing = models.BooleanField(null=True)
    distinctive = models.BooleanField(null=True)
    known_by_name = models.BooleanField(null=True)
    address = models.CharField(max_length=300, blank=True)
    province = models.CharField(max_length=2)  # code of today's province
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    story = models.TextField(blank=True)
    counted_from = models.DateField()  # the first day on which it counts as a village with a craft
    ended_on = models.DateField(null=True)  # the first day on which the trade is no longer there
    listed = models.BooleanField(default=False)  # before the public and in the counts
    demonstration = models.BooleanField(default=False)
    row_key = models.CharField(max_length=64, unique=True)
    batch = models.ForeignKey(
        VillageImport, on_delete=models.PROTECT, null=True, related_name="villages"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("folded", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None)
                | models.Q(ended_on__gte=models.F("counted_from")),
                name="village_ends_after_it_counts",
            ),
        ]
        indexes = (models.Index(fields=("province", "counted_from"), name="village_counting"),)

    def __str__(self) -> str:
        return self.name

    @property
    def place_name(self) -> str:
        """Today's commune, else the one of then."""
        unit = self.commune or self.unit
        return unit.name if unit else ""


class VillageYear(models.Model):
    """What a village told of one year. Money in whole đồng."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    households = models.PositiveIntegerField(null=True)
    in_trade = models.PositiveIntegerField(null=True)  # households
    workers = models.PositiveIntegerField(null=True)
    revenue = models.PositiveBigIntegerField(null=True)
    income = models.PositiveBigIntegerField(null=True)  # of a worker in the year
    stable = models.BooleanField(null=True)
    source = models.CharField(max_length=200, blank=True)
    batch = models.ForeignKey(VillageImport, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-year",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("village", "year"), name="village_year_once"),
            models.CheckConstraint(
                condition=models.Q(households=None)
                | models.Q(in_trade=None)
                | models.Q(in_trade__lte=models.F("households")),
                name="village_year_trade_within_households",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.year}"


class VillageEnvironment(models.Model):
    """A look at whether the environmental law is kept (Article 5.2c)."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="environment")
    checked_on = models.DateField()
    kept = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)  # what was found: water, air, waste
    source = models.CharField(max_length=200, blank=True)  # paper and body

    class Meta:
        ordering = ("-checked_on", "-pk")

    def __str__(self) -> str:
        return f"{self.village_id} {self.checked_on:%d/%m/%Y}"


class ArtisanTitle(models.TextChoices):
    """Titles that the State and the city award."""

    PEOPLE = "people", _("Nghệ nhân Nhân dân")
    MERITED = "merited", _("Nghệ nhân Ưu tú")
    CITY = "city", _("Nghệ nhân cấp tỉnh, thành phố")
    SKILLED = "skilled", _("Thợ giỏi")


class Artisan(models.Model):
    """An artisan of a village. The name is before the public with the person's consent only."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="artisans")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=10, choices=ArtisanTitle.choices)
    year = models.PositiveSmallIntegerField(null=True)  # of the award
    consents = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class VillageRecognition(models.Model):
    """A decision that recognises a village, and the one that revoked it. Never overwritten.

    `checked` is what the criteria said on the day of entering, with the decree: the data the
    decision is based on. Empty: an import, or a decision older than the decree.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="recognitions")
    title = models.CharField(max_length=11, choices=VillageTitle.choices)
    number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField()  # of the recognition, when only it is known
    authority = models.CharField(max_length=160, blank=True)
    checked = models.JSONField(default=dict)
    revoked_on = models.DateField(null=True)
    revoking_number = models.CharField(max_length=60, blank=True)
    revoking_reason = models.CharField(max_length=500, blank=True)
    batch = models.ForeignKey(VillageImport, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-year", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("village", "title"),
                condition=models.Q(revoked_on=None),
                name="village_title_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_on=None)
                | models.Q(signed_on=None)
                | models.Q(revoked_on__gte=models.F("signed_on")),
                name="village_recognition_revoked_after_signing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.title}"


class VillageRoute(models.Model):
    """A journey through villages and other places."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=300)
    summary = models.CharField(max_length=500, blank=True)
    hours = models.PositiveSmallIntegerField(null=True)
    listed = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("folded", "pk")

    def __str__(self) -> str:
        return self.name


class RouteStop(models.Model):
    """One stop of a route: a village, a place of another part of the network by its `kind` and code
    (`ocop.network.villages.halts`), or any place by its name and position."""

    route = models.ForeignKey(VillageRoute, on_delete=models.PROTECT, related_name="stops")
    position = models.PositiveSmallIntegerField()
    village = models.ForeignKey(Village, on_delete=models.PROTECT, null=True, related_name="stops")
    kind = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=8, blank=True)  # code of a place of that kind
    name = models.CharField(max_length=160, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("route", "position"), name="route_position_once"),
            models.CheckConstraint(
                condition=models.Q(village__isnull=False) | ~models.Q(name=""),
                name="route_stop_is_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="", place="")
                | (~models.Q(kind="") & ~models.Q(place="") & models.Q(village=None)),
                name="route_stop_place_has_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.village_id)
