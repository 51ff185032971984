"""The plan of an event's booths as a picture, drawn on the server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

from ocop.promotion.plan import Spot
from ocop.promotion.plan_text import short

MARGIN = 4
_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A booth as it is drawn, in decimetres; `tone` is a class: free, taken or kept."""

    spot: Spot
    tone: str
    holder: str

    @property
    def middle(self) -> int:
        return self.spot.x + self.spot.width // 2

    @property
    def centre(self) -> int:
        return self.spot.y + self.spot.depth // 2

    @property
    def short(self) -> str:
        return Truncator(short(self.holder)).chars(_LETTERS)


@dataclass(frozen=True, slots=True)
class Picture:
    """The hall with its booths."""

    width: int
    depth: int
    boxes: Sequence[Box]

    @property
    def view(self) -> str:
        return f"{-MARGIN} {-MARGIN} {self.width + 2 * MARGIN} {self.depth + 2 * MARGIN}"


def picture(
    width: int, depth: int, spots: Sequence[Spot], holders: Mapping[str, str]
) -> Picture | None:
    """The picture of a plan, with who stands on which booth; None without booths."""
    if not spots:
        return None
    boxes = [
        Box(spot, _tone(spot, holders), holders.get(spot.label) or spot.kept_for) for spot in spots
    ]
    return Picture(width, depth, boxes)


def _tone(spot: Spot, holders: Mapping[str, str]) -> str:
    if spot.kept_for:
        return "kept"
    return "taken" if spot.label in holders else "free"
