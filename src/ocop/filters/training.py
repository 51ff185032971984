"""Filters of classes, courses and certificates of training, and of producers without any."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.core import folding
from ocop.core.checkins import ticket_in
from ocop.filters.inputs import DayInput
from ocop.filters.register import UnitFilter
from ocop.filters.strict import StrictFilterSet
from ocop.filters.traceability import holding
from ocop.places.models import Level, Unit
from ocop.producers.models import Producer, ProducerKind
from ocop.training.models import (
    Audience,
    ClassState,
    Enrolment,
    EnrolmentState,
    TrainingCertificate,
    TrainingClass,
    TrainingCourse,
)

_YES_NO = (("yes", _("Có")), ("no", _("Không")))
_COMING = (("yes", _("Đã đăng ký lớp sắp tới")), ("no", _("Chưa đăng ký lớp nào")))


class TrainingClassFilter(StrictFilterSet):
    """Classes by words, audience, state and day."""

    q = filters.CharFilter(label=_("Tìm lớp, chương trình"), method="by_words", max_length=100)
    audience = filters.ChoiceFilter(
        label=_("Đối tượng"), field_name="course__audience", choices=Audience.choices
    )
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=ClassState.choices)
    starts_from = filters.DateFilter(
        label=_("Học từ ngày"), field_name="starts_at", lookup_expr="date__gte", widget=DayInput
    )
    starts_to = filters.DateFilter(
        label=_("Học đến ngày"), field_name="starts_at", lookup_expr="date__lte", widget=DayInput
    )

    class Meta:
        model = TrainingClass
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded", "course__folded"))


class TrainingCourseFilter(StrictFilterSet):
    """Courses by words, year and audience."""

    q = filters.CharFilter(label=_("Tìm chương trình"), method="by_words", max_length=100)
    year = filters.NumberFilter(label=_("Năm"), min_value=2018, max_value=2100)
    audience = filters.ChoiceFilter(label=_("Đối tượng"), choices=Audience.choices)

    class Meta:
        model = TrainingCourse
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded",))


class EnrolmentFilter(StrictFilterSet):
    """Persons of a class by words and state."""

    q = filters.CharFilter(label=_("Tìm người học, chủ thể"), method="by_words", max_length=100)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=EnrolmentState.choices)

    class Meta:
        model = Enrolment
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        ticket = rows.filter(code=ticket_in(value))
        return (
            ticket
            if ticket.exists()
            else holding(rows, value, ("folded", "producer__folded", "unit__folded"))
        )


class TrainingCertificateFilter(StrictFilterSet):
    """Certificates by number or person, and year."""

    q = filters.CharFilter(label=_("Tìm số, người học, chủ thể"), method="by_words", max_length=100)
    year = filters.NumberFilter(label=_("Năm"), min_value=2018, max_value=2100)

    class Meta:
        model = TrainingCertificate
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        told = value.strip()
        by_number = Q(number__istartswith=told) | Q(code=ticket_in(told))
        if told and (numbered := rows.filter(by_number)).exists():
            return numbered
        return holding(
            rows,
            value,
            ("enrolment__folded", "enrolment__producer__folded", "enrolment__unit__folded"),
        )


class LackingFilter(StrictFilterSet):
    """Producers of whom nobody completed a class, by words, place, kind and what is coming."""

    q = filters.CharFilter(label=_("Tìm chủ thể"), method="by_words", max_length=100)
    commune = UnitFilter(label=_("Địa bàn"), method="by_commune")
    kind = filters.ChoiceFilter(label=_("Loại hình"), choices=ProducerKind.choices)
    coming = filters.ChoiceFilter(label=_("Lớp sắp tới"), choices=_COMING, method="by_coming")

    potential = filters.ChoiceFilter(
        label=_("Có sản phẩm tiềm năng"), choices=_YES_NO, method="by_potential"
    )

    class Meta:
        model = Producer
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded",)) if folding.asked(value) else rows.none()

    def by_commune(self, rows: QuerySet[Any], _name: str, value: Unit | None) -> QuerySet[Any]:
        if value is None:
            return rows
        if value.level == Level.COMMUNE and value.valid_to is None:
            return rows.filter(commune=value)
        return rows.filter(unit__parent=value) | rows.filter(unit=value)

    def by_coming(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(coming=value == "yes")

    def by_potential(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(potential=value == "yes")
