"""Examples of sales units, places and lots."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.traceability.models import ForeignCode
from ocop.traceability.services import items, lots, sites
from tests.factories import ProducerFactory, ProductFactory
from tests.traceability.factories import make_item, make_lot, make_site


def _code(now: datetime) -> ForeignCode:
    return items.add_foreign_code(
        actor=SYSTEM,
        item=make_item(ProductFactory(), now),
        scheme="national",
        value="8938505974192",
        at=now,
    )


EXAMPLES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "traceability.open_site": lambda _now: {
        "producer": ProducerFactory(),
        "particulars": sites.SiteParticulars(name="Vườn chè số 2", address="Thôn Một"),
    },
    "traceability.change_site": lambda now: {
        "site": make_site(ProductFactory(), now),
        "particulars": sites.SiteParticulars(name="Xưởng sấy", gln="8938505974194"),
    },
    "traceability.close_site": lambda now: {
        "site": make_site(ProductFactory(), now),
        "reason": "Trả lại mặt bằng",
    },
    "traceability.create_item": lambda _now: {
        "product": ProductFactory(),
        "particulars": items.ItemParticulars(name="Hộp 250 g", standards="TCCS 01:2026"),
    },
    "traceability.change_item": lambda now: {
        "item": make_item(ProductFactory(), now),
        "particulars": items.ItemParticulars(name="Hộp 500 g", gtin="8938505974194"),
    },
    "traceability.stop_item": lambda now: {
        "item": make_item(ProductFactory(), now),
        "reason": "Không đóng gói cỡ này nữa",
    },
    "traceability.add_foreign_code": lambda now: {
        "item": make_item(ProductFactory(), now),
        "scheme": "hn_check",
        "value": "https://hn.check.net.vn/c/ABC123",
    },
    "traceability.remove_foreign_code": lambda now: {
        "code": _code(now),
        "reason": "Ghi nhầm sản phẩm",
    },
    "traceability.open_lot": lambda now: {
        "item": make_item(ProductFactory(), now),
        "particulars": lots.LotParticulars(
            number="L-2026-11", produced_on=date(2026, 11, 1), quantity=Decimal(500), measure="hộp"
        ),
    },
    "traceability.change_lot": lambda now: {
        "lot": make_lot(make_item(ProductFactory(), now), now),
        "particulars": lots.LotParticulars(number="L-01", expires_on=date(2027, 7, 1)),
    },
}
