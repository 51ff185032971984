"""The leaflet of a route: a drawn map, the stops in order, and the code of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import zxingcpp

from ocop.core import typesetting
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.network.villages.models import VillageRoute
from ocop.network.villages.queries_routes import Stop

_LEAST_SPAN = 0.02  # degrees: stops side by side do not fill the map
_KILOMETRES = 111.2  # of a degree of latitude
_BARS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)  # kilometres that a bar may stand for
_BAR_AT_MOST = 0.4  # of the width


@dataclass(frozen=True, slots=True)
class Mark:
    """A stop on the drawn map: shares of its width and height, from the upper left corner."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawn map, and a bar of so many kilometres as a share of its width."""

    marks: list[Mark]
    kilometres: float
    bar: float


def sketch(stops: Sequence[Stop], *, width: float, height: float) -> Sketch | None:
    """Where each stop with a position lies on a map of this form, north above, distances in every
    direction alike; None where no position is known."""
    known = [
        (stop.number, stop.place.lat, stop.place.lon)
        for stop in stops
        if stop.place.lat is not None and stop.place.lon is not None
    ]
    if not known:
        return None
    middle = sum(lat for _number, lat, _lon in known) / len(known)
    shrink = cos(radians(middle))
    xs = [lon * shrink for _number, _lat, lon in known]
    ys = [-lat for _number, lat, _lon in known]
    scale = max(
        (max(xs) - min(xs)) / width, (max(ys) - min(ys)) / height, _LEAST_SPAN / max(width, height)
    )
    left, top = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    across = scale * width * _KILOMETRES
    longest = max((each for each in _BARS if each <= across * _BAR_AT_MOST), default=_BARS[0])
    return Sketch(
        [
            Mark(number, 0.5 + (x - left) / (scale * width), 0.5 + (y - top) / (scale * height))
            for (number, _lat, _lon), x, y in zip(known, xs, ys, strict=True)
        ],
        longest,
        longest / across,
    )


def pdf(route: VillageRoute, stops: Sequence[Stop], *, address: str) -> bytes:
    """The leaflet as one page A4, landscape."""
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    width, height = 120.0, 120.0
    drawn = sketch(stops, width=width, height=height)
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
        "bar": drawn.bar if drawn else 0,
        "kilometres": _("%s km") % write_number(drawn.kilometres) if drawn else "",
        "marks": [
            {"number": mark.number, "x": mark.x, "y": mark.y}
            for mark in (drawn.marks if drawn else ())
        ],
        "stops": [
            {
                "number": stop.number,
                "name": stop.place.name,
                "about": ", ".join(part for part in (stop.place.about, stop.place.commune) if part),
                "note": stop.note,
            }
            for stop in stops
        ],
    }
    return typesetting.pdf("ocop.network.villages", "leaflet.typ", data)
