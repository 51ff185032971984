"""Classes in the office: one of them with its people, and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import editing, events
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.filters.training import EnrolmentFilter
from ocop.training import lifecycle, queries, rules
from ocop.training.models import TrainingClass
from ocop.training.services import certifying, inviting
from ocop.training.services import classes as services
from ocop.web.happenings import told
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.training import forms
from ocop.web.office.training.pages import class_or_404, form_page, managed_class
from ocop.web.office.training.tables import CLASS_LOOKS, EnrolmentTable
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a class: its words, where it begins, its form and service, what it will change."""

    words: Any
    states: tuple[str, ...]
    form: type[django_forms.Form]
    service: Callable[..., object]
    text: Any
    done: Any
    tone: str = ""


STEPS = {
    "mo-dang-ky": Step(
        gettext_lazy("Mở đăng ký"),
        (lifecycle.PLANNED,),
        django_forms.Form,
        services.open_class,
        gettext_lazy("Chủ thể và cán bộ các xã thấy lớp và đăng ký được từ lúc này."),
        gettext_lazy("Đã mở đăng ký."),
        "primary",
    ),
    "moi": Step(
        gettext_lazy("Mời đăng ký"),
        (lifecycle.OPEN,),
        django_forms.Form,
        inviting.invite,
        gettext_lazy(
            "Báo cho cán bộ các xã và, với lớp cho chủ thể, cho những chủ thể chưa qua lớp nào và "
            "chưa đăng ký lớp nào. Ai đã được báo về lớp này thì không báo lại."
        ),
        gettext_lazy("Đã gửi lời mời."),
    ),
    "ket-thuc": Step(
        gettext_lazy("Kết thúc lớp"),
        (lifecycle.OPEN,),
        django_forms.Form,
        services.finish_class,
        gettext_lazy(
            "Sau đó không đăng ký, điểm danh hay nộp bài được nữa. Văn phòng vẫn nhập được bài làm "
            "trên giấy; máy quét vé vẫn gửi được các lượt đã ghi trước đó."
        ),
        gettext_lazy("Đã kết thúc lớp."),
    ),
    "cap-chung-nhan": Step(
        gettext_lazy("Cấp giấy chứng nhận"),
        (lifecycle.HELD,),
        django_forms.Form,
        certifying.issue_certificates,
        gettext_lazy("Cấp số cho người dự đủ số buổi, đạt bài kiểm tra và chưa có giấy."),
        gettext_lazy("Đã cấp giấy chứng nhận."),
        "primary",
    ),
    "huy": Step(
        gettext_lazy("Hủy lớp"),
        (lifecycle.PLANNED, lifecycle.OPEN),
        ReasonForm,
        services.cancel_class,
        gettext_lazy("Người đã đăng ký được báo lý do. Lớp đã hủy không mở lại được."),
        gettext_lazy("Đã hủy lớp."),
        "danger",
    ),
}


@office
def page(request: SignedInRequest, code: str) -> HttpResponseBase:
    """One class: when and where, its people as far as the actor may know them, its sessions."""
    found, actor = class_or_404(request.actor, code), request.actor
    rows = queries.enrolments_visible_to(actor).filter(training_class=found)
    filters = EnrolmentFilter(request.GET, queryset=queries.with_standing(rows))
    course = found.course
    tested, may_manage = course.questions.exists(), rules.may_manage(actor)
    open_now, over = found.state == lifecycle.OPEN, found.state == lifecycle.HELD
    table = EnrolmentTable(
        filters.qs, tested=tested, office=may_manage, over=over,
        acts=(open_now and _writes(actor)) or (over and may_manage),
        measure=queries.measure_of(found) if _began(found) else None, order_by="name",
    )  # fmt: skip
    context = {
        "training_class": found,
        "look": CLASS_LOOKS[found.state],  # type: ignore[index]
        "sessions": found.sessions.all(),
        "materials": course.materials.filter(removed_at=None),
        "steps": steps_for(actor, found),
        "may_manage": may_manage,
        "may_enrol": open_now and _may_enrol(actor, found),
        "may_check_in": open_now and rules.may_check_in(actor, found),
        "may_hold": (open_now or over) and rules.may_check_in(actor, found),
        "issued": queries.certificates_visible_to(actor)
        .filter(enrolment__training_class=found, revoked_at=None)
        .exists(),
        "waiting": found.enrolments.filter(state=lifecycle.WAITING).count(),
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
        "empty_text": _("Chưa có ai đăng ký."),
    }
    return listing(
        request,
        table=table,
        filters=filters,
        title=found.name,
        template="office/training/class.html",
        context=context,
    )


