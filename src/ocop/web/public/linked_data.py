"""Products, producers and sales points as schema.org JSON-LD, for search engines and programs."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core.fieldwork import Position
from ocop.network.models import PointPhoto, SalesPoint
from ocop.producers.models import Producer
from ocop.products import gtin
from ocop.products.models import Product, ProductImage
from ocop.recognition.queries import Step
from ocop.recognition.validity import holds_star

CONTEXT = "https://schema.org"
_DAYS = {
    "1": "Monday",
    "2": "Tuesday",
    "3": "Wednesday",
    "4": "Thursday",
    "5": "Friday",
    "6": "Saturday",
    "7": "Sunday",
}


def product(
    request: HttpRequest, found: Product, ruling: Step | None, images: Sequence[ProductImage]
) -> dict[str, Any]:
    """A product; a star only while it holds."""
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Product",
        "@id": request.build_absolute_uri(reverse("product", args=[found.code])),
        "name": found.name,
        "category": found.get_sector_display(),
        "manufacturer": _organisation(request, found.producer),
    }
    if found.story:
        data["description"] = found.story
    if found.gtin:
        data["gtin"] = gtin.printed(found.gtin)
    if images:
        data["image"] = [
            request.build_absolute_uri(reverse("photo", args=[image.pk])) for image in images
        ]
    if found.commune is not None:
        data["countryOfOrigin"] = {"@type": "Country", "name": "VN"}
    if ruling is not None and holds_star(ruling.state):
        data["award"] = _("OCOP %d sao") % ruling.recognition.stars
    return data


def producer(request: HttpRequest, found: Producer) -> dict[str, Any]:
    """A producer."""
    return {"@context": CONTEXT, **_organisation(request, found)}


def shop(
    request: HttpRequest, found: SalesPoint, place: Position | None, images: Sequence[PointPhoto]
) -> dict[str, Any]:
    """A point with its hours; `place` only where it was told of the point itself."""
    address = {"@type": "PostalAddress", "streetAddress": found.address, "addressCountry": "VN"}
    if found.commune is not None:
        address["addressLocality"] = found.commune.name
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Store",
        "@id": request.build_absolute_uri(reverse("shop", args=[found.code])),
        "name": found.name,
        "address": address,
    }
    if place is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.lat,
            "longitude": place.lon,
        }
    if found.phone:
        data["telephone"] = found.phone
    if found.opens_at and found.closes_at:
        open_days = [day for digit, day in _DAYS.items() if digit not in found.closed_days]
        data["openingHoursSpecification"] = {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": open_days,
            "opens": f"{found.opens_at:%H:%M}",
            "closes": f"{found.closes_at:%H:%M}",
        }
    if images:
        data["image"] = [
            request.build_absolute_uri(reverse("shop_photo", args=[found.code, image.pk]))
            for image in images
        ]
    return data


def _organisation(request: HttpRequest, found: Producer) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Organization",
        "@id": request.build_absolute_uri(reverse("producer", args=[found.code])),
        "name": found.name,
    }
    if found.commune is not None:
        data["address"] = {
            "@type": "PostalAddress",
            "addressLocality": found.commune.name,
            "addressCountry": "VN",
        }
    return data
