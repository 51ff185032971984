"""What every visit in the field shares: where a phone was, and which photographs are taken."""

from dataclasses import dataclass
from datetime import timedelta

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

MOST_PHOTOS = 20  # of one visit
CLOCK_AHEAD = timedelta(minutes=10)  # a phone's clock may go before ours by so much
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})


@dataclass(frozen=True, slots=True)
class Position:
    """Where a phone was: degrees, and metres of accuracy."""

    lat: float
    lon: float
    accuracy: float | None = None


def check_position(position: Position | None) -> None:
    """Refuse a position that is none."""
    if position and not (-90 <= position.lat <= 90 and -180 <= position.lon <= 180):
        message = _("Tọa độ không hợp lệ.")
        raise Refused("visiting_position", message, fields={"position": [message]})
