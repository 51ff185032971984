"""Filters of sales units, lots and places."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core import folding
from ocop.filters.inputs import DayInput
from ocop.filters.register import UnitFilter
from ocop.filters.strict import StrictFilterSet
from ocop.people.roles import Role
from ocop.places import queries as places
from ocop.places.models import Level, Unit
from ocop.traceability import diary, queries
from ocop.traceability.diary import Step
from ocop.traceability.freshness import Freshness
from ocop.traceability.models import EventThing, Lot, Material, Site, TradeItem
from ocop.traceability.models.items import Scheme

FRESHNESS = (
    (Freshness.FRESH, _("Còn hạn dùng")),
    (Freshness.EXPIRED, _("Hết hạn dùng")),
    (Freshness.UNDATED, _("Không ghi hạn dùng")),
    (Freshness.RECALLED, _("Lô bị thu hồi")),
)
_SOLD = (("sold", _("Đang bán")), ("stopped", _("Ngừng bán")))
_USED = (("used", _("Đang dùng")), ("closed", _("Không còn dùng")))
_STARS = (("ocop", _("Trong Chương trình OCOP")), ("farm", _("Chưa tham gia OCOP")))
_NUMBERS = (("gtin", _("Có GTIN")), ("own", _("Mã riêng")))
_DATA = (("incomplete", _("Thiếu dữ liệu")),)


def holding(
    rows: QuerySet[Any], text: str, paths: Sequence[str], numbers: Sequence[str] = ()
) -> QuerySet[Any]:
    """Rows in which every word begins some word of one of the folded columns, or stands anywhere in
    one of the numbers."""
    words = folding.asked(text)
    if not words:
        return rows.none()
    for word in words:
        anywhere = Q()
        for path in paths:
            anywhere |= Q(**{f"{path}__startswith": word}) | Q(**{f"{path}__contains": f" {word}"})
        for path in numbers:
            anywhere |= Q(**{f"{path}__icontains": word})
        rows = rows.filter(anywhere)
    return rows


def _in_unit(
    rows: QuerySet[Any], unit: Unit | None, *, commune: str, producer: str
) -> QuerySet[Any]:
    """Rows of a unit: by today's commune for a unit of today, else by where the producer was."""
    if unit is None:
        return rows
    if unit.valid_to is not None:
        return rows.filter(**{f"{producer}__unit__in": places.below(unit).values("pk")})
    if unit.level == Level.COMMUNE:
        return rows.filter(**{commune: unit})
    return rows.filter(**{f"{commune}__parent": unit})


class _InOwnArea(StrictFilterSet):
    """A filter whose communes are those the asker oversees; all of them for who oversees all."""

    @property
    def form(self) -> Any:
        form = super().form
        actor = getattr(self.request, "actor", None)
        field = form.fields.get("commune")
        if field is None or actor is None or queries.sees_all(actor):
            return form
        held = actor.unit_ids(Role.COMMUNE_OFFICER)
        own = Unit.objects.filter(Q(pk__in=held) | Q(parent__in=held), level=Level.COMMUNE)
        told = [(places.key_of(unit), unit.name) for unit in own.filter(valid_to=None)]
        field.choices = [("", _("Tất cả")), *told]
        return form


def _by_code(label: Any, path: str) -> filters.CharFilter:
    """For links from other pages: not asked for in the form, told among what is in force."""
    return filters.CharFilter(label=label, field_name=path, widget=forms.HiddenInput)


