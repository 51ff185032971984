"""Applications for an event in the office: the list, one of them, and what is done with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import events
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.language import gettext
from ocop.filters.promotion import EventApplicationFilter
from ocop.promotion import conditions, lifecycle, queries, rules
from ocop.promotion.days.models import BoothDay
from ocop.promotion.days.rules import may_serve_booth
from ocop.promotion.explaining import points_words
from ocop.promotion.models import EventApplication, TradeEvent
from ocop.promotion.priority import Part
from ocop.promotion.services import applying, plans
from ocop.web.booth_days import numbered
from ocop.web.happenings import told
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.promotion import forms
from ocop.web.office.promotion.pages import application_or_404, event_or_404, form_page, part
from ocop.web.office.promotion.tables import (
    APPLICATION_LOOKS,
    EventApplicationTable,
    square_metres,
)
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

_STANDS = (lifecycle.SENT, lifecycle.ACCEPTED)
_CHOOSING = (lifecycle.SELECTING, lifecycle.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done with an application: who, when, by which form and service."""

    words: Any
    may: Callable[[Actor, EventApplication], bool]
    when: Callable[[EventApplication], bool]
    form: Callable[[EventApplication, Any], django_forms.Form]
    service: Callable[..., object]
    text: Any
    done: Any
    tone: str = ""


def _manages(actor: Actor, _row: EventApplication) -> bool:
    return rules.may_manage(actor)


def _organises(actor: Actor, _row: EventApplication) -> bool:
    return rules.may_organise(actor)


def _acts_for(actor: Actor, row: EventApplication) -> bool:
    return rules.may_act_for(actor, row, timezone.localdate())


def _reason(_row: EventApplication, data: Any) -> django_forms.Form:
    return ReasonForm(data)


def _nothing(_row: EventApplication, data: Any) -> django_forms.Form:
    return django_forms.Form(data)


def _alive(row: EventApplication, *states: str) -> bool:
    return row.state in states and row.event.state in lifecycle.ALIVE


STEPS = {
    "xep-gian": Step(
        gettext_lazy("Xếp gian"),
        _organises,
        lambda row: row.state in _STANDS and row.event.state in _CHOOSING
        and row.event.takes_booths,
        lambda row, data: forms.BoothForm(row.event, data),
        plans.assign_booth,
        gettext_lazy("Gian xếp tay được giữ nguyên khi xếp tự động lần sau."),
        gettext_lazy("Đã xếp gian."),
        "primary",
    ),
    "bo-xep": Step(
        gettext_lazy("Bỏ xếp gian"),
        _organises,
        lambda row: hasattr(row, "assignment") and row.event.state in _CHOOSING,
        _nothing,
        plans.clear_booth,
        gettext_lazy("Gian này trống và xếp được cho hồ sơ khác."),
        gettext_lazy("Đã bỏ xếp gian."),
    ),
    "tu-choi": Step(
        gettext_lazy("Từ chối"),
        _manages,
        lambda row: _alive(row, *_STANDS),
        _reason,
        applying.refuse_application,
        gettext_lazy("Chủ thể nhận lý do ngay; gian đã xếp được trả lại."),
        gettext_lazy("Đã từ chối hồ sơ."),
        "danger",
    ),
    "nhan-lai": Step(
        gettext_lazy("Nhận lại"),
        _manages,
        lambda row: _alive(row, lifecycle.REFUSED),
        _reason,
        applying.readmit_application,
        gettext_lazy("Hồ sơ được xét lại; sau khi đã công bố thì được tham gia ngay."),
        gettext_lazy("Đã nhận lại hồ sơ."),
    ),
    "rut": Step(
        gettext_lazy("Rút hộ chủ thể"),
        _acts_for,
        lambda row: _alive(row, *_STANDS) and row.event.starts_on > timezone.localdate(),
        _reason,
        applying.withdraw_application,
        gettext_lazy("Chủ thể thôi tham gia; gian đã xếp được trả lại."),
        gettext_lazy("Đã rút hồ sơ."),
        "danger",
    ),
}  # fmt: skip


