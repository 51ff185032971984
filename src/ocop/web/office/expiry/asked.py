"""What the pages of the radar share: the question in the address, and the tabs that keep it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.filters.radar import RadarFilter
from ocop.filters.strict import OF_TABLES
from ocop.people import rules as people_rules
from ocop.recognition.ending import Ending
from ocop.recognition.horizon import horizon
from ocop.recognition.models import Recognition
from ocop.recognition.radar import Cut
from ocop.web.requests import SignedInRequest
from ocop.web.tables import Chip, chips

#: What an address of the radar says beside its filters.
BESIDE = frozenset({*OF_TABLES, "by"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of an address; `by` narrows nothing where `problems` say what is wrong."""

    filters: RadarFilter
    by: Ending
    cut: Cut
    problems: list[str]
    chips: list[Chip]

    @property
    def kept(self) -> dict[str, str]:
        """The filters in force as they stand in an address."""
        data = self.filters.data
        return {name: data[name] for name in self.filters.filters if data.get(name)}

    @property
    def words(self) -> list[str]:
        """The filters in force, for a paper."""
        return [f"{chip.label}: {chip.value}" for chip in self.chips]


def asked(request: SignedInRequest) -> Asked:
    """Read the address of one of the pages."""
    filters = RadarFilter(
        request.GET, queryset=Recognition.objects.none(), request=request, beside=BESIDE
    )
    problems = list(filters.problem_lines)
    cut = request.GET.get("by") or Cut.COMMUNE
    if cut not in list(Cut):
        problems.append(
            _("Không có cách chia “%(by)s”. Hãy chọn: %(known)s.")
            % {"by": cut, "known": ", ".join(Cut)}
        )
        cut = Cut.COMMUNE
    return Asked(
        filters,
        Ending() if problems else filters.wanted(),
        Cut(cut),
        problems,
        chips(request, filters),
    )


def within(told: Asked) -> Asked:
    """Where no last day is asked for, a list goes as far as the radar."""
    if told.by.end is not None:
        return told
    return replace(told, by=replace(told.by, end=horizon(timezone.localdate()).last))


def address(name: str, asked: Asked, **more: Any) -> str:
    """A page with the filters in force and some more; what is empty is dropped."""
    query = {k: v for k, v in {**asked.kept, **more}.items() if v not in ("", None)}
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


def tabs(request: SignedInRequest, asked: Asked, here: str) -> list[tuple[str, str, bool]]:
    """The pages of the radar, as who asks may open them; lists keep the filters in force."""
    pages = [
        ("office:radar", _("Ra-đa 12 tháng")),
        ("office:expiry", _("Danh sách theo xã")),
    ]
    found = [(words, address(name, asked), name == here) for name, words in pages]
    if people_rules.may_see_everything(request.actor):
        more = (
            ("office:outlook", _("Khối lượng của hội đồng")),
            ("office:campaigns", _("Chiến dịch nhắc")),
        )
        found += [(words, reverse(name), name == here) for name, words in more]
    return found
