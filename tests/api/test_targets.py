"""Targets and reported figures by the API."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.people.scopes import READ_PROGRAMME
from ocop.places import queries as places
from ocop.programme.models import ReportedFigure, Target
from tests.api.calling import Program, program
from tests.dossiers.office import World, build_world

pytestmark = pytest.mark.django_db
TARGET = "PUT indicators/evaluated_in_term/target"
FIGURE = "PUT indicators/sales_points/figure"


@pytest.fixture
def world(now: datetime) -> World:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_world(timezone.now())


@pytest.fixture
def office(world: World) -> Program:
    return program(world.officer, world.now)


@pytest.fixture
def auditor(world: World) -> Program:
    return program(world.auditor, world.now)


def test_target_is_set_and_replaced_by_who_has_seen_it(office: Program) -> None:
    told = {"term": "2026-2030", "low": "800", "high": 1000, "source": "Kế hoạch 1/KH-UBND"}
    made = office(TARGET, told)
    assert (made["indicator"], made["starts_on"], made["ends_on"], made["low"], made["high"]) == (
        "evaluated_in_term", "2026-01-01", "2031-01-01", 800, 1000,
    )  # fmt: skip
    assert made["measure"] == "sản phẩm"
    (listed,) = office("GET targets?term=2026-2030")
    assert listed == made
    share = {"term": "2026-2030", "low": 70, "source": "Kế hoạch 1/KH-UBND"}
    assert office("PUT indicators/organised_share/target", share)["measure"] == "%"
    Target.objects.filter(indicator="organised_share").delete()

    again = {**told, "low": 900, "source": "Kế hoạch 2/KH-UBND", "reason": "Kế hoạch điều chỉnh"}
    office.refused(TARGET, again, "target_stands")
    office.refused(TARGET, {**again, "replaces": "800|1000"}, "target_stands")
    seen = {**again, "replaces": made["mark"]}
    office.refused(TARGET, {**seen, "reason": " "}, "reason_needed")
    assert office(TARGET, seen)["low"] == 900
    office.refused(TARGET, seen, "target_stands")  # it is another one now
    event = Event.objects.latest("pk")
    assert (event.name, event.reason) == ("programme.target_set", "Kế hoạch điều chỉnh")
    assert event.change["from"] == ["800.00", "1000.00"]
    assert Target.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"term": "26-30"}, "term_form"),
        ({"low": -1}, "negative_value"),
        ({"low": "nhiều"}, "invalid"),
        ({"low": "NaN"}, "invalid"),
        ({"low": "1e14"}, "value_form"),
        ({"low": "0.125"}, "value_form"),
        ({"high": 3}, "range_order"),
        ({"source": " "}, "source_needed"),
        ({"source": "x" * 201}, "text_too_long"),
    ],
)
def test_target_that_cannot_be_is_refused(
    office: Program, wrong: dict[str, object], code: str
) -> None:
    told = {"term": "2026", "low": 8, "source": "Kế hoạch 1/KH-UBND"}
    office.refused(TARGET, {**told, **wrong}, code)
    assert not Target.objects.exists()


def test_unknown_indicator_is_named(office: Program) -> None:
    told = {"term": "2026", "low": 8, "source": "Kế hoạch 1/KH-UBND"}
    assert "happiness" in office.refused(
        "PUT indicators/happiness/target", told, "unknown_indicator"
    )["detail"]  # fmt: skip


def test_figure_is_reported_and_corrected_with_a_reason(
    office: Program, auditor: Program, world: World
) -> None:
    told = {"as_of": "2026-06-30", "value": 40, "more_than": True, "source": "BC 7/BC-VPĐP"}
    made = office(FIGURE, told)
    assert made["measure"] == "điểm"
    assert (made["value"], made["more_than"], made["unit"], made["unit_name"]) == (
        40, True, places.key_of(world.places.province), "Thành phố Hà Nội",
    )  # fmt: skip
    assert auditor("GET figures?indicator=sales_points&year=2026")["items"] == [made]
    assert auditor("GET figures?year=2025")["items"] == []
    auditor.refused("GET figures?indicator=evaluated", None, "filter_value")
    auditor.refused("GET figures?day=2026-06-30", None, "unknown_filter")

    better = {**told, "value": "42", "more_than": False, "reason": "Cộng thiếu 2 điểm"}
    office.refused(FIGURE, better, "figure_stands")
    seen = {**better, "replaces": made["mark"]}
    office.refused(FIGURE, {**seen, "reason": ""}, "reason_needed")
    corrected = office(FIGURE, seen)
    assert (corrected["value"], corrected["more_than"]) == (42, False)
    assert corrected["mark"] != made["mark"]
    assert Event.objects.latest("pk").reason == "Cộng thiếu 2 điểm"
    assert ReportedFigure.objects.count() == 1


def test_figure_is_of_a_unit_of_its_day(office: Program, world: World) -> None:
    told = {"as_of": "2024-06-30", "value": 3, "source": "BC 7/BC-UBND"}
    old = places.key_of(world.places.district)
    assert office(FIGURE, {**told, "unit": old})["unit_name"] == "Huyện Phú Xuyên"
    office.refused(FIGURE, {**told, "unit": world.places.here.code}, "unit_not_of_the_day")
    office.missing(FIGURE, {**told, "unit": "99999"})


def test_figure_that_cannot_be_is_refused(office: Program) -> None:
    told = {"as_of": "2026-06-30", "value": 3, "source": "BC 7/BC-UBND"}
    tomorrow = timezone.localdate() + timedelta(days=1)
    office.refused(FIGURE, {**told, "as_of": tomorrow}, "figure_day")
    office.refused(FIGURE, {**told, "as_of": "hôm qua"}, "invalid")
    office.refused(FIGURE, {**told, "value": -3}, "negative_value")
    office.refused("PUT indicators/evaluated_in_term/figure", told, "counted_indicator")


def test_only_the_office_writes_and_only_it_and_auditors_read_figures(
    auditor: Program, world: World
) -> None:
    target = {"term": "2026", "low": 8, "source": "Kế hoạch"}
    figure = {"as_of": "2026-06-30", "value": 3, "source": "BC"}
    commune = program(world.commune, world.now)
    for caller in (auditor, commune):
        caller.refused(TARGET, target, "not_allowed", 403)
        caller.refused(FIGURE, figure, "not_allowed", 403)
    commune.refused("GET figures", None, "not_allowed", 403)
    reader = program(world.officer, world.now, READ_PROGRAMME)
    reader.refused(TARGET, target, "scope_missing", 403)
    reader.refused(FIGURE, figure, "scope_missing", 403)
    assert reader("GET figures")["total"] == 0


def test_target_of_a_unit_is_set_and_listed_by_its_key(office: Program, world: World) -> None:
    key = places.key_of(world.places.here)
    told = {"term": "2026-2030", "low": 8, "source": "Kế hoạch 1/KH-UBND", "unit": key}
    made = office(TARGET, told)
    assert (made["unit"], made["unit_name"], made["low"]) == (key, world.places.here.name, 8)
    assert office("GET targets?term=2026-2030") == []
    assert office(f"GET targets?term=2026-2030&unit={key}") == [made]
    assert office(f"GET targets?term=2026-2030&unit={made['unit'].split('.')[0]}") == [made]
