"""What does not fit together in the scans: the list, one signal, and what may be done with it."""

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

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.language import gettext as kernel
from ocop.filters.scans import SignalFilter
from ocop.people.models import User
from ocop.traceability.models import ScanSignal, StampException
from ocop.traceability.rules import may_lift_exception
from ocop.traceability.scans import lifecycle, queries, rules, services
from ocop.traceability.scans.suspicion import MEANING, Rule
from ocop.web.forms import act
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.dossiers.steps import posted, sent
from ocop.web.office.guard import office
from ocop.web.office.traceability import scan_tables, signal_forms, signal_looks
from ocop.web.office.traceability.lists import listed
from ocop.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its move, its form and service, and what it changes."""

    move: str
    form: type[django_forms.Form]
    service: Callable[..., object]
    text: Any = ""
    done: Any = ""
    tone: str = ""


STEPS: Mapping[str, Step] = {
    "nhan": Step(
        "take",
        django_forms.Form,
        services.take_signal,
        gettext_lazy("Mọi người thấy bạn đang xem xét nghi vấn này."),
        gettext_lazy("Đã nhận xem xét."),
        "primary",
    ),
    "ket-luan": Step(
        "close",
        signal_forms.ConclusionForm,
        services.close_signal,
        gettext_lazy("Nghi vấn chỉ được báo lại khi con số đếm được tăng gấp đôi."),
        gettext_lazy("Đã ghi kết luận."),
        "primary",
    ),
    "ghi-chu": Step(
        "note",
        signal_forms.NoteForm,
        services.note_signal,
        gettext_lazy("Ghi chú nằm trong phần “Đã diễn ra”, cán bộ và thanh tra đọc được."),
        gettext_lazy("Đã ghi chú."),
    ),
    "nghi-ngo": Step(
        "suspect",
        signal_forms.SuspectForm,
        services.suspect_stamp,
        gettext_lazy("Từ lúc này, ai quét tem đều đọc thấy tem đang bị nghi ngờ."),
        gettext_lazy("Đã ghi tem nghi ngờ."),
        "danger",
    ),
    "xem-lai": Step(
        "reopen",
        signal_forms.AgainForm,
        services.reopen_signal,
        gettext_lazy("Kết luận trước được giữ trong phần “Đã diễn ra”."),
        gettext_lazy("Đã mở lại."),
    ),
}


@office
def index(request: SignedInRequest) -> HttpResponseBase:
    """Signals, the latest first."""
    require(request.actor, rules.may_see_signals)
    filters = SignalFilter(request.GET, queryset=queries.signals_visible_to(request.actor))
    return listed(
        request,
        "office:signals",
        _("Nghi vấn từ lượt quét"),
        scan_tables.SignalTable(filters.qs, order_by="-last_at"),
        filters,
        lead=_(
            "Quy tắc chỉ báo điều không khớp, chưa nói ai sai. Người kiểm tra xem xét rồi kết luận."
        ),
    )


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """What a rule caught, what is known of the stamp, and what was done."""
    found = _find(request.actor, code)
    stamp = queries.stamp_of(found)
    by = User.objects.filter(pk=found.taken_by or 0).first()
    mark = queries.mark_of(found)
    context = {
        "signal": found,
        "told": signal_looks.told(found),
        "meaning": kernel(MEANING[Rule(found.rule)]),
        "state": signal_looks.state_tag(found.state),
        "finding": signal_looks.finding_tag(found.finding),
        "steps": steps_for(request.actor, found),
        "stamp": stamp,
        "marked": mark is not None,
        "lift": _lift(request.actor, mark),
        **signal_looks.named(found),
        "places": signal_looks.places_of(stamp.places_seen) if stamp else "",
        "taken_by": by.name if by else "",
        "others": [
            (s, signal_looks.told(s), signal_looks.place_of(s))
            for s in queries.others_about(found)[:10]
        ],
        "events": signal_looks.history(found),
    }
    return render(request, "office/traceability/signal.html", context)


@office
def step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    found, chosen = _find(request.actor, code), STEPS.get(step)
    if chosen is None:
        raise Http404
    require(request.actor, rules.may_handle_signals)
    back = signal_looks.link(found)
    reason = why_not(lifecycle.target, chosen.move, found.state)
    if reason and request.method != "POST":
        return turned_back(request, reason, back)
    form = chosen.form(posted(request))
    if sent(request, form):
        more = {"signal": found, "actor": request.actor, "at": timezone.now()}
        if act(form, chosen.service, **form.cleaned_data, **more):
            messages.success(request, chosen.done)
            return redirect(back)
    context = {
        "form": form,
        "title": kernel(lifecycle.MOVES[chosen.move].words),
        "text": chosen.text,
        "name": str(found.get_rule_display()),
        "tone": chosen.tone,
        "back": back,
    }
    return render(request, "office/traceability/signal_step.html", context)


def steps_for(actor: Actor, signal: ScanSignal) -> list[tuple[str, Any, str]]:
    """The steps that this actor may do now: address, words, tone; the first is the usual one."""
    if not (actor.is_system or rules.may_handle_signals(actor)):
        return []
    found = [
        (key, each)
        for key, each in STEPS.items()
        if signal.state in lifecycle.MOVES[each.move].sources and _applies(each, signal)
    ]
    return [
        (
            reverse("office:signal_step", args=[signal.code, key]),
            kernel(lifecycle.MOVES[each.move].words),
            "" if each.tone == "primary" and place else each.tone,
        )
        for place, (key, each) in enumerate(found)
    ]


def _applies(each: Step, signal: ScanSignal) -> bool:
    """A stamp is marked only where the signal is about one, and once."""
    if each.move != "suspect":
        return True
    known = signal.number is not None and signal.order_id is not None
    return known and queries.mark_of(signal) is None


def _lift(actor: Actor, mark: StampException | None) -> str:
    """Where a mark is taken back, for who may."""
    if mark is None or not may_lift_exception(actor, mark.kind):
        return ""
    return reverse("office:stamp_lift", args=[mark.order.code, mark.pk])


def _find(actor: Actor, code: str) -> ScanSignal:
    """A signal that an actor may read; others do not learn that there is one."""
    found: ScanSignal = get_object_or_404(queries.signals_visible_to(actor), code=code)
    return found
