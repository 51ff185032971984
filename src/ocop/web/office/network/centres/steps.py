"""What may be done with a centre: one form, one service, one page for each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.network.centres import queries, rules
from ocop.network.centres.models import CentreState, DesignCentre
from ocop.network.centres.services import assessing, keeping, photos
from ocop.network.centres.services import centres as services
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.network.centres import forms
from ocop.web.office.network.point_forms import KeeperForm, PhotoForm
from ocop.web.requests import SignedInRequest

Make = Callable[[SignedInRequest, DesignCentre], django_forms.Form]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its words, when, who, its form and service, and what it will change."""

    words: Any
    now: Callable[[DesignCentre], bool]
    may: Callable[[Actor, DesignCentre], bool]
    form: Make
    service: Callable[..., object]
    done: Any
    text: Any = ""
    tone: str = ""
    about: str = "centre"  # what the service takes: the centre, or its assessment under way
    told: Callable[[Any], dict[str, Any]] = lambda form: dict(form.cleaned_data)


def _of(form: type[django_forms.Form]) -> Make:
    return lambda request, _centre: form(
        posted(request),
        initial={"signed_on": timezone.localdate(), "ended_on": timezone.localdate()},
    )


def _visit(request: SignedInRequest, _centre: DesignCentre) -> django_forms.Form:
    """Empty: what is measured is not copied from what was told."""
    return forms.VisitForm(posted(request), initial={"visited_on": timezone.localdate()})


def _again(request: SignedInRequest, centre: DesignCentre) -> django_forms.Form:
    row = centre.visits.first() or centre.assessments.first()
    return forms.NumbersForm(posted(request), initial=forms.numbers_known(row))


def _ties(request: SignedInRequest, centre: DesignCentre) -> django_forms.Form:
    return forms.TiesForm(request.actor, posted(request), initial=forms.ties_known(centre))


def _decides(actor: Actor, _centre: DesignCentre) -> bool:
    return rules.may_decide(actor)


def _changes(actor: Actor, centre: DesignCentre) -> bool:
    return rules.may_change(actor, centre, timezone.localdate())


def _alive(centre: DesignCentre) -> bool:
    return centre.state in (CentreState.APPLIED, CentreState.RECOGNISED)


def _recognised(centre: DesignCentre) -> bool:
    return centre.state == CentreState.RECOGNISED


def _under_way(centre: DesignCentre) -> bool:
    return queries.open_assessment(centre) is not None


def _waits(centre: DesignCentre) -> bool:
    row = queries.open_assessment(centre)
    return row is not None and queries.waits_for_agenda(row)


def _passed(centre: DesignCentre) -> bool:
    row = queries.open_assessment(centre)
    return row is not None and bool(queries.outcome_of(row).passed)


def _quiet(centre: DesignCentre) -> bool:
    return _recognised(centre) and not _under_way(centre)


STEPS: Mapping[str, Step] = {
    "kiem-tra": Step(
        gettext_lazy("Ghi kiểm tra tại chỗ"),
        _alive,
        rules.may_visit,
        _visit,
        services.visit_centre,
        gettext_lazy("Đã ghi kết quả kiểm tra."),
        gettext_lazy("Đo từng khu, đếm mặt hàng. Hệ thống đối chiếu với các ngưỡng."),
        told=lambda form: form.asked(),
    ),
    "hoi-dong": Step(
        gettext_lazy("Đưa ra hội đồng"),
        _waits,
        _decides,
        lambda request, _centre: forms.SendForm(posted(request)),
        assessing.send_centre,
        gettext_lazy("Đã đưa trung tâm vào chương trình họp."),
        gettext_lazy("Hội đồng chấm theo phiếu 100 điểm. Số liệu không sửa được sau bước này."),
        "primary",
        "assessment",
    ),
    "cong-nhan": Step(
        gettext_lazy("Ghi quyết định công nhận"),
        _passed,
        _decides,
        _of(forms.RecogniseForm),
        assessing.recognise_centre,
        gettext_lazy("Đã ghi quyết định công nhận trung tâm."),
        gettext_lazy("Từ hôm nay mọi người thấy trung tâm này ở trang công khai và trên bản đồ."),
        "primary",
        "assessment",
    ),
    "gan": Step(
        gettext_lazy("Gắn sản phẩm, làng nghề"),
        _alive,
        _changes,
        _ties,
        services.set_centre_ties,
        gettext_lazy("Đã ghi sản phẩm và làng nghề gắn với trung tâm."),
    ),
    "anh": Step(
        gettext_lazy("Thêm ảnh"),
        _alive,
        _changes,
        lambda request, _centre: PhotoForm(posted(request), request.FILES or None),
        photos.add_centre_photo,
        gettext_lazy("Đã thêm ảnh."),
        gettext_lazy("Ảnh hiện ở trang công khai của trung tâm."),
        told=lambda form: form.picture(),
    ),
    "giao-nguoi": Step(
        gettext_lazy("Giao người phụ trách"),
        _recognised,
        _decides,
        _of(KeeperForm),
        keeping.appoint_centre_keeper,
        gettext_lazy("Đã giao người phụ trách."),
        gettext_lazy("Người phụ trách ghi lượt khách và doanh thu mỗi tháng trên điện thoại."),
    ),
    "danh-gia-lai": Step(
        gettext_lazy("Mở đánh giá lại"),
        _quiet,
        _changes,
        _again,
        assessing.reassess_centre,
        gettext_lazy("Đã mở đánh giá lại."),
        gettext_lazy("Trung tâm giữ công nhận trong khi được đánh giá lại."),
        told=lambda form: {"told": form.numbers()},
    ),
    "khong-cong-nhan": Step(
        gettext_lazy("Không công nhận"),
        _under_way,
        _decides,
        _of(ReasonForm),
        assessing.refuse_centre,
        gettext_lazy("Đã ghi không công nhận."),
        gettext_lazy("Lần đánh giá này kết thúc; người đề nghị nhận được lý do."),
        "danger",
        "assessment",
    ),
    "thoi-cong-nhan": Step(
        gettext_lazy("Ghi thôi công nhận"),
        _quiet,
        _decides,
        _of(forms.EndForm),
        services.end_centre,
        gettext_lazy("Đã ghi thôi công nhận."),
        gettext_lazy("Trung tâm rời danh sách đang hoạt động. Số đã ghi vẫn giữ."),
        "danger",
    ),
}


