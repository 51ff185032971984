"""The whole invented register, drawn from one seed: the same plan on every machine and day."""

from datetime import date
from random import Random

from ocop.demonstration import frame, trades
from ocop.demonstration.careers import Careers
from ocop.demonstration.catalogue import Catalogue
from ocop.demonstration.firsts import Firsts, official_codes
from ocop.demonstration.geography import Geography
from ocop.demonstration.makers import Makers
from ocop.demonstration.register import Register
from ocop.demonstration.registering import Registering
from ocop.demonstration.rows import Plan

_FARM_GOODS = 3_900  # fresh goods with a stamp and without a star: more than those that have one
_OTHER_FARMS = 420  # producers outside the programme


def draw(geography: Geography, seed: int = frame.SEED) -> Plan:
    """Draw producers, products, decisions, stars and registrations."""
    random = Random(seed)
    makers = Makers(geography, random)
    catalogue = Catalogue(geography, random)
    register = Register(geography, random)
    firsts = Firsts(makers, catalogue, register, random)
    for period in frame.PERIODS:
        firsts.draw(period)
    Careers(makers, catalogue, register, random).follow()
    official_codes(catalogue, register, makers)
    registering = Registering(geography, makers, catalogue, register, random)
    registering.draw()
    _farm_goods(makers, catalogue, random)
    return Plan(
        producers=makers.rows,
        products=catalogue.rows,
        decisions=register.decisions(),
        recognitions=register.rows,
        registrations=registering.rows,
    )


def _farm_goods(makers: Makers, catalogue: Catalogue, random: Random) -> None:
    since = date(2021, 3, 1)
    farmed = [
        code
        for code, keys in trades.OF_DISTRICT.items()
        if any(trades.TRADES[key].farming for key in keys)
    ]
    for _turn in range(_OTHER_FARMS):
        makers.draw(random.choice(farmed), since, farming=True)
    fresh = [row for row in makers.rows if min(trades.TRADES[row.trade].goods) <= 3]
    for _turn in range(_FARM_GOODS):
        producer = random.choice(fresh)
        catalogue.draw(producer, max(since, producer.since), in_ocop=False)
