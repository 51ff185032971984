"""Rounds of meetings in the office: planned, arranged, told, and what the meetings came to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import events
from ocop.core.actions import require
from ocop.core.language import gettext
from ocop.producers.models import Producer
from ocop.promotion import queries as promotion
from ocop.promotion.meetings import queries, rules, timetable
from ocop.promotion.meetings.models import Demand, MeetingRound, Outcome, RoundState
from ocop.promotion.meetings.notices import turn_at
from ocop.promotion.meetings.services import rounds as services
from ocop.promotion.meetings.services.rounds import (
    MOST_MINUTES,
    MOST_TABLES,
    MOST_TURNS,
    Plan,
)
from ocop.promotion.models import EventKind, TradeEvent
from ocop.web.forms import WholeField
from ocop.web.happenings import told
from ocop.web.meeting_forms import words
from ocop.web.meeting_parts import ROUND_LOOKS, turns_of
from ocop.web.office.dossiers.forms import day_field, text_field
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.promotion.meetings.pages import form_page, list_page
from ocop.web.office.promotion.meetings.tables import RoundTable
from ocop.web.office.promotion.tables import gap_words
from ocop.web.requests import SignedInRequest


class RoundForm(django_forms.Form):
    """A round as it is planned."""

    name = words(gettext_lazy("Tên buổi kết nối"), 200)
    event = django_forms.ModelChoiceField(
        label=gettext_lazy("Thuộc sự kiện"), queryset=TradeEvent.objects.none(), required=False,
        to_field_name="code", empty_label=gettext_lazy("Không"),
    )  # fmt: skip
    place = words(gettext_lazy("Nơi tổ chức"), 300)
    day = day_field(gettext_lazy("Ngày"))
    time = django_forms.TimeField(
        label=gettext_lazy("Giờ bắt đầu"), widget=django_forms.TimeInput(attrs={"type": "time"})
    )
    turns = WholeField(
        label=gettext_lazy("Số lượt gặp"), min_value=1, max_value=MOST_TURNS, initial=8
    )
    minutes = WholeField(
        label=gettext_lazy("Mỗi lượt (phút, gồm cả đổi bàn)"), min_value=1,
        max_value=MOST_MINUTES, initial=20,
    )  # fmt: skip
    tables = WholeField(
        label=gettext_lazy("Số bàn"), min_value=1, max_value=MOST_TABLES, initial=10
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        coming = promotion.known_events().filter(ends_on__gte=timezone.localdate())
        meetings = coming.filter(kind__in=(EventKind.TRADE_MEETING, EventKind.FAIR))
        self.fields["event"].queryset = meetings  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """What the service takes."""
        given = dict(self.cleaned_data)
        starts_at = datetime.combine(given.pop("day"), given.pop("time"))
        return Plan(starts_at=timezone.make_aware(starts_at), **given)


class OutcomeForm(django_forms.Form):
    """What a meeting came to."""

    outcome = django_forms.ChoiceField(label=gettext_lazy("Kết quả"), choices=Outcome.choices[1:])
    note = text_field(gettext_lazy("Ghi chú"), 3, required=False, max_length=500)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a round: its words and service, what it will change, where it begins, its form."""

    words: Any
    service: Callable[..., object]
    text: Any
    done: Any
    sources: tuple[str, ...] = (RoundState.PLANNED,)
    form: type[django_forms.Form] = django_forms.Form
    tone: str = "primary"


STEPS: Mapping[str, Step] = {
    "xep-lich": Step(
        gettext_lazy("Xếp lịch gặp"),
        services.arrange_meetings,
        gettext_lazy(
            "Lấy mọi người mua đang muốn gặp chủ thể. Không ai có hai cuộc gặp trong một lượt; số "
            "cuộc gặp là nhiều nhất có thể. Lịch đã xếp trước được thay."
        ),
        gettext_lazy("Đã xếp lịch gặp."),
    ),
    "bao-lich": Step(
        gettext_lazy("Báo lịch gặp"),
        services.tell_meetings,
        gettext_lazy("Chủ thể và người mua nhận lịch của mình. Báo rồi thì lịch không đổi nữa."),
        gettext_lazy("Đã báo lịch gặp."),
    ),
    "huy": Step(
        gettext_lazy("Hủy buổi kết nối"),
        services.cancel_meetings,
        gettext_lazy(
            "Ai đã nhận lịch được báo hủy kèm lý do; lịch rời khỏi trang của họ. Chào hàng và biên "
            "bản, hợp đồng giữ nguyên; hai bên được xếp gặp ở buổi khác."
        ),
        gettext_lazy("Đã hủy buổi kết nối."),
        (RoundState.PLANNED, RoundState.TOLD),
        ReasonForm,
        "danger",
    ),
}


@office
def round_list(request: SignedInRequest) -> HttpResponseBase:
    """Rounds, the latest first."""
    require(request.actor, rules.may_see_all)
    rows = queries.rounds_visible_to(request.actor).annotate(
        held=Count("slots"), agreed=Count("slots", filter=Q(slots__outcome=Outcome.AGREED))
    )
    may_manage = rules.may_manage(request.actor)
    return list_page(
        request,
        "office:meeting_rounds",
        table=RoundTable(rows, order_by="-starts_at"),
        filters=None,
        title=_("Buổi kết nối"),
        context={
            "lead": _("Người mua và chủ thể gặp nhau theo lượt, theo bàn."),
            "new_address": reverse("office:meeting_round_new") if may_manage else "",
            "new_words": _("Lập buổi kết nối"),
            "empty_text": _("Khi người mua đã chọn chào hàng muốn gặp, hãy lập buổi kết nối."),
        },
    )


