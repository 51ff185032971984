"""Sales points in the office: the list, one of them, entering and changing."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import editing, events
from ocop.core.actions import require
from ocop.filters.network import OfficePointFilter
from ocop.network import months, place_types, rules
from ocop.network.models import SalesPoint
from ocop.network.queries import goods, points, sales
from ocop.network.services.points import apply_point, change_point
from ocop.producers import queries as producers
from ocop.web.happenings import told
from ocop.web.menu import shown
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.guard import office
from ocop.web.office.network import looks, point_steps, tables
from ocop.web.office.network.menu import TABS
from ocop.web.office.network.point_forms import PointForm, known, source_words
from ocop.web.requests import SignedInRequest
from ocop.web.shop_signs import sign_of
from ocop.web.tables import listing


@office
def point_list(request: SignedInRequest) -> HttpResponseBase:
    """Points that the actor oversees."""
    require(request.actor, rules.may_open_lists)
    year = months.before(months.first_of(timezone.localdate()), 11)
    rows = sales.with_sold(points.for_lists(points.overseen_by(request.actor)), year)
    filters = OfficePointFilter(request.GET, queryset=rows, request=request)
    return listing(
        request,
        table=tables.PointTable(filters.qs, order_by="name"),
        filters=filters,
        title=_("Điểm giới thiệu và bán sản phẩm OCOP"),
        template="office/network/list.html",
        context={
            "tabs": shown(TABS, request.actor, "office:points"),
            "lead": source_words(),
            "new_address": reverse("office:point_new") if rules.may_propose(request.actor) else "",
            "new_words": _("Đề nghị điểm mới"),
            "empty_text": _("Điểm xuất hiện ở đây khi xã, chủ thể hoặc Văn phòng đề nghị."),
        },
    )


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One point: what is known of it, visits, goods, sales, activity."""
    found = overseen(request, code)
    today = timezone.localdate()
    questions = place_types.checks_for(found.place_type)
    visits = [
        (visit, [_(questions[k]) for k, a in visit.answers.items() if a == "no" and k in questions])
        for visit in found.visits.select_related("visited_by").prefetch_related("photos")
    ]
    stock = goods.goods_of(found, today)
    rows = SalesPoint.objects.filter(pk=found.pk)
    context = {
        "point": found,
        "state": looks.state_tag(found),
        "hours": looks.hours(found),
        "place": _(place_types.PLACES[found.place_type]),
        "visits": visits,
        "goods": [(good, looks.verdict_tag(good.verdict)) for good in stock],
        "maker_seen": found.producer is not None
        and producers.visible_to(request.actor).filter(pk=found.producer.pk).exists(),
        "photos": found.photos.filter(visit=None),
        "gone": sum(not good.allowed for good in stock),
        "months": sales.by_month(rows),
        "awaited": sales.awaited(found, today),
        "keepers": points.keepers_on(today).filter(point=found).select_related("user"),
        "steps": point_steps.steps_for(request.actor, found),
        "may_change": rules.may_change(request.actor, found, today),
        "may_decide": rules.may_decide(request.actor),
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
    }
    return render(request, "office/network/point.html", context)


@office
def new(request: SignedInRequest) -> HttpResponse:
    """Propose a point: the office anywhere, an officer in the own communes."""
    require(request.actor, rules.may_propose)
    form = PointForm(posted(request))
    if sent(request, form):
        made = act_on(request, form, apply_point, particulars=form.particulars())
        if made:
            messages.success(request, _("Đã ghi đề nghị. Bước tiếp theo: thẩm định tại chỗ."))
            return redirect("office:point", made.code)
    context = {
        "form": form,
        "title": _("Đề nghị công nhận điểm giới thiệu và bán sản phẩm OCOP"),
        "cancel": reverse("office:points"),
    }
    return render(request, "office/form.html", context)


@office
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a point."""
    found = overseen(request, code)
    require(request.actor, rules.may_change, found, timezone.localdate())
    form = PointForm(posted(request), initial=known(found) | {"seen": editing.mark(found)})
    if sent(request, form):
        seen = form.cleaned_data["seen"]
        changed = act_on(
            request, form, change_point, point=found, particulars=form.particulars(), seen=seen
        )
        if changed:
            messages.success(request, _("Đã lưu điểm bán."))
            return redirect("office:point", code)
    context = {
        "form": form,
        "title": _("Sửa %s") % found.name,
        "cancel": reverse("office:point", args=[code]),
    }
    return render(request, "office/form.html", context)


@office
def sign(request: SignedInRequest, code: str) -> HttpResponse:
    """The sign of a point with its QR code, to print."""
    return sign_of(request, overseen(request, code))


def overseen(request: SignedInRequest, code: str) -> SalesPoint:
    """A point that the actor oversees; 404 for others."""
    require(request.actor, rules.may_open_lists)
    rows = points.overseen_by(request.actor).select_related("commune", "unit", "chain", "producer")
    return get_object_or_404(rows, code=code)
