"""Units in the database: loading, later changes, reads."""

from datetime import date, datetime

import pytest

from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import Refused
from ocop.places import locate, queries, services
from ocop.places.models import Level, Succession, Unit
from tests.factories import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
HEADER = "old_code,new_code,new_name,new_parent,extent,basis\n"
DAY = date(2026, 10, 1)


def _change(now: datetime, *lines: str, on: date = DAY) -> services.Loaded:
    content = (HEADER + "\n".join(lines)).encode()
    return services.load_changes(actor=SYSTEM, content=content, effective_on=on, at=now)


def test_reads_know_the_eras() -> None:
    hanoi = queries.province("01")
    assert hanoi is not None
    assert queries.communes_now("01").count() == 126
    assert queries.districts_of_then("01").count() == 30
    assert queries.provinces_now().count() == 34
    assert queries.units_on(date(2024, 6, 1)).filter(level=Level.DISTRICT).count() == 696
    assert queries.below(hanoi).count() == 127
    assert queries.province("99") is None
    assert queries.visible_to(ANONYMOUS).count() == Unit.objects.count()


def test_unit_is_found_from_its_entry_and_followed_to_today() -> None:
    entry = locate("xã Sơn Hà, huyện Phú Xuyên, Hà Nội", date(2024, 1, 1)).then
    unit = queries.unit_of(entry)
    assert unit is not None
    assert unit.name == "Xã Sơn Hà"
    now = queries.commune_now(unit)
    assert now is not None
    assert now.name == "Xã Phú Xuyên"
    assert [s.new.name for s in queries.descent(unit).later] == ["Xã Quang Hà", "Xã Phú Xuyên"]
    assert "Xã Sơn Hà" in {s.old.name for s in queries.descent(now).earlier}
    assert queries.unit_of(None) is None
    assert queries.commune_now(None) is None
    assert queries.rows_of_entries()[unit.code, unit.valid_from] == unit


def test_split_unit_has_no_certain_commune_of_today() -> None:
    step = Succession.objects.filter(extent="part").select_related("old").first()
    assert step is not None
    assert len(queries.now_of(step.old)) > 1
    assert queries.commune_now(step.old) is None


def test_district_leads_to_no_commune() -> None:
    district = Unit.objects.get(code="280", level=Level.DISTRICT)
    assert queries.now_of(district) == []


def test_search_takes_beginnings_of_words_without_marks() -> None:
    found = queries.search(queries.communes_now("01"), "PHU xuy")
    assert [u.name for u in found] == ["Xã Phú Xuyên"]
    assert queries.search(queries.communes_now("01"), "00004").get().name == "Phường Ba Đình"
    assert not queries.search(queries.communes_now("01"), "uyen").exists()
    names = {u.name for u in queries.search(queries.communes_now("01"), "phu")}
    assert {"Xã Phú Xuyên", "Phường Phú Thượng"} <= names
    assert "Phường Ba Đình" not in names  # "phu" is no beginning of its name, only of its kind
    wards = queries.search(queries.communes_now("01"), "phuong ba")
    assert "Phường Ba Đình" in {u.name for u in wards}
    assert queries.search(queries.communes_now("01"), "phu " * 2_000).exists()
    assert not queries.search(queries.communes_now("01"), "phu" * 30_000).exists()


def test_change_closes_the_old_and_begins_the_new(now: datetime) -> None:
    a, b = queries.communes_now("01")[:2]
    old_a = Unit.objects.get(pk=a.pk)
    _change(
        now,
        f"{a.code},{a.code},Phường Thử Nghiệm,01,whole,Nghị quyết thử",
        f"{b.code},{a.code},,,largest part,",
        f"{b.code},90001,Xã Mới,01,part,",
    )
    old_a.refresh_from_db()
    assert old_a.valid_to == DAY
    begun = Unit.objects.get(code=a.code, valid_to=None)
    assert (begun.name, begun.kind, begun.valid_from) == ("Phường Thử Nghiệm", "phường", DAY)
    assert [u.code for u in queries.now_of(old_a)] == [a.code]
    assert len(queries.now_of(b)) == 2
    event = Event.objects.get(name="places.changes_loaded")
    assert event.change["effective_on"] == "2026-10-01"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("99999,00004,,,whole,", "change_old_unknown"),
        ("00004,00004,,,part,", "change_shares"),
        ("00004,90001,,,whole,", "change_new_unit"),
        ("00004,00008,,,whole,", "change_new_unit"),
        ("00004,00004,,,half,", "change_line"),
        ("00004,,,,whole,", "change_line"),
        ("", "change_empty"),
    ],
)
def test_change_that_does_not_add_up_is_refused_whole(now: datetime, line: str, code: str) -> None:
    before = Unit.objects.filter(valid_to=None).count()
    with pytest.raises(Refused) as refusal:
        _change(now, "00025,00025,,,whole,", line) if line else _change(now)
    assert refusal.value.code == code
    assert Unit.objects.filter(valid_to=None).count() == before


