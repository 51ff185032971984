"""The producer's dossiers: list, begin, overview, file, withdraw, answer what is asked."""

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import events
from ocop.core.actor import Actor
from ocop.core.models import Event
from ocop.dossiers import lifecycle, rules
from ocop.dossiers.coming_back import held
from ocop.dossiers.models import ChangeState, Dossier, Road
from ocop.dossiers.queries import carrying, filing, queue
from ocop.dossiers.queries import dossiers as seen
from ocop.dossiers.services import drafting
from ocop.producers import queries as producers
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.recognition import queries as register
from ocop.recognition.models import Kind
from ocop.recognition.validity import State as StarState
from ocop.web.forms import act
from ocop.web.happenings import told_briefly
from ocop.web.producer import reading
from ocop.web.producer.carrying import path
from ocop.web.producer.forms import BeginForm, ReasonForm, SupplementForm
from ocop.web.producer.guard import own_dossier, producer
from ocop.web.producer.opening import reason
from ocop.web.requests import SignedInRequest

_SHOWN, _READ = 50, 500
_SAVED = "dossiers.answers_saved"


@producer
def dossier_list(request: SignedInRequest) -> HttpResponse:
    """Own dossiers, and own products for which one can begin."""
    today = timezone.localdate()
    waiting = Q(supplements__isnull=False, supplements__answered_at=None)
    rows = seen.for_lists(seen.own(request.actor, today)).order_by("-pk")
    rows = queue.with_waiting(rows.annotate(asked=Count("supplements", filter=waiting)))
    found = [(row, reading.state_words(row), reading.paused(row, today)) for row in rows]
    busy = {row.product_id for row, _words, _paused in found if row.state not in lifecycle.ENDED}
    own = producers.own(request.actor, on=today)
    free = Product.objects.filter(producer__in=own.values("pk")).exclude(pk__in=busy)
    context = {"found": found, "free": register.standing(free, today).order_by("folded")}
    return render(request, "producer/dossiers.html", context)


@producer
def begin(request: SignedInRequest, product: str) -> HttpResponse:
    """Choose the kind of dossier for a product; kinds that cannot begin say why. Where one is under
    way it is shown."""
    today = timezone.localdate()
    found = get_object_or_404(_writable_products(request.actor, today), code=product)
    under_way = found.dossiers.exclude(state__in=lifecycle.ENDED).first()
    if request.method != "POST" and under_way is not None:
        return redirect("producer_dossier", under_way.code)
    ruling = filing.ruling(found, today)
    star = ruling[1] if ruling else None
    unknown = star is not None and star.state is StarState.UNKNOWN
    roads = unknown and rules.may_choose_road(request.actor)
    reasons = {kind: reason(kind, star, asks=roads) for kind in Kind.values}
    form = BeginForm(
        request.POST or None,
        possible=[kind for kind, why in reasons.items() if not why],
        roads=roads,
    )
    if form.is_valid():
        road = form.cleaned_data.get("road")
        dossier = act(
            form,
            drafting.begin_dossier,
            actor=request.actor,
            product=found,
            kind=Kind(form.cleaned_data["kind"]),
            road=Road(road) if road else None,
            at=timezone.now(),
        )
        if dossier is not None:
            begun = "producer_carried" if carrying.last_filed(found) else "producer_dossier"
            return redirect(begun, dossier.code)
    refused = [(Kind(kind).label, why) for kind, why in reasons.items() if why]
    context = {
        "product": found,
        "star": star,
        "form": form,
        "refused": refused,
        "held": held(star, today),
    }
    return render(request, "producer/begin.html", {**context, **_foreseen(found, today)})


def _foreseen(product: Product, today: date) -> dict[str, Any]:
    """What the dossier would begin with, and the way to the next star from there."""
    ahead = carrying.foreseen(product, today)
    if ahead is None:
        return {}
    return {"foreseen": ahead, **path(filing.version_for(product, today), ahead)}


def _writable_products(actor: Actor, today: date) -> Any:
    seen_products = products.visible_to(actor).select_related("producer")
    if rules.may_choose_road(actor):
        return seen_products
    return seen_products.filter(producer__in=producers.own(actor, on=today).values("pk"))


@producer
def overview(request: SignedInRequest, code: str) -> HttpResponse:
    """A dossier whole: what is done, what is missing, the score, what is asked, what was filed."""
    today = timezone.localdate()
    dossier = own_dossier(request, code)
    panel = reading.panel(dossier, today)
    steps, at = reading.way(dossier)
    context = {
        **panel,
        "state_words": reading.state_words(dossier),
        "paused": reading.paused(
            queue.with_waiting(Dossier.objects.filter(pk=dossier.pk)).get(), today
        ),
        "returned": reading.returned(dossier),
        "steps": steps,
        "at": at,
        "writable": dossier.state in lifecycle.WRITABLE,
        "filed": dossier.state in lifecycle.FILED,
        "withdrawable": any(m.name == "withdraw" for m in lifecycle.moves_from(dossier.state)),
        "tasks": reading.tasks(dossier, panel["found"]),
        "sections": reading.rows(dossier, panel["found"]),
        "supplements": dossier.supplements.all(),
        "changes": dossier.changes.all(),
        "open_change": dossier.changes.filter(state=ChangeState.ASKED).first(),
        "snapshots": dossier.snapshots.order_by("-number"),
        "events": told_briefly(_happened(dossier)),
        "papers": carrying.papers_of(dossier, today),
        "behalf": _behalf(request, dossier),
        "tab": request.GET.get("tab", ""),
    }
    return render(request, "producer/dossier.html", context)


