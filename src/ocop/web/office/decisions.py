"""Entering a signed decision with all the products it recognises."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.dossiers.services import entering
from ocop.filters.inputs import DayInput
from ocop.recognition import file_showing, rules, services, signatures
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision, Kind
from ocop.web.forms import (
    UploadField,
    act,
    file_confirmed_field,
    file_public_field,
    law_field,
    publish_field,
)
from ocop.web.office.authorities import AuthorityField
from ocop.web.office.decision_lines import LinesMixin, is_seeking, seeking
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

LEVELS = (
    (Level.PROVINCE, gettext_lazy("Cấp tỉnh: 3 và 4 sao")),
    (Level.CENTRE, gettext_lazy("Trung ương: 5 sao")),
    (Level.DISTRICT, gettext_lazy("Cấp huyện: 3 sao, chỉ đến hết ngày 30/6/2025")),
)


class DecisionForm(LinesMixin):
    """A decision, and a line for each product."""

    field_order = (
        "number", "signed_on", "authority", "level", "legal_version", "kind", "lines", "scan",
        "file_public", "file_confirmed", "publish",
    )  # fmt: skip
    number = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=60)
    signed_on = forms.DateField(label=gettext_lazy("Ngày ký"), widget=DayInput)
    authority = AuthorityField()
    level = forms.ChoiceField(
        label=gettext_lazy("Cấp ký"),
        choices=LEVELS,
        help_text=gettext_lazy("Mỗi cấp chỉ công nhận được những hạng sao thuộc thẩm quyền."),
    )
    legal_version = law_field(
        gettext_lazy("Văn bản có hiệu lực vào ngày ký"),
        gettext_lazy(
            "Hồ sơ nộp trước ngày 22/5/2026 được làm xong theo quy định trước (Điều 12): khi đó "
            "chọn văn bản đã dùng để đánh giá."
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Kind.choices)
    scan = UploadField(label=gettext_lazy("Quyết định đã ký (PDF hoặc bản quét)"), required=False)
    file_public = file_public_field()
    file_confirmed = file_confirmed_field()
    publish = publish_field()


def tell_of_file(request: SignedInRequest, decision: Decision) -> None:
    """Say what is wrong with the signatures of a file that was just sent."""
    if decision.attachment_id is None:
        return
    if warning := file_showing.warning_of(signatures.from_json(decision.signatures)):
        messages.warning(request, warning)


@office
def new(request: SignedInRequest) -> HttpResponse:
    """Enter a decision: all of its products or, with the reason, none."""
    require(request.actor, rules.may_record_decision)
    looking = is_seeking(request)
    form = (
        seeking(DecisionForm, request, request.actor)
        if looking
        else DecisionForm(request.POST or None, request.FILES or None, actor=request.actor)
    )
    if request.method == "POST" and not looking and form.is_valid():
        told = form.cleaned_data
        scan = told["scan"]
        paper = services.Paper(
            told["number"],
            told["signed_on"],
            told["authority"],
            told["level"],
            legal_version=told["legal_version"],
            scan=scan.read() if scan else None,
            filename=scan.name if scan else "",
            file_public=told["file_public"],
            file_confirmed=told["file_confirmed"],
        )
        joining = [r.product.name for r in told["lines"] if not r.product.in_ocop]
        made = act(
            form,
            entering.record_decision,
            actor=request.actor,
            paper=paper,
            results=told["lines"],
            publish=told["publish"],
            at=timezone.now(),
        )
        if made:
            messages.success(
                request,
                _("Đã ghi quyết định %(number)s với %(count)d sản phẩm.")
                % {"number": made.number, "count": len(told["lines"])},
            )
            tell_of_file(request, made)
            if joining and told["publish"]:
                words = _("Trước đây chưa tham gia Chương trình OCOP, nay được ghi tham gia: %s.")
                messages.warning(request, words % ", ".join(joining))
            return redirect("office:decision", made.pk)
    context = {
        "form": form,
        "title": _("Ghi quyết định công nhận"),
        "cancel": reverse("office:register"),
        "lead": _(
            "Dùng cho quyết định cũ trên giấy và sản phẩm không có hồ sơ ở đây. Sản phẩm có hồ sơ: "
            "hạng sao và điểm lấy từ kết luận của hội đồng."
        ),
        "actions": format_html(
            '<a class="btn" href="{}">{}</a>', reverse("office:deciding"), _("Chờ quyết định")
        ),
    }
    return render(request, "office/form.html", context)
