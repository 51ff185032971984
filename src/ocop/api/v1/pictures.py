"""Photographs of products."""

from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from ocop.api.callers import need_scope
from ocop.api.inputs import FormIn
from ocop.api.requests import ApiRequest
from ocop.core.language import noop as N_
from ocop.people.scopes import WRITE_REGISTER
from ocop.products import queries as products
from ocop.products import services as making
from ocop.products.models import ProductImage

router = Router(tags=["register"])


class CaptionIn(FormIn):
    """What the photograph shows, for those who cannot see it."""

    caption: str


class ImageOut(Schema):
    """A photograph behind the others of its product."""

    id: int
    caption: str
    position: int


@router.post(
    "/products/{code}/images",
    response={201: ImageOut},
    operation_id="add_image",
    summary=N_("Thêm ảnh sản phẩm"),
)
def add(
    request: ApiRequest,
    code: str,
    file: Annotated[UploadedFile, File()],
    told: Annotated[CaptionIn, Form()],
) -> Status[ProductImage]:
    """Add a photograph (PNG, JPEG or WebP)."""
    need_scope(request.actor, WRITE_REGISTER)
    made = making.add_image(
        actor=request.actor,
        product=get_object_or_404(products.visible_to(request.actor), code=code),
        content=file.read(),
        filename=file.name or "",
        caption=told.caption,
        at=timezone.now(),
    )
    return Status(201, made)
