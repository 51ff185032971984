"""Demands in the office: the list, one with what fits it and what was offered, its steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import events
from ocop.core.actions import require
from ocop.filters.meetings import DemandFilter
from ocop.promotion.meetings import explaining, queries, rules, states
from ocop.promotion.meetings.models import Demand, DemandOffer
from ocop.promotion.meetings.services import demands as services
from ocop.promotion.meetings.services import offers
from ocop.web.happenings import told
from ocop.web.meeting_forms import ExtendForm, OfficeDemandForm
from ocop.web.meeting_parts import demand_look, demand_words, told_offer
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.promotion.meetings.pages import form_page, list_page, may_open
from ocop.web.office.promotion.meetings.tables import DemandTable
from ocop.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a demand: its words, its move (none: whenever it is alive), its form and service,
    what it will change."""

    words: Any
    move: str
    form: type[django_forms.Form]
    service: Callable[..., object]
    text: Any
    done: Any
    tone: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The states in which it may be taken."""
        return states.MOVES[self.move].sources if self.move else states.ALIVE


STEPS: Mapping[str, Step] = {
    "xac-nhan": Step(
        gettext_lazy("Xác nhận thay người mua"),
        "confirm",
        django_forms.Form,
        services.confirm_demand,
        gettext_lazy("Dùng khi đã gọi điện và người mua nói đúng là họ gửi nhu cầu này."),
        gettext_lazy("Đã xác nhận nhu cầu."),
    ),
    "dang": Step(
        gettext_lazy("Đăng nhu cầu"),
        "publish",
        django_forms.Form,
        services.publish_demand,
        gettext_lazy(
            "Nhu cầu hiện trên trang công khai, không kèm cách liên hệ. Chủ thể có sản phẩm phù "
            "hợp được báo."
        ),
        gettext_lazy("Đã đăng nhu cầu."),
        "primary",
    ),
    "tu-choi": Step(
        gettext_lazy("Không đăng"),
        "refuse",
        ReasonForm,
        services.refuse_demand,
        gettext_lazy("Người mua nhận lý do qua thư."),
        gettext_lazy("Đã ghi không đăng."),
        "danger",
    ),
    "gia-han": Step(
        gettext_lazy("Gia hạn nhu cầu"),
        "",
        ExtendForm,
        services.extend_demand,
        gettext_lazy(
            "Dùng khi người mua còn tìm hàng. Nhu cầu đã đăng nhận chào hàng đến ngày này."
        ),
        gettext_lazy("Đã gia hạn nhu cầu."),
    ),
    "ket-thuc": Step(
        gettext_lazy("Kết thúc nhu cầu"),
        "close",
        ReasonForm,
        services.close_demand,
        gettext_lazy("Nhu cầu rời trang công khai; chủ thể đã chào hàng được báo lý do."),
        gettext_lazy("Đã kết thúc nhu cầu."),
    ),
}
_ANSWERS = {"muon-gap": True, "chua-chon": False}


@office
def demand_list(request: SignedInRequest) -> HttpResponseBase:
    """Demands, the latest first."""
    may_open(request)
    rows = queries.demands_visible_to(request.actor, timezone.localdate())
    filters = DemandFilter(request.GET, queryset=queries.with_offers(rows))
    may_manage = rules.may_manage(request.actor)
    return list_page(
        request,
        "office:demands",
        table=DemandTable(filters.qs, order_by="-sent_at"),
        filters=filters,
        title=_("Nhu cầu mua"),
        context={
            "lead": _("Người mua cần gì, ai chào hàng, ai muốn gặp ai."),
            "new_address": reverse("office:demand_new") if may_manage else "",
            "new_words": _("Ghi nhu cầu"),
            "empty_text": _("Người mua gửi nhu cầu ở trang công khai; văn phòng ghi hộ được."),
        },
    )


@office
def new(request: SignedInRequest) -> HttpResponse:
    """Enter a demand of a buyer one has spoken with."""
    require(request.actor, rules.may_manage)
    form = OfficeDemandForm(request.actor, request.POST or None)
    if sent(request, form) and (
        made := act_on(request, form, services.post_demand, told=form.told(), by_office=True)
    ):
        messages.success(request, _("Đã ghi nhu cầu. Xem lại rồi đăng."))
        return redirect("office:demand", made.code)
    text = _("Chỉ ghi nhu cầu của người mua mà văn phòng đã liên hệ.")
    return form_page(request, form, _("Ghi nhu cầu"), _list(), text=text)


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One demand: what is wanted, what was offered, what else would fit, activity."""
    found = _found(request, code)
    today = timezone.localdate()
    sees_all = rules.may_see_all(request.actor)
    offered = queries.offers_visible_to(request.actor).filter(demand=found)
    taken = {row.product_id for row in offered if row.state != states.WITHDRAWN}
    standing = found.standing(today)
    over = standing in (states.REFUSED, states.OVER)
    fitting = queries.fitting_for(found, request.actor, today) if not over else []
    context = {
        "demand": found,
        "season": explaining.season_words(found.months),
        "state_words": demand_words(found),
        "look": demand_look(found),
        "steps": _steps(request, found),
        "sees_all": sees_all,
        "may_answer": rules.may_manage(request.actor) and standing == states.OPEN,
        "may_record": rules.may_manage(request.actor),
        "offers": [
            told_offer(row) | {"may_withdraw": _may_withdraw(request, row)} for row in offered
        ],
        "may_help": rules.may_help(request.actor)
        and bool(queries.goods_to_offer(found, fitting, request.actor, today)),
        "matches": [
            (each, explaining.words_of(each.match.reasons))
            for each in fitting
            if each.product.pk not in taken
        ],
        "public": queries.open_demands(today).filter(pk=found.pk).exists(),
        "events": told(events.activity(found)[:100]),
    }
    return render(request, "office/promotion/meetings/demand.html", context)


