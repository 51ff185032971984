"""The lists of training in the office."""

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.filters.training import (
    LackingFilter,
    TrainingCertificateFilter,
    TrainingClassFilter,
    TrainingCourseFilter,
)
from ocop.people.rules import may_see_everything
from ocop.producers import queries as producers
from ocop.training import queries, rules
from ocop.web.menu import shown
from ocop.web.office.guard import office
from ocop.web.office.training import tables
from ocop.web.office.training.menu import TABS
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


def _listed(
    request: SignedInRequest, here: str, title: str, table: Any, filters: Any, **more: Any
) -> HttpResponseBase:
    """A list below the tabs of training; `here` is the name of its page."""
    return listing(
        request,
        table=table,
        filters=filters,
        title=title,
        template="office/training/list.html",
        context={"tabs": shown(TABS, request.actor, here), **more},
    )


@office
def class_list(request: SignedInRequest) -> HttpResponseBase:
    """Classes, the latest first."""
    require(request.actor, rules.may_open_lists)
    filters = TrainingClassFilter(request.GET, queryset=queries.classes_visible_to(request.actor))
    return _listed(
        request,
        "office:training_classes",
        _("Lớp tập huấn"),
        tables.TrainingClassTable(filters.qs, order_by="-starts_at"),
        filters,
        lead=_("Lớp cho cán bộ các cấp và cho chủ thể: chỗ học, điểm danh, giấy chứng nhận."),
        empty_text=_("Lập chương trình tập huấn của năm, rồi lập lớp trong chương trình."),
    )


@office
def course_list(request: SignedInRequest) -> HttpResponseBase:
    """Courses of all years, with what became of the plan."""
    require(request.actor, rules.may_open_lists)
    rows = queries.with_counts(queries.courses_visible_to(request.actor))
    filters = TrainingCourseFilter(request.GET, queryset=rows)
    may_manage = rules.may_manage(request.actor)
    return _listed(
        request,
        "office:training_courses",
        _("Chương trình tập huấn"),
        tables.TrainingCourseTable(filters.qs, order_by="-year"),
        filters,
        lead=_("Kế hoạch tập huấn từng năm và kết quả đã làm."),
        new_address=reverse("office:training_course_new") if may_manage else "",
        new_words=_("Thêm chương trình"),
    )


@office
def lacking(request: SignedInRequest) -> HttpResponseBase:
    """Producers of whom nobody has completed a class for producers."""
    require(request.actor, rules.may_open_lists)
    rows = queries.lacking_seen_by(request.actor, timezone.localdate())
    filters = LackingFilter(request.GET, queryset=producers.for_lists(rows))
    return _listed(
        request,
        "office:training_lacking",
        _("Chủ thể chưa qua lớp nào"),
        tables.LackingTable(filters.qs, order_by="name"),
        filters,
        lead=_(
            "Chủ thể đang hoạt động mà chưa có ai được cấp giấy chứng nhận của lớp cho chủ thể."
        ),
        empty_title=_("Mọi chủ thể đã qua tập huấn"),
    )


@office
def certificates(request: SignedInRequest) -> HttpResponseBase:
    """Certificates of training, the latest first."""
    require(request.actor, may_see_everything)
    rows = queries.with_successors(queries.certificates_visible_to(request.actor))
    filters = TrainingCertificateFilter(request.GET, queryset=rows)
    return _listed(
        request,
        "office:training_certificates",
        _("Giấy chứng nhận tập huấn"),
        tables.TrainingCertificateTable(
            filters.qs, acts=rules.may_manage(request.actor), order_by="-number"
        ),
        filters,
        empty_text=_("Giấy chứng nhận được cấp trên trang của lớp đã kết thúc."),
    )