def _behalf(request: SignedInRequest, dossier: Dossier) -> bool:
    return rules.stands_in(request.actor, dossier.product.producer, timezone.localdate())


def _happened(dossier: Dossier) -> list[Event]:
    """What the producer is shown of the past: not each of the own savings, but that the office
    wrote in the producer's place, once for each time it did."""
    own = Q(name=_SAVED, change__behalf__isnull=True)
    runs = groupby(
        events.activity(dossier).exclude(own)[:_READ],
        key=lambda e: (e.name, e.actor_id, "" if e.name == _SAVED else e.pk),
    )
    return [next(run) for _key, run in runs][:_SHOWN]


@producer
def score(request: SignedInRequest, code: str) -> HttpResponse:
    """The self-assessment by criterion, and every piece of advice."""
    dossier = own_dossier(request, code)
    panel = reading.panel(dossier, timezone.localdate())
    sections = [
        (s, name, most, rows, panel["outcome"].sections[s])
        for s, name, most, rows in reading.rows(dossier, panel["found"])
    ]
    context = {**panel, "sections": sections, "conditions": filing.conditions_of(dossier)}
    return render(request, "producer/score.html", context)


@producer
def submit(request: SignedInRequest, code: str) -> HttpResponse:
    """Look at what is missing, then file. Of one that has ended nothing is missing any more."""
    dossier = own_dossier(request, code)
    if request.method != "POST" and dossier.state in lifecycle.ENDED:
        return redirect("producer_dossier", code)
    found = filing.completeness_of(dossier, timezone.localdate())
    form = ReasonForm(request.POST or None) if _behalf(request, dossier) else None
    if request.method == "POST" and (form is None or form.is_valid()):
        row = drafting.submit_dossier(
            actor=request.actor,
            dossier=dossier,
            reason=form.cleaned_data["reason"] if form else "",
            at=timezone.now(),
        )
        messages.success(request, _("Đã nộp hồ sơ. Số phiếu đăng ký: %s.") % row.slip_number)
        return redirect("producer_dossier", code)
    context = {
        "dossier": dossier,
        "found": found,
        "score": filing.self_score(dossier, timezone.localdate()),
        "changes": _what_happens(dossier),
        "returned": reading.returned(dossier),
        "form": form,
    }
    return render(request, "producer/submit.html", context)


def _what_happens(dossier: Dossier) -> list[str]:
    days = lifecycle.COMMUNE_DAYS
    place = dossier.commune.name if dossier.commune else _("cấp xã")
    return [
        _("Ủy ban nhân dân %(place)s nhận hồ sơ và có %(days)d ngày làm việc để kiểm tra.")
        % {"place": place, "days": days},
        _("Nội dung được chụp lại nguyên vẹn; sau đó muốn sửa phải gửi đề nghị thay đổi."),
        _("Hồ sơ nộp trên hệ thống có giá trị như bản giấy (Điều 7)."),
    ]


@producer
def withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a dossier back, with a reason."""
    dossier = own_dossier(request, code)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        done = act(
            form,
            drafting.withdraw_dossier,
            actor=request.actor,
            dossier=dossier,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        if done is not None:
            messages.success(request, _("Đã rút hồ sơ."))
            return redirect("producer_dossiers")
    context = {"dossier": dossier, "form": form, "behalf": _behalf(request, dossier)}
    return render(request, "producer/withdraw.html", context)


@producer
def supplement(request: SignedInRequest, code: str, supplement: str) -> HttpResponse:
    """What is asked for, the criteria it is about (all, where it names none), and the answer."""
    dossier = own_dossier(request, code)
    asked = get_object_or_404(dossier.supplements, code=supplement)
    form = SupplementForm(request.POST or None)
    if form.is_valid():
        done = act(
            form,
            drafting.answer_supplement,
            actor=request.actor,
            supplement=asked,
            answer=form.cleaned_data["answer"],
            at=timezone.now(),
        )
        if done is not None:
            messages.success(request, _("Đã gửi câu trả lời."))
            return redirect("producer_dossier", code)
    found = filing.completeness_of(dossier, timezone.localdate())
    about = [
        row
        for _s, _n, _m, rows in reading.rows(dossier, found)
        for row in rows
        if not asked.criteria or row.criterion.code in asked.criteria
    ]
    context = {"dossier": dossier, "asked": asked, "form": form, "about": about}
    return render(request, "producer/supplement.html", context)
