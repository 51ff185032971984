"""What may be done with a point: one form, one service, one page for each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.network import rules
from ocop.network.models import PointState, PointVisit, SalesPoint
from ocop.network.queries import points
from ocop.network.services import keepers, photos
from ocop.network.services import points as services
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.network import point_forms
from ocop.web.requests import SignedInRequest

Make = Callable[[SalesPoint, Any, Any], django_forms.Form]
_NEW, _OPEN = (PointState.APPLIED,), (PointState.RECOGNISED,)


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its words, in which states, who, its form and service, what it will change."""

    words: Any
    states: tuple[PointState, ...]
    may: Callable[[Actor, SalesPoint], bool]
    form: Make
    service: Callable[..., object]
    text: Any = ""
    done: Any = ""
    tone: str = ""
    told: Callable[[Any], dict[str, Any]] = lambda form: dict(form.cleaned_data)


def _of(form: type[django_forms.Form]) -> Make:
    return lambda _point, data, files: form(data, files)


def _office(actor: Actor, _point: SalesPoint) -> bool:
    return rules.may_decide(actor)


def _changes(actor: Actor, point: SalesPoint) -> bool:
    return rules.may_change(actor, point, timezone.localdate())


def _money(point: SalesPoint, data: Any, _files: Any) -> django_forms.Form:
    known = {"approved_cost": point.approved_cost, "state_paid": point.state_paid}
    return point_forms.MoneyForm(data, initial=known)


def _decided(point: SalesPoint, data: Any, _files: Any) -> django_forms.Form:
    known = {"number": point.number, "signed_on": point.recognised_on, "authority": point.authority}
    return point_forms.CorrectionForm(data, initial=known)


def _chain(point: SalesPoint, data: Any, _files: Any) -> django_forms.Form:
    return point_forms.JoinForm(data, initial={"chain": point.chain})


def _visited(form: Any) -> dict[str, Any]:
    return {"told": form.told(), "pictures": form.cleaned_data["photos"]}


@transaction.atomic
def _keep_visit(
    *, actor: Actor, point: SalesPoint, told: Any, pictures: list[Any], at: datetime
) -> PointVisit:
    """The visit with its photographs, or nothing of it."""
    visit = services.visit_point(actor=actor, point=point, told=told, at=at)
    for each in pictures:
        photos.add_visit_photo(
            actor=actor, visit=visit, content=each.read(), filename=each.name, at=at
        )
    return visit


STEPS: Mapping[str, Step] = {
    "tham-dinh": Step(
        gettext_lazy("Ghi thẩm định, kiểm tra"),
        _NEW + _OPEN,
        rules.may_visit,
        lambda point, data, files: point_forms.VisitForm(point, data, files),
        _keep_visit,
        gettext_lazy("Trả lời từng câu tại chỗ. Có câu “Không” thì lần này chưa đạt."),
        gettext_lazy("Đã ghi kết quả."),
        "primary",
        _visited,
    ),
    "cong-nhan": Step(
        gettext_lazy("Ghi quyết định công nhận"),
        _NEW,
        _office,
        _of(point_forms.RecogniseForm),
        services.recognise_point,
        gettext_lazy("Từ hôm nay mọi người thấy điểm này ở trang công khai và trên bản đồ."),
        gettext_lazy("Đã ghi quyết định công nhận điểm."),
    ),
    "giao-nguoi": Step(
        gettext_lazy("Giao người phụ trách"),
        _OPEN,
        _office,
        _of(point_forms.KeeperForm),
        keepers.appoint_keeper,
        gettext_lazy("Người phụ trách ghi hàng đang bày và doanh số tháng trên điện thoại."),
        gettext_lazy("Đã giao người phụ trách."),
    ),
    "kinh-phi": Step(
        gettext_lazy("Ghi kinh phí"),
        _NEW + _OPEN,
        _office,
        _money,
        services.set_point_money,
        gettext_lazy("Nhà nước hỗ trợ không quá 50 % chi phí được duyệt."),
        gettext_lazy("Đã ghi kinh phí."),
    ),
    "anh": Step(
        gettext_lazy("Thêm ảnh"),
        _NEW + _OPEN,
        _changes,
        _of(point_forms.PhotoForm),
        photos.add_point_photo,
        gettext_lazy("Ảnh hiện ở trang công khai của điểm."),
        gettext_lazy("Đã thêm ảnh."),
        told=lambda form: form.picture(),
    ),
    "chuoi": Step(
        gettext_lazy("Chọn chuỗi"),
        _NEW + _OPEN,
        _office,
        _chain,
        keepers.join_chain,
        gettext_lazy("Chuỗi có hàng dùng chung thì điểm này bày luôn hàng chung của chuỗi."),
        gettext_lazy("Đã ghi chuỗi của điểm."),
    ),
    "sua-quyet-dinh": Step(
        gettext_lazy("Sửa quyết định"),
        _OPEN,
        _office,
        _decided,
        services.correct_point_decision,
        gettext_lazy("Chỉ sửa điều đã ghi nhầm; trước và sau đều giữ ở mục Hoạt động."),
        gettext_lazy("Đã sửa quyết định công nhận."),
    ),
    "khong-cong-nhan": Step(
        gettext_lazy("Không công nhận"),
        _NEW,
        _office,
        _of(ReasonForm),
        services.refuse_point,
        gettext_lazy("Đề nghị kết thúc; người đề nghị nhận được lý do."),
        gettext_lazy("Đã ghi không công nhận."),
        "danger",
    ),
    "dong-cua": Step(
        gettext_lazy("Ghi đóng cửa"),
        _OPEN,
        _office,
        _of(ReasonForm),
        services.close_point,
        gettext_lazy("Điểm rời danh sách công khai từ hôm nay. Doanh số đã ghi vẫn giữ."),
        gettext_lazy("Đã ghi điểm đóng cửa."),
        "danger",
    ),
}


def steps_for(actor: Actor, point: SalesPoint) -> list[tuple[str, Any, str]]:
    """The steps that this actor may do now: address, words, tone."""
    return [
        (reverse("office:point_step", args=[point.code, key]), step.words, step.tone)
        for key, step in STEPS.items()
        if point.state in step.states and step.may(actor, point)
    ]


@office
def step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    require(request.actor, rules.may_open_lists)
    found = get_object_or_404(points.overseen_by(request.actor), code=code)
    chosen = STEPS.get(step)
    if chosen is None:
        raise Http404
    require(request.actor, chosen.may, found)
    form = chosen.form(found, posted(request), request.FILES or None)
    if sent(request, form) and act_on(
        request, form, chosen.service, point=found, **chosen.told(form)
    ):
        messages.success(request, chosen.done)
        return redirect("office:point", code)
    return _page(request, form, chosen.words, found, text=chosen.text, tone=chosen.tone)


@office
def end_keeper(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """End that a person keeps a point."""
    require(request.actor, rules.may_decide)
    found = get_object_or_404(points.overseen_by(request.actor), code=code)
    keeper = get_object_or_404(found.keepers.filter(ends_on=None).select_related("user"), pk=pk)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, keepers.end_keeper, keeper=keeper, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi thôi phụ trách."))
        return redirect("office:point", code)
    return _page(request, form, _("Thôi giao %s") % keeper.user.name, found, tone="danger")


def _page(
    request: SignedInRequest, form: Any, title: Any, point: SalesPoint, **more: Any
) -> HttpResponse:
    cancel = reverse("office:point", args=[point.code])
    context = {"form": form, "title": title, "point": point, "cancel": cancel, **more}
    return render(request, "office/network/step.html", context)
