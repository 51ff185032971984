"""Requests for support in the office: the list, one of them, its steps and papers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ocop.core import events
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.language import gettext as kernel
from ocop.filters.support import RequestFilter
from ocop.support import lifecycle, papers, queries, rules
from ocop.support.models import SupportRequest
from ocop.support.services import paying
from ocop.support.services import requests as asking
from ocop.web import files
from ocop.web.forms import act
from ocop.web.happenings import told
from ocop.web.office.dossiers.steps import posted, sent
from ocop.web.office.guard import office
from ocop.web.office.support import forms, looks, tables
from ocop.web.office.support.pages import frame, listed
from ocop.web.requests import SignedInRequest

Make = Callable[[SupportRequest, Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its move, who may, its form and service, and what it will change."""

    move: str
    may: Callable[[Actor], bool]
    form: Make
    service: Callable[..., Any]
    text: Any
    done: Any
    tone: str = ""


def _of(form: Any) -> Make:
    return lambda _request, data, _files: form(data)


def _approving(request: SupportRequest, data: Any, _files: Any) -> forms.ApproveForm:
    lines = queries.lines_for(request, forms.this_year())
    most = min(request.asked_amount, queries.check_request(request).reckoned.most)
    return forms.ApproveForm(lines, data, initial={"amount": most})


def _accepting(request: SupportRequest, data: Any, _files: Any) -> forms.AcceptForm:
    return forms.AcceptForm(data, initial={"real_cost": request.cost})


STEPS: Mapping[str, Step] = {
    "duyet": Step(
        "approve", rules.may_approve, _approving, asking.approve_request,
        _("Số tiền được giữ trong dòng dự toán; chủ thể nhận thông báo."),
        _("Đã duyệt đề nghị."), "primary",
    ),
    "nghiem-thu": Step(
        "accept", rules.may_manage, _accepting, paying.accept_request,
        _("Số được chi tính lại theo chi phí thực tế; phần không dùng trở lại dòng dự toán."),
        _("Đã ghi nghiệm thu."), "primary",
    ),
    "chi": Step(
        "pay", rules.may_manage, _of(forms.PayForm), paying.pay_request,
        _("Ghi một lần, không sửa được; chủ thể nhận thông báo."),
        _("Đã ghi chi tiền."), "primary",
    ),
    "khong-duyet": Step(
        "refuse", rules.may_approve, _of(forms.AnswerForm), asking.refuse_request,
        _("Đề nghị kết thúc; chủ thể nhận lý do."), _("Đã trả lời không duyệt."), "danger",
    ),
    "huy": Step(
        "cancel", rules.may_approve, _of(forms.AnswerForm), asking.cancel_request,
        _("Số tiền đã giữ trở lại dòng dự toán; chủ thể nhận lý do."), _("Đã hủy."), "danger",
    ),
    "thu-hoi": Step(
        "reclaim", rules.may_manage, _of(forms.ReclaimForm), paying.reclaim,
        _("Tiền thu về nộp ngân sách, không chi lại từ dòng này."), _("Đã ghi thu hồi."), "danger",
    ),
}  # fmt: skip


@office
def request_list(request: SignedInRequest) -> HttpResponseBase:
    """Requests of the producers that the actor oversees."""
    require(request.actor, rules.may_open_lists)
    filters = RequestFilter(
        request.GET, queryset=queries.requests_visible_to(request.actor), request=request
    )
    return listed(
        request,
        "office:support_requests",
        _now("Đề nghị hỗ trợ"),
        tables.RequestTable(filters.qs, order_by="-asked_at"),
        filters,
        lead=_now("Mỗi đề nghị được đối chiếu với chính sách và với tiền mọi cấp đã hỗ trợ."),
        empty_text=_now("Đề nghị xuất hiện ở đây khi chủ thể gửi."),
    )


