"""Support as a producer sees it: what there is, asking for it, what became of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.support import lifecycle, papers, queries, rules
from ocop.support.models import SupportRequest
from ocop.support.services import requests as asking
from ocop.web import files
from ocop.web.forms import act
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.support import looks
from ocop.web.office.support.forms import AnswerForm, PaperForm
from ocop.web.office.support.requests import add_paper
from ocop.web.producer.guard import producer
from ocop.web.producer.support.forms import AskForm
from ocop.web.requests import SignedInRequest

_SHOWN = 100


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """The policies of today, own requests, and what was given before."""
    own, today = list(producers.own(request.actor).order_by("folded")), timezone.localdate()
    rows = queries.requests_visible_to(request.actor).filter(producer__in=own)
    grants = queries.grants_visible_to(request.actor).filter(producer__in=own)
    policies = queries.policies_on(today).order_by("category", "title")
    context = {
        "title": _("Hỗ trợ"),
        "lead": _("Chính sách đang có, đề nghị của chủ thể và các khoản đã nhận."),
        "makers": own,
        "policies": [(policy, looks.terms_words(policy)) for policy in policies] if own else [],
        "requests": [
            (
                row,
                looks.request_tag(row, producer=True),
                looks.money(queries.net(row) or row.asked_amount),
            )
            for row in rows[:_SHOWN]
        ],
        "grants": [(row, looks.money(row.amount)) for row in grants[:_SHOWN]],
    }
    return render(request, "producer/support/index.html", context)


@producer
def new(request: SignedInRequest, maker: str, policy: str) -> HttpResponse:
    """Ask for support under a policy."""
    today = timezone.localdate()
    found = get_object_or_404(producers.visible_to(request.actor), code=maker)
    _may_ask_or_404(request, found)
    chosen = get_object_or_404(queries.policies_on(today), code=policy)
    form = AskForm(chosen, found, posted(request))
    if sent(request, form):
        made = act_on(
            request, form, asking.ask_support, policy=chosen, producer=found, wanted=form.wanted()
        )
        if made:
            messages.success(request, _("Đã gửi đề nghị. Hãy thêm dự toán, báo giá bên dưới."))
            return redirect("producer_support_request", made.code)
    context = {
        "form": form,
        "title": chosen.title,
        "eyebrow": found.name,
        "terms": looks.terms_words(chosen),
        "policy": chosen,
        "back": reverse("producer_support"),
    }
    return render(request, "producer/support/new.html", context)


@producer
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One request: where it is, its sums and papers."""
    found = _found(request, code)
    context = {
        "request_": found,
        "tag": looks.request_tag(found, producer=True),
        "amounts": looks.amounts(found),
        "terms": looks.terms_words(found.policy),
        "papers": found.papers.all(),
        "written": papers.of_request(request.actor, found),
        "may_add": found.state not in (*lifecycle.DROPPED, lifecycle.PAID),
        "may_withdraw": found.state == lifecycle.ASKED,
        "next_step": _next_step(found),
    }
    return render(request, "producer/support/request.html", context)


def _next_step(found: SupportRequest) -> str:
    """What the producer does now."""
    if found.state == lifecycle.APPROVED:
        return _(
            "Làm xong, hãy in biên bản nghiệm thu để hai bên ký, rồi thêm hóa đơn và biên bản đã "
            "ký ở dưới. Có biên bản thì Văn phòng mới chi."
        )
    if found.state == lifecycle.ACCEPTED:
        return _("Hãy in giấy đề nghị thanh toán ở dưới, ký và gửi Văn phòng để nhận tiền.")
    return ""


@producer
def paper_add(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a paper."""
    found = _found(request, code)
    form = PaperForm(posted(request), request.FILES or None)
    back = reverse("producer_support_request", args=[code])
    if sent(request, form) and add_paper(request, form, found):
        return redirect(back)
    context = {"form": form, "title": _("Thêm giấy tờ"), "request_": found, "back": back}
    return render(request, "producer/support/step.html", context)


@producer
def withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a request back before it is answered."""
    found = _found(request, code)
    back = reverse("producer_support_request", args=[code])
    form = AnswerForm(posted(request))
    take_back: Callable[..., Any] = asking.withdraw_request
    if sent(request, form) and act(
        form, take_back, actor=request.actor, request=found, at=timezone.now(), **form.cleaned_data
    ):
        messages.success(request, _("Đã rút đề nghị."))
        return redirect(back)
    context = {"form": form, "title": _("Rút đề nghị"), "request_": found, "back": back}
    return render(request, "producer/support/step.html", context)


@producer
def paper(request: SignedInRequest, code: str, pk: int) -> FileResponse:
    """The file of a paper."""
    found = get_object_or_404(_found(request, code).papers.select_related("attachment"), pk=pk)
    return files.send(found.attachment, found.filename)


def _found(request: SignedInRequest, code: str) -> SupportRequest:
    """A request of who may ask; nobody else finds it here."""
    found = get_object_or_404(queries.requests_visible_to(request.actor), code=code)
    _may_ask_or_404(request, found.producer)
    return found


def _may_ask_or_404(request: SignedInRequest, maker: Producer) -> None:
    if not rules.may_ask(request.actor, maker, timezone.localdate()):
        raise Http404
