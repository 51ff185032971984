"""In which order producers that want a booth stand: points, each part told.

Stars count for the goods; what the last years brought counts for fairness: who had a booth lately
stands behind who never had one, and who was turned away stands before who asks for the first time.
The law is silent here: the numbers are a setting of the province.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ocop.core.language import noop as N_

YEARS = 3  # how far back booths and refusals are counted
MOST_REFUSALS = 2


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts."""

    star_3: int = 30
    star_4: int = 40
    star_5: int = 50
    first_time: int = 15
    had_booth: int = -10
    refused: int = 10
    traceable: int = 5


WORDS = {
    "stars": N_("hạng sao của sản phẩm chính"),
    "first_time": N_("chưa có gian hàng trong ba năm"),
    "had_booth": N_("đã có gian hàng trong ba năm"),
    "refused": N_("đã đăng ký mà chưa được xếp"),
    "traceable": N_("có tem hoặc hộ chiếu truy xuất"),
}


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a producer: the star of the main product, booths of the last years, how
    often it was turned away since the last one."""

    stars: int
    booths: int = 0
    refusals: int = 0
    traceable: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the points: why, and how many."""

    key: str
    points: int


def parts(past: Past, weights: Weights) -> tuple[Part, ...]:
    """The points of a producer, part by part; parts of no points are left out."""
    stars = {3: weights.star_3, 4: weights.star_4, 5: weights.star_5}.get(past.stars, 0)
    booths, refusals = min(past.booths, YEARS), min(past.refusals, MOST_REFUSALS)
    told = (
        Part("stars", stars),
        Part("first_time", 0 if booths else weights.first_time),
        Part("had_booth", weights.had_booth * booths),
        Part("refused", weights.refused * refusals),
        Part("traceable", weights.traceable if past.traceable else 0),
    )
    return tuple(part for part in told if part.points)


def total(told: tuple[Part, ...]) -> int:
    """All parts together."""
    return sum(part.points for part in told)


def weights_of(kept: Mapping[str, Any]) -> Weights:
    """The weights that a setting holds; what it does not name keeps its default."""
    names = {field.name for field in fields(Weights)}
    return Weights(**{name: value for name, value in kept.items() if name in names})


def is_setting(value: object) -> bool:
    """Whether a value can be the setting: whole numbers under known names."""
    names = {field.name for field in fields(Weights)}
    return isinstance(value, dict) and all(
        name in names and type(points) is int and -100 <= points <= 100
        for name, points in value.items()
    )