@office
def new(request: SignedInRequest) -> HttpResponse:
    """Plan a round."""
    require(request.actor, rules.may_manage)
    form = RoundForm(request.POST or None)
    if sent(request, form) and (
        made := act_on(request, form, services.plan_meetings, plan=form.plan())
    ):
        messages.success(request, _("Đã lập buổi kết nối. Hãy xếp lịch gặp."))
        return redirect("office:meeting_round", made.code)
    back = (_("Buổi kết nối"), reverse("office:meeting_rounds"))
    return form_page(request, form, _("Lập buổi kết nối"), back)


@office
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change a round that was not told."""
    found = _managed(request, code)
    begins = timezone.localtime(found.starts_at)
    initial = {
        "name": found.name, "place": found.place, "turns": found.turns, "tables": found.tables,
        "minutes": found.minutes, "day": begins.date(), "time": f"{begins:%H:%M}",
        "event": found.event.code if found.event else "",
    }  # fmt: skip
    form = RoundForm(request.POST or None, initial=initial)
    if sent(request, form) and act_on(
        request, form, services.change_meetings, round=found, plan=form.plan()
    ):
        messages.success(request, _("Đã lưu buổi kết nối."))
        return redirect("office:meeting_round", code)
    text = _("Lịch đã xếp bị bỏ: hãy xếp lại.")
    return form_page(request, form, _("Sửa: %s") % found.name, _back(found), text=text)


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One round: its timetable, who had no place, its steps."""
    found = _found(request, code)
    planned = found.state == RoundState.PLANNED
    manages, arranged = rules.may_manage(request.actor), found.slots.exists()
    waiting = queries.waiting_demands(timezone.localdate())
    context = {
        "round": found,
        "look": ROUND_LOOKS[found.state],  # type: ignore[index]
        "turns": turns_of(found),
        "held": found.slots.count(),
        "left": _left(found),
        "proved": gap_words(found.gap) if found.gap is not None else "",
        "ends_at": turn_at(found, found.turns),
        "steps": [
            (reverse("office:meeting_round_step", args=[code, key]), each.words, each.tone)
            for key, each in STEPS.items()
            if manages and found.state in each.sources and (key != "bao-lich" or arranged)
        ],
        "may_change": planned and manages,
        "may_note": found.state == RoundState.TOLD
        and rules.may_organise(request.actor)
        and found.starts_at <= timezone.now(),
        "waiting": waiting.count() if planned else 0,
        "events": told(events.activity(found)[:100]),
    }
    return render(request, "office/promotion/meetings/round.html", context)


@office
def step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Arrange the meetings, tell them, or call the round off."""
    found, chosen = _managed(request, code), STEPS.get(step)
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST if request.method == "POST" else None)
    if sent(request, form) and act_on(
        request, form, chosen.service, round=found, **form.cleaned_data
    ):
        messages.success(request, chosen.done)
        return redirect("office:meeting_round", code)
    return form_page(
        request, form, f"{chosen.words}: {found.name}", _back(found), text=chosen.text,
        action=chosen.words, tone=chosen.tone,
    )  # fmt: skip


@office
def note(request: SignedInRequest, code: str, turn: int, table: int) -> HttpResponse:
    """Note what a meeting came to; turn and table count from 1, as on the page."""
    found = _found(request, code)
    require(request.actor, rules.may_organise)
    rows = queries.slots_of(found).select_related("round")
    slot = get_object_or_404(rows, turn=turn - 1, table=table - 1)
    initial = {"outcome": slot.outcome, "note": slot.note}
    form = OutcomeForm(request.POST or None, initial=initial)
    if sent(request, form) and act_on(
        request, form, services.note_meeting, slot=slot, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi kết quả."))
        return redirect("office:meeting_round", code)
    title = _("Kết quả: %(buyer)s và %(maker)s") % {
        "buyer": slot.host.buyer,
        "maker": slot.producer.name,
    }
    return form_page(request, form, title, _back(found))


def _left(found: MeetingRound) -> list[tuple[str, str, str]]:
    """The pairs for which there was no place: buyer, producer, why."""
    buyers = dict(
        Demand.objects.filter(code__in=[row[0] for row in found.left]).values_list("code", "buyer")
    )
    makers = dict(
        Producer.objects.filter(code__in=[row[1] for row in found.left]).values_list("code", "name")
    )
    return [
        (buyers[code], makers[maker], gettext(timetable.FULL_WORDS[timetable.Full(why)]))
        for code, maker, why in found.left
    ]


def _found(request: SignedInRequest, code: str) -> MeetingRound:
    require(request.actor, rules.may_see_all)
    return get_object_or_404(queries.rounds_visible_to(request.actor), code=code)


def _managed(request: SignedInRequest, code: str) -> MeetingRound:
    found = _found(request, code)
    require(request.actor, rules.may_manage)
    return found


def _back(found: MeetingRound) -> tuple[Any, str]:
    return found.name, reverse("office:meeting_round", args=[found.code])
