"""The packaged lists: counts of the law, and the links between the eras."""

from collections import Counter
from datetime import date, timedelta

import pytest

from ocop.places import extents, gazetteer
from ocop.places.eras import DISTRICTS_ENDED, HANOI_REORGANISED
from ocop.places.gazetteer import Entry
from ocop.places.spelling import same_spelling, syllables, without_marks

LISTS = gazetteer.load()
DAY = timedelta(days=1)


def _count(level: str, day: date, province: str = "") -> int:
    return sum(
        e.level == level
        and e.holds_on(day)
        and (not province or any(a.code == province for a in e.ancestors()))
        for e in LISTS.entries
    )


def test_units_of_each_era_are_as_many_as_the_law_says() -> None:
    after, before = DISTRICTS_ENDED, DISTRICTS_ENDED - DAY
    assert (_count("province", after), _count("commune", after)) == (34, 3321)
    assert (_count("province", before), _count("district", before)) == (63, 696)
    assert _count("commune", before) == 10035
    assert _count("district", after) == 0


def test_hanoi_had_579_then_526_communes_and_has_126() -> None:
    days = (HANOI_REORGANISED - DAY, HANOI_REORGANISED, DISTRICTS_ENDED)
    assert [_count("commune", day, "01") for day in days] == [579, 526, 126]
    assert _count("district", HANOI_REORGANISED, "01") == 30


def test_successions_of_the_merger_are_10597_pairs() -> None:
    merger = [s for s in LISTS.steps if s.old.level == "commune" and s.new.valid_to is None]
    assert len(merger) == 10597
    assert Counter(s.extent for s in merger) == {"whole": 9564, "part": 562, "largest part": 471}


def test_code_alone_is_no_key() -> None:
    """Of the codes in both eras, 2,139 name another place, however the name is spelled."""
    communes = [e for e in LISTS.entries if e.level == "commune"]
    old = {e.code: syllables(e.name) for e in communes if e.valid_to == DISTRICTS_ENDED}
    new = {e.code: syllables(e.name) for e in communes if e.valid_to is None}
    assert sum(old[code] != new[code] for code in old.keys() & new.keys()) == 2139


def test_every_unit_has_its_parent_in_its_own_era() -> None:
    for entry in LISTS.entries:
        assert (entry.parent is None) == (entry.level == "province")
        if entry.parent is not None:
            last = entry.valid_to - DAY if entry.valid_to else date.max
            assert entry.parent.holds_on(last)


def test_son_ha_is_followed_through_quang_ha_to_today() -> None:
    son_ha = LISTS.find("10318", HANOI_REORGANISED - DAY)
    assert son_ha is not None
    assert son_ha.name == "Xã Sơn Hà"
    on_the_way = LISTS.follow(son_ha, HANOI_REORGANISED)
    assert [r.entry.name for r in on_the_way] == ["Xã Quang Hà"]
    assert [r.entry.name for r in LISTS.follow(son_ha, date.max)] == ["Xã Phú Xuyên"]


def test_islands_went_from_district_to_special_zone() -> None:
    pairs = {(s.old.code, s.new.code) for s in LISTS.steps if s.old.level == "district"}
    assert pairs == {
        ("318", "11948"),
        ("471", "19742"),
        ("498", "20333"),
        ("536", "21548"),
        ("755", "26732"),
    }


def test_every_old_province_went_whole_into_one() -> None:
    provinces = [s for s in LISTS.steps if s.old.level == "province"]
    assert len(provinces) == 63
    assert len({s.old.code for s in provinces}) == 63


def test_unknown_code_is_not_found() -> None:
    assert LISTS.find("99999", date.max) is None


def test_bare_name_drops_the_kind_and_leading_zeros() -> None:
    by_name = {e.name: e.bare for e in LISTS.entries}
    assert by_name["Xã Đức Trọng"] == "Đức Trọng"
    assert by_name["Thị trấn Vân Đình"] == "Vân Đình"
    assert {e.bare for e in LISTS.entries if e.name in ("Phường 1", "Phường 01")} == {"1"}


def test_name_without_a_kind_stays_whole() -> None:
    entry = Entry("00001", "Tràng An", "", "commune", None, date(2025, 7, 1), None, None, None)
    assert entry.bare == "Tràng An"


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("whole", "whole", "whole"),
        ("whole", "part", "part"),
        ("largest part", "whole", "largest part"),
        ("largest part", "largest part", "part"),  # which is the largest nobody knows
        ("part", "largest part", "part"),
    ],
)
def test_extent_over_two_successions(first: str, second: str, together: str) -> None:
    assert extents.onward(first, second) == together


def test_place_reached_on_several_paths_has_the_greatest_extent() -> None:
    paths = [("a", "part"), ("b", "largest part"), ("a", "whole"), ("b", "part"), ("c", "part")]
    assert extents.joined(paths, key=lambda place: (place,)) == [
        ("a", "whole"),
        ("b", "largest part"),
        ("c", "part"),
    ]
    assert extents.joined([("a", "part"), ("a", "part")], key=lambda p: (p,)) == [("a", "whole")]
    assert extents.joined([], key=lambda p: (p,)) == []


def test_spelling_puts_the_tone_last_and_takes_y_for_i() -> None:
    for one, other in (
        ("thuỷ", "thủy"),
        ("hoà", "hòa"),
        ("quý", "quí"),
        ("mỹ", "mĩ"),
        ("lý", "lí"),
    ):
        assert same_spelling(one) == same_spelling(other)
    assert same_spelling("hà") != same_spelling("hạ")
    assert same_spelling("thúy") != same_spelling("thúi")
    assert without_marks(same_spelling("đường")) == "duong"
    assert syllables("Ea H’leo") == syllables("EA H'LEO")
