"""Demands for everybody: the list, one demand, the form, and the page that a buyer's link opens.

A buyer has no account. Who holds the link of the letter acts as the buyer: the address is theirs.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from ocop.core.actor import SYSTEM
from ocop.filters.meetings import PublicDemandFilter
from ocop.promotion.meetings import explaining, links, queries, states
from ocop.promotion.meetings.models import Demand
from ocop.promotion.meetings.services import demands as services
from ocop.promotion.meetings.services import offers
from ocop.web import languages, limits
from ocop.web.forms import act
from ocop.web.meeting_forms import DemandForm, ExtendForm
from ocop.web.meeting_parts import demand_look, demand_words, told_offer
from ocop.web.office.dossiers.forms import text_field
from ocop.web.requests import Request
from ocop.web.tables import chips

PAGE = 24
_MOST_SENT, _MOST_OPENED = "5/h/ip", "120/h/ip"
_TRAP = "website"  # a field that people do not see


class PublicDemandForm(DemandForm):
    """The form for everybody, with a field that only a program fills."""

    website = forms.CharField(
        label=gettext_lazy("Để trống ô này"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )


class ClosingForm(forms.Form):
    """Why a demand is over."""

    reason = text_field(gettext_lazy("Lý do kết thúc"), 2, max_length=500)


def demand_list(request: Request) -> HttpResponse:
    """What buyers look for today, the latest first; no way to reach them stands here."""
    rows = queries.open_demands(timezone.localdate())
    filters = PublicDemandFilter(request.GET, queryset=rows, public=True)
    found = Paginator(filters.qs.order_by("-opened_at", "-pk"), PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "chips": chips(request, filters),
        "problems": filters.problem_lines,
        "page": page,
        "rows": [(row, explaining.season_words(row.months)) for row in page],
        "total": found.count,
    }
    return render(request, "public/demands.html", context)


def demand(request: Request, code: str) -> HttpResponse:
    """One demand. Producers offer after they signed in."""
    found = get_object_or_404(queries.open_demands(timezone.localdate()), code=code)
    context = {"demand": found, "season": explaining.season_words(found.months)}
    return render(request, "public/demand.html", context)


@never_cache
def new(request: Request) -> HttpResponse:
    """The form; then the page that says to look for the letter."""
    form = PublicDemandForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data[_TRAP] or not limits.may_go_on(request, "demand", _MOST_SENT):
            form.add_error(None, _("Chưa gửi được. Hãy thử lại sau một giờ hoặc gọi Văn phòng."))
        elif act(
            form, services.post_demand, actor=SYSTEM, told=form.told(), at=timezone.now()
        ):  # the system stands for the public, who has no account
            return redirect(languages.carried(request, reverse("demand_sent")))
    status = 422 if form.errors else 200
    return render(request, "public/demand_form.html", {"form": form}, status=status)


def sent(request: Request) -> HttpResponse:
    """A demand was sent: its letter is under way. Loaded again it sends nothing."""
    return render(request, "public/demand_sent.html")


@never_cache
def own(request: Request, code: str, secret: str) -> HttpResponse:
    """The buyer's own page: confirm, look at offers, say whom one wants to meet, end it."""
    allowed = limits.may_go_on(request, "demand_link", _MOST_OPENED)
    found = links.by_link(code, secret) if allowed else None
    if found is None:
        raise Http404
    closing = ClosingForm(request.POST if request.POST.get("act") == "close" else None)
    extending = ExtendForm(request.POST if request.POST.get("act") == "extend" else None)
    doing = _BY_BUYER.get(request.POST.get("act", ""))
    form = extending if extending.is_bound else closing
    if request.method == "POST" and doing is not None and doing(request, found, form):
        return redirect(languages.carried(request, links.path_of(found)))
    found.refresh_from_db()
    rows = found.offers.select_related("product", "producer").exclude(state=states.WITHDRAWN)
    context = {
        "demand": found,
        "season": explaining.season_words(found.months),
        "state_words": demand_words(found),
        "look": demand_look(found),
        "offers": [told_offer(row) for row in rows],
        "alive": found.state in states.ALIVE,
        "over": found.standing(timezone.localdate()) == states.OVER,
        "form": closing,
        "extending": extending,
    }
    status = 422 if closing.errors or extending.errors else 200
    # The address holds the secret: no other site is told where one came from (settings).
    return render(request, "public/demand_own.html", context, status=status)


def _confirm(request: HttpRequest, found: Demand, _form: forms.Form) -> bool:
    done = _done(services.confirm_demand, demand=found)
    if done:
        messages.success(request, _("Đã xác nhận. Văn phòng xem rồi đăng nhu cầu của bạn."))
    return True


def _judge(request: HttpRequest, found: Demand, _form: forms.Form) -> bool:
    offer = get_object_or_404(found.offers, code=request.POST.get("offer", ""))
    wanted = request.POST.get("act") == "want"
    if _done(offers.judge_offer, offer=offer, wanted=wanted):
        messages.success(request, _("Đã ghi trả lời của bạn; chủ thể được báo."))
    return True


def _close(_request: HttpRequest, found: Demand, form: forms.Form) -> bool:
    if not form.is_valid():
        return False
    closed = act(
        form, services.close_demand, actor=SYSTEM, demand=found,
        reason=form.cleaned_data["reason"], at=timezone.now(),
    )  # fmt: skip
    return closed is not None


def _extend(request: HttpRequest, found: Demand, form: forms.Form) -> bool:
    if not form.is_valid():
        return False
    extended = act(
        form, services.extend_demand, actor=SYSTEM, demand=found, at=timezone.now(),
        **form.cleaned_data,
    )  # fmt: skip
    if extended is not None:
        messages.success(request, _("Đã gia hạn nhu cầu."))
    return extended is not None


_BY_BUYER: Mapping[str, Callable[[HttpRequest, Demand, forms.Form], bool]] = {
    "confirm": _confirm,
    "want": _judge,
    "decline": _judge,
    "close": _close,
    "extend": _extend,
}


def _done(service: Callable[..., Any], **told: Any) -> bool:
    """Act as the buyer; what was done before is not done twice, and the page says how it stands."""
    return act(forms.Form({}), service, actor=SYSTEM, at=timezone.now(), **told) is not None
