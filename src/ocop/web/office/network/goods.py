"""What stands at points and what they sold, seen by the office; chains of points."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.filters.network import ChainFilter, KeyGoodFilter, SoldFilter
from ocop.network import rules
from ocop.network.models import Chain, KeyGood
from ocop.network.queries import points
from ocop.network.queries import sales as sold
from ocop.network.services import goods as services
from ocop.network.services.keepers import change_chain, open_chain
from ocop.products import queries as products
from ocop.web.menu import shown
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.network import tables
from ocop.web.office.network.menu import TABS
from ocop.web.office.network.point_forms import ChainForm, KeyGoodForm
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


@office
def sales(request: SignedInRequest) -> HttpResponseBase:
    """What the points overseen sold in some months, by product, and month by month."""
    require(request.actor, rules.may_open_lists)
    rows = points.overseen_by(request.actor)
    filters = SoldFilter(request.GET, queryset=rows, request=request)
    start, end, text = filters.asked()
    chosen = filters.qs
    return listing(
        request,
        table=tables.SaleTable(list(sold.by_product(chosen, start, end, text))),
        filters=filters,
        title=_("Doanh số của các điểm bán"),
        template="office/network/sales.html",
        context={
            "tabs": shown(TABS, request.actor, "office:point_sales"),
            "months": sold.by_month(chosen, start, end),
            "lead": _(
                "Từ tháng %(start)s đến tháng %(end)s, theo số các điểm tự ghi; tháng chưa ghi thì "
                "không có trong số."
            )
            % {"start": f"{start:%m/%Y}", "end": f"{end:%m/%Y}"},
            "late_address": f"{reverse('office:points')}?told=no",
        },
    )


@office
def chains(request: SignedInRequest) -> HttpResponseBase:
    """Chains of points."""
    require(request.actor, rules.may_open_lists)
    rows = Chain.objects.annotate(points_count=Count("points"))
    filters = ChainFilter(request.GET, queryset=rows, request=request)
    may = rules.may_decide(request.actor)
    return listing(
        request,
        table=tables.ChainTable(filters.qs, may_decide=may, order_by="name"),
        filters=filters,
        title=_("Chuỗi điểm bán"),
        template="office/network/list.html",
        context={
            "tabs": shown(TABS, request.actor, "office:chains"),
            "new_address": reverse("office:chain_new") if may else "",
            "new_words": _("Lập chuỗi"),
            "lead": _("Các điểm do một đơn vị cùng vận hành; hàng dùng chung thì bày ở mọi điểm."),
            "empty_text": _("Lập chuỗi rồi chọn chuỗi ở trang của từng điểm."),
        },
    )


@office
def chain_new(request: SignedInRequest) -> HttpResponse:
    """Enter a chain."""
    require(request.actor, rules.may_decide)
    form = ChainForm(posted(request))
    if sent(request, form) and act_on(request, form, open_chain, **form.cleaned_data):
        messages.success(request, _("Đã lập chuỗi. Chọn chuỗi ở trang của từng điểm."))
        return redirect("office:chains")
    context = {"form": form, "title": _("Lập chuỗi điểm bán"), "cancel": reverse("office:chains")}
    return render(request, "office/form.html", context)


@office
def chain_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change the name of a chain, and whether its points share their stock."""
    require(request.actor, rules.may_decide)
    chain = get_object_or_404(Chain, code=code)
    known = {"name": chain.name, "shared_stock": chain.shared_stock}
    form = ChainForm(posted(request), initial=known)
    if sent(request, form) and act_on(
        request, form, change_chain, chain=chain, **form.cleaned_data
    ):
        messages.success(request, _("Đã lưu chuỗi."))
        return redirect("office:chains")
    context = {
        "form": form,
        "title": _("Sửa %s") % chain.name,
        "cancel": reverse("office:chains"),
        "lead": _("Bỏ hàng dùng chung thì hàng chung của chuỗi rời mọi điểm ngay."),
    }
    return render(request, "office/form.html", context)


@office
def key_goods(request: SignedInRequest) -> HttpResponseBase:
    """Goods that may stand at points without a star."""
    require(request.actor, rules.may_open_lists)
    rows = KeyGood.objects.select_related("product__producer")
    filters = KeyGoodFilter(request.GET, queryset=rows, request=request)
    may = rules.may_decide(request.actor)
    return listing(
        request,
        table=tables.KeyGoodTable(filters.qs, may_decide=may, order_by="product"),
        filters=filters,
        title=_("Sản phẩm chủ lực, tiêu biểu, đặc sản bày tại điểm bán"),
        template="office/network/list.html",
        context={
            "tabs": shown(TABS, request.actor, "office:key_goods"),
            "lead": _(
                "Được bày dù chưa có sao, theo văn bản của cơ quan có thẩm quyền. Ghi thêm ở trang "
                "của sản phẩm."
            ),
            "empty_text": _("Mở trang của sản phẩm rồi chọn “Cho bày tại điểm bán”."),
        },
    )


@office
def key_good_new(request: SignedInRequest, code: str) -> HttpResponse:
    """Enter that a document names a product."""
    require(request.actor, rules.may_decide)
    product = get_object_or_404(products.visible_to(request.actor), code=code)
    form = KeyGoodForm(posted(request))
    if sent(request, form) and act_on(
        request, form, services.list_key_good, product=product, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi. Sản phẩm này được bày tại các điểm bán."))
        return redirect("office:key_goods")
    context = {
        "form": form,
        "title": _("Cho bày %s tại điểm bán") % product.name,
        "cancel": reverse("office:product", args=[code]),
    }
    return render(request, "office/form.html", context)


@office
def key_good_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End that a document names a product."""
    require(request.actor, rules.may_decide)
    good = get_object_or_404(KeyGood.objects.filter(ends_on=None).select_related("product"), pk=pk)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, services.end_key_good, good=good, **form.cleaned_data
    ):
        messages.success(request, _("Đã kết thúc. Sản phẩm rời kệ từ hôm nay nếu không có sao."))
        return redirect("office:key_goods")
    context = {
        "form": form,
        "title": _("Kết thúc căn cứ bày %s") % good.product.name,
        "cancel": reverse("office:key_goods"),
    }
    return render(request, "office/form.html", context)
