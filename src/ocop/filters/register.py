"""Filters of products, of recognitions and of producers."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core import options
from ocop.core.actor import ANONYMOUS, Actor
from ocop.core.once import once
from ocop.filters.strict import StrictFilterSet
from ocop.filters.units import UnitField
from ocop.people.roles import Role
from ocop.places import queries as places
from ocop.producers import queries as producers
from ocop.producers.models import Producer, ProducerKind
from ocop.products.models import Product, Sector
from ocop.recognition.models import Evidence, Kind, Recognition
from ocop.recognition.narrowing import Narrowing, in_unit, narrow_catalogue, narrow_register
from ocop.recognition.validity import State

RANKS = (
    ("5", _("5 sao")),
    ("4p", _("Tiềm năng 5 sao")),
    ("4", _("4 sao")),
    ("3", _("3 sao")),
)
STATES = (
    (State.VALID, _("Còn hiệu lực")),
    (State.WINDOW_OPEN, _("Đang trong thời gian nộp hồ sơ")),
    (State.WINDOW_MISSED, _("Quá hạn nộp hồ sơ")),
    (State.EXTENDED, _("Kéo dài")),
    (State.EXTENSION_UNCONFIRMED, _("Hết hạn, chưa xác nhận kéo dài")),
    (State.EXPIRED, _("Hết hiệu lực")),
    (State.REPLACED, _("Đã có lần công nhận sau")),
    (State.REVOKED, _("Đã thu hồi")),
    (State.ANNULLED, _("Đã hủy kết quả")),
    (State.MISTAKEN, _("Ghi nhầm, đã đính chính")),
    (State.UNKNOWN, _("Chưa rõ thời hạn")),
    (State.NOT_YET, _("Chưa có hiệu lực")),
)
#: What rules a product is never replaced, and no wrong record.
_NEVER_RULES = (State.REPLACED, State.MISTAKEN)
_STAR_STATES = tuple(choice for choice in STATES if choice[0] not in _NEVER_RULES)
_OWN = (("own", _("Địa bàn của tôi")),)
_YES_NO = (("true", _("Có")), ("false", _("Không")))


class NumberFilter(filters.Filter):
    """A filter by a whole number."""

    field_class = forms.IntegerField


class UnitFilter(filters.Filter):
    """A filter by unit; what it narrows is said by the set it stands in."""

    field_class = UnitField


def _province(**more: Any) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(
        label=_("Tỉnh, thành phố"), choices=_provinces, empty_label=None, **more
    )


@once
def _provinces() -> list[tuple[str, str]]:
    """The installation's own first, as what is meant where none is named; then all others."""
    own = options.PROVINCE.get()
    names = {unit.code: unit.name for unit in places.provinces_now()}
    return [("", names.pop(own, "")), *names.items()]


def _asker(chosen: filters.FilterSet) -> Actor:
    """Who asks: nobody known where a page does not say."""
    found: Actor = getattr(chosen.request, "actor", ANONYMOUS)
    return found


class _OfProvince(StrictFilterSet):
    """A set whose rows are of the own province unless another one is named."""

    def __init__(self, data: QueryDict | None = None, *arguments: Any, **more: Any) -> None:
        if data and data.get("province") == options.PROVINCE.get():
            data = data.copy()
            del data["province"]
        super().__init__(data, *arguments, **more)


class _Narrowed(_OfProvince):
    """A set whose cleaned values become one `Narrowing`.

    Lists are of this installation's province unless another one is chosen.
    """

    def narrowing(self) -> Narrowing:
        """What the list is narrowed to."""
        found = {k: v for k, v in self.form.cleaned_data.items() if v not in ("", None)}
        valid = found.pop("valid", None)
        own_area = found.pop("area", "")
        return Narrowing(
            text=found.pop("q", ""),
            province=found.pop("province", "") or self._usual_province(found),
            set_number=found.pop("set", None),
            valid=None if valid is None else valid == "true",
            area_of=_asker(self) if own_area else None,
            **found,
        )

    def _usual_province(self, told: dict[str, Any]) -> str:
        """An import may bring the rows of any province, and a unit lies where it lies; other lists
        keep to the own."""
        return "" if told.keys() & {"batch", "unit"} else options.PROVINCE.get()


class ProductFilter(_Narrowed):
    """Products of the catalogue, each with the star that rules it today."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể"))
    sector = filters.ChoiceFilter(label=_("Ngành"), choices=Sector.choices)
    rank = filters.ChoiceFilter(label=_("Hạng sao"), choices=RANKS)
    valid = filters.ChoiceFilter(label=_("Còn hiệu lực hôm nay"), choices=_YES_NO)
    unit = UnitFilter(label=_("Địa bàn"))
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=_STAR_STATES)
    producer_kind = filters.ChoiceFilter(label=_("Loại chủ thể"), choices=ProducerKind.choices)
    set = NumberFilter(label=_("Bộ tiêu chí số"), min_value=1, max_value=26)
    year = NumberFilter(label=_("Năm công nhận"), min_value=2018, max_value=2100)
    area = filters.ChoiceFilter(label=_("Phụ trách"), choices=_OWN)
    province = _province()

    class Meta:
        model = Product
        fields = ()

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if not (_asker(self).has(Role.COMMUNE_OFFICER) or "area" in self.data):
            del self.filters["area"]  # nobody else answers for an area

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return narrow_catalogue(queryset, self.narrowing())


class MapFilter(StrictFilterSet):
    """Products on the map."""

    sector = filters.ChoiceFilter(label=_("Ngành"), choices=Sector.choices)

    class Meta:
        model = Product
        fields = ()


class RecognitionFilter(_Narrowed):
    """Rows of the register."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể"))
    rank = filters.ChoiceFilter(label=_("Hạng sao"), choices=RANKS)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=STATES)
    valid = filters.ChoiceFilter(label=_("Còn hiệu lực hôm nay"), choices=_YES_NO)
    unit = UnitFilter(label=_("Địa bàn"))
    sector = filters.ChoiceFilter(label=_("Ngành"), choices=Sector.choices)
    year = NumberFilter(label=_("Năm công nhận"), min_value=2018, max_value=2100)
    kind = filters.ChoiceFilter(label=_("Hình thức"), choices=Kind.choices)
    evidence = filters.ChoiceFilter(label=_("Mức chứng cứ"), choices=Evidence.choices)
    producer_kind = filters.ChoiceFilter(label=_("Loại chủ thể"), choices=ProducerKind.choices)
    set = NumberFilter(label=_("Bộ tiêu chí số"), min_value=1, max_value=26)
    batch = NumberFilter(label=_("Lần nhập số"), min_value=1)
    province = _province()

    class Meta:
        model = Recognition
        fields = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return narrow_register(queryset, self.narrowing())


class ProducerFilter(_OfProvince):
    """Producers."""

    q = filters.CharFilter(label=_("Tìm tên hoặc mã số thuế"), method="by_text")
    kind = filters.ChoiceFilter(label=_("Loại chủ thể"), choices=ProducerKind.choices)
    unit = UnitFilter(label=_("Địa bàn"), method="by_unit")
    province = _province(field_name="province")

    class Meta:
        model = Producer
        fields = ()

    def by_text(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return producers.search(_asker(self), rows, value, on=timezone.localdate())

    def by_unit(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return rows if value is None else in_unit(rows, value)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("province") or self.form.cleaned_data.get("unit"):
            return rows
        return rows.filter(province=options.PROVINCE.get())
