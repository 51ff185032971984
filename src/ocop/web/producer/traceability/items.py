"""The producer's own sales units: all of them with what they lack, one of them, its forms."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.producers import queries as producers
from ocop.products import services as product_services
from ocop.products.models import ProductState
from ocop.traceability import passports as told_passports
from ocop.traceability import queries, rules
from ocop.traceability.models import TradeItem
from ocop.traceability.services import items as services
from ocop.web import passports as shown_passports
from ocop.web.files import content_of
from ocop.web.forms import act
from ocop.web.office.forms import ImageForm
from ocop.web.office.traceability.looks import lot_tag
from ocop.web.producer.guard import producer
from ocop.web.producer.traceability.forms import ItemForm
from ocop.web.producer.traceability.pages import (
    change_page,
    done,
    ending_page,
    form_page,
    posted,
    tabs,
)
from ocop.web.requests import SignedInRequest

LOTS_SHOWN = 10
_FACTS = (
    "name", "gtin", "brand", "standards", "origin", "shelf_life", "certificates", "warnings",
    "other",
)  # fmt: skip


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """Own products with their sales units, and what each still lacks."""
    found = []
    for maker in producers.own(request.actor).order_by("folded"):
        products = maker.products.exclude(state=ProductState.IDEA).order_by("folded")
        rows = queries.items_for_lists(TradeItem.objects.filter(product__producer=maker))
        by_product: dict[int, list[TradeItem]] = {product.pk: [] for product in products}
        for row in rows.order_by("product", "stopped_at", "folded", "pk"):
            by_product.setdefault(row.product_id, []).append(row)
        found.append((maker, [(product, by_product[product.pk]) for product in products]))
    context = {
        "title": _("Truy xuất nguồn gốc"),
        "lead": _("Mỗi cỡ gói, hộp, chai bán ra là một quy cách; mỗi mẻ làm ra là một lô."),
        "tabs": tabs(request.actor, "producer_traceability"),
        "producers": found,
        "kinds": shown_passports.kinds(),
    }
    return render(request, "producer/traceability/index.html", context)


@producer
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One sales unit: what it tells and lacks, its lots, its codes elsewhere."""
    found = _kept(request, code)
    today = timezone.localdate()
    lots = queries.newest_lots(found.lots.select_related("site"))
    context = {
        "item": found,
        "number": queries.trade_code(found),
        "codes": found.foreign_codes.all(),
        "lots": [(lot, lot_tag(lot, today)) for lot in lots[:LOTS_SHOWN]],
        "lots_count": lots.count(),
        "office": rules.may_open_lists(request.actor),
        **shown_passports.reading(told_passports.current(found)),
    }
    return render(request, "producer/traceability/item.html", context)


@producer
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Enter a sales unit; what the last one of the product says stands there already."""
    product = get_object_or_404(queries.products_kept_by(request.actor), code=code)
    last = product.trade_items.order_by("-created_at", "-pk").first()
    form = ItemForm(posted(request), initial=_shared(last) if last else {"gtin": product.gtin})
    made = done(request, form, services.create_item, product=product)
    if made is not None:
        messages.success(request, _("Đã thêm quy cách. Mở lô đầu tiên khi có mẻ hàng."))
        return redirect("producer_item", made.code)
    return form_page(
        request,
        form,
        _("Thêm quy cách"),
        reverse("producer_traceability"),
        about=product.name,
    )


@producer
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a sales unit."""
    found = _kept(request, code)
    told = queries.told_lots(found).exists()
    return change_page(
        request,
        found,
        make=lambda sent, initial: ItemForm(sent, initial=initial, told=told),
        known=lambda: {name: getattr(found, name) for name in _FACTS},
        save=services.change_item,
        named="item",
        said=_("Đã lưu quy cách."),
        title=_("Sửa quy cách"),
        back=reverse("producer_item", args=(code,)),
    )


@producer
def stop(request: SignedInRequest, code: str) -> HttpResponse:
    """Note that a sales unit is not made any more."""
    return ending_page(
        request,
        service=services.stop_item,
        item=_kept(request, code),
        said=_("Đã ghi quy cách ngừng bán."),
        title=_("Ngừng bán quy cách này"),
        text=_("Không mở lô mới được nữa. Tem và mã đã in vẫn trả lời người quét."),
        back=reverse("producer_item", args=(code,)),
    )


@producer
def picture(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a photograph of a product: the second of the ten data."""
    product = get_object_or_404(queries.products_kept_by(request.actor), code=code)
    form = ImageForm(posted(request), request.FILES or None)
    back = reverse("producer_traceability")
    if request.method == "POST" and form.is_valid():
        content, filename = content_of(form.cleaned_data["image"])
        added = act(
            form,
            product_services.add_image,
            actor=request.actor,
            product=product,
            content=content,
            filename=filename,
            caption=form.cleaned_data["caption"],
            at=timezone.now(),
        )
        if added:
            messages.success(request, _("Đã thêm ảnh."))
            return redirect(back)
    return form_page(request, form, _("Thêm ảnh sản phẩm"), back, about=product.name)


@producer
def passport(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The passport of a sales unit with its newest lot as a file."""
    return shown_passports.file_of(told_passports.current(_kept(request, code)), kind)


@producer
def passports(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """The passports of all own sales units, with all their lots."""
    own = producers.own(request.actor)
    rows = TradeItem.objects.filter(product__producer__in=own.values("pk"))
    return shown_passports.file_of_all(told_passports.all_passports(rows), kind)


def _shared(item: TradeItem) -> dict[str, Any]:
    """What the sales units of a product have in common, as a rule."""
    return {name: getattr(item, name) for name in _FACTS if name not in ("name", "gtin")}


def _kept(request: SignedInRequest, code: str) -> TradeItem:
    """A sales unit that the actor may write; nobody else finds it here."""
    return get_object_or_404(queries.items_kept_by(request.actor), code=code)
