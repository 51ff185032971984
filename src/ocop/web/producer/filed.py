"""What was filed: snapshots with their differences, and requests to change a filed dossier."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.language import gettext
from ocop.core.refusals import Refused
from ocop.criteria import queries as criteria
from ocop.dossiers import conditions, differences, forms, lifecycle
from ocop.dossiers.models import Snapshot
from ocop.dossiers.services import changes
from ocop.dossiers.services.completing import expect_complete
from ocop.web.forms import act
from ocop.web.producer import reading
from ocop.web.producer.forms import ChangeForm
from ocop.web.producer.guard import own_dossier, producer
from ocop.web.requests import SignedInRequest


@producer
def snapshot(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """A dossier as it was filed, its hash, and what differs from the one before it."""
    dossier = own_dossier(request, code)
    found = get_object_or_404(dossier.snapshots, number=number)
    earlier = dossier.snapshots.filter(number=number - 1).first()
    different = earlier and differences.differences(earlier.content, found.content)
    content = found.content
    worded = criteria.worded(dossier.version)
    context = {
        "dossier": dossier,
        "snapshot": found,
        "earlier": earlier,
        "different": reading.changed(dossier, different) if different else [],
        "pages": [
            (
                gettext(page.title),
                [
                    (gettext(f.label), reading.answered(f, content["answers"].get(f.key)))
                    for f in page.fields
                ],
            )
            for page in forms.pages_for(dossier.kind, dossier.version.sector)
        ],
        "criteria": [
            (
                c,
                content["marks"].get(c.code),
                content["claims"].get(c.code, ""),
                [e for e in content["evidence"] if e["criterion"] == c.code],
            )
            for c in worded.criteria_set.criteria
        ],
        "gates": [
            (gettext(conditions.asked(g)), reading.shown(content["gates"].get(g.id)))
            for g in worded.criteria_set.gates
        ],
    }
    return render(request, "producer/snapshot.html", context)


@producer
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask to change a filed dossier: what differs is shown before it is sent."""
    dossier = own_dossier(request, code)
    if dossier.state not in lifecycle.FILED:
        raise Refused("not_filed", _("Chỉ đề nghị thay đổi khi hồ sơ đã nộp và chưa ra hội đồng."))
    base = dossier.snapshots.order_by("-number").first()
    words = criteria.worded(dossier.version).words
    wanted = request.GET.get("muc", "")
    form = ChangeForm(request.POST or None, dossier=dossier, words=words, wanted=wanted)
    form.initial["base"] = base.number if base else 0
    shown: list[reading.Changed] = []
    if form.is_valid():
        proposed = form.changes()
        read = get_object_or_404(Snapshot, dossier=dossier, number=form.cleaned_data["base"] or 0)
        if "send" in request.POST:
            done = act(
                form,
                changes.ask_change,
                actor=request.actor,
                dossier=dossier,
                base=read,
                proposed=proposed,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
            if done is not None:
                messages.success(request, _("Đã gửi đề nghị thay đổi."))
                return redirect("producer_dossier", code)
        after = differences.apply(read.content, proposed)
        without = {part: read.content[part] for part in differences.PARTS}
        shown = reading.changed(dossier, differences.differences(without, after))
        if not shown:
            form.add_error(None, _("Chưa có gì thay đổi so với hồ sơ đã nộp."))
        elif "send" not in request.POST:
            day = timezone.localdate()
            act(form, expect_complete, dossier=dossier, on=day, proposed=proposed)
    context = {"dossier": dossier, "form": form, "shown": shown, "base": base}
    return render(request, "producer/change.html", context)
