"""Examples of creative design centres."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.network.centres.services import keeping
from ocop.network.centres.services.centres import CentreParticulars
from ocop.network.centres.services.photos import add_centre_photo
from ocop.people.roles import Role
from tests.councils.hall import build_hall, new_case
from tests.factories import ProductFactory, UnitFactory
from tests.network.centres.factories import (
    GOOD,
    SINCE,
    judged,
    make_application,
    make_centre,
    make_visit,
)
from tests.network.factories import picture
from tests.network.villages.factories import VillageFactory
from tests.world import person


def _known() -> CentreParticulars:
    return CentreParticulars("Trung tâm Một", "HTX Một", "Thôn Một", UnitFactory())


def _send(now: datetime) -> dict[str, Any]:
    hall = build_hall(now, cases=[new_case(now)])
    return {"assessment": make_application(), "sitting": hall.sitting}


def _recognise(now: datetime) -> dict[str, Any]:
    assessment = make_application()
    judged(build_hall(now, cases=[]), assessment, 80, 80, 80)
    today = timezone.localdate(now)
    make_visit(assessment.centre, today)
    return {
        "assessment": assessment,
        "number": "12/QĐ-UBND",
        "signed_on": today,
        "authority": "UBND thành phố Hà Nội",
    }


def _appoint(now: datetime) -> dict[str, Any]:
    login = person(now, Role.SALES_POINT_KEEPER).email
    return {"centre": make_centre(), "login": login}


def _keeper(now: datetime) -> dict[str, Any]:
    keeper = keeping.appoint_centre_keeper(actor=SYSTEM, at=now, **_appoint(now))
    return {"keeper": keeper, "reason": "Chuyển việc"}


def _photo() -> dict[str, Any]:
    told = {"content": picture(), "filename": "a.png", "caption": "Mặt tiền"}
    return {"centre": make_centre()} | told


EXAMPLES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "network.apply_centre": lambda _now: {"particulars": _known(), "told": GOOD},
    "network.change_centre": lambda _now: {"centre": make_centre(), "particulars": _known()},
    "network.set_centre_ties": lambda _now: {
        "centre": make_centre(),
        "products": [ProductFactory(set_number=26)],
        "villages": [VillageFactory()],
    },
    "network.visit_centre": lambda now: {
        "centre": make_centre(),
        "measured": GOOD,
        "visited_on": timezone.localdate(now),
    },
    "network.end_centre": lambda now: {
        "centre": make_centre(),
        "ended_on": timezone.localdate(now),
        "number": "15/QĐ-UBND",
        "reason": "Trả lại mặt bằng",
    },
    "network.send_centre": _send,
    "network.recognise_centre": _recognise,
    "network.refuse_centre": lambda _now: {
        "assessment": make_application(),
        "reason": "Chưa đủ diện tích",
    },
    "network.reassess_centre": lambda _now: {"centre": make_centre(), "told": GOOD},
    "network.appoint_centre_keeper": _appoint,
    "network.end_centre_keeper": _keeper,
    "network.add_centre_photo": lambda _now: _photo(),
    "network.remove_centre_photo": lambda now: {
        "photo": add_centre_photo(actor=SYSTEM, at=now, **_photo()),
        "reason": "Ảnh mờ",
    },
    "network.tell_centre_month": lambda _now: {
        "centre": make_centre(recognised_on=SINCE),
        "month": date(2026, 10, 1),
        "visitors": 200,
    },
}
