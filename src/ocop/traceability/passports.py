"""Digital passports of sales units and lots, one or all: what the files of national systems tell.

A read like those of `queries`, in a module of its own because it goes over everything: a fixed
number of queries for every few hundred sales units, and never more than those in memory.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.products.models import Product, ProductImage
from ocop.recognition.credential.issuing import addresses
from ocop.recognition.models import Recognition
from ocop.recognition.standing import standing
from ocop.recognition.validity import HOLDING
from ocop.traceability import digital_link, queries
from ocop.traceability.models import ForeignCode, Lot, TradeItem
from ocop.traceability.passport import Stage
from ocop.traceability.passport_files import Passport

_AT_ONCE = 300


def passport_of(item: TradeItem, lot: Lot | None = None) -> Passport:
    """The passport of one sales unit or, with a lot, of that lot."""
    return next(_told([item], {item.pk: [lot] if lot else []}))


def current(item: TradeItem) -> Passport:
    """The passport of a sales unit with its newest lot, or without one where there is none."""
    return passport_of(item, queries.newest_lots(item.lots.all()).first())


def newest(items: QuerySet[TradeItem]) -> list[tuple[TradeItem, Passport]]:
    """A few sales units, each with the passport of its newest lot."""
    rows = items.select_related("product__producer__commune").order_by("folded", "pk")
    last = queries.newest_lots(Lot.objects.filter(item=OuterRef("pk"))).values("pk")[:1]
    found = list(rows.annotate(newest_lot=Subquery(last)))
    keys = [row.newest_lot for row in found if row.newest_lot]
    lots = {lot.item_id: [lot] for lot in Lot.objects.filter(pk__in=keys)}
    return list(zip(found, _told(found, lots), strict=True))


def all_passports(items: QuerySet[TradeItem]) -> Iterator[Passport]:
    """The passports of sales units: one for each of their lots, newest first; one without a lot
    where there is none."""
    rows = items.select_related("product__producer__commune").order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        last = found[-1].pk
        lots: dict[int, list[Lot]] = defaultdict(list)
        for lot in queries.newest_lots(Lot.objects.filter(item__in=[row.pk for row in found])):
            lots[lot.item_id].append(lot)
        yield from _told(found, lots)


def address_of(item: TradeItem, lot: Lot | None = None) -> str:
    """What identifies a sales unit or a lot: its GS1 Digital Link, at the host that stamps name;
    without a GTIN its page."""
    if not item.gtin:
        return page_of(item, lot)
    named = digital_link.Item(item.gtin, lot=lot.number if lot else None)
    return f"{settings.OCOP_STAMP_URL.rstrip('/')}{named}"


def page_of(item: TradeItem, lot: Lot | None = None) -> str:
    """Where a person reads the passport."""
    page = f"{addresses().page(item.product.code)}ho-chieu/{item.code}/"
    return f"{page}?lo={lot.code}" if lot else page


def _told(items: Sequence[TradeItem], lots: dict[int, list[Lot]]) -> Iterator[Passport]:
    pictures = _pictures(items)
    codes: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for code in ForeignCode.objects.filter(item__in=[item.pk for item in items]):
        codes[code.item_id].append((code.get_scheme_display(), code.value))
    for item in items:
        for each in lots.get(item.pk, ()):
            each.item = item  # at hand: its code is asked for again and again
    stars = _stars(items)
    stages = _stages([lot for item in items for lot in lots.get(item.pk, ())])
    for item in items:
        picture = pictures.get(item.product_id)
        image = f"{addresses().base}/anh/{picture}/" if picture else ""
        own: Sequence[Lot | None] = lots.get(item.pk) or (None,)
        for lot in own:
            recalled = lot.recalled_at if lot else None
            yield Passport(
                facts=queries.facts_from(
                    item,
                    lot,
                    has_image=picture is not None,
                    stages=stages.get(lot.pk, ()) if lot else (),
                    star=stars.get(item.product_id, ""),
                ),
                address=address_of(item, lot),
                page=page_of(item, lot),
                image=image,
                lot=lot.code if lot else "",
                recalled_on=timezone.localdate(recalled) if recalled else None,
                foreign_codes=codes.get(item.pk, ()),
            )


def _stars(items: Iterable[TradeItem]) -> dict[int, str]:
    """The star that each product may show today, with its decision, in words."""
    rows = Product.objects.filter(pk__in={item.product_id for item in items})
    held = standing(rows, timezone.localdate()).filter(star_state__in=HOLDING)
    ruling = dict(held.values_list("pk", "standing_id"))
    found = Recognition.objects.select_related("decision").in_bulk(ruling.values())
    return {product: _star_words(found[key]) for product, key in ruling.items()}


def _star_words(row: Recognition) -> str:
    words = _("OCOP %d sao") % row.stars
    if row.decision is not None:
        number, day = row.decision.number, write_date(row.decision.signed_on)
        words += ", " + _("Quyết định %(number)s ngày %(day)s") % {"number": number, "day": day}
    last = max(day for day in (row.expires_on, row.extended_until, date.min) if day is not None)
    return words if last == date.min else words + ", " + _("đến %s") % write_date(last)


def _pictures(items: Iterable[TradeItem]) -> dict[int, int]:
    """The first photograph of each product, by keys."""
    found: dict[int, int] = {}
    rows = ProductImage.objects.filter(product__in={item.product_id for item in items})
    for product, key in rows.order_by("position", "pk").values_list("product", "pk"):
        found.setdefault(product, key)
    return found


def _stages(lots: Sequence[Lot]) -> dict[int, list[Stage]]:
    """The steps of many lots, each in the order it happened."""
    found: dict[int, list[Stage]] = {}
    for at in range(0, len(lots), _AT_ONCE):
        found |= queries.stages_of_all(lots[at : at + _AT_ONCE])
    return found
