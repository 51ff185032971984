"""Entering and changing producers and products.

On the same router as the reads: ninja finds the operations of one path on one router only.
"""

from dataclasses import fields, replace
from typing import TypeVar

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema, Status

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import router
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.people.scopes import WRITE_REGISTER
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.producers import queries as producers
from ocop.producers import services as producing
from ocop.products import queries as products
from ocop.products import services as making

P = TypeVar("P", producing.Particulars, producers.Restricted, making.Particulars)


class ProducerIn(JsonIn):
    """What is known of a producer. Left out: unchanged, or empty for a new one.

    From `leader_name` on: facts about persons, which the office and the producer's own people
    write; no call reads them back.
    """

    name: str | None = None
    kind: str | None = None
    tax_code: str | None = None
    address: str | None = None
    commune: str | None = None  # code of today's commune
    lat: float | None = None
    lon: float | None = None
    phone: str | None = None
    website: str | None = None
    story: str | None = None
    leader_name: str | None = None
    leader_sex: str | None = None  # female, male
    leader_ethnicity: str | None = None
    members: int | None = None
    workers: int | None = None
    workers_local: int | None = None


class ProductIn(JsonIn):
    """What is known of a product. Left out: unchanged, or empty for a new one."""

    name: str | None = None
    sector: str | None = None
    set_number: int | None = None
    gtin: str | None = None
    official_code: str | None = None
    old_code: str | None = None
    in_ocop: bool | None = None
    story: str | None = None
    revenue: int | None = None
    commune: str | None = None


class ProductChangeIn(ProductIn):
    """A change of a product; left out: unchanged. With `seen`, the `mark` under which it was read,
    the change is refused when something happened to the product since."""

    seen: str = ""


class ProducerChangeIn(ProducerIn):
    """A change of a producer. With `seen`, the `mark` under which it was read, the change is
    refused when something happened to the producer since."""

    seen: str = ""


class NewProductIn(ProductIn):
    """A new product of a producer; one that is like others needs the confirmation and a reason."""

    producer: str
    confirm_alike: bool = False
    reason: str = ""


class CodeOut(Schema):
    """The code under which the row is read."""

    code: str


@router.post(
    "/producers", response={201: CodeOut}, operation_id="new_producer", summary=N_("Thêm chủ thể")
)
def new_producer(request: ApiRequest, told: ProducerIn) -> Status[CodeOut]:
    """Enter a producer."""
    need_scope(request.actor, WRITE_REGISTER)
    made = producing.create_producer(
        actor=request.actor,
        particulars=_changed(producing.Particulars(name=""), told),
        restricted=_changed(producers.Restricted(), told),
        at=timezone.now(),
    )
    return Status(201, CodeOut(code=made.code))


@router.patch(
    "/producers/{code}", response=CodeOut, operation_id="change_producer", summary=N_("Sửa chủ thể")
)
def change_producer(request: ApiRequest, code: str, told: ProducerChangeIn) -> CodeOut:
    """Change what is known of a producer."""
    need_scope(request.actor, WRITE_REGISTER)
    found = get_object_or_404(producers.visible_to(request.actor), code=code)
    persons = told.model_fields_set & set(producers.RESTRICTED)
    producing.change_producer(
        actor=request.actor,
        producer=found,
        particulars=_changed(_present(producing.Particulars, found), told),
        restricted=_changed(_present(producers.Restricted, found), told) if persons else None,
        seen=told.seen,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/products", response={201: CodeOut}, operation_id="new_product", summary=N_("Thêm sản phẩm")
)
def new_product(request: ApiRequest, told: NewProductIn) -> Status[CodeOut]:
    """Enter a product of a producer."""
    need_scope(request.actor, WRITE_REGISTER)
    producer = get_object_or_404(producers.visible_to(request.actor), code=told.producer)
    made = making.create_product(
        actor=request.actor,
        producer=producer,
        particulars=_changed(making.Particulars(name=""), told),
        confirm_alike=told.confirm_alike,
        reason=told.reason,
        at=timezone.now(),
    )
    return Status(201, CodeOut(code=made.code))


@router.patch(
    "/products/{code}", response=CodeOut, operation_id="change_product", summary=N_("Sửa sản phẩm")
)
def change_product(request: ApiRequest, code: str, told: ProductChangeIn) -> CodeOut:
    """Change what is known of a product."""
    need_scope(request.actor, WRITE_REGISTER)
    found = get_object_or_404(products.visible_to(request.actor), code=code)
    making.change_product(
        actor=request.actor,
        product=found,
        seen=told.seen,
        particulars=_changed(_present(making.Particulars, found), told),
        at=timezone.now(),
    )
    return CodeOut(code=code)


def _present(of: type[P], row: object) -> P:
    """What is known now, in the form the service takes."""
    return of(**{field.name: getattr(row, field.name) for field in fields(of)})


def _changed(present: P, told: Schema) -> P:
    """With what the call says put over it."""
    said = told.dict(exclude_unset=True)
    known = {field.name for field in fields(present)}
    changes = {name: value for name, value in said.items() if name in known}
    if "commune" in changes:
        changes["commune"] = _commune(changes["commune"])
    emptied = {name: "" for name in changes if changes[name] is None and _is_text(present, name)}
    return replace(present, **{**changes, **emptied})


def _is_text(present: object, name: str) -> bool:
    return isinstance(getattr(present, name), str)


def _commune(code: str | None) -> Unit | None:
    if not code:
        return None
    found = places.by_key(code)
    if found is None:
        message = _("Không có đơn vị hành chính nào mang mã này.")
        raise Refused("commune_unknown", message, fields={"commune": [message]})
    return found
