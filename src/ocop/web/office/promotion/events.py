"""Events in the office: the list, one of them, and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import editing, events
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.filters.promotion import TradeEventFilter
from ocop.promotion import lifecycle, queries, rules
from ocop.promotion.meetings import queries as meetings
from ocop.promotion.models import EventApplication, TradeEvent
from ocop.promotion.services import events as services
from ocop.promotion.services import inviting
from ocop.web.happenings import told
from ocop.web.menu import shown
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.promotion import forms
from ocop.web.office.promotion.menu import TABS
from ocop.web.office.promotion.pages import event_or_404, form_page, managed_event, part
from ocop.web.office.promotion.tables import EVENT_LOOKS, TradeEventTable
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an event: its words, its form and service, what it will change."""

    words: Any
    move: str
    form: type[django_forms.Form]
    service: Callable[..., object]
    text: Any
    done: Any
    tone: str = ""

    @property
    def states(self) -> tuple[str, ...]:
        """Where it may be taken; what is no move belongs to an open call."""
        return lifecycle.MOVES[self.move].sources if self.move else (lifecycle.CALLING,)


STEPS = {
    "mo-dang-ky": Step(
        gettext_lazy("Mở đăng ký"),
        "call",
        django_forms.Form,
        services.open_call,
        gettext_lazy("Sự kiện hiện trên trang công khai; chủ thể đăng ký được từ lúc này."),
        gettext_lazy("Đã mở đăng ký."),
        "primary",
    ),
    "dong-dang-ky": Step(
        gettext_lazy("Đóng đăng ký"),
        "close",
        django_forms.Form,
        services.close_call,
        gettext_lazy("Không nhận thêm hồ sơ. Sau đó lựa chọn, xếp gian rồi công bố."),
        gettext_lazy("Đã đóng đăng ký."),
        "primary",
    ),
    "cong-bo": Step(
        gettext_lazy("Công bố kết quả"),
        "publish",
        django_forms.Form,
        services.publish_result,
        gettext_lazy(
            "Mọi hồ sơ đang chờ nhận kết quả: có gian thì được tham gia, không có gian thì nhận lý "
            "do. Danh sách tham gia hiện trên trang công khai."
        ),
        gettext_lazy("Đã công bố kết quả."),
        "primary",
    ),
    "moi-dang-ky": Step(
        gettext_lazy("Báo chủ thể đăng ký"),
        "",
        django_forms.Form,
        inviting.invite,
        gettext_lazy(
            "Chủ thể có sản phẩm đủ hạng sao mà chưa đăng ký nhận tin nhắn mời. Ai đã được báo thì "
            "không nhận lần nữa."
        ),
        gettext_lazy("Đã báo chủ thể."),
    ),
    "ket-thuc": Step(
        gettext_lazy("Kết thúc sự kiện"),
        "finish",
        django_forms.Form,
        services.finish_event,
        gettext_lazy("Sự kiện vào danh sách đã diễn ra; lần tham gia được tính khi xếp gian sau."),
        gettext_lazy("Đã kết thúc sự kiện."),
        "primary",
    ),
    "huy": Step(
        gettext_lazy("Hủy sự kiện"),
        "cancel",
        ReasonForm,
        services.cancel_event,
        gettext_lazy("Người đã đăng ký được báo lý do. Sự kiện đã hủy không mở lại được."),
        gettext_lazy("Đã hủy sự kiện."),
        "danger",
    ),
}


