"""The register, producers and products: tables, pages, and what is done to them."""

from dataclasses import asdict, fields, replace
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import editing, events
from ocop.core.actions import require
from ocop.filters.register import ProducerFilter, ProductFilter, RecognitionFilter
from ocop.people import rules as people_rules
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.producers import queries as producers
from ocop.producers import rules as producer_rules
from ocop.producers import services as producer_services
from ocop.products import queries as products
from ocop.products import rules as product_rules
from ocop.products import services as product_services
from ocop.recognition import queries as register
from ocop.recognition import rules as register_rules
from ocop.recognition.competence import is_of_here
from ocop.recognition.validity import HOLDING, State
from ocop.web.alike import enter
from ocop.web.forms import act
from ocop.web.happenings import told
from ocop.web.office import forms as office_forms
from ocop.web.office import stale, star_acts, tables, upkeep
from ocop.web.office.guard import office
from ocop.web.office.network.shelves import shelf_of
from ocop.web.office.traceability.lists import beside
from ocop.web.producer.opening import opening_of
from ocop.web.public import cards
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

T = TypeVar("T")


@office
def register_list(request: SignedInRequest) -> HttpResponseBase:
    """Every recognition the actor may see."""
    rows = register.register_rows(request.actor, on=timezone.localdate())
    filters = RecognitionFilter(request.GET, queryset=rows)
    return listing(
        request,
        table=tables.RegisterTable(filters.qs),
        filters=filters,
        title=_("Sổ đăng ký sản phẩm OCOP"),
        template="office/list.html",
        context={
            "lead": _("Mỗi dòng là một lần công nhận."),
            "new_address": "office:decision_new"
            if register_rules.may_record_decision(request.actor)
            else "",
            "new_words": _("Ghi quyết định"),
        },
    )


@office
def product_list(request: SignedInRequest) -> HttpResponseBase:
    """Products with the star that rules them today."""
    rows = register.catalogue(request.actor, on=timezone.localdate())
    filters = ProductFilter(request.GET, queryset=rows, request=request)
    return listing(
        request,
        table=tables.ProductTable(filters.qs, order_by="name"),
        filters=filters,
        title=_("Sản phẩm"),
        template="office/list.html",
        context={"lead": _("Mỗi dòng là một sản phẩm, với hạng sao của hôm nay.")},
    )


@office
def producer_list(request: SignedInRequest) -> HttpResponseBase:
    """Producers."""
    actor = request.actor
    seen = producers.for_lists(producers.visible_to(actor)).annotate(
        products_count=Count("products", filter=Q(products__in=products.visible_to(actor)))
    )
    rows = producers.with_told_tax_code(actor, seen, on=timezone.localdate())
    filters = ProducerFilter(request.GET, queryset=rows, request=request)
    return listing(
        request,
        table=tables.ProducerTable(filters.qs, order_by="name"),
        filters=filters,
        title=_("Chủ thể"),
        template="office/list.html",
        context={
            "new_address": "office:producer_new" if people_rules.may_enter(request.actor) else "",
            "new_words": _("Thêm chủ thể"),
        },
    )


@office
def product_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One product: its star today, its recognitions with what may be done, its activity."""
    today = timezone.localdate()
    actor = request.actor
    found = get_object_or_404(products.for_lists(products.visible_to(actor)), code=code)
    steps = register.life_line(actor, found, today)
    star_acts.tell_cases([step.recognition for step in steps])
    context = {
        "product": found,
        "facts": products.facts_for(actor, found, on=today),
        "ruling": next((step for step in steps if step.rules), None),
        "steps": list(reversed(steps)),
        "images": products.images_of(found),
        "place": cards.place_of(found),
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
        "may_change": product_rules.may_change_product(actor, found, today),
        "shelf": shelf_of(actor, found, today),
        "trace": beside(actor, found.producer, found, today),
        "upkeep": upkeep.product_steps(actor, found, today),
        "opening": opening_of(actor, found, today),
        "may_end": bool(steps) and register_rules.may_end_recognition(actor, steps[0].recognition),
        "may_revoke": bool(steps)
        and register_rules.may_enter_revocation(actor, steps[0].recognition),
        "may_correct": register_rules.may_correct_record(actor),
        "elsewhere": {step.recognition.pk for step in steps if not is_of_here(step.recognition)},
        "holding": HOLDING,
        "extendable": (State.WINDOW_MISSED, State.EXTENSION_UNCONFIRMED),
    }
    return render(request, "office/product.html", context)


@office
def producer_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One producer: facts, products, people, activity."""
    today = timezone.localdate()
    actor = request.actor
    found = get_object_or_404(producers.visible_to(actor), code=code)
    own = register.standing(products.for_lists(products.of_producer(actor, found)), today)
    context = {
        "producer": found,
        "facts": producers.facts_for(actor, found, on=today),
        "products": own.order_by("folded"),
        "members": producers.members_of(actor, found, on=today),
        "place": cards.place_of(found),
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
        "may_change": producer_rules.may_change_producer(actor, found, today),
        "may_add": found.stopped_on is None
        and product_rules.may_create_product(actor, found, today),
        "trace": beside(actor, found, None, today),
        "upkeep": upkeep.producer_steps(actor, found),
        "may_manage_members": producer_rules.may_manage_members(actor),
    }
    return render(request, "office/producer.html", context)


