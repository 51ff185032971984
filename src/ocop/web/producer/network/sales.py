"""Monthly sales of a point: a page that is filled at the counter, without a network if need be."""

import re
import uuid
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ocop.network.models import SalesPoint
from ocop.network.queries import sales
from ocop.network.services.sales import MOST, MOST_DONG, Sold, report_sales
from ocop.products.models import Product
from ocop.web import offline
from ocop.web.forms import WholeField, act
from ocop.web.office.dossiers.steps import posted, sent
from ocop.web.producer.guard import producer
from ocop.web.producer.network.points import kept
from ocop.web.requests import SignedInRequest

_LINE = re.compile(r"(?:quantity|amount)_")
_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")


def _count(label: Any, most: int) -> WholeField:
    return WholeField(label=label, min_value=0, max_value=most, required=False)


class SalesForm(forms.Form):
    """How many packs of each product were sold in the month, and for how much. Numbers of goods
    that are not asked for are refused, never dropped: a phone may send an older page."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, rows: list[Product], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._rows = rows
        for row in rows:
            self.fields[f"quantity_{row.code}"] = _count(gettext_lazy("Số lượng"), MOST)
            self.fields[f"amount_{row.code}"] = _count(gettext_lazy("Tiền (đồng)"), MOST_DONG)

    def lines(self) -> list[tuple[Product, list[Any]]]:
        """Each product with its two fields, for the page."""
        return [
            (row, [self[f"quantity_{row.code}"], self[f"amount_{row.code}"]]) for row in self._rows
        ]

    def clean(self) -> dict[str, Any] | None:
        told = {name for name, value in self.data.items() if _LINE.match(name) and value.strip()}
        if told - set(self.fields):
            raise forms.ValidationError(
                _("Danh sách hàng của tháng này đã đổi. Hãy mở lại trang, xem lại số rồi gửi.")
            )
        return super().clean()

    def wrong(self) -> str:
        """What has to be mended, each with the product and the field it stands at."""
        found = list(self.non_field_errors())
        for row, fields in self.lines():
            found += [f"{row.name}, {field.label}: {e}" for field in fields for e in field.errors]
        return " ".join(map(str, found + self["client_id"].errors))

    def sold(self) -> list[Sold]:
        """What was filled in."""
        told = self.cleaned_data
        found = []
        for row in self._rows:
            quantity, amount = told[f"quantity_{row.code}"], told[f"amount_{row.code}"]
            if quantity is not None or amount is not None:
                found.append(Sold(row, quantity or 0, amount))
        return found


@producer
def page(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    """The form of a month; it works without a script and, with one, without a network."""
    found, chosen = kept(request, code), month_of(month)
    rows = _rows(found, chosen)
    form = SalesForm(rows, posted(request), initial=_known(found, chosen))
    if sent(request, form) and _told(request, found, chosen, form):
        messages.success(request, _("Đã ghi doanh số tháng %s.") % f"{chosen:%m/%Y}")
        return redirect("producer_point", code)
    context = {
        "point": found,
        "month": chosen,
        "form": form,
        "told": found.reports.filter(month=chosen).first(),
        "open": chosen in sales.tellable(found, timezone.localdate()),
        "send_address": reverse("producer_sales_send", args=[code, month]),
        "words": offline.kept_words(),
    }
    return render(request, "producer/network/sales.html", context)


@producer
@require_POST
def send(request: SignedInRequest, code: str, month: str) -> JsonResponse:
    """What the phone kept, sent by itself."""
    try:
        found = kept(request, code)
    except Http404:
        words = _("Bạn không còn phụ trách điểm bán này. Hãy báo Văn phòng.")
        return JsonResponse({"message": words}, status=404)
    chosen = month_of(month)
    form = SalesForm(_rows(found, chosen), request.POST)
    if not form.is_valid():
        return JsonResponse({"message": form.wrong()}, status=409)
    return offline.answered(
        form,
        lambda: report_sales(
            actor=request.actor,
            point=found,
            month=chosen,
            sold=form.sold(),
            client_id=form.cleaned_data["client_id"],
            at=timezone.now(),
        ),
        {"month": month},
    )


def worker(request: HttpRequest) -> HttpResponse:
    """The worker that opens the form without a network."""
    return offline.worker(
        request, kept=offline.SALES, pages=r"^\/cua-toi\/diem-ban\/[0-9a-z]+\/doanh-so\/[0-9-]+\/$"
    )


def month_of(text: str) -> date:
    """The month of an address, 2026-10; 404 for what is none, or none of these times."""
    if not _MONTH.fullmatch(text):
        raise Http404
    return date.fromisoformat(f"{text}-01")


def _rows(point: SalesPoint, month: date) -> list[Product]:
    return list(sales.to_tell(point, month).select_related("producer"))


def _known(point: SalesPoint, month: date) -> dict[str, Any]:
    known: dict[str, Any] = {"client_id": uuid.uuid4()}
    report = point.reports.filter(month=month).first()
    for sale in report.sales.select_related("product") if report else ():
        known[f"quantity_{sale.product.code}"] = sale.quantity
        known[f"amount_{sale.product.code}"] = sale.amount
    return known


def _told(request: SignedInRequest, point: SalesPoint, month: date, form: SalesForm) -> Any:
    return act(
        form,
        report_sales,
        actor=request.actor,
        point=point,
        month=month,
        sold=form.sold(),
        client_id=form.cleaned_data["client_id"],
        at=timezone.now(),
    )
