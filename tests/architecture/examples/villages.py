"""Examples of craft villages."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.network.villages.models import Artisan, Village, VillageImport
from ocop.network.villages.services import importing, telling
from ocop.network.villages.services.routes import RouteParticulars, StopParticulars
from ocop.network.villages.services.telling import YearParticulars
from ocop.network.villages.services.villages import VillageParticulars
from tests.factories import UnitFactory
from tests.network.villages.factories import (
    VillageFactory,
    VillageRecognitionFactory,
    VillageRouteFactory,
    workbook,
)


def _particulars(name: str = "Làng Một") -> VillageParticulars:
    return VillageParticulars(name=name, trade="Mây tre đan", commune=UnitFactory())


def _artisan(now: datetime) -> Artisan:
    return telling.add_artisan(
        actor=SYSTEM, village=VillageFactory(), name="Nghệ nhân thử", title="skilled", at=now
    )


def _route() -> RouteParticulars:
    village: Village = VillageFactory()
    return RouteParticulars(
        name="Tuyến phía nam",
        stops=[StopParticulars(village=village), StopParticulars(name="Bến xe")],
    )


#: A commune of today, named with its province: the tests hold that one unit alone.
_HEADING = ("Tên làng", "Nghề", "Xã, phường", "Tỉnh")
_ROW = ("Làng Một", "Mây tre đan", "Xã Phú Nghĩa", "Thành phố Hà Nội")


def _brought(now: datetime) -> VillageImport:
    UnitFactory(code="10030", name="Xã Phú Nghĩa")
    return importing.bring_villages(
        actor=SYSTEM, content=workbook(_ROW, heading=_HEADING), filename="lang.xlsx", at=now
    )


def _loaded(now: datetime) -> VillageImport:
    return importing.load_villages(actor=SYSTEM, batch=_brought(now), at=now)


EXAMPLES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "network.enter_village": lambda _now: {"particulars": _particulars()},
    "network.change_village": lambda _now: {
        "village": VillageFactory(),
        "particulars": _particulars("Làng Hai"),
    },
    "network.end_village": lambda _now: {
        "village": VillageFactory(),
        "ended_on": date(2026, 1, 1),
        "reason": "Không còn hộ nào làm nghề",
    },
    "network.tell_village_year": lambda _now: {
        "village": VillageFactory(),
        "particulars": YearParticulars(2025, households=400, in_trade=120, stable=True),
    },
    "network.note_environment": lambda _now: {
        "village": VillageFactory(),
        "checked_on": date(2026, 3, 1),
        "kept": False,
        "note": "Nước thải nhuộm chưa qua xử lý",
    },
    "network.add_artisan": lambda _now: {
        "village": VillageFactory(),
        "name": "Nghệ nhân thử",
        "title": "merited",
        "year": 2020,
    },
    "network.remove_artisan": lambda now: {
        "artisan": _artisan(now),
        "reason": "Chuyển nơi ở",
    },
    "network.recognise_village": lambda _now: {
        "village": VillageFactory(),
        "title": "village",
        "number": "5678/QĐ-UBND",
        "signed_on": date(2026, 6, 1),
        "authority": "UBND thành phố Hà Nội",
        "reason": "Hồ sơ giấy đủ, số liệu đang nhập",
    },
    "network.revoke_village": lambda _now: {
        "recognition": VillageRecognitionFactory(),
        "revoked_on": date(2026, 6, 1),
        "number": "9999/QĐ-UBND",
        "reason": "Không còn đạt tiêu chí",
    },
    "network.place_village": lambda _now: {
        "village": VillageFactory(commune=None),
        "commune": UnitFactory(),
    },
    "network.open_route": lambda _now: {"particulars": _route()},
    "network.change_route": lambda _now: {
        "route": VillageRouteFactory(),
        "particulars": _route(),
    },
    "network.add_stop": lambda _now: {
        "route": VillageRouteFactory(),
        "village": VillageFactory(),
        "note": "Xem đan",
    },
    "network.bring_villages": lambda _now: {
        "content": workbook(_ROW, heading=_HEADING),
        "filename": "lang.xlsx",
    },
    "network.load_villages": lambda now: {"batch": _brought(now)},
    "network.publish_villages": lambda now: {"batch": _loaded(now)},
    "network.undo_villages": lambda now: {"batch": _loaded(now), "reason": "Nhầm tệp"},
}
