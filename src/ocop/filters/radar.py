"""What the radar, its lists and its campaigns are narrowed to."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ocop.core import options
from ocop.core.actor import ANONYMOUS
from ocop.core.language import gettext as kernel
from ocop.filters.inputs import DayInput
from ocop.filters.register import RANKS, UnitFilter
from ocop.filters.strict import StrictFilterSet
from ocop.places.models import Unit
from ocop.producers import queries as producers
from ocop.products.models import Sector
from ocop.recognition.ending import KEPT, UNKNOWN, Ending
from ocop.recognition.models import Recognition
from ocop.recognition.radar import UNKNOWN_WORDS, Cut
from ocop.recognition.validity import State

STATES = (
    (State.WINDOW_OPEN, _("Đang trong thời gian nộp hồ sơ")),
    (State.WINDOW_MISSED, _("Quá hạn nộp hồ sơ")),
    (KEPT, _("Hết 36 tháng, trong 180 ngày có thể kéo dài")),
    (State.EXTENDED, _("Kéo dài")),
    (State.EXTENSION_UNCONFIRMED, _("Hết hạn, chưa xác nhận kéo dài")),
    (State.EXPIRED, _("Hết hiệu lực")),
    (State.VALID, _("Chưa đến kỳ nộp hồ sơ")),
)


def _sectors() -> list[tuple[str, Any]]:
    return [*Sector.choices, (UNKNOWN, kernel(UNKNOWN_WORDS[Cut.SECTOR]))]


class _Form(forms.Form):
    """Two days that follow each other."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        start, end = told.get("start"), told.get("end")
        if start and end and start > end:
            self.add_error("end", _("Ngày này trước ngày bắt đầu. Hãy đổi lại hai ngày."))
        return told


class RadarFilter(StrictFilterSet):
    """Stars that end. `place` and `producer` come from the links of the radar: a commune's key,
    0 where none is known, and a producer's code."""

    unit = UnitFilter(label=_("Địa bàn"))
    sector = filters.ChoiceFilter(label=_("Ngành"), choices=_sectors)
    rank = filters.ChoiceFilter(label=_("Hạng sao"), choices=RANKS)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=STATES)
    start = filters.DateFilter(label=_("Hết hạn từ ngày"), widget=DayInput)
    end = filters.DateFilter(label=_("Đến hết ngày"), widget=DayInput)
    place = filters.ChoiceFilter(label=_("Xã, phường"), choices=(), widget=forms.HiddenInput)
    producer = filters.ChoiceFilter(label=_("Chủ thể"), choices=(), widget=forms.HiddenInput)

    class Meta:
        model = Recognition
        fields = ()
        form = _Form

    def __init__(self, data: QueryDict | None = None, *arguments: Any, **more: Any) -> None:
        super().__init__(data, *arguments, **more)
        given: Mapping[str, Any] = data or {}
        # On the fields: whoever describes these filters has made them already.
        self.filters["place"].field.choices = _places(given.get("place", ""))
        asker = getattr(self.request, "actor", ANONYMOUS)
        seen = producers.visible_to(asker).filter(code=given.get("producer", ""))
        self.filters["producer"].field.choices = list(seen.values_list("code", "name"))

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset

    def wanted(self) -> Ending:
        """What is asked for, in this installation's province; ask for `problems` first."""
        told = {k: v for k, v in self.form.cleaned_data.items() if v not in ("", None)}
        place = told.pop("place", None)
        return Ending(
            province=options.PROVINCE.get(), places=None if place is None else (int(place),), **told
        )


def _places(key: str) -> list[tuple[str, str]]:
    if key == "0":
        return [(key, kernel(UNKNOWN_WORDS[Cut.COMMUNE]))]
    if not (key.isascii() and key.isdecimal() and len(key) < 18):
        return []
    return [(key, name) for name in Unit.objects.filter(pk=key).values_list("name", flat=True)]
