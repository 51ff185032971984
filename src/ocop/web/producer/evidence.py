"""The producer's library of evidence."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.refusals import Refused
from ocop.criteria import queries as criteria
from ocop.dossiers import rules
from ocop.dossiers.evidence_types import TOPICS, TYPES
from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.queries import dossiers
from ocop.dossiers.queries import evidence as kept
from ocop.dossiers.services import evidence as services
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.web.files import content_of, send
from ocop.web.forms import act
from ocop.web.office.guard import is_staff
from ocop.web.producer.forms import EvidenceForm, ReasonForm
from ocop.web.producer.guard import own_dossier, producer
from ocop.web.requests import SignedInRequest


@producer
def library(request: SignedInRequest) -> HttpResponse:
    """Everything usable, by type, with its last day and where it is used."""
    today = timezone.localdate()
    own = producers.own(request.actor, on=today)
    rows = list(kept.library(request.actor, today).filter(producer__in=own.values("pk")))
    groups = [(label, [r for r in rows if r.type == key]) for key, label in TYPES]
    context = {
        "groups": [(label, found) for label, found in groups if found],
        "missing": [label for label, found in groups if not found],
        "count": len(rows),
        "makers": list(own.order_by("folded")),
    }
    return render(request, "producer/library.html", context)


@producer
def add(request: SignedInRequest, maker: str) -> HttpResponse:
    """Bring a document; from a criterion's page it is named for that criterion at once."""
    found = get_object_or_404(_writable(request.actor, timezone.localdate()), code=maker)
    dossier, criterion = _target(request, found)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        file=True,
        initial={"type": _first_type(dossier, criterion)},
    )
    back = reverse("producer_library")
    if dossier is not None:
        back = reverse("producer_criterion", args=(dossier.code, criterion)) + "#minh-chung"
    if request.method == "POST" and form.is_valid():
        row = act(form, _add, request=request, told=form, maker=found, target=(dossier, criterion))
        if row is not None:
            messages.success(request, _("Đã lưu “%s” vào kho minh chứng.") % row.title)
            return redirect(back)
    context = {
        "form": form,
        "title": _("Thêm minh chứng"),
        "lead": _("Lưu một lần, dùng lại cho mọi tiêu chí, hồ sơ và các năm sau."),
        "back": back,
    }
    return render(request, "producer/evidence_form.html", context)


def _add(
    *,
    request: SignedInRequest,
    told: EvidenceForm,
    maker: Producer,
    target: tuple[Dossier | None, str],
) -> Evidence:
    content, name = content_of(told.cleaned_data["file"])
    row = services.add_evidence(
        actor=request.actor,
        producer=maker,
        particulars=told.particulars(),
        content=content,
        filename=name,
        at=timezone.now(),
    )
    dossier, criterion = target
    if dossier is not None:
        services.use_evidence(
            actor=request.actor,
            dossier=dossier,
            evidence=row,
            criterion=criterion,
            at=timezone.now(),
        )
    return row


@producer
def piece(request: SignedInRequest, code: str) -> HttpResponse:
    """One document: what it is, where it is used, what may be done with it."""
    row = _own(request, code)
    uses = row.uses.select_related("dossier__product").order_by("-dossier", "criterion")
    living = row.withdrawn_at is None and row.replaced_by_id is None
    context = {
        "row": row,
        "uses": [(use, _address(request, use.dossier)) for use in uses],
        "may_change": living and _may_write(request, row),
        "older": getattr(row, "replaces", None),
    }
    return render(request, "producer/evidence.html", context)


