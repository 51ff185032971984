"""The leaflet of a route: a drawn map, the stops in order, and the code of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import zxingcpp

from ocop.core import typesetting
from ocop.core.language import gettext as _
from ocop.network.villages.models import VillageRoute
from ocop.network.villages.queries import Stop

_LEAST_SPAN = 0.02  # degrees: stops side by side do not fill the map


@dataclass(frozen=True, slots=True)
class Mark:
    """A stop on the drawn map: shares of its width and height, from the upper left corner."""

    number: int
    x: float
    y: float


def sketch(stops: Sequence[Stop], *, width: float, height: float) -> list[Mark]:
    """Where each stop with a position lies on a map of this form, north above, distances in every
    direction alike."""
    known = [(s.number, s.lat, s.lon) for s in stops if s.lat is not None and s.lon is not None]
    if not known:
        return []
    middle = sum(lat for _number, lat, _lon in known) / len(known)
    shrink = cos(radians(middle))
    xs = [lon * shrink for _number, _lat, lon in known]
    ys = [-lat for _number, lat, _lon in known]
    scale = max(
        (max(xs) - min(xs)) / width, (max(ys) - min(ys)) / height, _LEAST_SPAN / max(width, height)
    )
    left, top = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return [
        Mark(number, 0.5 + (x - left) / (scale * width), 0.5 + (y - top) / (scale * height))
        for (number, _lat, _lon), x, y in zip(known, xs, ys, strict=True)
    ]


def pdf(route: VillageRoute, stops: Sequence[Stop], *, address: str) -> bytes:
    """The leaflet as one page A4, landscape."""
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    width, height = 120.0, 120.0
    data = {
        "title": route.name,
        "summary": route.summary,
        "hours": _("Thời gian đi: khoảng %d giờ") % route.hours if route.hours else "",
        "invented": _("Dữ liệu mẫu, không dùng để đi đường") if route.demonstration else "",
        "scan": _("Quét để xem tuyến trên điện thoại"),
        "none": _("Chưa có vị trí của các điểm dừng."),
        "north": _("Bắc"),
        "sketch": _("Sơ đồ, không theo đường đi"),
        "address": address,
        "code": code.to_svg(add_quiet_zones=False),
        "width": width,
        "height": height,
        "marks": [
            {"number": mark.number, "x": mark.x, "y": mark.y}
            for mark in sketch(stops, width=width, height=height)
        ],
        "stops": [
            {
                "number": stop.number,
                "name": stop.name,
                "about": ", ".join(part for part in (stop.about, stop.commune) if part),
                "note": stop.note,
            }
            for stop in stops
        ],
    }
    return typesetting.pdf("ocop.network.villages", "leaflet.typ", data)
