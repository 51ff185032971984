"""The ten data of Circular 02/2024/TT-BKHCN and the eight items of Article 32, Decree 37/2026."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ocop.traceability.passport import Facts, Law, Stage, completeness, data, missing

STAGE = Stage(
    step="commissioning",
    trace_code="09520000000019/L-01",
    site_code="8938505974194",
    site="Xưởng chính",
    at=datetime(2026, 7, 1, 2, 0, tzinfo=UTC),
)
WHOLE = Facts(
    product="Chè búp khô",
    pack="Hộp 250 g",
    trade_code="09520000000019",
    has_gtin=True,
    has_image=True,
    producer="HTX Chè Sạch",
    producer_code="0100109106",
    address="Thôn Một, Xã Đại Xuyên",
    lot="L-01",
    stages=(STAGE,),
    produced_on=date(2026, 7, 1),
    expires_on=date(2027, 7, 1),
    trace_code="09520000000019/L-01",
    brand="Chè Sạch",
    shelf_life="12 tháng",
    standards="TCCS 01:2026",
    origin="Hà Nội",
    certificates=("VietGAP",),
    warnings="Bảo quản nơi khô",
    other="Đóng gói hút chân không",
)


def stopping(facts: Facts) -> set[tuple[Law, int]]:
    return {(each.law, each.number) for each in missing(facts)}


def test_both_laws_ask_for_ten_and_eight() -> None:
    asked = [(each.law, each.number) for each in data(WHOLE)]
    assert asked == [(Law.TEN, n) for n in range(1, 11)] + [(Law.EIGHT, n) for n in range(1, 9)]


def test_nothing_is_missing_of_a_lot_that_tells_all() -> None:
    assert missing(WHOLE) == []
    assert completeness(WHOLE) == (18, 18)


@pytest.mark.parametrize(
    ("without", "stops"),
    [
        ({"product": ""}, {(Law.TEN, 1), (Law.EIGHT, 1)}),
        ({"has_image": False}, {(Law.TEN, 2)}),
        ({"producer": ""}, {(Law.TEN, 3), (Law.EIGHT, 2)}),
        ({"address": ""}, {(Law.TEN, 4), (Law.EIGHT, 2)}),
        ({"stages": ()}, {(Law.TEN, 5), (Law.EIGHT, 4)}),
        ({"produced_on": None}, {(Law.TEN, 6)}),
        ({"trace_code": ""}, {(Law.TEN, 7), (Law.EIGHT, 4)}),
        ({"standards": ""}, {(Law.TEN, 10)}),
        ({"trade_code": ""}, {(Law.EIGHT, 1)}),
        ({"producer_code": ""}, {(Law.EIGHT, 2)}),
        ({"origin": ""}, {(Law.EIGHT, 3)}),
        # The law asks for these only where there are any.
        ({"brand": ""}, set()),
        ({"shelf_life": "", "expires_on": None}, set()),
        ({"certificates": ()}, set()),
        ({"warnings": ""}, set()),
        ({"other": ""}, set()),
        ({"lot": "", "expires_on": None, "has_gtin": False}, set()),
    ],
)
def test_what_stops_an_activation(without: dict[str, Any], stops: set[tuple[Law, int]]) -> None:
    assert stopping(replace(WHOLE, **without)) == stops


def test_a_step_without_its_place_is_no_step_of_the_circular() -> None:
    assert stopping(replace(WHOLE, stages=(replace(STAGE, site_code=""),))) == {(Law.TEN, 5)}


def test_what_the_law_asks_for_if_any_is_no_gap_where_there_is_none() -> None:
    """So many of eighteen, and nothing missing: nobody could tell what to do."""
    assert completeness(replace(WHOLE, brand="", warnings="", other="")) == (18, 18)
    lacking = replace(WHOLE, origin="", other="")
    assert completeness(lacking)[0] == 18 - len(missing(lacking)) == 17


def test_shelf_life_is_known_by_the_last_day_of_a_lot() -> None:
    assert completeness(replace(WHOLE, shelf_life="")) == (18, 18)
