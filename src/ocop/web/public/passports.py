"""The digital passport of a product before the public: of a sales unit, with one of its lots."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ocop.core.actor import Actor
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.recognition import queries as register
from ocop.recognition.postcheck import public
from ocop.traceability import passport as laws
from ocop.traceability import passports, queries
from ocop.traceability.models import Lot, TradeItem
from ocop.web import passports as shown
from ocop.web.office.traceability.looks import lot_tag
from ocop.web.public import cards
from ocop.web.requests import Request

LOTS_SHOWN = 12


def of_product(product: Product) -> list[dict[str, Any]]:
    """The sales units of a product that are sold, each with how much its passport tells."""
    told, today = [], timezone.localdate()
    for item, passport in passports.newest(product.trade_items.filter(stopped_at=None)):
        known, of = laws.completeness(passport.facts)
        told.append(
            {"item": item, "number": queries.trade_code(item), "known": known, "of": of,
             "lot": passport.facts.lot, "recalled_on": passport.recalled_on,
             "expired_on": past(passport.facts.expires_on, today)}
        )  # fmt: skip
    return told


def past(day: date | None, today: date) -> date | None:
    """A day that has passed."""
    return day if day is not None and day < today else None


@require_safe
def page(request: Request, code: str, item: str) -> HttpResponse:
    """The passport: the state of the star today first, then all that both laws ask for."""
    today = timezone.localdate()
    found = _found(request.actor, code, item)
    lot = _lot(request, found)
    steps = register.life_line(request.actor, found.product, today)
    ruling = next((step for step in steps if step.rules), None)
    lots = queries.newest_lots(found.lots.all())[:LOTS_SHOWN]
    context = {
        "item": found,
        "product": found.product,
        "number": queries.trade_code(found),
        "lot": lot,
        "look": lot_tag(lot, today) if lot else None,
        "lots": [(each, lot_tag(each, today)) for each in lots],
        "ruling": ruling,
        "since": public.since(ruling.recognition, ruling.state, today) if ruling else "",
        "stopped": cards.stopped_words(found.product),
        **shown.reading(passports.passport_of(found, lot)),
    }
    return render(request, "public/passport.html", context)


@require_safe
def file(request: Request, code: str, item: str, kind: str) -> HttpResponse:
    """The same as a file."""
    found = _found(request.actor, code, item)
    return shown.file_of(passports.passport_of(found, _lot(request, found)), kind)


def _found(actor: Actor, code: str, item: str) -> TradeItem:
    rows = TradeItem.objects.filter(product__in=products.visible_to(actor).values("pk"))
    return get_object_or_404(
        rows.select_related("product__producer__commune"), product__code=code, code=item
    )


def _lot(request: Request, item: TradeItem) -> Lot | None:
    """The lot of the address, else the newest; an address with a lot that is none says so."""
    rows = queries.newest_lots(item.lots.select_related("site"))
    asked = request.GET.get("lo", "")
    if not asked:
        return rows.first()
    found = rows.filter(code=asked).first() if asked.isalnum() else None
    if found is None:
        raise Http404
    return found