@office
def application_list(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Applications for an event, as far as the actor may know them."""
    found = event_or_404(request.actor, code)
    rows = queries.applications_visible_to(request.actor).filter(event=found)
    filters = EventApplicationFilter(
        request.GET, queryset=rows.annotate(goods_count=Count("goods"))
    )
    chosen = found.takes_booths and _chosen_is_told(request.actor, found)
    return listing(
        request,
        table=EventApplicationTable(filters.qs, booths=chosen, order_by="sent_at"),
        filters=filters,
        title=_("Hồ sơ: %s") % found.name,
        template="office/promotion/applications.html",
        context={
            **part(request.actor, found, "event_applications"),
            "known": found.state in (lifecycle.PUBLISHED, lifecycle.HELD),
            "sees_all": rules.may_see_all(request.actor),
            "empty_text": _("Chưa có chủ thể nào đăng ký."),
        },
    )


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One application: its goods held against the conditions, points, booth, activity."""
    row = application_or_404(request.actor, code)
    kept = {each.product_id: each for each in row.goods.all()}
    context = {
        "row": row,
        "event": row.event,
        "told": _chosen_is_told(request.actor, row.event),
        "look": APPLICATION_LOOKS[row.state],  # type: ignore[index]
        "area": square_metres(row.area),
        "goods": [
            (
                each,
                kept[each.product.pk],
                ", ".join(gettext(conditions.WORDS[x]) for x in each.lacks),
            )
            for each in queries.goods_of(row, timezone.localdate())
        ],
        "points": points_words(_points(row)),
        "steps": steps_for(request.actor, row),
        "days": _days(request.actor, row),
        "may_record": row.state == lifecycle.ACCEPTED
        and row.event.starts_on <= timezone.localdate()
        and _acts_for(request.actor, row),
        "events": told(events.activity(row)[:100]),
    }
    return render(request, "office/promotion/application.html", context)


@office
def step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    row, chosen = application_or_404(request.actor, code), STEPS.get(step)
    if chosen is None:
        raise Http404
    require(request.actor, chosen.may, row)
    back = reverse("office:event_application", args=[code])
    form = chosen.form(row, request.POST if request.method == "POST" else None)
    if sent(request, form) and act_on(
        request, form, chosen.service, application=row, **form.cleaned_data
    ):
        messages.success(request, chosen.done)
        return redirect(back)
    return form_page(
        request, form, f"{chosen.words}: {row.producer.name}", back, event=row.event,
        text=chosen.text, action=chosen.words, tone=chosen.tone,
    )  # fmt: skip


def _points(row: EventApplication) -> Sequence[Part]:
    """The points by which it was chosen, or what they would be today."""
    if row.points_told:
        return [Part(key, points) for key, points in row.points_told]
    return queries.points_of(row.event, [row], timezone.localdate())[row.pk]


def _days(actor: Actor, row: EventApplication) -> list[tuple[int, date, BoothDay | None]]:
    """The days of which this actor may tell what the booth sold, with what was told."""
    today = timezone.localdate()
    return numbered(row, today) if may_serve_booth(actor, row, today) else []


def _chosen_is_told(actor: Actor, event: TradeEvent) -> bool:
    """Whether an actor may know what was chosen: before the result only who chooses does."""
    return rules.may_see_all(actor) or event.state in (lifecycle.PUBLISHED, lifecycle.HELD)


def steps_for(actor: Actor, row: EventApplication) -> list[tuple[str, Any, str]]:
    """The steps that this actor may take now: address, words, tone."""
    return [
        (reverse("office:event_application_step", args=[row.code, key]), each.words, each.tone)
        for key, each in STEPS.items()
        if each.may(actor, row) and each.when(row)
    ]
