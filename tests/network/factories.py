"""Points and what stands there, for tests."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from PIL import Image

from ocop.core.codes import public_code
from ocop.network import place_types
from ocop.network.models import (
    Chain,
    KeyGood,
    PointKeeper,
    PointState,
    PointVisit,
    SalesPoint,
    StockLine,
)
from ocop.people.models import User
from ocop.products.models import Product
from tests.factories import CREATED, UnitFactory

SINCE = date(2026, 1, 15)


def make_point(**more: Any) -> SalesPoint:
    """A point that works since SINCE."""
    told = {
        "name": "Điểm OCOP Vân Từ",
        "folded": "diem ocop van tu",
        "place_type": "village",
        "state": PointState.RECOGNISED,
        "operator": "Hợp tác xã Vân Từ",
        "province": "01",
        "address": "Thôn Một",
        "number": "12/QĐ-UBND",
        "authority": "UBND thành phố Hà Nội",
        "recognised_on": SINCE,
        "created_at": CREATED,
    } | more
    told.setdefault("commune", told.get("unit") or UnitFactory())
    told.setdefault("unit", told["commune"])
    return SalesPoint.objects.create(code=public_code(), **told)


def make_application(**more: Any) -> SalesPoint:
    """A point that waits for an answer."""
    told = {
        "state": PointState.APPLIED,
        "number": "",
        "authority": "",
        "recognised_on": None,
    }
    return make_point(**(told | more))


def make_visit(point: SalesPoint, at: datetime, *, passed: bool = True) -> PointVisit:
    """A visit that answered every question alike."""
    answers = dict.fromkeys(place_types.checks_for(point.place_type), "yes" if passed else "no")
    return PointVisit.objects.create(
        code=public_code(),
        point=point,
        visited_at=at,
        checklist=place_types.listing_on(at.date()).key,
        answers=answers,
        passed=passed,
        created_at=at,
    )


def make_keeper(point: SalesPoint, user: User, **more: Any) -> PointKeeper:
    """Somebody who keeps a point since SINCE."""
    return PointKeeper.objects.create(point=point, user=user, **({"starts_on": SINCE} | more))


def make_chain(**more: Any) -> Chain:
    """A chain that shares its stock."""
    told = {"name": "Chuỗi Một", "folded": "chuoi mot", "shared_stock": True} | more
    return Chain.objects.create(code=public_code(), created_at=CREATED, **told)


def make_line(product: Product, **more: Any) -> StockLine:
    """Goods on a shelf since SINCE: give `point` or `chain`."""
    told = {"starts_on": SINCE, "created_at": CREATED} | more
    return StockLine.objects.create(product=product, **told)


def make_key_good(product: Product, **more: Any) -> KeyGood:
    """A key product of the province since SINCE."""
    told = {"basis": "key", "document": "100/QĐ-UBND", "starts_on": SINCE} | more
    return KeyGood.objects.create(product=product, created_at=CREATED, **told)


def picture() -> bytes:
    """A small photograph."""
    out = BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    return out.getvalue()
