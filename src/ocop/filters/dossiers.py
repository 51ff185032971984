"""Filters of dossiers, of the yearly plan and of products with potential."""

from datetime import timedelta
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core import folding
from ocop.core.actor import ANONYMOUS
from ocop.dossiers import lifecycle, rules
from ocop.dossiers.models import Dossier, Potential, Round, State
from ocop.dossiers.queries import advising, answering, rounds
from ocop.filters.strict import StrictFilterSet
from ocop.filters.units import UnitField
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.products.models import Sector
from ocop.recognition.models import Kind

DUE = (("late", _("Đã quá hạn")), ("week", _("Đến hạn trong 7 ngày")), ("none", _("Không hạn")))


class _UnitFilter(filters.Filter):
    field_class = UnitField


def _states() -> list[tuple[str, str]]:
    return [("open", str(_("Đang xử lý"))), *[(s.value, str(s.label)) for s in State]]


def _rounds() -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in Round.objects.filter(withdrawn_on=None)]


def _advisers() -> list[tuple[str, str]]:
    people = advising.team(timezone.localdate())
    return [("none", str(_("Chưa phân công"))), *[(str(p.pk), p.name) for p in people]]


class DossierFilter(StrictFilterSet):
    """Dossiers by where they stand, whose they are and by when they must go on."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể, số phiếu"), method="by_words")
    state = filters.ChoiceFilter(label=_("Bước"), choices=_states, method="by_state")
    due = filters.ChoiceFilter(label=_("Thời hạn"), choices=DUE, method="by_due")
    round = filters.ChoiceFilter(label=_("Đợt"), choices=_rounds, method="by_round")
    kind = filters.ChoiceFilter(label=_("Hình thức"), choices=Kind.choices)
    sector = filters.ChoiceFilter(
        label=_("Ngành"), choices=Sector.choices, field_name="version__sector"
    )
    unit = _UnitFilter(label=_("Địa bàn"), method="by_unit")
    adviser = filters.ChoiceFilter(label=_("Tổ tư vấn"), choices=_advisers, method="by_adviser")
    year = filters.NumberFilter(
        label=_("Năm kế hoạch"), method="by_year", min_value=2018, max_value=2100
    )

    class Meta:
        model = Dossier
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        words = folding.asked(value)
        slip = rows.filter(slip_number__istartswith=folding.clean(value)) if value.strip() else None
        if not words:
            return rows.none()
        for word in words:
            rows = rows.filter(Q(folded__startswith=word) | Q(folded__contains=f" {word}"))
        return rows if slip is None else rows | slip

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == "open":  # a draft is nobody's to handle yet, as everywhere in the plan
            return rows.exclude(state__in=lifecycle.ENDED).exclude(submitted_at=None)
        return rows.filter(state=value)

    def by_due(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        if value == "none":
            return rows.filter(due_on=None)
        if value == "late":
            return rows.filter(due_on__lt=today)
        return rows.filter(due_on__gte=today, due_on__lte=today + timedelta(days=7))

    def by_round(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rounds.in_round(rows, Round.objects.get(code=value))

    def by_unit(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        if value is None:
            return rows
        return rows.filter(commune__in=places.below(value).values("pk"))

    def by_year(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return answering.filed_in(rows, int(value))

    def by_adviser(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if not rules.sees_examinations(getattr(self.request, "actor", ANONYMOUS)):
            return rows.none()  # communes and producers are not told who examines
        given = rows.filter(assignments__ended_at=None, assignments__adviser__isnull=False)
        if value == "none":
            return rows.exclude(pk__in=given.values("pk"))
        return rows.filter(
            pk__in=given.filter(assignments__adviser=value, assignments__ended_at=None).values("pk")
        )


class PlanUnitFilter(StrictFilterSet):
    """Units of a yearly plan by name; the year is whose plan it is."""

    q = filters.CharFilter(label=_("Tìm đơn vị"), method="by_words")
    year = filters.NumberFilter(
        label=_("Năm kế hoạch"), method="whose", min_value=2018, max_value=2100
    )

    class Meta:
        model = Unit
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        for word in folding.asked(value):
            rows = rows.filter(Q(folded__startswith=word) | Q(folded__contains=f" {word}"))
        return rows

    def whose(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        return rows


class PotentialFilter(StrictFilterSet):
    """Products with potential by words, unit, year and whether they still stand."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể"), method="by_words")
    unit = _UnitFilter(label=_("Địa bàn"), method="by_unit")
    year = filters.NumberFilter(label=_("Năm dự kiến"), min_value=2018, max_value=2100)
    ended = filters.ChoiceFilter(
        label=_("Trong danh sách"),
        choices=(("no", _("Đang theo dõi")), ("yes", _("Đã đưa ra"))),
        method="by_end",
    )

    class Meta:
        model = Potential
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        wanted = folding.asked(value)
        found = []
        for key, *names in rows.values_list("pk", "product_name", "producer_name"):
            words = folding.tokens(" ".join(names))
            if wanted and all(any(word.startswith(w) for word in words) for w in wanted):
                found.append(key)
        return rows.filter(pk__in=found)

    def by_unit(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return rows if value is None else rows.filter(unit__in=places.below(value).values("pk"))

    def by_end(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(ended_on__isnull=value == "no")
