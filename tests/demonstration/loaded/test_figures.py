"""The office's own figures (early 2024) come out by counting, never as constants."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Count

from ocop.core.actor import ANONYMOUS
from ocop.dossiers.models import Registration
from ocop.network.models import SalesPoint
from ocop.network.villages.models import Village
from ocop.places.models import Unit
from ocop.programme import indicators, queries
from ocop.programme.models import ReportedFigure, Target
from ocop.programme.readings import Figure
from ocop.programme.scope import Choice, Scope
from ocop.programme.terms import Term
from ocop.recognition.models import Recognition
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED

pytestmark = LOADED
END_OF_MARCH = date(2024, 3, 31)


def _scope(as_of: date, *choices: Choice) -> Scope:
    return Scope(
        actor=ANONYMOUS,
        province="01",
        as_of=as_of,
        term=Term(2021, 2025),
        choices=choices,
        demonstration=True,
    )


def _figure(key: str, as_of: date, *choices: Choice) -> Figure:
    return indicators.get(key).figure(_scope(as_of, *choices))


def _count(key: str, as_of: date, *choices: Choice) -> object:
    return _figure(key, as_of, *choices).value


def _slices(key: str, as_of: date, cut: str, *choices: Choice) -> dict[str, int]:
    found = indicators.get(key).slices(_scope(as_of, *choices), cut)
    return {line.label: line.count for line in found}


def _ranks(as_of: date, *choices: Choice) -> dict[str, int]:
    found = indicators.get("evaluated").slices(_scope(as_of, *choices), "rank")
    return {line.key: line.count for line in found}


def _latest_ranks(as_of: date) -> dict[str, int]:
    """The other reading: each product by the last star it was given up to a day."""
    latest: dict[int, str] = {}
    rows = Recognition.objects.filter(evaluated_on__lte=as_of).order_by("evaluated_on")
    for product, stars, potential in rows.values_list("product_id", "stars", "potential_five"):
        latest[product] = "4p" if potential else str(stars)
    return {rank: list(latest.values()).count(rank) for rank in ("5", "4p", "4", "3")}


def test_products_evaluated_in_each_year() -> None:
    years = _slices("evaluated", END_OF_MARCH, "year")
    assert years == {"2019": 301, "2020": 753, "2021": 595, "2022": 518, "2023": 544}


@pytest.mark.parametrize(
    ("year", "total"), [(2019, 301), (2020, 1054), (2021, 1649), (2022, 2167), (2023, 2711)]
)
def test_products_evaluated_until_the_end_of_a_year(year: int, total: int) -> None:
    assert _count("evaluated", date(year, 12, 31)) == total


def test_term_of_2021_to_2025_at_the_end_of_march_2024() -> None:
    assert _count("evaluated", END_OF_MARCH) == 2711
    assert _count("evaluated_in_term", END_OF_MARCH) == 1657
    progress = queries.progress(_scope(END_OF_MARCH))
    assert (progress.evaluated_total, progress.evaluated_in_term) == (2711, 1657)
    assert (progress.target, progress.missing) == (2000, 343)
    assert progress.share_percent == Decimal("82.9")


def test_target_will_be_passed_a_year_early_if_all_registered_are_reached() -> None:
    progress = queries.progress(_scope(END_OF_MARCH))
    assert progress.registered_this_year == 510
    assert progress.expected_by_year_end == 2167
    assert progress.target_reached_in == "2024-Q4"


def test_products_of_2022_by_rank_and_their_producers() -> None:
    of_2022 = ("year", "2022")
    assert _ranks(END_OF_MARCH, of_2022) == {"4": 271, "3": 246, "4p": 1}
    assert _count("producers", END_OF_MARCH, of_2022) == 191


@pytest.mark.parametrize(
    ("as_of", "ranks"),
    [
        (date(2023, 6, 30), {"5": 6, "4p": 12, "4": 1369, "3": 780}),
        (date(2025, 6, 30), {"5": 6, "4p": 22, "4": 1571, "3": 1718}),
    ],
)
def test_ranks_made_public_hold_by_first_and_by_latest_star(
    as_of: date, ranks: dict[str, int]
) -> None:
    assert _ranks(as_of) == ranks
    assert _latest_ranks(as_of) == ranks


@pytest.mark.parametrize(
    ("as_of", "total"),
    [
        (date(2023, 1, 1), 2167),
        (date(2023, 6, 30), 2167),
        (date(2024, 1, 1), 2711),
        (date(2025, 6, 30), 3317),
        (date(2025, 10, 1), 3463),
        (date(2025, 10, 31), 3463),
    ],
)
def test_totals_made_public(as_of: date, total: int) -> None:
    assert _count("evaluated", as_of) == total


def test_nothing_was_evaluated_in_the_first_quarter_of_2024() -> None:
    quarter = (date(2024, 1, 1), END_OF_MARCH)
    assert not Recognition.objects.filter(evaluated_on__range=quarter).exists()


def test_registrations_for_2021_by_26_of_30_districts() -> None:
    districts = _slices("registered", date(2021, 12, 31), "district_then")
    assert sum(districts.values()) == 541
    assert len(districts) == 26
    assert Unit.objects.filter(level="district", parent__code="01").count() == 30
    for name, number in {
        "Huyện Hoài Đức": 50,
        "Quận Hà Đông": 42,
        "Huyện Chương Mỹ": 40,
        "Huyện Đông Anh": 40,
        "Thị xã Sơn Tây": 40,
        "Quận Hoàng Mai": 2,
        "Quận Long Biên": 2,
    }.items():
        assert districts[name] == number


def test_registrations_for_2024_stood_at_the_end_of_march() -> None:
    districts = _slices("registered", END_OF_MARCH, "district_then")
    assert sum(districts.values()) == 510
    rows = Registration.objects.filter(year=2024, kind="first")
    assert not rows.exclude(withdrawn_on=None).exists()


def test_registrations_for_2026_are_by_communes_of_now() -> None:
    rows = Registration.objects.filter(year=2026)
    assert rows.exists()
    assert set(rows.values_list("unit__level", "unit__valid_to")) == {("commune", None)}


def test_target_is_passed_in_the_last_quarter_of_2024() -> None:
    assert _count("evaluated_in_term", date(2024, 9, 30)) < 2000
    assert _count("evaluated_in_term", date(2024, 12, 31)) >= 2000


def test_villages_are_counted_from_their_register() -> None:
    """1,350 villages with a craft, some 321 to 327 of them recognised, in 47 trades."""
    assert _count("craft_villages", END_OF_MARCH) == 1350
    recognised = _count("craft_villages_recognised", END_OF_MARCH)
    assert 321 <= recognised <= 327
    found = indicators.get("craft_villages")
    for cut in ("district_then", "commune_then"):  # two communes of then may bear one name
        assert sum(line.count for line in found.slices(_scope(END_OF_MARCH), cut)) == 1350
    assert Village.objects.values("trade").distinct().count() == 47
    assert not ReportedFigure.objects.filter(indicator="craft_villages").exists()


def test_figures_that_were_reported() -> None:
    assert _count("sales_points", END_OF_MARCH) == 105


def test_chuong_my_began_to_support_fairs_in_2019_and_others_followed() -> None:
    """Counted from grants."""
    years = _slices("fair_support_since", END_OF_MARCH, "district_then")
    assert years.pop("Huyện Chương Mỹ") == 2019 == _count("fair_support_since", END_OF_MARCH)
    assert set(years.values()) <= {2020, 2021, 2022, 2023, 2024}
    assert years


def test_more_than_five_thousand_farm_products_carried_a_stamp_by_then_and_more_do_now() -> None:
    """Counted from ranges of stamps; each district and each commune has its part."""
    then, today = (_count("stamped_products", day) for day in (END_OF_MARCH, LOADED_AT.date()))
    assert 5000 < then < today
    for cut in ("district_then", "commune_now"):
        assert sum(_slices("stamped_products", END_OF_MARCH, cut).values()) == then
    assert _count("stamped_products", date(2023, 5, 31)) < 50  # most began later that year


def test_sales_points_of_phu_xuyen_and_its_communes() -> None:
    """Counted from the points themselves; each district and each commune has its part."""
    counted = indicators.get("sales_points")
    for cut in ("district_then", "commune_then"):  # communes of two districts may share a name
        lines = counted.slices(_scope(END_OF_MARCH), cut)
        assert sum(line.count for line in lines) == 105
    assert _slices("sales_points", END_OF_MARCH, "district_then")["Huyện Phú Xuyên"] == 3
    founded = SalesPoint.objects.filter(founder__code="280").values_list("unit__name", flat=True)
    assert set(founded) == {"Xã Sơn Hà", "Xã Tân Dân", "Xã Vân Từ"}
    assert not ReportedFigure.objects.filter(indicator="sales_points").exists()
    assert ReportedFigure.objects.filter(demonstration=False).count() == 0


def test_five_to_ten_design_centres_are_to_be_recognised_in_2024() -> None:
    target = Target.objects.get(indicator="design_centres")
    assert (target.low, target.high) == (Decimal(5), Decimal(10))
    assert (target.starts_on, target.ends_on) == (date(2024, 1, 1), date(2025, 1, 1))


@pytest.mark.parametrize("cut", ["district_then", "commune_then", "commune_now", "sector"])
def test_every_cut_adds_up_to_the_total(cut: str) -> None:
    lines = indicators.get("evaluated").slices(_scope(END_OF_MARCH), cut)
    assert sum(line.count for line in lines) == 2711


def test_units_of_now_are_hanoi_s_communes_of_today() -> None:
    now = set(Recognition.objects.values_list("commune__level", "commune__valid_to"))
    assert now == {("commune", None)}
    assert Recognition.objects.aggregate(n=Count("commune", distinct=True))["n"] > 110


def test_evaluating_again_never_adds_to_those_evaluated() -> None:
    first = Recognition.objects.filter(kind="first").count()
    assert Recognition.objects.values("product").distinct().count() == first
    assert _count("reevaluated", date(2026, 11, 24)) > 0
    assert _count("upgraded", date(2026, 11, 24)) > 0


def test_half_the_old_products_were_kept_or_raised_in_the_term() -> None:
    assert _count("consolidated_share", date(2025, 12, 31)) >= 50