@office
def step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    found, chosen = _found(request, code), STEPS.get(step)
    require(request.actor, rules.may_manage)
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST if request.method == "POST" else None)
    if sent(request, form) and act_on(
        request, form, chosen.service, demand=found, **form.cleaned_data
    ):
        messages.success(request, chosen.done)
        return redirect("office:demand", code)
    return form_page(
        request, form, f"{chosen.words}: {found.wanted}", _back(found),
        text=chosen.text, action=chosen.words, tone=chosen.tone,
    )  # fmt: skip


@office
def offer_step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Note what the buyer said of an offer."""
    may_open(request)
    row: DemandOffer = get_object_or_404(queries.offers_visible_to(request.actor), code=code)
    require(request.actor, rules.may_manage)
    if step not in _ANSWERS:
        raise Http404
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    if sent(request, form) and act_on(
        request, form, offers.judge_offer, offer=row, wanted=_ANSWERS[step]
    ):
        messages.success(request, _("Đã ghi trả lời của người mua."))
        return redirect("office:demand", row.demand.code)
    title = _("Người mua muốn gặp: %s") if _ANSWERS[step] else _("Người mua chưa chọn: %s")
    text = _("Chủ thể được báo. Muốn gặp thì hai bên thấy cách liên hệ và được xếp lịch gặp.")
    return form_page(
        request, form, title % row.producer.name, _back(row.demand), text=text,
        action=_("Ghi trả lời"),
    )  # fmt: skip


def _may_withdraw(request: SignedInRequest, row: DemandOffer) -> bool:
    stands = row.state != states.WITHDRAWN
    return stands and rules.may_withdraw(request.actor, row, timezone.localdate())


def _steps(request: SignedInRequest, found: Demand) -> list[tuple[str, Any, str]]:
    """The steps that may be taken now: address, words, tone."""
    if not rules.may_manage(request.actor):
        return []
    over = found.open_until < timezone.localdate()
    return [
        (reverse("office:demand_step", args=[found.code, key]), each.words, each.tone)
        for key, each in STEPS.items()
        if found.state in each.sources and not (each.move == "publish" and over)
    ]


def _found(request: SignedInRequest, code: str) -> Demand:
    may_open(request)
    rows = queries.demands_visible_to(request.actor, timezone.localdate())
    return get_object_or_404(rows, code=code)


def _list() -> tuple[Any, str]:
    return _("Nhu cầu mua"), reverse("office:demands")


def _back(found: Demand) -> tuple[Any, str]:
    return found.wanted, reverse("office:demand", args=[found.code])