@pytest.mark.parametrize(
    ("content", "on", "code"),
    [
        (b"\xff\xfe\x00", DAY, "change_encoding"),
        (b"a,b\n1,2\n", DAY, "change_columns"),
        (b"", DAY, "change_columns"),
        ((HEADER + "00004,00004,Ba\0nh,,whole,").encode(), DAY, "change_unreadable"),
        ((HEADER + "00004," + "0" * 140_000).encode(), DAY, "cell_too_long"),
        ((HEADER + "00004,00004,,,whole,").encode(), date(2029, 1, 1), "change_day"),
        ((HEADER + "00004,00004,,,whole,").encode(), date(2025, 7, 1), "change_too_early"),
    ],
)
def test_change_file_that_cannot_be_read_is_refused(
    now: datetime, content: bytes, on: date, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        services.load_changes(actor=SYSTEM, content=content, effective_on=on, at=now)
    assert refusal.value.code == code


@pytest.mark.parametrize("key", ["", ".", "%", "00004.x", "00004.20250132", "a b", "00004.2025"])
def test_key_of_no_unit_finds_none(key: str) -> None:
    assert queries.by_key(key) is None


def test_key_leads_to_its_unit_and_a_bare_code_to_the_one_of_today() -> None:
    bearers = list(queries.eras(Unit.objects.filter(code="00181").first()))
    assert [unit.valid_from for unit in bearers] == sorted(unit.valid_from for unit in bearers)
    for unit in bearers:
        assert queries.by_key(queries.key_of(unit)) == unit
    hanoi = queries.by_key("01")
    assert hanoi is not None
    assert (hanoi.level, hanoi.valid_to) == (Level.PROVINCE, None)


def test_province_of_a_day_is_known_with_all_that_led_to_it() -> None:
    """Lâm Đồng of today was made of Lâm Đồng, Bình Thuận and Đắk Nông."""
    today, keys = queries.province_of("68", date(2026, 1, 1))
    assert today is not None
    names = set(Unit.objects.filter(pk__in=keys).values_list("name", flat=True))
    assert names == {"Tỉnh Lâm Đồng", "Tỉnh Bình Thuận", "Tỉnh Đắk Nông"}
    before, keys = queries.province_of("68", date(2025, 6, 30))
    assert before is not None
    assert keys == {before.pk}
    assert queries.province_of("67", date(2026, 1, 1)) == (None, frozenset())


def test_units_of_a_province_are_those_of_now_and_all_that_led_into_it() -> None:
    found = queries.of_province("68")
    names = set(found.filter(level=Level.PROVINCE).values_list("name", flat=True))
    assert names == {"Tỉnh Lâm Đồng", "Tỉnh Bình Thuận", "Tỉnh Đắk Nông"}
    assert found.filter(name="Huyện Đắk Song").exists()
    assert found.filter(valid_to=None, level=Level.COMMUNE).count() == (
        queries.communes_now("68").count()
    )
    assert not found.filter(name="Phường Ba Đình").exists()


def test_future_of_units_is_what_the_slow_way_finds() -> None:
    district = Unit.objects.get(code="280", level=Level.DISTRICT)
    son_ha = Unit.objects.get(code="10318", valid_to=date(2025, 1, 1))
    island = Unit.objects.get(code="755", level=Level.DISTRICT)
    futures = queries.futures([district, son_ha, island])
    for unit in (district, son_ha, island):
        found = futures[unit.pk]
        below = list(queries.below(unit))
        assert found.cells == {each.pk for each in below}
        now = {n.pk for each in below for n in queries.now_of(each)}
        assert found.now <= now <= found.units
        ended = Unit.objects.filter(pk__in=found.units, level=Level.COMMUNE, valid_to__isnull=False)
        assert found.known is not ended.filter(successions=None).exists()
    assert futures[son_ha.pk].known
    assert queries.futures([]) == {}


def test_units_of_one_name_are_told_apart_where_a_list_has_both() -> None:
    then = date(2024, 6, 1)
    both = list(
        queries.units_on(then)
        .filter(name="Xã Phú Cường", parent__parent__code="01")
        .select_related("parent")
        .order_by("parent__folded")
    )
    assert list(queries.told_apart(both).values()) == [
        "Xã Phú Cường, Huyện Ba Vì",
        "Xã Phú Cường, Huyện Sóc Sơn",
    ]
    assert list(queries.told_apart(both[:1]).values()) == ["Xã Phú Cường"]


def test_units_of_one_name_in_one_place_say_when_they_stood() -> None:
    ended = UnitFactory(name="Xã Thử", valid_from=date(2020, 1, 1), valid_to=date(2025, 1, 1))
    stands = UnitFactory(name="Xã Thử", valid_from=date(2025, 1, 1))
    twin = UnitFactory(name="Xã Thử", valid_from=date(2025, 1, 1), code="99999")
    other = UnitFactory(name="Xã Khác")
    assert queries.told_apart([ended, stands, other]) == {
        ended.pk: "Xã Thử, đến trước ngày 01/01/2025",
        stands.pk: "Xã Thử, từ 01/01/2025",
        other.pk: "Xã Khác",
    }
    assert queries.told_apart([stands, twin])[twin.pk] == "Xã Thử, từ 01/01/2025, 99999"
