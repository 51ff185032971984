"""Targets and reported figures: which one speaks for a place on a day, and what is refused."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.roles import Role
from ocop.places.models import Level
from ocop.programme import indicators, queries
from ocop.programme.models import ReportedFigure, Target
from ocop.programme.readings import Figure
from ocop.programme.services import targets as services
from ocop.programme.terms import Term
from tests.factories import OldUnitFactory, RecognitionFactory, ReportedFigureFactory, TargetFactory
from tests.programme import province
from tests.programme.province import END_OF_MARCH, TERM, scope

pytestmark = pytest.mark.django_db
OFFICE = Actor(ActorKind.PERSON, user_id=7, grants=frozenset({Grant(Role.OFFICE_HEAD)}))
AUDITOR = Actor(ActorKind.PERSON, user_id=8, grants=frozenset({Grant(Role.AUDITOR)}))


def _figure(key: str, as_of: date = END_OF_MARCH) -> Figure:
    return indicators.get(key).figure(scope(as_of=as_of))


def test_target_of_exactly_the_term_measures_the_progress() -> None:
    place = province.units()
    TargetFactory(unit=place.then, low=2000)
    TargetFactory(unit=place.then, starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1), low=400)
    TargetFactory(unit=place.now, starts_on=date(2026, 1, 1), ends_on=date(2031, 1, 1), low=1200)
    TargetFactory(unit=OldUnitFactory(code="79", level=Level.PROVINCE), low=7)
    TargetFactory(unit=place.phu_xuyen, low=90)
    assert queries.progress(scope()).target == 2000
    assert [target.low for target in queries.targets(scope())] == [2000, 400]
    one_year = replace(scope(), term=Term(2024, 2024))
    assert queries.progress(one_year).target == 400
    assert queries.progress(replace(scope(), term=Term(2026, 2030))).target == 1200


def test_target_that_is_a_range_is_reached_at_its_lower_end() -> None:
    place = province.units()
    TargetFactory(unit=place.then, low=2, high=4)
    RecognitionFactory(on=date(2022, 5, 5))
    assert queries.progress(scope()).missing == 1
    RecognitionFactory(on=date(2023, 2, 2))
    told = queries.progress(scope())
    assert (told.is_reached, told.target_reached_in) == (True, "2023-Q1")


def test_target_is_reached_in_the_quarter_of_the_product_that_filled_it() -> None:
    place = province.units()
    TargetFactory(unit=place.then, low=2)
    for on in (date(2023, 11, 1), date(2022, 5, 5), date(2021, 8, 1)):
        RecognitionFactory(on=on)
    RecognitionFactory(evaluated_on=None, valid_from=None, expires_on=None, year=2021)
    # Of the second only the year is known: it counts at the end of 2021.
    assert queries.progress(scope()).target_reached_in == "2021-Q4"


def _put(place: province.Province, now: datetime, low: str, **given: Any) -> Target:
    values = {
        "actor": OFFICE,
        "indicator": "design_centres",
        "unit": place.then,
        "term": Term(2024, 2024),
        "low": Decimal(low),
        "source": " Kế hoạch 2024 ",
        "at": now,
    }
    return services.set_target(**{**values, **given})


def test_office_sets_a_target_and_the_event_keeps_what_it_was(now: datetime) -> None:
    place = province.units()
    first = _put(place, now, "5")
    second = _put(
        place,
        now,
        "5",
        high=Decimal(10),
        source="Kế hoạch 2",
        replaces=first.mark,
        reason=" HĐND giao lại ",
    )
    assert first.pk == second.pk
    kept = Target.objects.get()
    assert (kept.low, kept.high, kept.source) == (5, 10, "Kế hoạch 2")
    assert (kept.starts_on, kept.ends_on) == (date(2024, 1, 1), date(2025, 1, 1))
    after, before = queries.settings_of([kept])[kept.pk]
    assert (before.change, before.reason) == (
        {"from": [], "to": ["5", None], "source": "Kế hoạch 2024"},
        "",
    )
    assert (after.change, after.reason) == (
        {
            "from": ["5.00", None],
            "to": ["5", "10"],
            "source": "Kế hoạch 2",
            "source_before": "Kế hoạch 2024",
        },
        "HĐND giao lại",
    )


def test_target_is_never_replaced_unseen_or_without_a_reason(now: datetime) -> None:
    place = province.units()
    seen = _put(place, now, "5", high=Decimal(10)).mark
    with pytest.raises(Refused, match=r"5–10 \(nguồn: Kế hoạch 2024\).*lý do") as refusal:
        _put(place, now, "7")
    assert refusal.value.code == "target_stands"
    for reason in ("", "  "):
        with pytest.raises(Refused) as refusal:
            _put(place, now, "7", replaces=seen, reason=reason)
        assert refusal.value.code == "reason_needed"
    assert Target.objects.get().low == 5
    assert Event.objects.filter(name="programme.target_set").count() == 1
    _put(place, now, "7", replaces=seen, reason="HĐND giao lại")
    with pytest.raises(Refused, match="7") as refusal:  # somebody was faster
        _put(place, now, "9", replaces=seen, reason="HĐND giao lại")
    assert refusal.value.code == "target_stands"
    assert Target.objects.get().low == 7


def test_target_of_another_unit_term_or_indicator_replaces_nothing(now: datetime) -> None:
    place = province.units()
    _put(place, now, "5")
    for given in (
        {"unit": place.phu_xuyen},
        {"term": Term(2024, 2025)},
        {"indicator": "sales_points"},
    ):
        _put(place, now, "7", **given)
    assert Target.objects.count() == 4
    assert queries.target_set("design_centres", place.now, Term(2024, 2024)) is not None
    assert queries.target_set("design_centres", place.now, Term(2025, 2025)) is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"indicator": "không"}, "unknown_indicator"),
        ({"low": Decimal(-1)}, "negative_value"),
        ({"high": Decimal(-1)}, "negative_value"),
        ({"high": Decimal("1999.99")}, "range_order"),
        ({"indicator": "near_five_share", "low": Decimal("100.5")}, "over_hundred"),
        ({"indicator": "near_five_share", "low": Decimal(3), "high": Decimal(101)}, "over_hundred"),
        ({"source": "  "}, "source_needed"),
        ({"low": Decimal("5.5")}, "not_whole"),
        ({"high": Decimal("2000.5")}, "not_whole"),
    ],
)
def test_bad_target_is_refused_and_nothing_is_kept(
    now: datetime, given: dict[str, Any], code: str
) -> None:
    values = {
        "indicator": "evaluated_in_term",
        "unit": province.units().then,
        "term": TERM,
        "low": Decimal(2000),
        "high": None,
        "source": "04-CTr/TU",
    }
    with pytest.raises(Refused) as refusal:
        services.set_target(actor=OFFICE, **{**values, **given}, at=now)
    assert refusal.value.code == code
    assert not Target.objects.exists()
    assert not Event.objects.filter(name="programme.target_set").exists()


@pytest.mark.parametrize("actor", [ANONYMOUS, AUDITOR])
def test_only_the_office_sets_targets_and_reports_figures(now: datetime, actor: Actor) -> None:
    place = province.units()
    with pytest.raises(NotAllowed):
        services.set_target(
            actor=actor,
            indicator="evaluated_in_term",
            unit=place.then,
            term=TERM,
            low=Decimal(1),
            source="Quyết định",
            at=now,
        )
    with pytest.raises(NotAllowed):
        _report(place, now, actor=actor)
    assert not Target.objects.exists()
    assert not ReportedFigure.objects.exists()


def _report(place: province.Province, now: datetime, **given: Any) -> ReportedFigure:
    values = {
        "actor": OFFICE,
        "indicator": "sales_points",
        "unit": place.phu_xuyen,
        "as_of": END_OF_MARCH,
        "value": Decimal(3),
        "source": "Báo cáo",
        "at": now,
    }
    return services.report_figure(**{**values, **given})


def test_figure_reported_again_for_the_day_replaces_the_first(now: datetime) -> None:
    place = province.units()
    seen = _report(place, now).mark
    _report(
        place, now, value=Decimal(4), more_than=True, source="Báo cáo 2", replaces=seen,
        reason="Cộng sót một điểm",
    )  # fmt: skip
    kept = ReportedFigure.objects.get()
    assert (kept.value, kept.more_than, kept.demonstration) == (4, True, False)
    told = Event.objects.filter(name="programme.figure_reported").order_by("pk").last()
    assert told is not None
    assert told.reason == "Cộng sót một điểm"
    assert told.change == {
        "from": ["3.00"],
        "to": ["4"],
        "more_than": True,
        "source": "Báo cáo 2",
        "source_before": "Báo cáo",
    }
    assert queries.reports_of([kept])[kept.pk][0] == told


def test_figure_is_never_corrected_unseen_or_without_a_reason(now: datetime) -> None:
    place = province.units()
    seen = _report(place, now, more_than=True).mark
    with pytest.raises(Refused, match=r"hơn 3 \(nguồn: Báo cáo\).*lý do") as refusal:
        _report(place, now, value=Decimal(4))
    assert refusal.value.code == "figure_stands"
    for reason in ("", "  "):
        with pytest.raises(Refused) as refusal:
            _report(place, now, value=Decimal(4), replaces=seen, reason=reason)
        assert refusal.value.code == "reason_needed"
    assert ReportedFigure.objects.get().value == 3
    assert Event.objects.filter(name="programme.figure_reported").count() == 1
    _report(place, now, value=Decimal(4), replaces=seen, reason="Gõ nhầm")
    with pytest.raises(Refused) as refusal:  # somebody was faster
        _report(place, now, value=Decimal(5), replaces=seen, reason="Gõ nhầm")
    assert refusal.value.code == "figure_stands"
    assert ReportedFigure.objects.get().value == 4


def test_figure_of_another_unit_day_or_indicator_corrects_nothing(now: datetime) -> None:
    place = province.units()
    _report(place, now)
    for given in (
        {"unit": place.then},
        {"as_of": date(2024, 3, 30)},
        {"indicator": "craft_villages"},
    ):
        _report(place, now, **given)
    assert ReportedFigure.objects.count() == 4


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"indicator": "không"}, "unknown_indicator"),
        ({"indicator": "evaluated"}, "counted_indicator"),
        ({"value": Decimal(-1)}, "negative_value"),
        ({"value": Decimal("105.5")}, "not_whole"),
        ({"as_of": date(2026, 11, 24)}, "figure_day"),
        ({"as_of": date(2025, 7, 1)}, "unit_not_of_the_day"),  # districts ended the day before
        ({"source": ""}, "source_needed"),
    ],
)
def test_bad_figure_is_refused_and_nothing_is_kept(
    now: datetime, given: dict[str, Any], code: str
) -> None:
    place = province.units()
    with pytest.raises(Refused) as refusal:
        _report(place, now, **given)
    assert refusal.value.code == code
    assert not ReportedFigure.objects.exists()


def test_figure_is_taken_up_to_today_in_vietnam_and_to_the_unit_s_last_day(now: datetime) -> None:
    place = province.units()
    _report(place, now, as_of=date(2025, 6, 30))
    late = now + timedelta(hours=16)  # 18:00 UTC is the next day in Hà Nội
    _report(place, late, unit=place.now, as_of=date(2026, 11, 24))
    with pytest.raises(Refused, match="Thành phố Hà Nội"):
        _report(place, now, unit=place.now, as_of=date(2025, 6, 30))
    assert ReportedFigure.objects.count() == 2


def test_latest_figure_by_the_day_speaks_and_says_of_when_it_is() -> None:
    place = province.units()
    for as_of, value in ((date(2023, 6, 1), 90), (date(2024, 3, 31), 105), (date(2024, 4, 1), 110)):
        ReportedFigureFactory(
            indicator="sales_points",
            unit=place.then,
            as_of=as_of,
            value=value,
            source=f"{value}",
        )
    assert _figure("sales_points", date(2023, 5, 31)).value is None
    told = _figure("sales_points")
    assert (told.value, told.as_of, told.told_by) == (105, date(2024, 3, 31), "105")
    assert _figure("sales_points", date(2024, 3, 30)).value == 90


def test_place_without_a_figure_of_its_own_is_the_sum_of_those_within() -> None:
    place = province.units()
    for unit, value in ((place.phu_xuyen, 3), (place.van_tu, 1), (place.van_canh, 2)):
        ReportedFigureFactory(indicator="sales_points", unit=unit, value=value)
    assert _figure("sales_points").value == 5  # Vân Từ is within Phú Xuyên
    slices = indicators.get("sales_points").slices(scope(), "district_then")
    assert [(s.label, s.count) for s in slices] == [("Huyện Hoài Đức", 2), ("Huyện Phú Xuyên", 3)]
    ReportedFigureFactory(
        indicator="sales_points", unit=place.then, value=105, as_of=date(2023, 1, 1)
    )
    assert _figure("sales_points").value == 105


def test_new_figure_of_the_province_takes_the_place_of_those_before_the_merger() -> None:
    place = province.units()
    ReportedFigureFactory(indicator="craft_villages", unit=place.then, value=1350)
    ReportedFigureFactory(indicator="craft_villages", unit=place.phu_xuyen, value=40)
    ReportedFigureFactory(
        indicator="craft_villages", unit=place.now, value=1360, as_of=date(2026, 3, 31)
    )
    assert _figure("craft_villages", date(2026, 3, 30)).value == 1350
    assert _figure("craft_villages", date(2026, 3, 31)).value == 1360


def test_lower_bound_and_fraction_stay_what_they_are() -> None:
    place = province.units()
    ReportedFigureFactory(indicator="craft_villages", unit=place.hoai_duc, value=Decimal("1.5"))
    ReportedFigureFactory(
        indicator="craft_villages", unit=place.phu_xuyen, value=5000, more_than=True
    )
    told = _figure("craft_villages")
    assert (told.value, told.more_than) == (Decimal("5001.5"), True)


def test_figures_of_other_provinces_and_invented_ones_stay_out() -> None:
    place = province.units()
    ReportedFigureFactory(
        indicator="sales_points", unit=OldUnitFactory(code="79", level=Level.PROVINCE), value=80
    )
    ReportedFigureFactory(indicator="sales_points", unit=place.then, value=105, demonstration=True)
    assert _figure("sales_points").value is None
    shown = indicators.get("sales_points").figure(replace(scope(), demonstration=True))
    assert shown.value == 105


def test_figure_entered_in_a_demonstration_carries_its_mark(now: datetime) -> None:
    place = province.units()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    assert _report(place, now).demonstration


@pytest.mark.parametrize("year", [1999, 2101, 9999, 1])
def test_day_that_cannot_be_meant_is_refused_in_one_line(year: int) -> None:
    province.units()
    with pytest.raises(Refused) as refusal:
        queries.scope(ANONYMOUS, as_of=date(year, 12, 31))
    assert str(date(year, 12, 31)) in refusal.value.message


def test_target_of_a_province_is_one_through_its_eras(now: datetime) -> None:
    place = province.units()
    first = _put(place, now, "5", unit=place.then)
    assert first.unit == place.now
    with pytest.raises(Refused, match="đã có mục tiêu"):
        _put(place, now, "7", unit=place.now)


def test_target_of_a_unit_is_for_a_term_that_it_lived_in(now: datetime) -> None:
    place = province.units()
    assert _put(place, now, "5", unit=place.phu_xuyen, term=Term(2021, 2025)).unit.code == "280"
    with pytest.raises(Refused, match="không tồn tại trong kỳ 2026") as refusal:
        _put(place, now, "5", unit=place.phu_xuyen, term=Term(2026, 2026))
    assert refusal.value.code == "unit_not_of_the_term"
    with pytest.raises(Refused, match="không tồn tại trong kỳ 2024"):
        _put(place, now, "5", unit=place.today_phu_xuyen)
    within = queries.targets_within(scope(), place.phu_xuyen)
    assert [target.low for target in within] == [5]
    assert not queries.targets(scope()).exists()