@office
def producer_new(request: SignedInRequest) -> HttpResponse:
    """Enter a producer."""
    require(request.actor, people_rules.may_enter)
    form = office_forms.ProducerForm(request.POST or None)
    if not producer_rules.may_see_all_restricted(request.actor):
        form.only_open()
    if request.method == "POST" and form.is_valid():
        made = act(
            form,
            producer_services.create_producer,
            actor=request.actor,
            particulars=producer_services.Particulars(**form.open_facts),
            restricted=form.restricted or producers.Restricted(),
            at=timezone.now(),
        )
        if made:
            messages.success(request, _("Đã thêm chủ thể."))
            return redirect("office:producer", made.code)
    return _form_page(request, form, _("Thêm chủ thể"), reverse("office:producers"))


@office
def producer_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a producer, as far as the actor may see it."""
    today, actor = timezone.localdate(), request.actor
    found = get_object_or_404(producers.visible_to(actor), code=code)
    require(actor, producer_rules.may_change_producer, found, today)
    seen = editing.mark(found)
    found.refresh_from_db()  # what came in between would be in the mark, not in the form
    given = _particulars(producer_services.Particulars, found)
    told = producers.facts_for(actor, found, on=today)
    known = _initial(given) | (asdict(told.restricted) if told.restricted else {})
    sent = stale.settled(request.POST, known)
    form = office_forms.ProducerForm(sent, initial=known | {"seen": seen})
    both = None
    if told.restricted is None:
        form.only_open()
    if told.tax_code != found.tax_code:
        del form.fields["tax_code"]  # a person's number, told to few: it stays as it is
    if request.method == "POST" and form.is_valid():
        changed = act(
            form,
            producer_services.change_producer,
            actor=request.actor,
            producer=found,
            particulars=replace(given, **form.open_facts),
            restricted=form.restricted,
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )
        if changed:
            messages.success(request, _("Đã lưu chủ thể."))
            return redirect("office:producer", code)
        both = stale.compared(form, found, seen)
    title = _("Sửa chủ thể: %s") % found.name
    return _form_page(request, form, title, reverse("office:producer", args=[code]), both)


@office
def product_new(request: SignedInRequest, code: str) -> HttpResponse:
    """Enter a product of a producer; a name like others is asked about."""
    maker = get_object_or_404(producers.visible_to(request.actor), code=code)
    require(request.actor, product_rules.may_create_product, maker, timezone.localdate())
    form = office_forms.NewProductForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        confirmed, reason = values.pop("confirm_alike"), values.pop("reason")
        values.pop("seen")
        made = enter(
            form,
            product_services.create_product,
            actor=request.actor,
            producer=maker,
            particulars=product_services.Particulars(**values),
            confirm_alike=confirmed,
            reason=reason,
            at=timezone.now(),
        )
        if made:
            messages.success(request, _("Đã thêm sản phẩm."))
            return redirect("office:product", made.code)
    form.ask(request.actor, maker)
    title = _("Thêm sản phẩm của %s") % maker.name
    return _form_page(request, form, title, reverse("office:producer", args=[code]))


@office
def product_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a product."""
    today, actor = timezone.localdate(), request.actor
    found = get_object_or_404(products.visible_to(actor), code=code)
    require(actor, product_rules.may_change_product, found, today)
    seen = editing.mark(found)
    found.refresh_from_db()  # what came in between would be in the mark, not in the form
    given = _particulars(product_services.Particulars, found)
    known = _initial(given)
    sent = stale.settled(request.POST, known)
    form = office_forms.ProductForm(sent, initial=known | {"seen": seen})
    both = None
    if not product_rules.may_see_revenue(actor, found, today):
        del form.fields["revenue"]
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        changed = act(
            form,
            product_services.change_product,
            actor=request.actor,
            product=found,
            seen=values.pop("seen"),
            particulars=replace(given, **values),
            at=timezone.now(),
        )
        if changed:
            messages.success(request, _("Đã lưu sản phẩm."))
            return redirect("office:product", code)
        both = stale.compared(form, found, seen)
    title = _("Sửa sản phẩm: %s") % found.name
    return _form_page(request, form, title, reverse("office:product", args=[code]), both)


@office
def product_image(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a photograph."""
    found = get_object_or_404(products.visible_to(request.actor), code=code)
    require(request.actor, product_rules.may_change_product, found, timezone.localdate())
    form = office_forms.ImageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["image"]
        added = act(
            form,
            product_services.add_image,
            actor=request.actor,
            product=found,
            content=upload.read(),
            filename=upload.name,
            caption=form.cleaned_data["caption"],
            at=timezone.now(),
        )
        if added:
            messages.success(request, _("Đã thêm ảnh."))
            return redirect("office:product", code)
    title = _("Thêm ảnh của %s") % found.name
    return _form_page(request, form, title, reverse("office:product", args=[code]))


def _form_page(
    request: SignedInRequest,
    form: forms.Form,
    title: str,
    cancel: str,
    both: stale.Both | None = None,
) -> HttpResponse:
    context = {"form": form, "title": title, "cancel": cancel, "both": both}
    return render(request, "office/form.html", context)


def _particulars(of: type[T], found: object) -> T:
    """What a service takes about a row, as the row holds it now."""
    names = [field.name for field in fields(of)]  # type: ignore[arg-type]
    return of(**{name: getattr(found, name) for name in names})


def _initial(given: Any) -> dict[str, Any]:
    """A form's first values; a unit stands by its key."""
    values = {field.name: getattr(given, field.name) for field in fields(given)}
    return {k: places.key_of(v) if isinstance(v, Unit) else v for k, v in values.items()}
