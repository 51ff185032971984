"""Courses in the office: one of them, its materials and its test."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import editing, events
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.training import queries, quizzes, rules
from ocop.training.models import TrainingCourse, TrainingMaterial
from ocop.training.services import courses as services
from ocop.web.files import send
from ocop.web.happenings import told
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.training import forms
from ocop.web.office.training.pages import form_page
from ocop.web.requests import SignedInRequest


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One course: its plan, classes, materials, test, activity."""
    found = _found(request.actor, code)
    context = {
        "course": queries.with_counts(TrainingCourse.objects.filter(pk=found.pk)).get(),
        "classes": queries.classes_visible_to(request.actor).filter(course=found),
        "materials": found.materials.filter(removed_at=None),
        "questions": queries.questions_of(found) if rules.may_manage(request.actor) else [],
        "may_manage": rules.may_manage(request.actor),
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
    }
    return render(request, "office/training/course.html", context)


@office
def new(request: SignedInRequest) -> HttpResponse:
    """Put a course into the programme."""
    require(request.actor, rules.may_manage)
    form = forms.CourseForm(request.POST or None, initial={"year": timezone.localdate().year})
    if sent(request, form) and (
        made := act_on(request, form, services.plan_course, particulars=form.particulars())
    ):
        messages.success(request, _("Đã thêm chương trình tập huấn."))
        return redirect("office:training_course", made.code)
    return form_page(
        request, form, _("Thêm chương trình tập huấn"), reverse("office:training_courses")
    )


@office
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a course."""
    found = _managed(request.actor, code)
    initial = forms.known_course(found) | {"seen": editing.mark(found)}
    form = forms.CourseForm(request.POST or None, initial=initial)
    if sent(request, form) and act_on(
        request,
        form,
        services.change_course,
        course=found,
        particulars=form.particulars(),
        seen=form.cleaned_data["seen"],
    ):
        messages.success(request, _("Đã lưu chương trình tập huấn."))
        return redirect("office:training_course", code)
    return form_page(request, form, _("Sửa: %s") % found.title, _back(found))


@office
def questions(request: SignedInRequest, code: str) -> HttpResponse:
    """Set the test of a course."""
    found = _managed(request.actor, code)
    form = forms.QuestionsForm(
        request.POST or None, initial={"text": quizzes.write(queries.questions_of(found))}
    )
    if sent(request, form) and act_on(
        request,
        form,
        services.set_questions,
        course=found,
        questions=form.cleaned_data["text"],
    ):
        messages.success(request, _("Đã lưu bài kiểm tra."))
        return redirect("office:training_course", code)
    return form_page(request, form, _("Bài kiểm tra: %s") % found.title, _back(found))


@office
def material_new(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a file for those who attend."""
    found = _managed(request.actor, code)
    form = forms.MaterialForm(request.POST or None, request.FILES or None)
    if sent(request, form):
        file = form.cleaned_data["file"]
        if act_on(
            request,
            form,
            services.add_material,
            course=found,
            title=form.cleaned_data["title"],
            content=file.read(),
            filename=file.name,
        ):
            messages.success(request, _("Đã thêm tài liệu."))
            return redirect("office:training_course", code)
    return form_page(request, form, _("Thêm tài liệu: %s") % found.title, _back(found))


@office
def material(request: SignedInRequest, code: str) -> FileResponse:
    """A file of a course."""
    found = _material(request.actor, code)
    return send(found.attachment, found.title)


@office
def material_remove(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a file away."""
    found = _material(request.actor, code)
    require(request.actor, rules.may_manage)
    form = ReasonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, services.remove_material, material=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã gỡ tài liệu."))
        return redirect(_back(found.course))
    return form_page(
        request,
        form,
        _("Gỡ tài liệu: %s") % found.title,
        _back(found.course),
        text=_("Người học không mở được tài liệu này nữa."),
    )


def _found(actor: Actor, code: str) -> TrainingCourse:
    require(actor, rules.may_open_lists)
    return get_object_or_404(queries.courses_visible_to(actor), code=code)


def _managed(actor: Actor, code: str) -> TrainingCourse:
    found = _found(actor, code)
    require(actor, rules.may_manage)
    return found


def _material(actor: Actor, code: str) -> TrainingMaterial:
    require(actor, rules.may_open_lists)
    rows = TrainingMaterial.objects.filter(course__in=queries.courses_visible_to(actor))
    return get_object_or_404(
        rows.select_related("course", "attachment"), code=code, removed_at=None
    )


def _back(course: TrainingCourse) -> str:
    return reverse("office:training_course", args=[course.code])
