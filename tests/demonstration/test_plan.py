"""What the plan promises: no row can pass for a real one, law and calendar are kept."""

from collections import Counter
from datetime import date
from itertools import groupby, pairwise
from random import Random

from ocop.demonstration import frame, geography, plan
from ocop.demonstration.careers import rounds
from ocop.demonstration.catalogue import Catalogue
from ocop.demonstration.rows import Plan
from ocop.places import gazetteer
from ocop.products import gtin


def test_plan_is_the_same_every_time(drawn: Plan) -> None:
    assert plan.draw(geography.build(gazetteer.load())) == drawn


def test_another_seed_gives_other_rows_and_the_same_totals(drawn: Plan) -> None:
    other = plan.draw(geography.build(gazetteer.load()), seed=7)
    assert other.products != drawn.products
    for one in (drawn, other):
        firsts = [row for row in one.recognitions if row.kind == "first"]
        years = Counter(row.evaluated_on.year for row in firsts)
        assert [years[year] for year in range(2019, 2024)] == [301, 753, 595, 518, 544]


def test_every_invented_thing_says_that_it_is_invented(drawn: Plan) -> None:
    assert all(row.name.endswith("(mẫu)") for row in drawn.producers)
    assert all(row.name.endswith("(mẫu)") for row in drawn.products)
    assert all(row.product_name.endswith("(mẫu)") for row in drawn.registrations)
    assert {row.leader_name for row in drawn.producers} == {"", "Người đại diện (mẫu)"}
    assert all("mẫu" in row.story for row in drawn.producers)
    assert all("mẫu" in row.story for row in drawn.products if row.in_ocop)


def test_trade_numbers_are_of_the_demonstration_prefix_and_unique(drawn: Plan) -> None:
    numbers = [row.gtin for row in drawn.products if row.gtin]
    assert len(numbers) == len(set(numbers)) > 1000
    assert all(gtin.is_valid(number) and gtin.is_demonstration(number) for number in numbers)


def test_tax_codes_have_a_right_check_digit_in_a_range_nobody_holds(drawn: Plan) -> None:
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    codes = [row.tax_code for row in drawn.producers]
    assert len(codes) == len(set(codes))
    for code in (row.tax_code for row in drawn.producers if row.kind != "household"):
        assert len(code) == 10
        assert code.startswith("99")
        digits = [int(d) for d in code]
        assert digits[9] == 10 - sum(d * w for d, w in zip(digits, weights, strict=False)) % 11


def test_households_have_a_persons_number_that_no_province_gives(drawn: Plan) -> None:
    codes = [row.tax_code for row in drawn.producers if row.kind == "household"]
    assert codes
    assert all(len(code) == 12 and code.startswith("999") and code.isdigit() for code in codes)


def test_names_codes_and_registrations_come_once(drawn: Plan) -> None:
    for values in (
        [row.name for row in drawn.producers],
        [row.name for row in drawn.products],
        [row.old_code for row in drawn.products if row.old_code],
        [row.official_code for row in drawn.products if row.official_code],
        [(row.product, row.kind, row.evaluated_on) for row in drawn.recognitions],
        [(row.number, row.key) for row in drawn.decisions],
        [(r.year, r.unit, r.product_name, r.producer_name) for r in drawn.registrations],
    ):
        assert len(values) == len(set(values))


def test_every_set_and_every_kind_of_producer_is_there(drawn: Plan) -> None:
    assert {row.set_number for row in drawn.products} == set(range(1, 27))
    assert len({row.kind for row in drawn.producers}) == 7
    assert any(not row.in_ocop for row in drawn.products)
    assert any(row.stopped for row in drawn.products)


def test_a_product_is_evaluated_for_the_first_time_once_and_first(drawn: Plan) -> None:
    rows = sorted(drawn.recognitions, key=lambda row: (row.product, row.evaluated_on))
    for _product, life in groupby(rows, key=lambda row: row.product):
        kinds = [row.kind for row in life]
        assert kinds[0] == "first"
        assert "first" not in kinds[1:]