class TradeItemFilter(_InOwnArea):
    """Sales units by words or codes, place, kind of number, what they lack and whether sold."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể, mã"), method="by_words")
    commune = UnitFilter(label=_("Địa bàn"), method="by_commune")
    programme = filters.ChoiceFilter(
        label=_("Chương trình OCOP"), choices=_STARS, method="by_programme"
    )
    number = filters.ChoiceFilter(label=_("Mã số"), choices=_NUMBERS, method="by_number")
    scheme = filters.ChoiceFilter(
        label=_("Có mã ở hệ thống"), choices=Scheme.choices, method="by_scheme"
    )
    data = filters.ChoiceFilter(label=_("Dữ liệu quy cách"), choices=_DATA, method="by_data")
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=_SOLD, method="by_state")
    product = _by_code(_("Mã sản phẩm trong hệ thống"), "product__code")
    producer = _by_code(_("Mã chủ thể"), "product__producer__code")

    class Meta:
        model = TradeItem
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        code = value.strip()
        number = code.zfill(14) if code.isascii() and code.isdigit() else code
        exact = rows.filter(
            Q(code=code.lower()) | Q(gtin=number) | Q(foreign_codes__value=code)
        ).distinct()
        if exact.exists():
            return exact
        return holding(rows, value, ("product__folded", "folded"))

    def by_commune(self, rows: QuerySet[Any], _name: str, value: Unit | None) -> QuerySet[Any]:
        maker = "product__producer"
        return _in_unit(rows, value, commune=f"{maker}__commune", producer=maker)

    def by_programme(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(product__in_ocop=value == "ocop")

    def by_number(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(gtin="") if value == "own" else rows.exclude(gtin="")

    def by_scheme(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(foreign_codes__scheme=value).distinct()

    def by_data(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queries.incomplete(rows)

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(stopped_at__isnull=value == "sold")


class LotFilter(_InOwnArea):
    """Lots by words or number, place, until when they may be used, and when they were made."""

    q = filters.CharFilter(label=_("Tìm số lô, sản phẩm, chủ thể"), method="by_words")
    commune = UnitFilter(label=_("Địa bàn"), method="by_commune")
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=FRESHNESS, method="by_state")
    made_from = filters.DateFilter(
        label=_("Sản xuất từ ngày"), field_name="produced_on", lookup_expr="gte", widget=DayInput
    )
    made_to = filters.DateFilter(
        label=_("Sản xuất đến ngày"), field_name="produced_on", lookup_expr="lte", widget=DayInput
    )
    data = filters.ChoiceFilter(label=_("Dữ liệu lô"), choices=_DATA, method="by_data")
    item = _by_code(_("Mã quy cách"), "item__code")
    site = _by_code(_("Mã địa điểm"), "site__code")
    producer = _by_code(_("Mã chủ thể"), "item__product__producer__code")

    class Meta:
        model = Lot
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        code = value.strip()
        exact = rows.filter(Q(number__iexact=code) | Q(code=code.lower()))
        if exact.exists():
            return exact
        return holding(rows, value, ("item__product__folded", "item__folded"), ("number",))

    def by_commune(self, rows: QuerySet[Any], _name: str, value: Unit | None) -> QuerySet[Any]:
        maker = "item__product__producer"
        return _in_unit(rows, value, commune=f"{maker}__commune", producer=maker)

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queries.lots_in(rows, Freshness(value), timezone.localdate())

    def by_data(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queries.lots_incomplete(rows)


class SiteFilter(_InOwnArea):
    """Places by words or number, commune, and whether they are used."""

    q = filters.CharFilter(label=_("Tìm địa điểm, chủ thể, GLN"), method="by_words")
    commune = UnitFilter(label=_("Địa bàn"), method="by_commune")
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=_USED, method="by_state")
    producer = _by_code(_("Mã chủ thể"), "producer__code")

    class Meta:
        model = Site
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        code = value.strip()
        exact = rows.filter(Q(gln=code) | Q(code=code.lower())) if code else rows.none()
        if exact.exists():
            return exact
        return holding(rows, value, ("folded", "producer__folded"))

    def by_commune(self, rows: QuerySet[Any], _name: str, value: Unit | None) -> QuerySet[Any]:
        return _in_unit(rows, value, commune="commune", producer="producer")

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(closed_at__isnull=value == "used")


def _steps() -> list[tuple[str, str]]:
    """Words of CBV, each called as the lists call the step that it is in a diary."""
    return [(word, diary.words(step)) for word, step in _STEPS]


_STEPS = (
    ("commissioning", Step.HARVEST),
    ("receiving", Step.RECEIVE),
    ("creating_class_instance", Step.PROCESS),
    ("packing", Step.PACK),
    ("shipping", Step.SHIP),
    ("inspecting", Step.INSPECT),
    ("encoding", Step.ACTIVATE),
    ("destroying", Step.DESTROY),
)
_GOOD = (("good", _("Còn giá trị")), ("wrong", _("Đã báo sai")))


class MaterialFilter(StrictFilterSet):
    """Materials by their maker and the days on which they were taken in."""

    producer = _by_code(_("Mã chủ thể"), "producer__code")
    since = filters.DateFilter(
        label=_("Có từ ngày"), field_name="taken_on", lookup_expr="gte", widget=DayInput
    )
    until = filters.DateFilter(
        label=_("đến hết ngày"), field_name="taken_on", lookup_expr="lte", widget=DayInput
    )

    class Meta:
        model = Material
        fields = ()


class TraceEventFilter(StrictFilterSet):
    """Events by words, what was done, when, and whether they still count."""

    q = filters.CharFilter(label=_("Tìm chủ thể, hàng, đối tác, số lô"), method="by_words")
    step = filters.ChoiceFilter(label=_("Việc"), choices=_steps, field_name="biz_step")
    since = filters.DateFilter(
        label=_("Làm từ ngày"), field_name="event_time", lookup_expr="date__gte", widget=DayInput
    )
    until = filters.DateFilter(
        label=_("đến hết ngày"), field_name="event_time", lookup_expr="date__lte", widget=DayInput
    )
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=_GOOD, method="by_state")
    producer = _by_code(_("Mã chủ thể"), "producer__code")

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """By the names of producer, product, material and partner, or the number of a lot."""
        lots = Lot.objects.filter(number__iexact=value.strip())
        if not lots.exists():
            lots = holding(Lot.objects.all(), value, ("item__product__folded",), ("number",))
        named = holding(rows, value, ("producer__folded", "folded"))
        things = EventThing.objects.filter(lot__in=lots.values("pk"))
        return rows.filter(Q(pk__in=named.values("pk")) | Q(pk__in=things.values("event")))

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Those that count, or those that were declared wrong."""
        return rows.filter(declared_wrong_at__isnull=value == "good")
