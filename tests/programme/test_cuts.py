"""One number cut by year, rank, sector, kind, unit of then and commune of now."""

from dataclasses import replace
from datetime import date

import pytest

from ocop.places.models import Unit
from ocop.places.queries import key_of
from ocop.programme import indicators
from ocop.programme.cuts import CUTS
from ocop.programme.models import ReportedFigure
from ocop.programme.readings import Source
from ocop.programme.terms import Term
from tests.factories import ProductFactory, RecognitionFactory
from tests.programme import province
from tests.programme.province import scope

pytestmark = pytest.mark.django_db


def _lines(key: str, cut: str) -> list[tuple[str, int]]:
    return [(line.label, line.count) for line in indicators.get(key).slices(scope(), cut)]


def test_products_are_cut_by_what_was_true_at_their_first_evaluation() -> None:
    province.found()
    assert _lines("evaluated", "year") == [("2020", 2), ("2021", 5), ("2022", 4), ("2023", 3)]
    assert _lines("evaluated", "rank") == [
        ("5 sao", 1),
        ("Tiềm năng 5 sao", 1),
        ("4 sao", 3),
        ("3 sao", 9),
    ]
    assert _lines("evaluated", "sector") == [("Thực phẩm", 13), ("Chưa rõ", 1)]
    assert dict(_lines("evaluated", "producer_kind")) == {
        "Hợp tác xã": 6,
        "Tổ hợp tác": 4,
        "Doanh nghiệp nhỏ và vừa": 2,
        "Trang trại": 2,
    }


def test_units_of_then_and_communes_of_now_are_two_cuts_of_the_same_number() -> None:
    province.found()
    assert _lines("evaluated", "district_then") == [
        ("Huyện Hoài Đức", 5),
        ("Huyện Phú Xuyên", 8),
        ("Chưa rõ hoặc không còn cấp huyện", 1),
    ]
    assert _lines("evaluated", "commune_then") == [
        ("Xã Tân Dân", 2),
        ("Xã Vân Canh", 5),
        ("Xã Vân Từ", 4),
        ("Chưa rõ", 3),
    ]
    assert _lines("evaluated", "commune_now") == [
        ("Xã Hoài Đức", 5),
        ("Xã Phú Xuyên", 6),
        ("Chưa rõ", 3),
    ]


def test_communes_of_one_name_say_their_district_in_a_list_that_has_both() -> None:
    place = province.found()
    twin = Unit.objects.get(pk=place.van_canh.pk)
    Unit.objects.filter(pk=twin.pk).update(name="Xã Vân Từ", folded="xa van tu")
    assert _lines("evaluated", "commune_then") == [
        ("Xã Tân Dân", 2),
        ("Xã Vân Từ, Huyện Hoài Đức", 5),
        ("Xã Vân Từ, Huyện Phú Xuyên", 4),
        ("Chưa rõ", 3),
    ]
    assert CUTS["commune_then"].label(key_of(twin)) == "Xã Vân Từ"


def test_code_that_changed_its_meaning_leads_to_the_right_unit() -> None:
    place = province.found()
    assert place.van_canh.code == place.today_hoai_duc.code
    reading = indicators.get("evaluated")
    then = reading.rows(scope(("commune_then", key_of(place.van_canh))))
    now = reading.rows(scope(("commune_now", key_of(place.today_hoai_duc))))
    swapped = reading.rows(scope(("commune_now", key_of(place.van_canh))))
    assert (then.count(), now.count(), swapped.count()) == (5, 5, 0)


def test_term_takes_the_years_from_its_first_to_its_last() -> None:
    for day in (date(2020, 12, 31), date(2021, 1, 1), date(2025, 12, 31), date(2026, 1, 1)):
        RecognitionFactory(on=day)
    later = date(2026, 11, 23)
    reading = indicators.get("evaluated_in_term")
    assert [line.key for line in reading.slices(scope(as_of=later), "year")] == ["2021", "2025"]


@pytest.mark.whole
def test_every_line_counts_the_rows_of_its_list() -> None:
    province.found()
    for key, reading in indicators.INDICATORS.items():
        for cut in reading.cuts:
            lines = reading.slices(scope(), cut)
            assert len({line.key for line in lines}) == len(lines)
            for line in lines:
                rows = reading.rows(scope((cut, line.key)))
                reported = rows.model is ReportedFigure
                count = sum(row.value for row in rows) if reported else rows.count()
                if reading.source is Source.SUPPORT:  # a year, never added up
                    count = min(row.counted_year for row in rows)
                assert count == line.count, (key, cut, line)


@pytest.mark.parametrize("key", ["evaluated", "evaluated_in_term", "valid", "reevaluated"])
def test_lines_of_every_cut_add_up_to_the_number(key: str) -> None:
    province.found()
    reading = indicators.get(key)
    for cut in reading.cuts:
        total = sum(line.count for line in reading.slices(scope(), cut))
        assert total == reading.figure(scope()).value > 0, cut


def test_producer_with_two_values_is_in_both_lines_and_in_the_total_once() -> None:
    maker = ProductFactory().producer
    for day, stars in ((date(2021, 5, 1), 3), (date(2022, 5, 1), 4)):
        RecognitionFactory(product__producer=maker, on=day, stars=stars)
    assert _lines("producers", "rank") == [("4 sao", 1), ("3 sao", 1)]
    assert _lines("producers", "year") == [("2021", 1), ("2022", 1)]
    assert indicators.get("producers").figure(scope()).value == 1


def test_choices_narrow_together_and_a_new_one_replaces_the_old() -> None:
    province.found()
    chosen = scope(("year", "2021"), ("rank", "3"))
    assert indicators.get("evaluated").figure(chosen).value == 3
    assert indicators.get("evaluated").figure(chosen.narrowed(("year", "2023"))).value == 2
    assert indicators.get("evaluated").figure(chosen.narrowed(("year", "2020"))).value == 2
    assert indicators.get("evaluated").figure(chosen.narrowed(("rank", "4p"))).value == 1


@pytest.mark.parametrize("key", ["không", "9", "09886.20259999", "9" * 30, "4\0", "²"])
def test_value_that_cannot_be_has_no_rows_and_is_shown_as_written(key: str) -> None:
    province.found()
    for cut in CUTS:
        reading = indicators.get("registered" if cut == "kind" else "evaluated")
        assert reading.rows(scope((cut, key))).count() == 0, cut
        assert CUTS[cut].label(key) == key


def test_registrations_of_a_year_by_district_without_those_withdrawn_by_the_day() -> None:
    province.found()
    assert _lines("registered", "district_then") == [("Huyện Hoài Đức", 4), ("Huyện Phú Xuyên", 3)]
    assert _lines("registered", "year") == [("2021", 1), ("2024", 7)]
    assert _lines("registered_again", "kind") == [("Nâng hạng", 1)]
    the_day_before = scope(as_of=date(2024, 3, 30))
    assert indicators.get("registered").figure(the_day_before).value == 8
    assert indicators.get("registered").figure(scope(as_of=date(2024, 1, 14))).value == 0


def test_cut_of_one_year_s_term_has_that_year_only() -> None:
    province.found()
    one_year = replace(scope(), term=Term(2022, 2022))
    lines = indicators.get("evaluated_in_term").slices(one_year, "year")
    assert [(line.key, line.count) for line in lines] == [("2022", 4)]
