"""The frame into which the register is invented: when rounds were held and what came of each.

These are the totals that the office and its districts made public; the plan draws products,
producers and places so that counting them gives these totals back. Nothing else reads this file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

PROVINCE = "01"
VERSION = 8  # raised when the rows change: an older demonstration stays as it is
SEED = 20190821  # the day of the first criteria sets, Decision 1048/QĐ-TTg

#: The registry follows the calendar up to this day; later days show the same rows grown older.
LAST_DAY = date(2026, 11, 20)

#: District chairs recognised three stars between these days (148/QĐ-TTg, until districts ended).
DISTRICTS_DECIDE_FROM = date(2023, 2, 24)
DISTRICTS_DECIDE_UNTIL = date(2025, 7, 1)

FIVE, POTENTIAL, FOUR, THREE = "5", "4p", "4", "3"


@dataclass(frozen=True, slots=True)
class Period:
    """First evaluations of some months: how many of each rank, by how many producers.

    The city signs on `city` days; a district signs its own decision between the two days of
    `districts`, when districts decide.
    """

    key: str
    city: tuple[date, ...]
    ranks: Mapping[str, int]
    producers: int
    districts: tuple[date, date] | None = None

    @property
    def products(self) -> int:
        return sum(self.ranks.values())


PERIODS = (
    Period(
        "2019",
        (date(2019, 11, 20), date(2019, 12, 27)),
        {FIVE: 4, POTENTIAL: 2, FOUR: 200, THREE: 95},
        producers=128,
    ),
    Period(
        "2020",
        (date(2020, 6, 24), date(2020, 9, 30), date(2020, 12, 28)),
        {FIVE: 2, POTENTIAL: 4, FOUR: 511, THREE: 236},
        producers=287,
    ),
    Period(
        "2021",
        (date(2021, 4, 28), date(2021, 8, 31), date(2021, 12, 29)),
        {POTENTIAL: 5, FOUR: 387, THREE: 203},
        producers=226,
    ),
    Period(
        "2022",
        (date(2022, 7, 29), date(2022, 12, 28)),
        {POTENTIAL: 1, FOUR: 271, THREE: 246},
        producers=191,
    ),
    Period(
        "2023",
        (date(2023, 7, 25), date(2023, 10, 27), date(2023, 12, 21)),
        {POTENTIAL: 4, FOUR: 110, THREE: 430},
        producers=232,
        districts=(date(2023, 7, 10), date(2023, 12, 26)),
    ),
    Period(
        "2024",
        (date(2024, 4, 26), date(2024, 5, 17), date(2024, 10, 25), date(2024, 12, 24)),
        {POTENTIAL: 5, FOUR: 76, THREE: 400},
        producers=218,
        districts=(date(2024, 6, 3), date(2024, 12, 27)),
    ),
    Period(
        "2025-1",
        (date(2025, 4, 25), date(2025, 6, 27)),
        {POTENTIAL: 1, FOUR: 16, THREE: 108},
        producers=64,
        districts=(date(2025, 3, 17), date(2025, 6, 27)),
    ),
    Period(
        "2025-2",
        (date(2025, 8, 29), date(2025, 9, 19)),
        {POTENTIAL: 2, FOUR: 24, THREE: 120},
        producers=71,
    ),
    Period(
        "2025-3",
        (date(2025, 12, 23),),
        {POTENTIAL: 1, FOUR: 27, THREE: 94},
        producers=58,
    ),
    Period(
        "2026-1",
        (date(2026, 6, 26),),
        {POTENTIAL: 2, FOUR: 38, THREE: 118},
        producers=76,
    ),
    Period(
        "2026-2",
        (date(2026, 9, 25), date(2026, 11, 17)),
        {FOUR: 13, THREE: 33},
        producers=24,
    ),
)

#: Weight of each district of then in the first evaluations.
WEIGHTS: Mapping[str, int] = {
    "001": 8, "002": 9, "003": 16, "004": 14, "005": 10, "006": 9, "007": 10, "008": 14, "009": 9,
    "016": 38, "017": 54, "018": 52, "019": 12, "020": 26, "021": 20, "250": 30, "268": 50,
    "269": 44, "271": 46, "272": 30, "273": 30, "274": 56, "275": 34, "276": 34, "277": 54,
    "278": 32, "279": 46, "280": 50, "281": 32, "282": 30,
}  # fmt: skip

#: Products that districts registered for 2021: 541, by 26 of the 30.
REGISTERED_2021: Mapping[str, int] = {
    "274": 50, "268": 42, "277": 40, "017": 40, "269": 40, "008": 2, "004": 2,
    "271": 31, "280": 30, "018": 29, "279": 27, "016": 25, "275": 22, "276": 21, "278": 20,
    "273": 19, "282": 18, "281": 17, "272": 16, "250": 15, "020": 12, "021": 9, "003": 6,
    "019": 4, "005": 2, "001": 2,
}  # fmt: skip

#: Products that districts registered for 2024, before the end of March: 510.
REGISTERED_2024: Mapping[str, int] = {
    "016": 24, "017": 36, "018": 34, "020": 18, "021": 10, "250": 20, "268": 28, "269": 30,
    "271": 32, "272": 18, "273": 16, "274": 38, "275": 22, "276": 20, "277": 36, "278": 20,
    "279": 30, "280": 32, "281": 18, "282": 12, "001": 1, "002": 1, "003": 4, "004": 2, "005": 2,
    "006": 1, "007": 1, "008": 2, "009": 1, "019": 1,
}  # fmt: skip

#: First evaluations that units registered for the other years: how many in all.
REGISTERED_TOTALS: Mapping[int, int] = {2022: 532, 2023: 561, 2025: 421, 2026: 231}

#: Products evaluated before that were registered for evaluation again, by year.
REGISTERED_AGAIN: Mapping[int, int] = {2024: 210, 2025: 262, 2026: 318}