@office
def request_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One request: held against its policy, what was given before, papers, money, activity."""
    found = _found(request, code)
    given = queries.grants_for(found.policy, found.producer, found.product)
    context = {
        **frame(request, "office:support_request"),
        "request_": found,
        "tag": looks.request_tag(found),
        "steps": steps_for(request.actor, found),
        "amounts": looks.amounts(found),
        "reckoning": looks.reckoning(queries.check_request(found)),
        "asked": looks.money(found.asked_amount),
        "terms": looks.terms_words(found.policy),
        "grants": given.select_related("product")[:50],
        "earlier": [
            (row, looks.money(queries.net(row)))
            for row in queries.earlier_requests(
                found.policy, found.producer, found.product, found
            ).select_related("policy")[:50]
        ],
        "papers": found.papers.select_related("attachment"),
        "written": papers.of_request(request.actor, found),
        "may_add": rules.may_manage(request.actor) and not _is_over(found),
        "money": found.money.all(),
        "events": told(events.activity(found)[:100]),
    }
    return render(request, "office/support/request.html", context)


@office
def request_step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    found, chosen = _found(request, code), STEPS.get(step)
    if chosen is None:
        raise Http404
    require(request.actor, chosen.may)
    back = reverse("office:support_request", args=[code])
    if request.method != "POST" and not _is_possible(found, chosen):
        messages.warning(request, _now("Đề nghị không còn ở bước cần cho việc đó."))
        return redirect(back)
    form = chosen.form(found, posted(request), request.FILES or None)
    if sent(request, form) and act(
        form,
        chosen.service,
        actor=request.actor,
        request=found,
        at=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(request, chosen.done)
        return redirect(back)
    context = {
        "form": form,
        "title": step_words(chosen),
        "text": chosen.text,
        "request_": found,
        "tone": "danger" if chosen.tone == "danger" else "",
        "back": back,
    }
    return render(request, "office/support/step.html", context)


@office
def paper_add(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a paper to a request for its producer."""
    found = _found(request, code)
    require(request.actor, rules.may_manage)
    back = reverse("office:support_request", args=[code])
    form = forms.PaperForm(posted(request), request.FILES or None)
    if sent(request, form) and add_paper(request, form, found):
        return redirect(back)
    context = {"form": form, "title": _now("Thêm giấy tờ"), "request_": found, "back": back}
    return render(request, "office/support/step.html", context)


@office
def paper(request: SignedInRequest, code: str, pk: int) -> FileResponse:
    """The file of a paper."""
    found = get_object_or_404(_found(request, code).papers.select_related("attachment"), pk=pk)
    return files.send(found.attachment, found.filename)


def add_paper(request: SignedInRequest, form: Any, found: SupportRequest) -> bool:
    """Hand a paper of a form to the service; whether it was taken."""
    file = form.cleaned_data["file"]
    made = act(
        form,
        asking.add_request_paper,
        actor=request.actor,
        at=timezone.now(),
        request=found,
        kind=form.cleaned_data["kind"],
        name=form.cleaned_data["name"],
        content=file.read(),
        filename=file.name,
    )
    if made:
        messages.success(request, _now("Đã thêm giấy tờ."))
    return bool(made)


def steps_for(actor: Actor, found: SupportRequest) -> list[tuple[str, str, str]]:
    """The steps that this actor may do now: address, words, tone."""
    return [
        (reverse("office:support_step", args=[found.code, key]), step_words(step), step.tone)
        for key, step in STEPS.items()
        if _is_possible(found, step) and (actor.is_system or step.may(actor))
    ]


def step_words(step: Step) -> str:
    """What a step is called."""
    return kernel(lifecycle.REQUEST.moves[step.move].words)


def _is_possible(found: SupportRequest, step: Step) -> bool:
    if step.move == "reclaim" and found.reclaimed >= (found.accepted_amount or 0):
        return False
    return found.state in lifecycle.REQUEST.moves[step.move].sources


def _is_over(found: SupportRequest) -> bool:
    return found.state in (*lifecycle.DROPPED, lifecycle.PAID)


def _found(request: SignedInRequest, code: str) -> SupportRequest:
    """A request of the actor's area; nobody else finds it here."""
    require(request.actor, rules.may_open_lists)
    return get_object_or_404(queries.requests_visible_to(request.actor), code=code)
