"""What the office does with a decision that is entered: its publication, and what its signed file
makes of recognitions that were known from elsewhere."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.core.refusals import Refused
from ocop.dossiers.services import deciding as dossiers
from ocop.dossiers.services import withdrawing
from ocop.filters.inputs import DayInput
from ocop.recognition import deciding, file_showing, lifting, rules, services, signatures
from ocop.recognition import withdrawing as register
from ocop.recognition.models import Decision, Recognition
from ocop.web.forms import act, file_confirmed_field, file_public_field
from ocop.web.office.decision_pages import decision_of
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest


class PublishForm(forms.Form):
    """The day of publication, and whether the signed file comes with it."""

    published_on = forms.DateField(label=gettext_lazy("Ngày công bố"), widget=DayInput)
    file_public = file_public_field()
    file_confirmed = file_confirmed_field()

    def __init__(self, *arguments: Any, decision: Decision, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if decision.attachment_id is None:
            del self.fields["file_public"]
        if decision.attachment_id is None or not _warning(decision):
            del self.fields["file_confirmed"]


class WithdrawForm(forms.Form):
    """Why a decision that was entered is taken back."""

    reason = forms.CharField(label=gettext_lazy("Lý do"))


class LiftForm(forms.Form):
    """Which recognitions stand in the signed file."""

    rows = forms.MultipleChoiceField(
        label=gettext_lazy("Sản phẩm có trong tệp quyết định đã ký, đúng hạng sao"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một sản phẩm.")},
    )
    compared = forms.BooleanField(
        label=gettext_lazy("Tôi đã đối chiếu từng dòng được chọn với tệp đã ký"),
        error_messages={"required": gettext_lazy("Hãy đối chiếu với tệp đã ký rồi xác nhận.")},
    )

    def __init__(self, *arguments: Any, recognitions: list[Recognition], **more: Any) -> None:
        super().__init__(*arguments, **more)
        field: Any = self.fields["rows"]
        field.choices = [(str(row.pk), _line(row)) for row in recognitions]


@office
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a decision that awaits it."""
    require(request.actor, rules.may_record_decision)
    found = decision_of(request, pk)
    usual = {"published_on": timezone.localdate(), "file_public": found.file_public}
    form = PublishForm(request.POST or None, decision=found, initial=usual)
    if request.method == "POST" and form.is_valid():
        made = act(
            form,
            dossiers.publish_decision,
            actor=request.actor,
            decision=found,
            **form.cleaned_data,
            at=timezone.now(),
        )
        if made:
            messages.success(request, _("Đã công bố quyết định %s.") % made.number)
            return redirect("office:decision", pk)
    context = {
        "form": form,
        "title": _("Công bố quyết định"),
        "action": _("Công bố"),
        "lead": _(
            "Từ lúc công bố, mọi người thấy hạng sao của %d sản phẩm, chủ thể được báo, và việc "
            "này không hoàn tác được; ghi nhầm thì đính chính, kết quả bị hủy thì ghi hủy."
        )
        % found.products,
        "warning": _warning(found) if found.attachment_id else "",
    }
    return _form(request, found, context)


@office
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a decision that was entered wrongly and is not published."""
    require(request.actor, rules.may_record_decision)
    found = decision_of(request, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            form,
            withdrawing.withdraw_decision,
            actor=request.actor,
            decision=found,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        if done is not None:
            messages.success(
                request, _("Đã rút quyết định %s. Số này ghi lại được.") % found.number
            )
            return redirect("office:decisions")
    why_not = _not_withdrawn(found)
    context = {
        "form": form,
        "title": _("Rút quyết định chưa công bố"),
        "action": _("Rút quyết định"),
        "tone": "danger",
        "nothing": bool(why_not),
        "lead": why_not
        or _(
            "Dùng khi nhập sai số, ngày ký hoặc danh sách. %d sản phẩm của quyết định rời sổ, "
            "hồ sơ trở về “Chờ quyết định”, số được dùng lại; việc rút và lý do còn trong nhật ký."
        )
        % found.products,
    }
    return _form(request, found, context)


def _not_withdrawn(found: Decision) -> str:
    """Why it cannot be taken back, before a reason is written; "" where it can."""
    try:
        register.expect_unpublished(found)
    except Refused as refused:
        return refused.message
    return ""


@require_POST
@office
def show_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the signed file on the public page, or take it away."""
    require(request.actor, rules.may_record_decision)
    found = decision_of(request, pk)
    public = request.POST.get("public") == "yes"
    services.show_decision_file(
        actor=request.actor,
        decision=found,
        public=public,
        file_confirmed=request.POST.get("file_confirmed") == "yes",
        at=timezone.now(),
    )
    messages.success(
        request,
        _("Tệp đã ký có trên trang công khai của quyết định.")
        if public
        else _("Tệp đã ký không còn trên trang công khai."),
    )
    return redirect("office:decision", pk)


@office
def lift(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which recognitions known from news or shops stand in the signed file."""
    require(request.actor, rules.may_record_decision)
    found = decision_of(request, pk)
    rows = [
        row
        for row in deciding.rows_of_decision(request.actor, found)
        if row.evidence in lifting.LIFTED
    ]
    form = LiftForm(request.POST or None, recognitions=rows)
    if request.method == "POST" and form.is_valid():
        chosen = [row for row in rows if str(row.pk) in form.cleaned_data["rows"]]
        done = act(
            form,
            services.lift_evidence,
            actor=request.actor,
            decision=found,
            recognitions=chosen,
            at=timezone.now(),
        )
        if done:
            words = _("Quyết định đã ký nay là bằng chứng của %d sản phẩm.") % len(done)
            messages.success(request, words)
            return redirect("office:decision", pk)
    context = {
        "form": form,
        "nothing": not rows,
        "title": _("Ghi quyết định đã ký làm bằng chứng"),
        "action": _("Ghi làm bằng chứng"),
        "file": reverse("office:decision_file", args=[pk]) if found.attachment_id else "",
        "lead": (_nothing_to_lift() if not rows else _unlifted(found))
        or _("Mở tệp đã ký ở trang của quyết định và đối chiếu từng sản phẩm, chủ thể, hạng sao."),
    }
    return _form(request, found, context)


def _warning(decision: Decision) -> str:
    return file_showing.warning_of(signatures.from_json(decision.signatures))


def _nothing_to_lift() -> str:
    return _("Mọi sản phẩm của quyết định này đã có quyết định đã ký làm bằng chứng.")


def _unlifted(found: Decision) -> str:
    """Why nothing can be lifted yet; empty where it can."""
    try:
        lifting.check_file(found)
    except Refused as refused:
        return refused.message
    return ""


def _line(row: Recognition) -> str:
    return _("%(product)s, %(producer)s: %(stars)d sao (%(evidence)s)") % {
        "product": row.product.name,
        "producer": row.product.producer.name,
        "stars": row.stars,
        "evidence": row.get_evidence_display(),
    }


def _form(request: SignedInRequest, found: Decision, context: dict[str, Any]) -> HttpResponse:
    back = reverse("office:decision", args=[found.pk])
    told = {"eyebrow": found.number, "cancel": back, **context}
    return render(request, "office/decision_act.html", told)