def offered(actor: Actor, centre: DesignCentre) -> list[tuple[str, Any, str]]:
    """The steps that this actor may do now: address, words, tone."""
    return [
        (reverse("office:centre_step", args=[centre.code, key]), step.words, step.tone)
        for key, step in STEPS.items()
        if step.now(centre) and step.may(actor, centre)
    ]


def may_change(actor: Actor, centre: DesignCentre) -> bool:
    """Whether the page offers to change it."""
    return _alive(centre) and _changes(actor, centre)


@office
def step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    require(request.actor, rules.may_open_lists)
    found = get_object_or_404(queries.overseen_by(request.actor), code=code)
    chosen = STEPS.get(step)
    if chosen is None:
        raise Http404
    require(request.actor, chosen.may, found)
    about = found if chosen.about == "centre" else queries.open_assessment(found)
    if about is None:
        messages.info(request, _("Trung tâm này không có lần đánh giá nào đang mở."))
        return redirect("office:centre", code)
    form = chosen.form(request, found)
    if sent(request, form) and act_on(
        request, form, chosen.service, **{chosen.about: about}, **chosen.told(form)
    ):
        messages.success(request, chosen.done)
        return redirect("office:centre", code)
    return _page(request, form, chosen.words, found, text=chosen.text, tone=chosen.tone)


@office
def end_keeper(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """End that a person keeps a centre."""
    require(request.actor, rules.may_decide)
    found = get_object_or_404(queries.overseen_by(request.actor), code=code)
    keeper = get_object_or_404(found.keepers.filter(ends_on=None).select_related("user"), pk=pk)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, keeping.end_centre_keeper, keeper=keeper, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi thôi phụ trách."))
        return redirect("office:centre", code)
    return _page(request, form, _("Thôi giao %s") % keeper.user.name, found, tone="danger")


@office
def remove_photo(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a photograph off the page of a centre."""
    require(request.actor, rules.may_open_lists)
    found = get_object_or_404(queries.overseen_by(request.actor), code=code)
    require(request.actor, rules.may_change, found, timezone.localdate())
    photo = get_object_or_404(found.photos.select_related("centre"), pk=pk)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, photos.remove_centre_photo, photo=photo, **form.cleaned_data
    ):
        messages.success(request, _("Đã bỏ ảnh."))
        return redirect("office:centre", code)
    text = _("Ảnh rời trang công khai của trung tâm ngay.")
    title = _("Bỏ ảnh “%s”") % photo.caption
    return _page(request, form, title, found, text=text, tone="danger")


def _page(
    request: SignedInRequest, form: Any, title: Any, centre: DesignCentre, **more: Any
) -> HttpResponse:
    cancel = reverse("office:centre", args=[centre.code])
    context = {"form": form, "title": title, "centre": centre, "cancel": cancel, **more}
    return render(request, "office/centres/step.html", context)