@office
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Plan a class of a course."""
    require(request.actor, rules.may_open_lists)
    course = get_object_or_404(queries.courses_visible_to(request.actor), code=code)
    require(request.actor, rules.may_manage)
    form = forms.ClassForm(request.POST or None, initial={"name": course.title, "capacity": 40})
    if sent(request, form) and (
        made := act_on(
            request, form, services.plan_class, course=course, particulars=form.particulars()
        )
    ):
        messages.success(request, _("Đã lập lớp. Mở đăng ký khi đã chắc lịch."))
        return redirect("office:training_class", made.code)
    back = reverse("office:training_course", args=[code])
    return form_page(request, form, _("Lập lớp: %s") % course.title, back)


@office
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change a class that is to come."""
    found = managed_class(request.actor, code)
    initial = forms.known_class(found) | {"seen": editing.mark(found)}
    form = forms.ClassForm(request.POST or None, initial=initial)
    if sent(request, form) and act_on(
        request,
        form,
        services.change_class,
        training_class=found,
        particulars=form.particulars(),
        seen=form.cleaned_data["seen"],
    ):
        messages.success(request, _("Đã lưu lớp."))
        return redirect("office:training_class", code)
    text = _(
        "Đổi lịch hoặc nơi học thì người đã đăng ký được báo. Thêm chỗ thì người chờ được xếp."
    )
    return form_page(request, form, _("Sửa: %s") % found.name, _back(found), text=text)


@office
def step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    found, chosen = managed_class(request.actor, code), STEPS.get(step)
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST if request.method == "POST" else None)
    if sent(request, form) and act_on(
        request, form, chosen.service, training_class=found, **form.cleaned_data
    ):
        messages.success(request, chosen.done)
        return redirect(_back(found))
    text = f"{chosen.text} {_count(step, found)}".strip()
    return form_page(
        request, form, f"{chosen.words}: {found.name}", _back(found),
        text=text, action=chosen.words, tone=chosen.tone,
    )  # fmt: skip


def _count(step: str, found: TrainingClass) -> str:
    """How many people a step is about."""
    if step == "cap-chung-nhan":
        return _("Lần này có %d người.") % len(queries.due_certificates(found))
    if step in ("huy", "ket-thuc"):
        rows = found.enrolments.exclude(state=lifecycle.WITHDRAWN)
        return _("Lớp có %d người đăng ký.") % rows.count()
    return ""


def steps_for(actor: Actor, found: TrainingClass) -> list[tuple[str, Any, str]]:
    """The steps that this actor may take now: address, words, tone."""
    if not rules.may_manage(actor):
        return []
    return [
        (reverse("office:training_class_step", args=[found.code, key]), each.words, each.tone)
        for key, each in STEPS.items()
        if found.state in each.states and _in_time(key, found)
    ]


def _in_time(step: str, found: TrainingClass) -> bool:
    """One invites before a class has begun, calls it off before anybody came, ends it when it is
    over, and certifies as long as somebody is due."""
    now = timezone.now()
    if step == "moi":
        return found.starts_at > now
    if step == "huy":
        return not found.enrolments.filter(checkins__entry=True).exists()
    if step == "cap-chung-nhan":
        return bool(queries.due_certificates(found))
    return found.ends_at <= now if step == "ket-thuc" else True


def _writes(actor: Actor) -> bool:
    """Whether an actor enters people at all: auditors read only."""
    return rules.may_enrol_somebody(actor)


def _may_enrol(actor: Actor, found: TrainingClass) -> bool:
    """After a class has begun only the office enrols, until it is over."""
    now = timezone.now()
    if rules.may_manage(actor):
        return found.ends_at > now
    return _writes(actor) and found.starts_at > now


def _began(found: TrainingClass) -> bool:
    shown = found.state in (lifecycle.OPEN, lifecycle.HELD)
    return shown and found.starts_at <= timezone.now()


def _back(found: TrainingClass) -> str:
    return reverse("office:training_class", args=[found.code])
