"""A producer's request to change a filed dossier: what differs, and the office's answer."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.core.checking import LONGEST_REASON
from ocop.dossiers import differences, rules
from ocop.dossiers.services import changes, helping
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.dossiers.fetch import found_or_404
from ocop.web.office.dossiers.forms import text_field
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.guard import office
from ocop.web.producer import reading
from ocop.web.requests import SignedInRequest


class ChangeAnswerForm(forms.Form):
    """Whether a change to a filed dossier is accepted."""

    accepted = forms.TypedChoiceField(
        label=gettext_lazy("Trả lời"),
        choices=(("yes", gettext_lazy("Đồng ý thay đổi")), ("no", gettext_lazy("Không đồng ý"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect(attrs={"class": "inline"}),
    )
    answer = text_field(
        gettext_lazy("Ý kiến, lý do nếu không đồng ý"), 3, required=False, max_length=LONGEST_REASON
    )

    def __init__(self, *arguments: Any, bar: str, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if bar:  # why this request cannot be accepted
            field = cast(forms.TypedChoiceField, self.fields["accepted"])
            field.choices = [("no", _("Không đồng ý"))]
            field.help_text = bar


@office
def answer(request: SignedInRequest, code: str, change: str) -> HttpResponse:
    """Accept or decline: the fields before and after stand above the answer."""
    found = found_or_404(request.actor, code)
    require(request.actor, rules.may_answer_change, found)
    asked = get_object_or_404(found.changes.select_related("base"), code=change)
    reason = why_not(changes.expect_open, asked, found)
    if reason and request.method != "POST":
        return turned_back(request, reason, reverse("office:dossier", args=[code]))
    bar = why_not(changes.expect_acceptable, request.actor, asked, found, timezone.localdate())
    form = ChangeAnswerForm(request.POST or None, bar=bar)
    if sent(request, form) and act_on(
        request, form, changes.answer_change, change=asked, **form.cleaned_data
    ):
        messages.success(request, _("Đã trả lời đề nghị thay đổi."))
        return redirect("office:dossier", code)
    before = {part: asked.base.content[part] for part in differences.PARTS}
    after = differences.apply(asked.base.content, asked.proposed)
    context = {
        "form": form,
        "dossier": found,
        "change": asked,
        "behalf": helping.asked_for_them(asked),
        "rows": reading.changed(found, differences.differences(before, after)),
        "title": _("Đề nghị thay đổi hồ sơ"),
        "cancel": reverse("office:dossier", args=[code]),
    }
    return render(request, "office/dossiers/change.html", context)