@office
def event_list(request: SignedInRequest) -> HttpResponseBase:
    """Events, the latest first."""
    require(request.actor, rules.may_open_lists)
    rows = queries.with_counts(queries.events_visible_to(request.actor))
    filters = TradeEventFilter(request.GET, queryset=rows)
    may_manage = rules.may_manage(request.actor)
    return listing(
        request,
        table=TradeEventTable(filters.qs, order_by="-starts_on"),
        filters=filters,
        title=_("Sự kiện xúc tiến"),
        template="office/promotion/list.html",
        context={
            "tabs": shown(TABS, request.actor, "office:events"),
            "lead": _("Hội chợ, tuần hàng, hội thảo, kết nối giao thương trong và ngoài tỉnh."),
            "new_address": reverse("office:event_new") if may_manage else "",
            "new_words": _("Lập sự kiện"),
            "empty_text": _("Lập sự kiện, mở đăng ký rồi xếp gian cho chủ thể."),
        },
    )


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One event: when, where, for whom, and how far it is."""
    found, actor = event_or_404(request.actor, code), request.actor
    context = {
        **part(actor, found, "event"),
        "event": queries.with_counts(TradeEvent.objects.filter(pk=found.pk)).get(),
        "organisers": found.organisers.all(),
        "look": EVENT_LOOKS[found.state],  # type: ignore[index]
        "steps": steps_for(actor, found),
        "may_manage": rules.may_manage(actor),
        "alive": found.state in lifecycle.ALIVE,
        "unseated": _unseated(found),
        "unfit": _unfit(found) if rules.may_see_all(actor) else [],
        "known": found.announced_at is not None,
        "deals": _deals(actor, found),
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
    }
    return render(request, "office/promotion/event.html", context)


@office
def new(request: SignedInRequest) -> HttpResponse:
    """Plan an event."""
    require(request.actor, rules.may_manage)
    form = forms.EventForm(request.POST or None)
    if sent(request, form) and (
        made := act_on(request, form, services.plan_event, particulars=form.particulars())
    ):
        messages.success(request, _("Đã lập sự kiện. Lập sơ đồ gian nếu có, rồi mở đăng ký."))
        return redirect("office:event", made.code)
    return form_page(request, form, _("Lập sự kiện"), reverse("office:events"))


@office
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change an event that is to come."""
    found = managed_event(request.actor, code)
    initial = forms.known_event(found) | {"seen": editing.mark(found)}
    form = forms.EventForm(request.POST or None, initial=initial)
    if sent(request, form) and act_on(
        request,
        form,
        services.change_event,
        event=found,
        particulars=form.particulars(),
        seen=form.cleaned_data["seen"],
    ):
        messages.success(request, _("Đã lưu sự kiện."))
        return redirect("office:event", code)
    text = _("Đổi ngày hoặc nơi tổ chức thì người đã đăng ký được báo.")
    return form_page(request, form, _("Sửa: %s") % found.name, _back(found), text=text)


@office
def step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    found, chosen = managed_event(request.actor, code), STEPS.get(step)
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST if request.method == "POST" else None)
    if sent(request, form) and act_on(
        request, form, chosen.service, event=found, **form.cleaned_data
    ):
        messages.success(request, chosen.done)
        return redirect(_back(found))
    return form_page(
        request, form, f"{chosen.words}: {found.name}", _back(found),
        text=chosen.text, action=chosen.words, tone=chosen.tone,
    )  # fmt: skip


def steps_for(actor: Actor, found: TradeEvent) -> list[tuple[str, Any, str]]:
    """The steps that this actor may take now: address, words, tone. Opening a call once more is no
    main step, and an event ends only after its last day."""
    if not rules.may_manage(actor):
        return []
    over, bare = found.ends_on < timezone.localdate(), _unseated(found)
    return [
        (
            reverse("office:event_step", args=[found.code, key]),
            _("Mở đăng ký lại") if again else each.words,
            "" if again or (each.move == "publish" and bare) else each.tone,
        )
        for key, each in STEPS.items()
        if found.state in each.states and (each.move != "finish" or over)
        for again in (each.move == "call" and found.state != lifecycle.PLANNED,)
    ]


def _deals(actor: Actor, found: TradeEvent) -> meetings.Sums | None:
    """What the deals come to that were signed there, those that the actor may know; None where
    nothing can have been signed yet."""
    if found.state not in (lifecycle.PUBLISHED, lifecycle.HELD):
        return None
    if found.starts_on > timezone.localdate():
        return None
    return meetings.sums_of(meetings.deals_visible_to(actor).filter(event=found))


def _unseated(found: TradeEvent) -> bool:
    """Whether booths are to be given and none is: then that is the next thing to do."""
    waits = found.takes_booths and found.state == lifecycle.SELECTING
    return waits and not found.booths.filter(assignment__isnull=False).exists()


def _unfit(found: TradeEvent) -> list[EventApplication]:
    """Who waits or takes part and has no goods left that may come, until the event is over."""
    waits = found.state in (lifecycle.CALLING, lifecycle.SELECTING, lifecycle.PUBLISHED)
    today = timezone.localdate()
    if not waits or found.ends_on < today:
        return []
    rows = found.applications.filter(state__in=(lifecycle.SENT, lifecycle.ACCEPTED))
    told = list(rows.select_related("producer").order_by("producer__folded", "pk"))
    without = queries.unfit(found, told, today)
    return [row for row in told if row.pk in without]


def _back(found: TradeEvent) -> str:
    return reverse("office:event", args=[found.code])
