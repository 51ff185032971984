"""Tickets and certificates of a class as files, and a certificate taken back."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.programme import ical
from ocop.programme.classes import of_class
from ocop.training import lifecycle, notices, papers, queries, rules
from ocop.training.models import TrainingClass
from ocop.training.services import certifying
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.training.pages import class_or_404, form_page
from ocop.web.requests import SignedInRequest


def pdf(content: bytes, name: str) -> HttpResponse:
    """A file about persons: for whoever asked, and nobody's store."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def calendar(found: TrainingClass, link: str) -> HttpResponse:
    """The sessions of a class, for the calendar of a phone or computer."""
    body = ical.calendar(
        of_class(found, link), name=found.name, base=settings.BASE_URL, at=timezone.now()
    )
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="lop-{found.code}.ics"'
    return answer


@office
def sessions(request: SignedInRequest, code: str) -> HttpResponse:
    """The sessions of a class as iCalendar."""
    found = class_or_404(request.actor, code)
    return calendar(found, notices.office_link(found))


@office
def tickets(request: SignedInRequest, code: str) -> HttpResponse:
    """Tickets of those with a seat whom the actor may know."""
    found = class_or_404(request.actor, code)
    rows = queries.enrolments_visible_to(request.actor).filter(
        training_class=found, state=lifecycle.ENROLLED
    )
    if not rows.exists():
        raise Http404
    return pdf(papers.tickets_pdf(found, list(rows.order_by("folded"))), f"ve-{code}")


@office
def certificates(request: SignedInRequest, code: str) -> HttpResponse:
    """Certificates of a class, of those whom the actor may know."""
    found = class_or_404(request.actor, code)
    rows = queries.certificates_visible_to(request.actor).filter(
        enrolment__training_class=found, revoked_at=None
    )
    if not rows.exists():
        raise Http404
    return pdf(papers.certificates_pdf(list(rows.order_by("serial"))), f"chung-nhan-{code}")


@office
def revoke(request: SignedInRequest, code: str) -> HttpResponse:
    """Take back a certificate that was given wrongly."""
    require(request.actor, rules.may_open_lists)
    found = get_object_or_404(queries.certificates_visible_to(request.actor), code=code)
    require(request.actor, rules.may_manage)
    form = ReasonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, certifying.revoke_certificate, certificate=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã thu hồi giấy chứng nhận."))
        return redirect("office:training_certificates")
    return form_page(
        request, form, _("Thu hồi giấy chứng nhận %s") % found.number,
        reverse("office:training_certificates"),
        text=_("Trang kiểm tra của giấy nói ngay là đã thu hồi."),
        action=_("Thu hồi"), tone="danger",
    )  # fmt: skip


@office
def reissue(request: SignedInRequest, code: str) -> HttpResponse:
    """Give a new certificate in the place of one that was revoked."""
    require(request.actor, rules.may_open_lists)
    found = get_object_or_404(queries.certificates_visible_to(request.actor), code=code)
    require(request.actor, rules.may_manage)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if sent(request, form) and (
        made := act_on(request, form, certifying.reissue_certificate, certificate=found)
    ):
        messages.success(request, _("Đã cấp giấy chứng nhận %s.") % made.number)
        return redirect("office:training_certificates")
    return form_page(
        request, form, _("Cấp lại thay giấy %s") % found.number,
        reverse("office:training_certificates"),
        text=_("Giấy mới có số mới, ghi tên như trong danh sách lớp: %s. Giấy cũ vẫn bị thu hồi.")
        % found.enrolment.name,
        action=_("Cấp lại"),
    )  # fmt: skip
