"""People of a class in the office: enrolled, withdrawn, their answers on paper entered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.training import queries, quizzes, rules
from ocop.training.models import Audience, Enrolment, EnrolmentState
from ocop.training.services import answering, enrolling
from ocop.training.services.enrolling import Attendee
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.training import forms
from ocop.web.office.training.pages import class_or_404, form_page
from ocop.web.requests import SignedInRequest


@office
def enrol(request: SignedInRequest, code: str) -> HttpResponse:
    """Enrol somebody; where no seat is free the waiting list is told."""
    found = class_or_404(request.actor, code)
    require(request.actor, rules.may_enrol_somebody)
    form: Any = (
        forms.MakerPersonForm(request.POST or None, actor=request.actor)
        if found.course.audience == Audience.PRODUCERS
        else forms.OfficialForm(request.POST or None)
    )
    if sent(request, form) and (
        made := act_on(
            request,
            form,
            enrolling.enrol,
            training_class=found,
            attendee=Attendee(**form.cleaned_data),
        )
    ):
        tell_enrolled(request, made)
        return redirect("office:training_class", code)
    text = _("Lớp đã đủ chỗ: người này vào danh sách chờ.") if found.taken >= found.capacity else ""
    back = reverse("office:training_class", args=[code])
    return form_page(request, form, _("Đăng ký: %s") % found.name, back, text=text)


@office
def withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take somebody out of a class."""
    found, back = _person(request.actor, code)
    form = ReasonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, enrolling.withdraw_enrolment, enrolment=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã rút người học. Chỗ trống được xếp cho người chờ."))
        return redirect(back)
    return form_page(
        request, form, _("Rút khỏi lớp: %s") % found.name, back,
        text=_("Chỗ trống được xếp ngay cho người chờ lâu nhất."), action=_("Rút"), tone="danger",
    )  # fmt: skip


@office
def correct(request: SignedInRequest, code: str) -> HttpResponse:
    """Correct how somebody is written."""
    found, back = _person(request.actor, code)
    own = rules.may_manage(request.actor)
    if (reason := why_not(enrolling.expect_correctable, found, own)) and request.method != "POST":
        return turned_back(request, reason, back)
    form = forms.PersonForm(request.POST or None, initial=written(found))
    if sent(request, form) and act_on(
        request,
        form,
        enrolling.correct_person,
        enrolment=found,
        written=enrolling.Written(**form.cleaned_data),
    ):
        messages.success(request, _("Đã lưu."))
        return redirect(back)
    return form_page(
        request, form, _("Sửa: %s") % found.name, back,
        text=_("Giấy chứng nhận ghi họ tên như ở đây. Vé và lượt điểm danh giữ nguyên."),
    )  # fmt: skip


@office
def answer(request: SignedInRequest, code: str) -> HttpResponse:
    """Enter the answers that somebody gave on paper."""
    found, back = _person(request.actor, code)
    paper = rules.may_manage(request.actor)
    if (
        reason := why_not(answering.expect_answerable, found, on_paper=paper)
    ) and request.method != "POST":
        return turned_back(request, reason, back)
    questions = queries.questions_of(found.training_class.course)
    form = forms.AnswersForm(questions, request.POST if request.method == "POST" else None)
    if sent(request, form) and (
        made := act_on(
            request, form, answering.answer_test, enrolment=found, answers=form.answers()
        )
    ):
        tell_marked(request, made)
        return redirect(back)
    return form_page(request, form, _("Bài làm: %s") % found.name, back, action=_("Nộp bài"))


def written(found: Enrolment) -> dict[str, str]:
    """How somebody is written, as the form shows it."""
    return {"name": found.name, "position": found.position, "phone": found.phone}


def tell_enrolled(request: SignedInRequest, made: Enrolment) -> None:
    """Say whether there was a seat."""
    if made.state == EnrolmentState.ENROLLED:
        messages.success(request, _("Đã giữ chỗ cho %s.") % made.name)
    else:
        messages.warning(
            request, _("Lớp đã đủ chỗ: %s vào danh sách chờ, có chỗ sẽ được báo.") % made.name
        )


def tell_marked(request: SignedInRequest, made: Any) -> None:
    """Say how the test went."""
    told = {"right": made.right, "all": made.questions}
    if made.passed:
        messages.success(request, _("Đạt: đúng %(right)d trong %(all)d câu.") % told)
    else:
        told["left"] = quizzes.MOST_ATTEMPTS - made.number
        messages.warning(
            request, _("Chưa đạt: đúng %(right)d trong %(all)d câu. Còn %(left)d lần làm.") % told
        )


def _person(actor: Actor, code: str) -> tuple[Enrolment, str]:
    """A person whom an actor may act for, and the page of the class."""
    require(actor, rules.may_open_lists)
    found = get_object_or_404(queries.enrolments_visible_to(actor), code=code)
    require(actor, rules.may_act_for, found, timezone.localdate())
    return found, reverse("office:training_class", args=[found.training_class.code])
