"""Products and producers as schema.org JSON-LD, for search engines and other programs."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.producers.models import Producer
from ocop.products import gtin
from ocop.products.models import Product, ProductImage
from ocop.recognition.queries import Step
from ocop.recognition.validity import holds_star

CONTEXT = "https://schema.org"


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
