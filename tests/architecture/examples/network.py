"""Examples of the actions of the network."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ocop.core.actor import SYSTEM
from ocop.network import place_types
from ocop.network.services.photos import add_point_photo
from ocop.network.services.points import PointParticulars, Visited
from ocop.network.services.sales import Sold
from ocop.products.models import Product
from tests.factories import ProductFactory, RecognitionFactory, UnitFactory
from tests.network.factories import (
    make_application,
    make_chain,
    make_keeper,
    make_key_good,
    make_line,
    make_point,
    make_visit,
    picture,
)
from tests.world import person


def _known() -> PointParticulars:
    return PointParticulars("Điểm Một", "village", "HTX Một", "Thôn Một", UnitFactory())


def _visit(now: datetime) -> dict[str, Any]:
    point = make_application()
    answers = dict.fromkeys(place_types.checks_for(point.place_type), "yes")
    return {"point": point, "told": Visited(now, answers)}


def _recognise(now: datetime) -> dict[str, Any]:
    point = make_application()
    make_visit(point, now)
    return {
        "point": point,
        "number": "12/QĐ-UBND",
        "signed_on": now.date(),
        "authority": "UBND thành phố Hà Nội",
    }


def _stocked() -> dict[str, Any]:
    point, product = make_point(), ProductFactory()
    make_line(product, point=point)
    return {"point": point, "product": product}


def _report() -> dict[str, Any]:
    told = _stocked()
    product: Product = told.pop("product")
    return told | {
        "month": date(2026, 10, 1),
        "sold": [Sold(product, 12, 960_000)],
        "client_id": UUID(int=1),
    }


def _shown(now: datetime) -> dict[str, Any]:
    photo = add_point_photo(
        actor=SYSTEM,
        point=make_point(),
        content=picture(),
        filename="diem.png",
        caption="Mặt tiền",
        at=now,
    )
    return {"photo": photo, "reason": "Ảnh mờ"}


EXAMPLES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "network.apply_point": lambda _now: {"particulars": _known()},
    "network.change_point": lambda _now: {"point": make_point(), "particulars": _known()},
    "network.visit_point": _visit,
    "network.recognise_point": _recognise,
    "network.correct_point_decision": lambda _now: {
        "point": make_point(),
        "number": "13/QĐ-UBND",
        "signed_on": date(2026, 1, 16),
        "authority": "UBND thành phố Hà Nội",
        "reason": "Ghi nhầm số",
    },
    "network.refuse_point": lambda _now: {
        "point": make_application(),
        "reason": "Không có mặt bằng",
    },
    "network.close_point": lambda _now: {"point": make_point(), "reason": "Hết hợp đồng thuê"},
    "network.set_point_money": lambda _now: {
        "point": make_point(),
        "approved_cost": 200_000_000,
        "state_paid": 100_000_000,
    },
    "network.add_point_photo": lambda _now: {
        "point": make_point(),
        "content": picture(),
        "filename": "diem.png",
        "caption": "Mặt tiền",
    },
    "network.add_visit_photo": lambda now: {
        "visit": make_visit(make_point(), now),
        "content": picture(),
        "filename": "diem.png",
    },
    "network.remove_point_photo": _shown,
    "network.appoint_keeper": lambda now: {
        "point": make_point(),
        "login": str(person(now, None).email),
    },
    "network.end_keeper": lambda now: {
        "keeper": make_keeper(make_point(), person(now, None)),
        "reason": "Nghỉ việc",
    },
    "network.open_chain": lambda _now: {"name": "Chuỗi Hai", "shared_stock": True},
    "network.change_chain": lambda _now: {
        "chain": make_chain(),
        "name": "Chuỗi Ba",
        "shared_stock": False,
    },
    "network.join_chain": lambda _now: {"point": make_point(), "chain": make_chain()},
    "network.stock_product": lambda _now: {
        "point": make_point(),
        "product": RecognitionFactory(on=date(2025, 1, 10)).product,
    },
    "network.unstock_product": lambda _now: _stocked(),
    "network.list_key_good": lambda _now: {
        "product": ProductFactory(),
        "basis": "key",
        "document": "100/QĐ-UBND",
        "starts_on": date(2026, 1, 1),
    },
    "network.end_key_good": lambda _now: {
        "good": make_key_good(ProductFactory()),
        "reason": "Danh mục mới không có",
    },
    "network.report_sales": lambda _now: _report(),
}
