"""Products as cards, and places as points of a map."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core.numbers import write_date
from ocop.producers.models import Producer
from ocop.products.models import ProductImage, ProductState


def cards(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What the component `product_card` needs, for products that `standing` annotated."""
    found = list(rows)
    first: dict[int, ProductImage] = {}
    for image in ProductImage.objects.filter(product__in=[row.pk for row in found]):
        first.setdefault(image.product_id, image)
    return [_card(row, first.get(row.pk)) for row in found]


def _card(row: Any, image: ProductImage | None) -> dict[str, Any]:
    return {
        "name": row.name,
        "address": reverse("product", args=[row.code]),
        "producer": row.producer.name,
        "place": place_of(row),
        "count": row.stars,
        "potential": row.rank == "4p",
        "state": row.star_state,
        "sector": row.sector,
        "image": reverse("photo", args=[image.pk]) if image else "",
        "alt": image.caption if image else "",
        "stopped": bool(stopped_words(row)),
    }


def stopped_words(row: Any) -> str:
    """What the public is told of a product that is not made any more; its star may hold on."""
    if row.producer.stopped_on is not None:
        return producer_stopped_words(row.producer)
    if row.state == ProductState.STOPPED:
        return _("Sản phẩm này đã ngừng sản xuất. Hạng sao vẫn ghi theo quyết định đã ký.")
    return ""


def producer_stopped_words(producer: Producer) -> str:
    """What the public is told of a producer that works no more."""
    if producer.stopped_on is None:
        return ""
    return _("Chủ thể đã ngừng hoạt động từ ngày %s.") % write_date(producer.stopped_on)


def place_of(row: Any) -> str:
    """Where a product or producer is: today's commune, else the unit of its time."""
    if row.commune is not None:
        return str(row.commune.name)
    return str(row.unit.name) if row.unit is not None else ""


def point(
    name: str,
    lat: float | None,
    lon: float | None,
    *,
    address: str = "",
    note: str = "",
    count: int = 0,
) -> dict[str, Any]:
    """A place as the component `map` takes it; a `count` makes its dot as large as it is."""
    told = {"name": name, "lat": lat, "lon": lon, "address": address, "note": note}
    return {**told, "count": count} if count else told
