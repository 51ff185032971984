"""The life of a product as the caller may read it."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema

from ocop.api.callers import need_scope
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import router
from ocop.core.language import noop as N_
from ocop.people.scopes import READ_REGISTER
from ocop.products import queries as products
from ocop.programme.history import history, reader_of
from ocop.programme.lifeline import Entry


class HappenedOut(Schema):
    """One thing in the life of a product. `readers`: `public` everybody, `producer` its producer
    and staff, `office` staff alone; `kind` and `key` say what it is about, both empty for none."""

    on: date
    stage: str
    title: str
    detail: str
    readers: str
    kind: str
    key: str


@router.get(
    "/products/{code}/history",
    response=list[HappenedOut],
    operation_id="product_history",
    summary=N_("Lịch sử một sản phẩm"),
)
def product_history(request: ApiRequest, code: str) -> list[dict[str, Any]]:
    """What happened to a product from the idea to today, the oldest first: to everybody the
    recognitions and how they ended, to its producer and to staff of the area more."""
    need_scope(request.actor, READ_REGISTER)
    today = timezone.localdate()
    rows = products.for_lists(products.visible_to(request.actor))
    found = get_object_or_404(rows, code=code)
    reader = reader_of(request.actor, found, today)
    return [_told(e) for e in history(request.actor, found, reader=reader, on=today)]


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "on": entry.on,
        "stage": entry.stage,
        "title": entry.title,
        "detail": entry.detail,
        "readers": entry.audience,
        "kind": entry.about.kind if entry.about else "",
        "key": entry.about.key if entry.about else "",
    }
