"""What a producer does for selling online: links, sales of a quarter, the list of sellers."""

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.market import checklist, quarters, queries, rules
from ocop.market.models import ShopLink
from ocop.market.services import links, sales
from ocop.web import shop_links as looks
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.producer.guard import producer
from ocop.web.producer.market.forms import LinkForm, ReadyForm, SalesForm
from ocop.web.producer.market.pages import seller
from ocop.web.requests import SignedInRequest


class _Nothing(django_forms.Form):
    """A step that asks nothing more than a yes."""


@producer
def add(request: SignedInRequest, maker: str, product: str) -> HttpResponse:
    """Link a product to a shop."""
    found = seller(request, maker)
    chosen = get_object_or_404(queries.linkable(found), code=product)
    form = LinkForm(posted(request))
    back = reverse("producer_seller", args=[maker])
    if sent(request, form) and act_on(
        request, form, links.add_link, product=chosen, **form.cleaned_data
    ):
        messages.success(
            request, _("Đã thêm. Trang công khai có liên kết này khi kiểm tra thấy mở được.")
        )
        return redirect(back)
    return _form(request, form, _("Thêm nơi bán"), back, chosen.name, _("Thêm liên kết"))


@producer
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Put another address in the place of a link."""
    found = _link(request, code)
    form = LinkForm(posted(request), initial={"address": found.address})
    if sent(request, form) and act_on(
        request, form, links.change_link, link=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã đổi. Địa chỉ mới được kiểm tra trong ít phút."))
        return redirect(_back(found))
    return _form(request, form, _("Đổi địa chỉ"), _back(found), found.product.name)


@producer
def close(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a link away."""
    found = _link(request, code)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, links.close_link, link=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã gỡ liên kết."))
        return redirect(_back(found))
    return _form(request, form, _("Gỡ liên kết"), _back(found), found.address)


@producer
def check(request: SignedInRequest, code: str) -> HttpResponse:
    """Have a link looked at now."""
    found = _link(request, code)
    form = _Nothing(posted(request))
    if sent(request, form) and act_on(request, form, links.ask_check, link=found):
        messages.success(request, _("Liên kết được kiểm tra trong ít phút."))
        return redirect(_back(found))
    return _form(request, form, _("Kiểm tra lại"), _back(found), found.address, _("Kiểm tra lại"))


@producer
def report(request: SignedInRequest, maker: str, quarter: str) -> HttpResponse:
    """Tell the sales of a quarter."""
    found, asked = seller(request, maker), quarters.read(quarter)
    if asked is None or asked not in quarters.tellable(timezone.localdate()):
        raise Http404
    told = found.online_reports.filter(starts_on=asked.first_day).first()
    initial = {"total": told.total, "online": told.online} if told else {}
    form = SalesForm(posted(request), initial=initial)
    back = reverse("producer_seller", args=[maker])
    if sent(request, form) and act_on(
        request,
        form,
        sales.report_online_sales,
        producer=found,
        quarter=asked,
        **form.cleaned_data,
    ):
        messages.success(request, _("Đã ghi doanh thu %s.") % looks.quarter(asked))
        return redirect(back)
    title = _("Doanh thu %s") % looks.quarter(asked)
    return _form(request, form, title, back, found.name, lead=_private())


@producer
def prepare(request: SignedInRequest, maker: str) -> HttpResponse:
    """Answer what is ready to sell online."""
    found, today = seller(request, maker), timezone.localdate()
    asked = checklist.checklist_on(today)
    form = ReadyForm(asked, queries.answers_of(found, today), posted(request))
    back = reverse("producer_seller", args=[maker])
    if sent(request, form) and act_on(
        request,
        form,
        sales.answer_checklist,
        producer=found,
        answers=form.answers(),
        note=form.cleaned_data["note"],
    ):
        messages.success(request, _("Đã lưu danh mục chuẩn bị."))
        return redirect(back)
    lead = _("Theo %s. Mục chưa rõ để trống, trả lời sau.") % asked.document
    return _form(request, form, _("Chuẩn bị bán online"), back, found.name, lead=lead)


def _private() -> str:
    return _("Chỉ chủ thể, Văn phòng và thanh tra thấy số này.")


def _link(request: SignedInRequest, code: str) -> ShopLink:
    """A link of who may sell there; nobody else finds it here."""
    found = get_object_or_404(queries.links_visible_to(request.actor), code=code)
    if not rules.may_sell(request.actor, found.product.producer, timezone.localdate()):
        raise Http404
    return found


def _back(link: ShopLink) -> str:
    return reverse("producer_seller", args=[link.product.producer.code])


def _form(
    request: SignedInRequest,
    form: django_forms.Form,
    title: str,
    back: str,
    eyebrow: str,
    action: str = "",
    lead: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "cancel": back,
        "eyebrow": eyebrow,
        "lead": lead,
        "action": action or _("Lưu"),
    }
    return render(request, "producer/market/form.html", context)
