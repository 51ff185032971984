"""The agenda of a sitting: ready dossiers onto it, their order, and what is taken off."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.councils import rules
from ocop.councils.models import SittingKind, SittingState
from ocop.councils.queries import sittings as queries
from ocop.councils.services import agenda as services
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers as dossier_queries
from ocop.dossiers.services import proposing
from ocop.recognition.models import Kind
from ocop.web.council.desk import attempt, desk, only_if, posted
from ocop.web.forms import act
from ocop.web.requests import SignedInRequest

CHANGEABLE = (SittingState.PLANNED, SittingState.OPEN)


class ChooseForm(forms.Form):
    """Which ready dossiers go onto the agenda."""

    dossiers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Hồ sơ"),
        queryset=Dossier.objects.none(),
        to_field_name="code",
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một hồ sơ.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do họp ngay"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=gettext_lazy(
            "Chỉ cần khi có hồ sơ đánh giá lại chưa lấy ý kiến bằng văn bản mà việc phức tạp."
        ),
    )

    def __init__(
        self, *arguments: Any, ready: QuerySet[Dossier], meeting: bool, **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        if not (meeting and ready.filter(kind=Kind.REEVALUATION).exists()):
            del self.fields["reason"]
        self.fields["dossiers"].queryset = ready  # type: ignore[attr-defined]


@desk
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """What is on the agenda, and the dossiers that are ready for it."""
    actor = request.actor
    sitting = get_object_or_404(queries.visible_sittings(actor), code=code)
    require(actor, rules.may_plan_sitting, sitting)
    only_if(sitting.state in CHANGEABLE)
    ready = dossier_queries.ready_for(actor, sitting, timezone.localdate())
    form = ChooseForm(posted(request), ready=ready, meeting=sitting.kind == SittingKind.MEETING)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["dossiers"])
        act(
            form,
            proposing.put_on_agenda,
            actor=actor,
            dossiers=chosen,
            sitting=sitting,
            reason=form.cleaned_data.get("reason", ""),
            at=timezone.now(),
        )
        if not form.errors:
            messages.success(request, _("Đã đưa %d hồ sơ vào chương trình.") % len(chosen))
            return redirect("council:agenda", sitting.code)
    context = {
        "sitting": sitting,
        "items": queries.agenda(actor, sitting),
        "ready": ready,
        "form": form,
        "chosen": set(request.POST.getlist("dossiers")),
    }
    return render(request, "council/agenda.html", context)


@require_POST
@desk
def move(request: SignedInRequest, code: str, item: str) -> HttpResponse:
    """Move a case up or down by one place."""
    sitting = get_object_or_404(queries.visible_sittings(request.actor), code=code)
    found = get_object_or_404(
        queries.items_visible_to(request.actor).filter(sitting=sitting), code=item
    )
    place = queries.numbers(request.actor, sitting).get(found.pk, 1)
    step = -1 if "up" in request.POST else 1
    attempt(
        request,
        _("Đã đổi thứ tự."),
        services.move_item,
        actor=request.actor,
        item=found,
        position=max(place + step, 1),
        at=timezone.now(),
    )
    return redirect("council:agenda", sitting.code)
