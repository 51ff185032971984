"""The producer's own places: where goods are grown, made, packed and kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.places import queries as places
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.traceability import queries
from ocop.traceability.models import Site
from ocop.traceability.services import sites as services
from ocop.web.producer.guard import producer
from ocop.web.producer.traceability.forms import SiteForm
from ocop.web.producer.traceability.pages import (
    change_page,
    done,
    ending_page,
    form_page,
    posted,
    tabs,
)
from ocop.web.requests import SignedInRequest


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """Own places, those in use first."""
    found = []
    for maker in producers.own(request.actor).order_by("folded"):
        rows = queries.sites_for_lists(maker.sites.select_related("commune"))
        ordered = sorted(rows.order_by("folded", "pk"), key=lambda row: row.closed_at is not None)
        found.append((maker, [(row, queries.site_code(row)) for row in ordered]))
    context = {
        "title": _("Địa điểm sản xuất"),
        "lead": _("Nơi trồng, nuôi, chế biến, đóng gói, lưu kho: mã truy vết địa điểm của các lô."),
        "tabs": tabs(request.actor, "producer_sites"),
        "producers": found,
    }
    return render(request, "producer/traceability/sites.html", context)


@producer
def new(request: SignedInRequest, maker: str) -> HttpResponse:
    """Enter a place."""
    found = get_object_or_404(queries.producers_kept_by(request.actor), code=maker)
    commune = {"commune": places.key_of(found.commune)} if found.commune else {}
    form = SiteForm(posted(request), initial=commune)
    if done(request, form, services.open_site, producer=found) is not None:
        messages.success(request, _("Đã thêm địa điểm."))
        return redirect(_list(request, found))
    back = _list(request, found)
    return form_page(request, form, _("Thêm địa điểm"), back, about=found.name)


@producer
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a place."""
    found = _kept(request, code)
    return change_page(
        request,
        found,
        make=lambda sent, initial: SiteForm(sent, initial=initial),
        known=lambda: _known(found),
        save=services.change_site,
        named="site",
        said=_("Đã lưu địa điểm."),
        title=_("Sửa địa điểm"),
        back=_list(request, found.producer),
    )


@producer
def close(request: SignedInRequest, code: str) -> HttpResponse:
    """Note that nothing is made at a place any more."""
    found = _kept(request, code)
    return ending_page(
        request,
        service=services.close_site,
        site=found,
        said=_("Đã ghi địa điểm không còn dùng."),
        title=_("Không còn dùng %s") % found.name,
        text=_("Không chọn nơi này cho lô mới được nữa. Các lô đã làm ở đây vẫn nói đúng nơi."),
        back=_list(request, found.producer),
    )


def _list(request: SignedInRequest, maker: Producer) -> str:
    """Where one came from: the own places, or the office's list of this producer's."""
    if producers.own(request.actor).filter(pk=maker.pk).exists():
        return reverse("producer_sites")
    return f"{reverse('office:sites')}?producer={maker.code}"


def _known(site: Site) -> dict[str, Any]:
    commune = places.key_of(site.commune) if site.commune else ""
    return {"name": site.name, "gln": site.gln, "address": site.address, "commune": commune}


def _kept(request: SignedInRequest, code: str) -> Site:
    """A place that the actor may write; nobody else finds it here."""
    return get_object_or_404(queries.sites_kept_by(request.actor), code=code)
