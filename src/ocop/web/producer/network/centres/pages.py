"""The centres that one keeps: their numbers and ties, applied for and assessed anew."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.network.centres import queries
from ocop.network.centres.models import CentreState, DesignCentre
from ocop.network.centres.services.assessing import reassess_centre
from ocop.network.centres.services.centres import apply_centre, set_centre_ties
from ocop.places import queries as places
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.network.centres import forms, looks, register
from ocop.web.producer.guard import producer
from ocop.web.requests import SignedInRequest


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """The centres one keeps, and those of one's producers, with what waits."""
    today = timezone.localdate()
    rows = queries.own(request.actor, today).select_related("commune").order_by("folded", "pk")
    found = [(row, looks.state_tag(row), queries.awaited(row, today)) for row in rows]
    makers = list(producers.own(request.actor, on=today).order_by("folded"))
    context = {"centres": found, "makers": makers, "title": _("Trung tâm của tôi")}
    return render(request, "producer/centres/centres.html", context)


@producer
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One centre: the months to tell, its numbers and ties."""
    found, today = kept(request, code), timezone.localdate()
    context = register.shown_of(request, found)
    told = {row.month: row for row in context["months"]}
    waiting = context["awaited"]
    context["lines_of_months"] = [
        (month, told.get(month), month in waiting) for month in queries.tellable(found, today)
    ]
    context["may_change"] = found.state in (CentreState.APPLIED, CentreState.RECOGNISED)
    context["may_again"] = (
        found.state == CentreState.RECOGNISED and queries.open_assessment(found) is None
    )
    return render(request, "producer/centres/centre.html", context)


@producer
def new(request: SignedInRequest, maker: str) -> HttpResponse:
    """A producer proposes a centre of its own."""
    rows = producers.own(request.actor, on=timezone.localdate())
    found = get_object_or_404(rows, code=maker)
    form = forms.CentreForm(posted(request), initial=_begun(found))
    if sent(request, form):
        given = {"particulars": form.particulars(), "told": form.numbers(), "producer": found}
        if made := act_on(request, form, apply_centre, **given):
            messages.success(request, _("Đã gửi đề nghị. Văn phòng sẽ kiểm tra tại chỗ."))
            return redirect("producer_centre", made.code)
    title = _("Đề nghị công nhận trung tâm thiết kế sáng tạo")
    return shown(request, form, title, reverse("producer_centres"), action=_("Gửi đề nghị"))


@producer
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a centre, and its numbers until the council has them."""
    found = kept(request, code)
    form = register.change_form(request, found)
    if register.changed(request, form, found):
        messages.success(request, _("Đã lưu trung tâm."))
        return redirect("producer_centre", code)
    return shown(request, form, _("Sửa %s") % found.name, back_to(code))


@producer
def ties(request: SignedInRequest, code: str) -> HttpResponse:
    """Say to which products and villages a centre is tied."""
    found = kept(request, code)
    form = forms.TiesForm(request.actor, posted(request), initial=forms.ties_known(found))
    if sent(request, form) and act_on(
        request, form, set_centre_ties, centre=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi sản phẩm và làng nghề gắn với trung tâm."))
        return redirect("producer_centre", code)
    return shown(request, form, _("Gắn sản phẩm, làng nghề"), back_to(code))


@producer
def again(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask to be assessed anew, with the numbers of today."""
    found = kept(request, code)
    row = found.visits.first() or found.assessments.first()
    form = forms.NumbersForm(posted(request), initial=forms.numbers_known(row))
    if sent(request, form) and act_on(
        request, form, reassess_centre, centre=found, told=form.numbers()
    ):
        messages.success(request, _("Đã đề nghị đánh giá lại. Văn phòng sẽ kiểm tra tại chỗ."))
        return redirect("producer_centre", code)
    title = _("Đề nghị đánh giá lại")
    return shown(request, form, title, back_to(code), action=_("Gửi đề nghị"))


def kept(request: SignedInRequest, code: str) -> DesignCentre:
    """A centre whose months the actor tells; 404 for others."""
    rows = queries.kept_by(request.actor, timezone.localdate())
    return get_object_or_404(rows.select_related("commune", "unit", "producer"), code=code)


def _begun(maker: Producer) -> dict[str, Any]:
    commune = places.key_of(maker.commune) if maker.commune else ""
    return {"operator": maker.name, "address": maker.address, "commune": commune}


def back_to(code: str) -> str:
    """The page of a centre."""
    return reverse("producer_centre", args=[code])


def shown(
    request: SignedInRequest, form: Any, title: str, cancel: str, **more: Any
) -> HttpResponse:
    """The page of a form of a centre."""
    context = {"form": form, "title": title, "cancel": cancel, "action": _("Lưu"), **more}
    return render(request, "producer/centres/form.html", context)
