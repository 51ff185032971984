"""Allowances and keys of stamps in the office."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.filters.stamps import AllowanceFilter
from ocop.producers import queries as producers
from ocop.traceability import rules, stamp_keys, stamp_queries
from ocop.traceability.services.allowances import set_allowance
from ocop.traceability.services.keys import rotate_stamp_key
from ocop.traceability.stamp_options import ALLOWANCE
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.traceability import stamp_tables
from ocop.web.office.traceability.stamp_forms import AllowanceForm, ProducerSearchForm
from ocop.web.office.traceability.stamp_pages import frame, listed
from ocop.web.requests import SignedInRequest

_SHOWN = 20  # producers found; with more of them a word more finds the right one


@office
def allowance_list(request: SignedInRequest) -> HttpResponseBase:
    """What producers may order in a year, and what of it is taken."""
    require(request.actor, rules.may_see_all_stamps)
    rows = stamp_queries.allowances_visible_to(request.actor)
    filters = AllowanceFilter(request.GET, queryset=rows, request=request)
    usual = _("Chưa đặt riêng thì mỗi chủ thể được %s tem trong năm (trang Thiết lập).")
    return listed(
        request,
        "office:stamp_allowances",
        _("Hạn mức tem"),
        stamp_tables.AllowanceTable(
            filters.qs, may_set=rules.may_manage_stamps(request.actor), order_by="-year"
        ),
        filters,
        lead=usual % write_number(ALLOWANCE.get()),
        add=rules.may_manage_stamps(request.actor) and "office:stamp_allowance_choose",
        add_words=_("Đặt hạn mức cho chủ thể"),
        empty_text=_("Hạn mức xuất hiện ở đây khi chủ thể đặt tem, hoặc khi Văn phòng đặt riêng."),
    )


@office
def choose(request: SignedInRequest) -> HttpResponse:
    """Find the producer whose allowance is to be set: also one that never ordered stamps."""
    require(request.actor, rules.may_manage_stamps)
    form = ProducerSearchForm(request.GET if "q" in request.GET else None)
    today = timezone.localdate()
    context = frame(request, "office:stamp_allowances") | {"form": form}
    if form.is_valid():
        rows = producers.visible_to(request.actor)
        found = producers.search(request.actor, rows, form.cleaned_data["q"], on=today)
        makers = list(found.select_related("commune").order_by("folded", "pk")[: _SHOWN + 1])
        allowed = stamp_queries.allowances_in(makers[:_SHOWN], today.year)
        context |= {"asked": True, "year": today.year, "makers": allowed, "more": makers[_SHOWN:]}
    return render(request, "office/stamps/choose.html", context)


@office
def allowance(request: SignedInRequest, code: str) -> HttpResponse:
    """Set the allowance of a producer."""
    require(request.actor, rules.may_manage_stamps)
    maker = get_object_or_404(producers.visible_to(request.actor), code=code)
    year = timezone.localdate().year
    known = stamp_queries.allowance_of(maker, year)
    form = AllowanceForm(posted(request), initial={"year": year, "quantity": known.quantity})
    if sent(request, form) and act_on(
        request, form, set_allowance, producer=maker, **form.cleaned_data
    ):
        messages.success(request, _("Đã đặt hạn mức."))
        return redirect("office:stamp_allowances")
    used = _("Năm %(year)d: được %(quantity)s tem, đã đặt %(used)s.") % {
        "year": year,
        "quantity": write_number(known.quantity),
        "used": write_number(known.used),
    }
    context = {
        "form": form,
        "title": _("Hạn mức tem: %s") % maker.name,
        "lead": used,
        "cancel": reverse("office:stamp_allowances"),
    }
    return render(request, "office/form.html", context)


@office
def keys(request: SignedInRequest) -> HttpResponse:
    """What is known of the keys of stamps; never a secret."""
    require(request.actor, rules.may_see_keys)
    context = {
        **frame(request, "office:stamp_keys"),
        "title": _("Khóa tem"),
        "keys": [
            (key, stamp_keys.short(key.fingerprint)) for key in stamp_queries.keys_with_orders()
        ],
        "trouble": _trouble(),
        "path": stamp_keys.path() if rules.may_see_key_file(request.actor) else "",
        "may_rotate": rules.may_rotate_keys(request.actor),
    }
    return render(request, "office/stamps/keys.html", context)


@office
def rotate(request: SignedInRequest) -> HttpResponse:
    """Take a new key into use."""
    require(request.actor, rules.may_rotate_keys)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(request, form, rotate_stamp_key, **form.cleaned_data):
        messages.success(request, _("Đã thay khóa tem. Hãy sao lưu lại tệp khóa."))
        return redirect("office:stamp_keys")
    context = {
        "form": form,
        "title": _("Thay khóa tem"),
        "lead": _(
            "Tem cấp từ nay dùng khóa mới. Tem đã in vẫn kiểm được bằng khóa cũ, khóa cũ không cấp "
            "thêm. Có nhiều nhất 16 khóa, không hoàn lại được."
        ),
        "cancel": reverse("office:stamp_keys"),
    }
    return render(request, "office/form.html", context)


def _trouble() -> str:
    """Why no stamp could be made or read now; "" while all is well."""
    try:
        stamp_keys.serial_keys()
    except Refused as refused:
        return refused.message
    return ""
