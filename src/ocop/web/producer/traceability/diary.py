"""The producer's diary: noting a step, what was noted, and what was noted wrongly."""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.filters.traceability import TraceEventFilter
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.traceability import balance, chronicle, queries, rules
from ocop.traceability import diary as steps
from ocop.traceability.diary import Step
from ocop.traceability.models import Lot, Material, Site, TraceEvent
from ocop.traceability.services import noting
from ocop.web import trace_events
from ocop.web.forms import act
from ocop.web.office.traceability.event_tables import EventTable
from ocop.web.producer.guard import producer
from ocop.web.producer.traceability.note_forms import NoteForm, Offer, WrongForm
from ocop.web.producer.traceability.pages import posted, tabs
from ocop.web.requests import SignedInRequest
from ocop.web.tables import chips, listing

SHOWN = 50  # entries on a page
_RECENT = timedelta(days=400)  # lots and materials to choose from
_MOST_NAMED = 10  # lots in a sentence
_MOST_OFFERED = 400  # of each: a form holds a thousand fields


@producer
def index(request: SignedInRequest) -> HttpResponseBase:
    """What may be noted, and what was noted: by pages, searched, and as a workbook."""
    own = producers.own(request.actor)
    rows = TraceEvent.objects.filter(producer__in=own.values("pk"), declares=None)
    rows = rows.select_related("site", "producer")
    filters = TraceEventFilter(request.GET, queryset=rows, request=request)
    if request.GET.get("format") == "xlsx" and not filters.problem_lines:
        table = EventTable(chronicle.for_lists(filters.qs), order_by="-event_time")
        return listing(request, table=table, filters=filters, title=_("Nhật ký"), template="")
    newest = filters.qs.order_by("-event_time", "-pk")
    shown = Paginator(newest, SHOWN).get_page(request.GET.get("page"))
    everything = request.GET.copy()
    everything["format"] = "xlsx"
    context = {
        "title": _("Nhật ký"),
        "lead": _("Ghi mỗi việc ngay khi làm. Việc đã ghi thành nguồn gốc của lô trên trang tem."),
        "tabs": tabs(request.actor, "producer_diary"),
        "makers": [(maker, _has_site(maker)) for maker in own.order_by("folded")],
        "steps": [(step.value, steps.words(step)) for step in steps.OWN],
        "rows": chronicle.told(shown),
        "page": shown,
        "filters": filters,
        "problems": filters.problem_lines,
        "chips": chips(request, filters),
        "export_address": f"?{everything.urlencode()}",
    }
    return render(request, "producer/traceability/diary.html", context)


@producer
def note(request: SignedInRequest, maker: str, step: str) -> HttpResponse:
    """Note a step."""
    found = get_object_or_404(queries.producers_kept_by(request.actor), code=maker)
    if step not in steps.OWN:
        raise Http404
    form = _form(request, found, Step(step))
    if request.method == "POST" and form.is_valid():
        row = act(form, noting.note_step, actor=request.actor, producer=found,
                  entry=form.entry(), at=timezone.now())  # fmt: skip
        if row is not None:
            messages.success(request, _said(Step(step), form))
            return redirect("producer_event", row.pk)
    context = {
        "form": form,
        "maker": found,
        "title": steps.words(step),
        "step": step,
        "back": reverse("producer_diary"),
    }
    return render(request, "producer/traceability/note.html", context)


@producer
def event(request: SignedInRequest, pk: int) -> HttpResponse:
    """One entry."""
    row = _found(request, pk)
    context = trace_events.reading(request.actor, row)
    own_step = context["event"].step not in steps.OF_OTHERS
    context["may_declare"] = own_step and row.declared_wrong_at is None
    return render(request, "producer/traceability/event.html", context)


@producer
def wrong(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that an entry is wrong. It stays, struck through."""
    row = _found(request, pk)
    form = WrongForm(posted(request))
    if request.method == "POST" and form.is_valid():
        done = act(
            form,
            noting.declare_wrong,
            actor=request.actor,
            event=row,
            happened=form.cleaned_data["kind"] == "incorrect",
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        if done is not None:
            messages.success(request, _("Đã báo sai. Hãy ghi lại việc đúng nếu có."))
            return redirect("producer_event", pk)
    context = {
        "form": form,
        "title": _("Báo ghi sai"),
        "text": " ".join(
            [
                _("Việc đã ghi được giữ lại với chữ “đã báo sai” và không còn tính nữa."),
                *_used_by(row),
            ]
        ),
        "cancel": reverse("producer_event", args=(pk,)),
    }
    return render(request, "producer/traceability/ending.html", context)


def _used_by(row: TraceEvent) -> list[str]:
    """What goes on naming goods of an entry once it is no longer counted."""
    numbers = [lot.number for lot in queries.lots_made_of(row)[: _MOST_NAMED + 1]]
    if not numbers:
        return []
    more = len(numbers) > _MOST_NAMED
    told = ", ".join(numbers[:_MOST_NAMED]) + ("…" if more else "")
    return [
        _("Lô %s được ghi là làm từ hàng của việc này: hãy báo sai và ghi lại cả việc đó.") % told
    ]


def _found(request: SignedInRequest, pk: int) -> TraceEvent:
    """An event of a producer that the actor may write for."""
    rows = queries.events_visible_to(request.actor).filter(
        producer__in=queries.producers_kept_by(request.actor).values("pk"), declares=None
    )
    return get_object_or_404(rows, pk=pk)


def _form(request: SignedInRequest, maker: Producer, step: Step) -> NoteForm:
    sites = list(Site.objects.filter(producer=maker, closed_at=None))
    lots = Lot.objects.filter(
        item__product__producer=maker, created_at__gte=timezone.now() - _RECENT
    )
    if step is not Step.DESTROY:
        lots = lots.filter(recalled_at=None)
    found = list(queries.newest_lots(lots.select_related("item__product")))
    return NoteForm(
        step,
        sites,
        found,
        _offers(maker, found) if step is Step.PROCESS else [],
        posted(request),
        initial={"lot": request.GET.get("lo", "")},
        now=timezone.now(),
    )


def _offers(maker: Producer, lots: Sequence[Lot]) -> list[Offer]:
    """What may have gone into something, the newest first."""
    rows = Material.objects.filter(
        producer=maker,
        taken_on__gte=timezone.localdate() - _RECENT,
        event__declared_wrong_at=None,
    ).select_related("lot__item__product")
    materials = list(rows[:_MOST_OFFERED])
    some = lots[:_MOST_OFFERED]
    of_materials, of_lots = balance.of_materials(maker, materials), balance.of_lots(maker, some)
    return [
        *(Offer(row, of_materials.get(row.pk)) for row in materials),
        *(Offer(lot, of_lots.get(lot.pk)) for lot in some),
    ]


def _said(step: Step, form: NoteForm) -> str:
    said = _("Đã ghi: %s.") % steps.words(step)
    entry = form.entry()
    if entry.source_code:
        said += " " + _("Mã trên bao bì không phải của lô nào ở đây nên được giữ nguyên văn.")
    return said


def _has_site(maker: Producer) -> bool:
    return Site.objects.filter(producer=maker, closed_at=None).exists()


def may_recall(request: SignedInRequest, lot: Lot) -> bool:
    """Whether the page of a lot offers its recall."""
    maker = lot.item.product.producer
    return lot.recalled_at is None and rules.may_recall(request.actor, maker, timezone.localdate())