def test_stars_given_again_never_overlap_in_a_day_and_rise_by_one(drawn: Plan) -> None:
    order = [frame.THREE, frame.FOUR, frame.POTENTIAL, frame.FIVE]
    rows = sorted(drawn.recognitions, key=lambda row: (row.product, row.evaluated_on))
    for _product, life in groupby(rows, key=lambda row: row.product):
        steps = list(life)
        for before, after in pairwise(steps):
            assert after.evaluated_on > before.evaluated_on
            assert before.revoked_on is None
            rise = order.index(after.rank) - order.index(before.rank)
            assert rise == 1 if after.kind == "upgrade" else rise in (0, -1)


def test_points_lie_in_the_band_of_the_star(drawn: Plan) -> None:
    bands = {"5": (90, 100), "4p": (90, 100), "4": (70, 90), "3": (50, 70)}
    for row in drawn.recognitions:
        low, high = bands[row.rank]
        assert low <= row.total < high


def test_who_decides_is_who_the_law_of_the_day_names(drawn: Plan) -> None:
    """148/QĐ-TTg: district three stars; before and after it the province; five the Ministry."""
    for row in drawn.recognitions:
        districts = date(2023, 2, 24) <= row.evaluated_on < date(2025, 7, 1)
        if row.rank == "5":
            assert row.authority.startswith("Bộ Nông nghiệp")
        elif row.rank == "3" and districts:
            assert row.authority.startswith(("UBND huyện ", "UBND quận ", "UBND thị xã "))
        else:
            assert row.authority == "UBND thành phố Hà Nội"


def test_stars_hold_36_months_to_the_end_of_the_same_day(drawn: Plan) -> None:
    for row in drawn.recognitions:
        if row.expires_on:
            assert row.expires_on.year == row.evaluated_on.year + 3
            assert row.expires_on.month == row.evaluated_on.month


def test_units_and_addresses_are_of_the_day(drawn: Plan) -> None:
    for row in drawn.recognitions:
        assert row.unit.valid_from <= row.evaluated_on
        old = row.evaluated_on < date(2025, 7, 1)
        assert (row.unit.valid_from < date(2025, 7, 1)) == old
        assert _names_district(row.address) == old


def test_producers_are_where_the_register_of_today_says(drawn: Plan) -> None:
    communes = geography.build(gazetteer.load()).communes
    for row in drawn.producers:
        place = communes[row.home].now.name
        assert not _names_district(row.address)
        assert row.address.endswith(f", {place[0].lower()}{place[1:]}, thành phố Hà Nội")


def _names_district(address: str) -> bool:
    return any(f", {kind} " in address for kind in ("huyện", "quận", "thị xã"))


def test_nothing_happens_on_a_weekend_or_after_the_last_day(drawn: Plan) -> None:
    days = {row.evaluated_on for row in drawn.recognitions} | set(rounds())
    assert max(days) <= frame.LAST_DAY
    assert all(day.weekday() < 5 for day in days)


def test_extension_is_confirmed_with_reason_and_at_most_180_days(drawn: Plan) -> None:
    extended = [row for row in drawn.recognitions if row.extended_until]
    assert extended
    for row in extended:
        assert row.expires_on
        assert row.extended_until
        assert (row.extended_until - row.expires_on).days <= 180
        assert row.expires_on >= date(2026, 5, 22) > row.evaluated_on
        assert row.extension_reason


def test_local_workers_are_among_all_workers(drawn: Plan) -> None:
    assert all(0 <= row.workers_local <= row.workers for row in drawn.producers)


def test_goods_of_a_small_trade_are_numbered_when_names_run_out(drawn: Plan) -> None:
    ground = geography.build(gazetteer.load())
    catalogue = Catalogue(ground, Random(1))
    maker = next(row for row in drawn.producers if row.trade == "coffee")
    names = [catalogue.draw(maker, maker.since).name for _turn in range(60)]
    assert len(set(names)) == 60
    assert any(" số 2 " in name for name in names)
