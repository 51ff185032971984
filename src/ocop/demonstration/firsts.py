"""The first evaluation of every product, period by period, as many as the frame says."""

from collections import Counter, defaultdict
from datetime import date
from random import Random

from ocop.demonstration import frame, trades
from ocop.demonstration.catalogue import Catalogue
from ocop.demonstration.drawing import (
    apportion,
    jittered,
    parted,
    ranks_in_order,
    weekday_between,
    within,
)
from ocop.demonstration.frame import Period
from ocop.demonstration.makers import Makers
from ocop.demonstration.register import Register
from ocop.demonstration.rows import ProducerRow
from ocop.products.codes import ProductCode

_NEWCOMERS = 60  # per cent of a period's producers that come for the first time


class Firsts:
    """Draws producers and products until every period has its numbers."""

    def __init__(
        self, makers: Makers, catalogue: Catalogue, register: Register, random: Random
    ) -> None:
        self._makers = makers
        self._catalogue = catalogue
        self._register = register
        self._random = random
        self._known: dict[str, list[ProducerRow]] = defaultdict(list)

    def draw(self, period: Period) -> None:
        """All first evaluations of a period."""
        weights = jittered(frame.WEIGHTS, self._random)
        taking_part = self._random.sample(list(weights), min(len(weights), period.producers // 2))
        weights = {code: weights[code] for code in sorted(taking_part)}
        products = apportion(period.products, weights)
        products = {code: number for code, number in products.items() if number}
        producers = within(apportion(period.producers, products), products)
        ranks = ranks_in_order(period.ranks, self._random)
        for district, number in products.items():
            days = self._district_days(period)
            chosen = self._producers(district, producers[district], period.city[0])
            parts = parted(number, len(chosen), self._random)
            for producer, part in zip(chosen, parts, strict=True):
                city_day = self._random.choice(period.city)
                for _turn in range(part):
                    rank = _next_rank(ranks, producer)
                    local = days and rank == frame.THREE
                    day = self._random.choice(days) if local else city_day
                    product = self._catalogue.draw(producer, day)
                    self._register.give(product, producer, "first", rank, day)

    def _district_days(self, period: Period) -> list[date]:
        """The days on which one district signs in a period: two, or none where it does not."""
        if period.districts is None:
            return []
        return [weekday_between(*period.districts, self._random) for _turn in range(2)]

    def _producers(self, district: str, number: int, since: date) -> list[ProducerRow]:
        known = self._known[district]
        returning = min(len(known), number - number * _NEWCOMERS // 100)
        chosen = self._random.sample(known, returning)
        new = [self._makers.draw(district, since) for _turn in range(number - returning)]
        known.extend(new)
        return chosen + new


def _next_rank(ranks: list[str], producer: ProducerRow) -> str:
    """The last rank of the pile; the highest wait for a maker from a trade of renown."""
    if ranks[-1] in (frame.FIVE, frame.POTENTIAL) and producer.trade not in trades.RENOWNED:
        for place in range(len(ranks) - 1, -1, -1):
            if ranks[place] not in (frame.FIVE, frame.POTENTIAL):
                return ranks.pop(place)
    return ranks.pop()


def official_codes(catalogue: Catalogue, register: Register, makers: Makers) -> None:
    """Codes by the place of then for those ranked under districts, by today's for later ones.

    T-H-X-STT-YYYY until mid-2025, T-X-STT-YYYY since; the serial is the commune's.
    """
    serials: Counter[tuple[str, bool]] = Counter()
    for row in sorted(register.rows, key=lambda row: (row.evaluated_on, row.product)):
        product = catalogue.rows[row.product]
        old = row.evaluated_on < frame.DISTRICTS_DECIDE_UNTIL
        if product.old_code if old else product.official_code:
            continue
        district = makers.rows[product.producer].district if old else ""
        place = row.unit.code
        serials[place, old] += 1
        code = str(
            ProductCode(frame.PROVINCE, place, serials[place, old], row.evaluated_on.year, district)
        )
        if old:
            product.old_code = code
        else:
            product.official_code = code
