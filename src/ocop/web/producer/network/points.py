"""The points that one keeps: what stands there, their hours, their sign."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import editing
from ocop.core.numbers import write_number
from ocop.network import rules
from ocop.network.models import PointState, SalesPoint
from ocop.network.queries import goods, sales
from ocop.network.queries import points as queries
from ocop.network.services import goods as goods_services
from ocop.network.services.points import NAMED, apply_point, change_point
from ocop.places import queries as places
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.network import looks
from ocop.web.office.network.point_forms import PointForm, known
from ocop.web.producer.guard import producer
from ocop.web.requests import SignedInRequest
from ocop.web.shop_signs import sign_of

_FOUND = 20  # with more of them a word more finds the right one


class StockForm(forms.Form):
    """The product that is put on the shelf."""

    product = forms.CharField(widget=forms.HiddenInput)
    shared = forms.BooleanField(
        label=gettext_lazy("Hàng chung: bày ở mọi điểm của chuỗi"), required=False
    )


class _Nothing(forms.Form):
    """A step that asks nothing more than a yes."""


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """The points one keeps, and those of one's producers, with what waits."""
    today = timezone.localdate()
    makers = list(producers.own(request.actor, on=today).order_by("folded"))
    rows = list(queries.own(request.actor, today).select_related("commune").order_by("folded"))
    found = [
        (row, looks.state_tag(row), awaited)
        for row, awaited in zip(rows, sales.awaited_of(rows, today), strict=True)
    ]
    context = {"points": found, "makers": makers, "title": _("Điểm bán của tôi")}
    return render(request, "producer/network/points.html", context)


@producer
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One point: what stands there today, the months to tell."""
    found = kept(request, code)
    today = timezone.localdate()
    awaited = sales.awaited(found, today)
    told = {report.month: report for report in found.reports.all()}
    stock = goods.goods_of(found, today)
    context = {
        "point": found,
        "state": looks.state_tag(found),
        "hours": looks.hours(found),
        "goods": [(good, looks.verdict_tag(good.verdict)) for good in stock if good.allowed],
        "gone": [(good, looks.verdict_tag(good.verdict)) for good in stock if not good.allowed],
        "months": [
            (month, told.get(month), month in awaited) for month in sales.tellable(found, today)
        ],
        "may_stock": found.state == PointState.RECOGNISED,
        "may_change": found.state in (PointState.APPLIED, PointState.RECOGNISED),
        "photos": found.photos.filter(visit=None),
    }
    return render(request, "producer/network/point.html", context)


@producer
def new(request: SignedInRequest, maker: str) -> HttpResponse:
    """A producer proposes a point of its own."""
    today = timezone.localdate()
    found = get_object_or_404(producers.own(request.actor, on=today), code=maker)
    form = PointForm(posted(request), initial=_begun(found))
    if sent(request, form):
        told = form.particulars()
        if act_on(request, form, apply_point, particulars=told, producer=found):
            messages.success(request, _("Đã gửi đề nghị. Văn phòng sẽ thẩm định tại chỗ."))
            return redirect("producer_points")
    title = _("Đề nghị công nhận điểm bán")
    return _form(request, form, title, reverse("producer_points"), action=_("Gửi đề nghị"))


@producer
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change hours, telephone and address of a point."""
    found = kept(request, code)
    form = PointForm(posted(request), initial=known(found) | {"seen": editing.mark(found)})
    if found.state == PointState.RECOGNISED and not rules.may_rename(request.actor, found):
        form.fix(NAMED)
    if sent(request, form):
        told, seen = form.particulars(), form.cleaned_data["seen"]
        if act_on(request, form, change_point, point=found, particulars=told, seen=seen):
            messages.success(request, _("Đã lưu điểm bán."))
            return redirect("producer_point", code)
    back = reverse("producer_point", args=[code])
    return _form(request, form, _("Sửa %s") % found.name, back)


@producer
def stock(request: SignedInRequest, code: str) -> HttpResponse:
    """Find goods that may stand here today, and put one on the shelf."""
    found = kept(request, code)
    today = timezone.localdate()
    form = StockForm(posted(request))
    if sent(request, form):
        product = _product(request, form.cleaned_data["product"])
        shared = form.cleaned_data["shared"]
        if act_on(
            request, form, goods_services.stock_product, point=found, product=product, shared=shared
        ):
            messages.success(request, _("Đã bày %s.") % product.name)
            return redirect(request.get_full_path())
    text = request.GET.get("q", "").strip()
    rows = goods.may_stand(products.visible_to(request.actor), today)
    listed = goods.lines_of(found, today).values("product")
    hits = products.search(rows, text).exclude(pk__in=listed) if text else rows.none()
    context = {
        "point": found,
        "form": form,
        "asked": text,
        "products": list(hits.select_related("producer").order_by("folded", "pk")[:_FOUND]),
        "shares": bool(found.chain and found.chain.shared_stock),
    }
    return render(request, "producer/network/stock.html", context)


@producer
def unstock(request: SignedInRequest, code: str, product: str) -> HttpResponse:
    """Take goods off the shelf."""
    found = kept(request, code)
    chosen = get_object_or_404(
        Product.objects.filter(
            pk__in=goods.lines_of(found, timezone.localdate()).values("product")
        ),
        code=product,
    )
    form = _Nothing(posted(request))
    back = reverse("producer_point", args=[code])
    if sent(request, form) and act_on(
        request, form, goods_services.unstock_product, point=found, product=chosen
    ):
        messages.success(request, _("Đã cất %s.") % chosen.name)
        return redirect(back)
    title = _("Cất %s") % chosen.name
    return _form(request, form, title, back, _("Cất khỏi kệ"), _leaving(found, chosen))


@producer
def sign(request: SignedInRequest, code: str) -> HttpResponse:
    """The sign of a point with its QR code, to print."""
    return sign_of(request, kept(request, code))


def kept(request: SignedInRequest, code: str) -> SalesPoint:
    """A point whose goods and sales the actor tells; 404 for anybody else."""
    rows = queries.kept_by(request.actor, timezone.localdate())
    return get_object_or_404(rows.select_related("commune", "chain", "producer"), code=code)


def _begun(maker: Producer) -> dict[str, Any]:
    """What a producer's application begins with: its own name and place."""
    commune = places.key_of(maker.commune) if maker.commune else ""
    return {"operator": maker.name, "address": maker.address, "commune": commune}


def _product(request: SignedInRequest, code: str) -> Product:
    return get_object_or_404(products.visible_to(request.actor), code=code)


def _leaving(point: SalesPoint, product: Product) -> str:
    """That goods of the chain leave every point of it."""
    lines = goods.lines_of(point, timezone.localdate())
    if not (point.chain and lines.filter(product=product, chain=point.chain).exists()):
        return ""
    told = {"number": write_number(point.chain.points.count()), "chain": point.chain.name}
    return _("Hàng chung: sản phẩm rời cả %(number)s điểm của chuỗi %(chain)s.") % told


def _form(
    request: SignedInRequest,
    form: forms.Form,
    title: str,
    back: str,
    action: str = "",
    lead: str = "",
) -> HttpResponse:
    context = {"form": form, "title": title, "cancel": back, "action": action or _("Lưu")}
    context["lead"] = lead
    return render(request, "producer/network/form.html", context)
