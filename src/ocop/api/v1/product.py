"""One product whole, as its page shows it: story, photographs, and the line of its life."""

from datetime import date
from typing import Any

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema

from ocop.api.callers import need_scope
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import (
    ProductOut,
    RecognitionFacts,
    product_out,
    recognition_facts,
    router,
)
from ocop.core import editing
from ocop.core.language import noop as N_
from ocop.people.scopes import READ_REGISTER
from ocop.products import queries as products
from ocop.products.models import ProductImage
from ocop.recognition import queries
from ocop.recognition.certified import Certified, certified
from ocop.recognition.queries import Step


class PhotoOut(Schema):
    """A photograph of a product. `address` gives the file to who may see the product."""

    id: int
    caption: str
    media_type: str
    address: str


class LifeOut(RecognitionFacts):
    """One recognition in a product's life. `rules`: it is the one that counts today; `became`
    says in words what became of it, `replaced_on` when another took its place while it held."""

    rules: bool
    became: str
    replaced_on: date | None


class ProductDetailOut(ProductOut):
    """A product whole. `life` holds the recognitions that the caller may see, the oldest first;
    undated ones stand before all others. A change may name the `mark`, and is then refused when
    something happened in between."""

    story: str
    photos: list[PhotoOut]
    life: list[LifeOut]
    mark: str


@router.get(
    "/products/{code}",
    response=ProductDetailOut,
    operation_id="product",
    summary=N_("Một sản phẩm"),
)
def product(request: ApiRequest, code: str) -> dict[str, Any]:
    """One product, in the programme or not, with its story, photographs and recognitions."""
    need_scope(request.actor, READ_REGISTER)
    today = timezone.localdate()
    seen = products.visible_to(request.actor)
    mark = editing.mark(get_object_or_404(seen, code=code))  # first: never newer than what is told
    found = get_object_or_404(queries.standing(products.for_lists(seen), today), code=code)
    return {
        **product_out(found).dict(),
        "mark": mark,
        "story": found.story,
        "photos": [_photo(request, code, image) for image in products.images_of(found)],
        "life": [_step(step) for step in queries.life_line(request.actor, found, today)],
    }


class CertifiedOut(Schema):
    """What is certified of a product at the end of the day `on`. `holds`: it may show its star on
    that day; `state` and `recognition` are null where no star was given by then. A result annulled
    since certifies nothing: `state` is `annulled`, and `instead` is what counts in its place."""

    on: date
    holds: bool
    state: str | None
    recognition: RecognitionFacts | None
    instead: RecognitionFacts | None


@router.get(
    "/products/{code}/star",
    response=CertifiedOut,
    operation_id="product_star",
    summary=N_("Hạng sao của một sản phẩm vào một ngày"),
)
def star(request: ApiRequest, code: str, on: date | None = None) -> CertifiedOut:
    """The star of a product on a day, today when `on` is left out. Of a day to come it tells what
    follows from what is decided today."""
    need_scope(request.actor, READ_REGISTER)
    found = get_object_or_404(products.visible_to(request.actor), code=code)
    day = on or timezone.localdate()
    told = certified(found, day)
    if told is None:
        return CertifiedOut(on=day, holds=False, state=None, recognition=None, instead=None)
    return CertifiedOut(
        on=day,
        holds=told.holds,
        state=told.state,
        recognition=_facts(told),
        instead=_facts(told.instead) if told.instead else None,
    )


def _facts(told: Certified) -> RecognitionFacts:
    return RecognitionFacts(**recognition_facts(told.recognition, told.state))


def _photo(request: ApiRequest, code: str, image: ProductImage) -> PhotoOut:
    return PhotoOut(
        id=image.pk,
        caption=image.caption,
        media_type=image.attachment.media_type,
        address=request.build_absolute_uri(f"/api/v1/products/{code}/photos/{image.pk}"),
    )


def _step(step: Step) -> LifeOut:
    return LifeOut(
        **recognition_facts(step.recognition, step.state),
        rules=step.rules,
        became=step.words,
        replaced_on=step.replaced_on,
    )


@router.get(
    "/products/{code}/photos/{key}",
    response={200: bytes},
    operation_id="product_photo",
    summary=N_("Ảnh của một sản phẩm"),
)
def photo(request: ApiRequest, code: str, key: int) -> FileResponse:
    """The file of a photograph."""
    need_scope(request.actor, READ_REGISTER)
    found = get_object_or_404(products.visible_to(request.actor), code=code)
    stored = get_object_or_404(products.images_of(found), pk=key).attachment
    return FileResponse(stored.file.open("rb"), content_type=stored.media_type)