@producer
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Correct what is written about a document."""
    row = _written(request, code)
    form = EvidenceForm(request.POST or None, file=False, initial=_facts(row))
    if form.is_valid():
        done = act(
            form,
            services.change_evidence,
            actor=request.actor,
            evidence=row,
            particulars=form.particulars(),
            at=timezone.now(),
        )
        if done is not None:
            messages.success(request, _("Đã sửa."))
            return redirect("producer_evidence", code)
    context = {
        "form": form,
        "title": _("Sửa thông tin minh chứng"),
        "back": reverse("producer_evidence", args=(code,)),
    }
    return render(request, "producer/evidence_form.html", context)


@producer
def replace(request: SignedInRequest, code: str) -> HttpResponse:
    """Bring a newer copy; from the page of a dossier one comes back to it."""
    row = _written(request, code)
    dossier = _back(request)
    initial = {**_facts(row), "issued_on": None, "valid_until": None, "number": ""}
    form = EvidenceForm(request.POST or None, request.FILES or None, file=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        new = act(form, _replace, request=request, told=form, row=row)
        if new is not None:
            messages.success(request, _("Đã thay bằng bản mới."))
            return redirect(dossier or reverse("producer_evidence", args=(new.code,)))
    context = {
        "form": form,
        "title": _("Thay bằng bản mới"),
        "lead": _("Hồ sơ đang soạn dùng bản mới; hồ sơ đã nộp giữ bản đã nộp."),
        "back": dossier or reverse("producer_evidence", args=(code,)),
    }
    return render(request, "producer/evidence_form.html", context)


def _replace(*, request: SignedInRequest, told: EvidenceForm, row: Evidence) -> Evidence:
    content, name = content_of(told.cleaned_data["file"])
    return services.replace_evidence(
        actor=request.actor,
        evidence=row,
        particulars=told.particulars(),
        content=content,
        filename=name,
        at=timezone.now(),
    )


@producer
def withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a document out of the library."""
    row = _written(request, code)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        done = act(
            form,
            services.withdraw_evidence,
            actor=request.actor,
            evidence=row,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        if done is not None:
            messages.success(request, _("Đã rút minh chứng khỏi kho."))
            return redirect("producer_library")
    return render(request, "producer/evidence_withdraw.html", {"row": row, "form": form})


@producer
def file(request: SignedInRequest, code: str) -> FileResponse:
    """The file of a document in the own library."""
    row = _own(request, code)
    return send(row.attachment, row.filename)


def _own(request: SignedInRequest, code: str) -> Evidence:
    rows = kept.visible_to(request.actor, timezone.localdate())
    return get_object_or_404(rows, code=code)


def _written(request: SignedInRequest, code: str) -> Evidence:
    """A document for who may write in its library; others may only look at it."""
    row = _own(request, code)
    require(request.actor, rules.may_write_dossiers, row.producer, timezone.localdate())
    return row


def _may_write(request: SignedInRequest, row: Evidence) -> bool:
    return rules.may_write_dossiers(request.actor, row.producer, timezone.localdate())


def _address(request: SignedInRequest, dossier: Dossier) -> str:
    """Where the reader finds a dossier that uses a document: as its writer, as staff, nowhere."""
    today = timezone.localdate()
    if dossiers.writable_by(request.actor, today).filter(pk=dossier.pk).exists():
        return reverse("producer_dossier", args=(dossier.code,))
    filed = dossier.submitted_at is not None and is_staff(request.actor)
    if filed and dossiers.visible_to(request.actor, today).filter(pk=dossier.pk).exists():
        return reverse("office:dossier", args=(dossier.code,))
    return ""


def _writable(actor: Actor, today: date) -> Any:
    if rules.may_choose_road(actor):
        return Producer.objects.all()
    return producers.own(actor, on=today)


def _facts(row: Evidence) -> dict[str, Any]:
    names = ("type", "title", "number", "issuer", "issued_on", "valid_until")
    return {name: getattr(row, name) for name in names}


def _target(request: SignedInRequest, maker: Producer) -> tuple[Dossier | None, str]:
    """The dossier and criterion from whose page one came; refused when they do not fit."""
    code, criterion = request.GET.get("ho-so", ""), request.GET.get("tieu-chi", "")
    if not code or not criterion:
        return None, ""
    dossier = own_dossier(request, code)
    if dossier.product.producer_id != maker.pk:
        raise Refused("evidence_of_another", _("Minh chứng này không thuộc chủ thể của hồ sơ."))
    return dossier, criterion


def _back(request: SignedInRequest) -> str:
    """The page of the papers of the dossier from which one came; "" where from none."""
    code = request.GET.get("ho-so", "")
    return reverse("producer_carried", args=(own_dossier(request, code).code,)) if code else ""


def _first_type(dossier: Dossier | None, criterion: str) -> str:
    """The type that usually proves the topic of a criterion."""
    if dossier is None:
        return ""
    found = criteria.set_of(dossier.version).by_code.get(criterion)
    topic = found.topic if found else ""
    return next((key for key, topics in TOPICS.items() if topic in topics), "")
