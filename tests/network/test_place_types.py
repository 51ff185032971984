"""Places of points, by the decision in force on a day, and the checklist of each."""

from datetime import date

import pytest

from ocop.network import place_types


def test_decision_950_names_nine_places() -> None:
    found = place_types.listing_on(date(2024, 1, 1))
    assert (found.document, len(found.places)) == ("950/QĐ-BCT", 9)
    assert {"industry", "post"} <= set(found.places)


def test_decision_920_before_it_names_neither_clusters_nor_post_offices() -> None:
    found = place_types.listing_on(date(2020, 1, 1))
    assert found.document == "920/QĐ-BCT"
    assert {"industry", "post"} & set(found.places) == set()


def test_list_goes_on_past_its_time_and_says_so() -> None:
    found = place_types.listing_on(date(2026, 11, 23))
    assert found.document == "950/QĐ-BCT"
    assert found.lapsed(date(2026, 1, 1))
    assert not found.lapsed(date(2025, 12, 31))


def test_day_before_all_lists_takes_the_first() -> None:
    assert place_types.listing_on(date(2010, 1, 1)).document == "920/QĐ-BCT"


@pytest.mark.parametrize("place", place_types.PLACES)
def test_checklist_of_every_place_asks_for_goods_and_prices(place: str) -> None:
    checks = place_types.checks_for(place)
    assert {"goods", "prices", "sign"} <= set(checks)
    assert place_types.missing(place, {}) == list(checks)
    answers = dict.fromkeys(checks, "yes") | {"goods": "no"}
    assert place_types.missing(place, answers) == []
    assert place_types.failed(place, answers) == ["goods"]
