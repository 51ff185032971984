"""The producer's classes: what is open, the own people in them, and what these may do."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.producers import queries as producers
from ocop.training import lifecycle, notices, papers, queries, quizzes
from ocop.training.models import Audience, Enrolment, TrainingClass, TrainingMaterial
from ocop.training.services import answering, enrolling
from ocop.training.services.enrolling import Attendee
from ocop.web.files import send
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.training.forms import AnswersForm, PersonForm
from ocop.web.office.training.papers import calendar, pdf
from ocop.web.office.training.people import tell_enrolled, tell_marked, written
from ocop.web.producer.guard import producer
from ocop.web.requests import SignedInRequest


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """Classes that one can enrol in, and those the own people are or were in."""
    mine = queries.own_enrolments(request.actor).exclude(state=lifecycle.WITHDRAWN)
    coming = _classes(request.actor).filter(state=lifecycle.OPEN, starts_at__gt=timezone.now())
    context = {
        "makers": producers.own(request.actor).order_by("folded"),
        "coming": coming.order_by("starts_at"),
        "mine": mine.prefetch_related("certificates").order_by("-training_class__starts_at", "pk"),
    }
    return render(request, "producer/training/index.html", context)


@producer
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One class: the own people with their tickets, materials, test and certificates."""
    found = get_object_or_404(_classes(request.actor), code=code)
    rows = queries.own_enrolments(request.actor).exclude(state=lifecycle.WITHDRAWN)
    measure = queries.measure_of(found)
    people = queries.with_standing(rows.filter(training_class=found))
    people = people.prefetch_related("certificates")
    context = {
        "training_class": found,
        "sessions": found.sessions.all(),
        "makers": producers.own(request.actor).order_by("folded"),
        "takes": found.state == lifecycle.OPEN and found.starts_at > timezone.now(),
        "full": found.taken >= found.capacity,
        "people": [(row, *_ticket(row), measure(row)) for row in people.order_by("folded")],
        "materials": found.course.materials.filter(removed_at=None),
        "tested": found.course.questions.exists(),
    }
    return render(request, "producer/training/class.html", context)


@producer
def enrol(request: SignedInRequest, code: str, maker: str) -> HttpResponse:
    """Enrol somebody of an own producer."""
    found = get_object_or_404(_classes(request.actor), code=code)
    of = get_object_or_404(producers.own(request.actor), code=maker)
    form = PersonForm(request.POST or None)
    if sent(request, form) and (
        made := act_on(
            request,
            form,
            enrolling.enrol,
            training_class=found,
            attendee=Attendee(producer=of, **form.cleaned_data),
        )
    ):
        tell_enrolled(request, made)
        return redirect("producer_class", code)
    text = _("Lớp đã đủ chỗ: người này vào danh sách chờ.") if found.taken >= found.capacity else ""
    return _form(request, form, _("Đăng ký: %s") % found.name, found, text=text, about=of.name)


@producer
def withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take one of the own people out of a class."""
    found = _person(request.actor, code)
    form = ReasonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, enrolling.withdraw_enrolment, enrolment=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã rút người học. Chỗ trống được xếp cho người chờ."))
        return redirect("producer_training")
    return _form(
        request, form, _("Rút khỏi lớp: %s") % found.name, found.training_class,
        text=_("Chỗ trống được xếp ngay cho người chờ lâu nhất."), action=_("Rút"), tone="danger",
    )  # fmt: skip


@producer
def correct(request: SignedInRequest, code: str) -> HttpResponse:
    """Correct how somebody is written."""
    found = _person(request.actor, code)
    if (reason := why_not(enrolling.expect_correctable, found)) and request.method != "POST":
        return turned_back(request, reason, _address(found.training_class))
    form = PersonForm(request.POST or None, initial=written(found))
    if sent(request, form) and act_on(
        request,
        form,
        enrolling.correct_person,
        enrolment=found,
        written=enrolling.Written(**form.cleaned_data),
    ):
        messages.success(request, _("Đã lưu."))
        return redirect(_address(found.training_class))
    return _form(request, form, _("Sửa: %s") % found.name, found.training_class)


@producer
def test(request: SignedInRequest, code: str) -> HttpResponse:
    """Answer the test."""
    found = _person(request.actor, code)
    if (reason := why_not(answering.expect_answerable, found)) and request.method != "POST":
        return turned_back(request, reason, _address(found.training_class))
    questions = queries.questions_of(found.training_class.course)
    form = AnswersForm(questions, request.POST if request.method == "POST" else None, whole=True)
    if sent(request, form) and (
        made := act_on(
            request, form, answering.answer_test, enrolment=found, answers=form.answers()
        )
    ):
        tell_marked(request, made)
        return redirect(_address(found.training_class))
    title = _("Bài kiểm tra: %s") % found.name
    text = _("Còn %d lần làm.") % (quizzes.MOST_ATTEMPTS - found.attempts.count())
    return _form(request, form, title, found.training_class, action=_("Nộp bài"), text=text)


@producer
def sessions(request: SignedInRequest, code: str) -> HttpResponse:
    """The sessions of a class as iCalendar."""
    found = get_object_or_404(_classes(request.actor), code=code)
    return calendar(found, notices.own_link(found))


@producer
def tickets(request: SignedInRequest, code: str) -> HttpResponse:
    """Tickets of the own people with a seat."""
    found = get_object_or_404(_classes(request.actor), code=code)
    rows = queries.own_enrolments(request.actor).filter(
        training_class=found, state=lifecycle.ENROLLED
    )
    if not rows.exists():
        raise Http404
    return pdf(papers.tickets_pdf(found, list(rows.order_by("folded"))), f"ve-{code}")


@producer
def certificate(request: SignedInRequest, code: str) -> HttpResponse:
    """A certificate of one of the own people."""
    own = queries.own_enrolments(request.actor).values("pk")
    rows = queries.certificates_visible_to(request.actor).filter(enrolment__in=own)
    found = get_object_or_404(rows, code=code)
    return pdf(papers.certificates_pdf([found]), f"chung-nhan-{code}")


@producer
def material(request: SignedInRequest, code: str) -> FileResponse:
    """A file of a class in which somebody of one's own is."""
    mine = queries.own_enrolments(request.actor).exclude(state=lifecycle.WITHDRAWN)
    rows = TrainingMaterial.objects.filter(
        course__in=mine.values("training_class__course"), removed_at=None
    )
    found = get_object_or_404(rows.select_related("attachment"), code=code)
    return send(found.attachment, found.title)


def _ticket(row: Enrolment) -> tuple[str, Any]:
    """The code of a ticket as it is read out, and as it is scanned."""
    code = papers.ticket_text(row.code)
    return code, mark_safe(papers.qr(code))


def _classes(actor: Actor) -> Any:
    """Classes that a producer may know, whatever else the person is."""
    rows = queries.classes_visible_to(actor).exclude(state=lifecycle.PLANNED)
    return rows.filter(course__audience=Audience.PRODUCERS)


def _person(actor: Actor, code: str) -> Enrolment:
    found: Enrolment = get_object_or_404(queries.own_enrolments(actor), code=code)
    return found


def _address(found: TrainingClass) -> str:
    return reverse("producer_class", args=[found.code])


def _form(
    request: SignedInRequest, form: Any, title: str, found: TrainingClass, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "cancel": _address(found), **more}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "producer/training/form.html", context, status=status)
