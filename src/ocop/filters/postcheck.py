"""Filters of post-checks, complaints and revocation cases."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core import folding
from ocop.filters.strict import StrictFilterSet
from ocop.recognition.models import Ground
from ocop.recognition.postcheck import lifecycle, queries
from ocop.recognition.postcheck.models import (
    CaseState,
    CheckKind,
    CheckResult,
    CheckState,
    Complaint,
    ComplaintState,
    ComplaintTopic,
    PostCheck,
    PostCheckPlan,
    RevocationCase,
)

_LATE = (("late", _("Đã quá hạn")),)


def _plans() -> list[tuple[str, str]]:
    return [(row.code, row.title) for row in PostCheckPlan.objects.all()]


def _inspectors() -> list[tuple[str, str]]:
    return [(str(p.pk), p.name) for p in queries.inspectors(timezone.localdate())]


def _states(choices: Any) -> Any:
    def found() -> list[tuple[str, str]]:
        return [("open", str(_("Đang làm"))), *[(value, str(label)) for value, label in choices]]

    return found


def _words(rows: QuerySet[Any], value: str, path: str) -> QuerySet[Any]:
    """Rows whose product or producer holds every word as the beginning of a word."""
    words = folding.asked(value)
    if not words:
        return rows.none()
    for word in words:
        rows = rows.filter(
            Q(**{f"{path}folded__startswith": word}) | Q(**{f"{path}folded__contains": f" {word}"})
        )
    return rows


class PostCheckFilter(StrictFilterSet):
    """Post-checks by plan, state, kind, who is sent and what came of it."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể"), method="by_words")
    state = filters.ChoiceFilter(
        label=_("Bước"), choices=_states(CheckState.choices), method="by_state"
    )
    plan = filters.ChoiceFilter(label=_("Kế hoạch"), choices=_plans, field_name="plan__code")
    kind = filters.ChoiceFilter(label=_("Loại"), choices=CheckKind.choices)
    inspector = filters.ChoiceFilter(label=_("Người kiểm tra"), choices=_inspectors)
    result = filters.ChoiceFilter(label=_("Kết luận"), choices=CheckResult.choices)

    class Meta:
        model = PostCheck
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _words(rows, value, "recognition__product__")

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _in_state(rows, value, lifecycle.CHECK)


class ComplaintFilter(StrictFilterSet):
    """Complaints by state, topic and whether they are late."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, số phản ánh"), method="by_words")
    state = filters.ChoiceFilter(
        label=_("Bước"), choices=_states(ComplaintState.choices), method="by_state"
    )
    topic = filters.ChoiceFilter(label=_("Nội dung"), choices=ComplaintTopic.choices)
    due = filters.ChoiceFilter(label=_("Thời hạn"), choices=_LATE, method="by_due")

    class Meta:
        model = Complaint
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        number = rows.filter(number=value.strip().lower())
        if number.exists():
            return number
        of_nobody = rows.filter(product=None, text__icontains=value.strip())
        return of_nobody if of_nobody.exists() else _words(rows, value, "product__")

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _in_state(rows, value, lifecycle.COMPLAINT)

    def by_due(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        late = rows.filter(due_on__lt=timezone.localdate())
        return _in_state(late, "open", lifecycle.COMPLAINT)


class CaseFilter(StrictFilterSet):
    """Revocation cases by state, ground and whether the 15 days have passed."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể"), method="by_words")
    state = filters.ChoiceFilter(
        label=_("Bước"), choices=_states(CaseState.choices), method="by_state"
    )
    ground = filters.ChoiceFilter(label=_("Căn cứ"), choices=Ground.choices)
    due = filters.ChoiceFilter(label=_("Thời hạn"), choices=_LATE, method="by_due")

    class Meta:
        model = RevocationCase
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _words(rows, value, "recognition__product__")

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _in_state(rows, value, lifecycle.CASE)

    def by_due(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queries.running(rows.filter(due_on__lt=timezone.localdate()))


def _in_state(rows: QuerySet[Any], value: str, machine: lifecycle.Machine) -> QuerySet[Any]:
    states = lifecycle.open_states(machine) if value == "open" else (value,)
    return rows.filter(state__in=states)
