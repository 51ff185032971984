"""A small province whose every number is known: 14 products, two districts, one merger.

Counted by hand: 2 products evaluated in 2020, 5 in 2021, 4 in 2022 and 3 in 2023; 12 of 16 in the
term at the end of March 2024, with 7 registered for the year.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM, Actor
from ocop.places.models import Extent, Level, Succession, Unit
from ocop.producers.models import Producer, ProducerKind
from ocop.products.models import Sector
from ocop.programme.scope import Choice, Scope
from ocop.programme.terms import Term
from ocop.recognition.models import Kind
from tests.factories import (
    CREATED,
    OldUnitFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    RegistrationFactory,
    ReportedFigureFactory,
    TargetFactory,
    UnitFactory,
)
from tests.support.factories import GrantFactory
from tests.traceability.factories import make_item, make_lot
from tests.traceability.stamping import activate, make_order

END_OF_MARCH = date(2024, 3, 31)
TERM = Term(2021, 2025)


@dataclass(frozen=True)
class Province:
    """The units of then and of now."""

    then: Unit
    now: Unit
    hoai_duc: Unit
    phu_xuyen: Unit
    van_canh: Unit
    van_tu: Unit
    tan_dan: Unit
    today_hoai_duc: Unit
    today_phu_xuyen: Unit


def scope(*choices: Choice, as_of: date = END_OF_MARCH, actor: Actor = ANONYMOUS) -> Scope:
    """The frame of the office's own report."""
    return Scope(actor, "01", as_of, TERM, choices)


def units() -> Province:
    """Hà Nội of two eras: two districts with their communes, then communes only."""
    then = OldUnitFactory(code="01", name="Thành phố Hà Nội", level=Level.PROVINCE)
    now = UnitFactory(code="01", name="Thành phố Hà Nội", level=Level.PROVINCE)
    hoai_duc, phu_xuyen = (
        OldUnitFactory(code=code, name=name, level=Level.DISTRICT, parent=then)
        for code, name in (("274", "Huyện Hoài Đức"), ("280", "Huyện Phú Xuyên"))
    )
    van_canh, van_tu, tan_dan = (
        OldUnitFactory(code=code, name=name, parent=district)
        for code, name, district in (
            ("09886", "Xã Vân Canh", hoai_duc),
            ("10360", "Xã Vân Từ", phu_xuyen),
            ("10330", "Xã Tân Dân", phu_xuyen),
        )
    )
    # The code of the commune of then means another place today.
    today_hoai_duc = UnitFactory(code="09886", name="Xã Hoài Đức", parent=now)
    today_phu_xuyen = UnitFactory(code="10273", name="Xã Phú Xuyên", parent=now)
    for old, new in (
        (then, now),
        (van_canh, today_hoai_duc),
        (van_tu, today_phu_xuyen),
        (tan_dan, today_phu_xuyen),
    ):
        Succession.objects.create(old=old, new=new, extent=Extent.WHOLE)
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=CREATED)
    return Province(
        then,
        now,
        hoai_duc,
        phu_xuyen,
        van_canh,
        van_tu,
        tan_dan,
        today_hoai_duc,
        today_phu_xuyen,
    )


def found() -> Province:
    """The whole province: products, registrations, targets and reported figures."""
    place = units()
    makers = [ProducerFactory(kind=kind) for kind in list(ProducerKind)[:4]]
    _evaluated(place, makers, date(2020, 12, 25), "3 3")
    _evaluated(place, makers, date(2021, 12, 28), "3 3 3 4 4p")
    _evaluated(place, makers, date(2022, 12, 30), "3 3 4 4")
    _evaluated(place, makers[:2], date(2023, 12, 28), "3 5")
    unknown = ProductFactory(producer=makers[0], sector="")
    RecognitionFactory(product=unknown, on=date(2023, 12, 28))
    RecognitionFactory(product=unknown, on=date(2024, 2, 1), kind=Kind.REEVALUATION)
    for unit, number in ((place.van_canh, 1), (place.hoai_duc, 3), (place.phu_xuyen, 3)):
        RegistrationFactory.create_batch(number, unit=unit)
    RegistrationFactory(unit=place.phu_xuyen, withdrawn_on=END_OF_MARCH)
    RegistrationFactory(unit=place.phu_xuyen, kind=Kind.UPGRADE)
    RegistrationFactory(unit=place.phu_xuyen, year=2021)
    TargetFactory(unit=place.then, low=16)
    TargetFactory(
        indicator="design_centres",
        unit=place.then,
        starts_on=date(2024, 1, 1),
        ends_on=date(2025, 1, 1),
        low=5,
        high=10,
    )
    for indicator, unit, value in (
        ("craft_villages", place.then, 1350),
        ("sales_points", place.then, 1105),
        ("sales_points", place.phu_xuyen, 3),
        ("sales_points", place.van_tu, 1),
        ("sales_points", place.tan_dan, 1),
    ):
        ReportedFigureFactory(indicator=indicator, unit=unit, value=Decimal(value))
    _stamped(place)
    GrantFactory(unit=place.hoai_duc, year=2019)
    return place


def _stamped(place: Province) -> None:
    """Three farm products that carried stamps by the end of March 2024, one with two orders; one
    began on the next day, one waits, and a basket is nothing that grows."""
    for number, (unit, now, on, sector) in enumerate((
        (place.van_canh, place.today_hoai_duc, "2023-05-02", Sector.FOOD),
        (place.van_tu, place.today_phu_xuyen, "2024-02-01", Sector.DRINK),
        (place.tan_dan, place.today_phu_xuyen, "2024-03-31", Sector.MEDICINAL),
        (place.tan_dan, place.today_phu_xuyen, "2024-04-01", Sector.FOOD),
        (place.van_tu, place.today_phu_xuyen, "2023-05-02", Sector.HANDICRAFT),
        (place.van_tu, place.today_phu_xuyen, "", Sector.FOOD),
    )):  # fmt: skip
        product = ProductFactory(sector=sector, unit=unit, commune=now)
        item = make_item(product, CREATED)
        orders = [make_order(item, CREATED) for _turn in range(2 if number == 0 else 1)]
        for order in orders if on else ():
            at = datetime.fromisoformat(f"{on}T23:30+07:00")
            activate(order, make_lot(item, CREATED, number=f"L-{order.pk}"), at)


def _evaluated(place: Province, makers: list[Producer], on: date, ranks: str) -> None:
    """Products of one day by rank; `4p` is four stars with a chance of five."""
    spots = [
        (place.van_canh, place.today_hoai_duc),
        (place.van_tu, place.today_phu_xuyen),
        (place.tan_dan, place.today_phu_xuyen),
        (place.phu_xuyen, None),  # of which only the district is known
    ]
    for number, rank in enumerate(ranks.split()):
        unit, commune = spots[number % len(spots)]
        RecognitionFactory(
            product=ProductFactory(producer=makers[number % len(makers)]),
            on=on,
            stars=int(rank[0]),
            potential_five=rank == "4p",
            unit=unit,
            commune=commune,
        )
