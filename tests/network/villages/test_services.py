"""Writes of the register of villages."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM, Actor, ActorKind, Grant
from ocop.core.refusals import NotAllowed, Refused
from ocop.network.villages import queries, queries_routes, reviewing, rules
from ocop.network.villages.criteria import Title
from ocop.network.villages.models import Artisan, Village, VillageRecognition
from ocop.network.villages.services import recognising, routes, telling, villages
from ocop.network.villages.services.routes import RouteParticulars, StopParticulars
from ocop.network.villages.services.telling import YearParticulars
from ocop.network.villages.services.villages import VillageParticulars
from ocop.people.roles import Role
from tests.factories import OldUnitFactory, UnitFactory
from tests.network.villages.factories import (
    VillageFactory,
    VillageRecognitionFactory,
    VillageYearFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
ME = ActorKind.PERSON


def _officer_of(village: Village) -> Actor:
    grant = Grant(Role.COMMUNE_OFFICER, village.commune_id)
    return Actor(ME, user_id=5, grants=frozenset({grant}))


def _given(**more: Any) -> VillageParticulars:
    told: dict[str, Any] = {"name": "Làng Một", "trade": "Gốm", "commune": UnitFactory()}
    return VillageParticulars(**(told | more))


def _refused(code: str, service: Any, **arguments: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        service(**arguments)
    assert refusal.value.code == code
    return refusal.value


def test_village_is_entered_and_counts_from_the_day(now: datetime) -> None:
    village = villages.enter_village(actor=SYSTEM, particulars=_given(began_year=1700), at=now)
    village.refresh_from_db()
    assert (village.counted_from, village.listed, village.began_year) == (TODAY, True, 1700)
    assert village.folded == "lang mot gom"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": " "}, "village_name"),
        ({"trade": ""}, "village_trade"),
        ({"commune": None}, "village_commune"),
        ({"trade_group": "gold"}, "village_trade_group"),
        ({"began_year": 2027}, "village_began_year"),
        ({"began_year": 999}, "village_began_year"),
        ({"lat": 21.0}, "village_lat"),
        ({"lat": 51.0, "lon": 105.8}, "village_lat"),
        ({"lat": 21.0, "lon": 5.8}, "village_lon"),
        ({"name": "L" * 121}, "text_too_long"),
    ],
)
def test_village_that_cannot_be_is_refused(more: dict[str, Any], code: str, now: datetime) -> None:
    _refused(code, villages.enter_village, actor=SYSTEM, particulars=_given(**more), at=now)
    assert not Village.objects.exists()


def test_unit_of_then_is_no_commune_of_today(now: datetime) -> None:
    given = _given(commune=OldUnitFactory())
    _refused("village_commune", villages.enter_village, actor=SYSTEM, particulars=given, at=now)


def test_same_village_with_the_same_trade_stands_once(now: datetime) -> None:
    given = _given()
    villages.enter_village(actor=SYSTEM, particulars=given, at=now)
    _refused("village_name", villages.enter_village, actor=SYSTEM, particulars=given, at=now)
    villages.enter_village(actor=SYSTEM, particulars=replace(given, trade="Mộc"), at=now)


def test_village_that_ended_is_counted_until_then(now: datetime) -> None:
    village = VillageFactory()
    day = date(2026, 6, 1)
    villages.end_village(actor=SYSTEM, village=village, ended_on=day, reason="Hết hộ", at=now)
    assert queries.counted(province="01", on=date(2026, 5, 31)).count() == 1
    assert queries.counted(province="01", on=day).count() == 0
    _refused(
        "village_ended",
        villages.end_village,
        actor=SYSTEM, village=village, ended_on=day, reason="Hết hộ", at=now,
    )  # fmt: skip


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2023, 12, 31)])
def test_village_does_not_end_tomorrow_or_before_it_was_counted(day: date, now: datetime) -> None:
    _refused(
        "village_ended_on",
        villages.end_village,
        actor=SYSTEM, village=VillageFactory(), ended_on=day, reason="Hết hộ", at=now,
    )  # fmt: skip


def test_year_is_told_again_in_its_place(now: datetime) -> None:
    village = VillageFactory()
    for in_trade in (100, 120):
        telling.tell_village_year(
            actor=SYSTEM,
            village=village,
            particulars=YearParticulars(2025, households=400, in_trade=in_trade),
            at=now,
        )
    assert [row.in_trade for row in village.years.all()] == [120]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (YearParticulars(2027, households=1), "village_year"),
        (YearParticulars(1999, households=1), "village_year"),
        (YearParticulars(2025), "village_year"),
        (YearParticulars(2025, households=10, in_trade=11), "village_in_trade"),
        (YearParticulars(2025, workers=-1), "village_workers"),
        (YearParticulars(2025, income=10**16), "village_income"),
        (YearParticulars(2025, income=120), "village_income"),  # in millions
        (YearParticulars(2025, revenue=99_999), "village_revenue"),
    ],
)
def test_year_that_cannot_be_is_refused(told: YearParticulars, code: str, now: datetime) -> None:
    _refused(
        code, telling.tell_village_year,
        actor=SYSTEM, village=VillageFactory(), particulars=told, at=now,
    )  # fmt: skip


def test_officer_of_the_commune_tells_and_one_of_another_does_not(now: datetime) -> None:
    village, other = VillageFactory(), VillageFactory()
    told = YearParticulars(2025, households=10, in_trade=5)
    me = _officer_of(village)
    telling.tell_village_year(actor=me, village=village, particulars=told, at=now)
    with pytest.raises(NotAllowed):
        telling.tell_village_year(actor=me, village=other, particulars=told, at=now)
    assert list(queries.for_office(me)) == [village]
    assert not rules.may_keep_villages(me)


def test_breach_needs_a_word_what_it_is(now: datetime) -> None:
    village = VillageFactory()
    arguments = {"actor": SYSTEM, "village": village, "checked_on": TODAY, "at": now}
    _refused("reason_needed", telling.note_environment, kept=False, **arguments)
    telling.note_environment(kept=True, **arguments)
    for day in (date(2026, 11, 24), date(1800, 12, 1)):
        wrong = arguments | {"checked_on": day}
        _refused("village_checked_on", telling.note_environment, kept=True, **wrong)


def test_artisan_is_named_with_consent_only(now: datetime) -> None:
    village = VillageFactory()
    for name, consents in (("Bà Một", True), ("Ông Hai", False)):
        telling.add_artisan(
            actor=SYSTEM, village=village, name=name, title="skilled", consents=consents, at=now
        )
    assert [row.name for row in queries.public_artisans(village)] == ["Bà Một"]
    telling.remove_artisan(
        actor=SYSTEM, artisan=Artisan.objects.get(name="Bà Một"), reason="Xin rút tên", at=now
    )
    assert not queries.public_artisans(village).exists()
    named = next(a for a in reviewing.checked(village, TODAY).answers if a.criterion == "name")
    assert named.met is True  # the other one is still there


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": ""}, "village_name"),
        ({"title": "king"}, "village_title"),
        ({"year": 2027}, "village_year"),
        ({"name": "Bà Một"}, "village_name"),
    ],
)
def test_artisan_that_cannot_be_is_refused(more: dict[str, Any], code: str, now: datetime) -> None:
    village = VillageFactory()
    Artisan.objects.create(village=village, name="Bà Một", title="skilled")
    told = {"name": "Ông Hai", "title": "skilled"} | more
    _refused(code, telling.add_artisan, actor=SYSTEM, village=village, at=now, **told)


def test_officer_of_another_commune_does_not_remove_an_artisan(now: datetime) -> None:
    artisan = Artisan.objects.create(village=VillageFactory(), name="Bà Một", title="skilled")
    with pytest.raises(NotAllowed):
        telling.remove_artisan(
            actor=_officer_of(VillageFactory()), artisan=artisan, reason="Thử", at=now
        )


# --- recognition -------------------------------------------------------------------------------


def _village_that_meets(now: datetime) -> Village:
    village: Village = VillageFactory(
        began_year=1900, developing=True, distinctive=True, known_by_name=True
    )
    VillageYearFactory(village=village, year=2024)
    VillageYearFactory(village=village, year=2025)
    telling.note_environment(actor=SYSTEM, village=village, checked_on=TODAY, kept=True, at=now)
    return village


def _recognise(now: datetime, village: Village, **more: Any) -> VillageRecognition:
    told = {
        "title": "traditional",
        "number": "5678/QĐ-UBND",
        "signed_on": TODAY,
        "authority": "UBND thành phố Hà Nội",
    } | more
    return recognising.recognise_village(actor=SYSTEM, village=village, at=now, **told)


def test_decision_is_kept_with_what_the_criteria_said(now: datetime) -> None:
    village = _village_that_meets(now)
    assert reviewing.checked(village, TODAY).best is Title.TRADITIONAL
    row = _recognise(now, village)
    assert row.checked["decree"] == "52/2018/NĐ-CP"
    assert set(row.checked["answers"].values()) == {True}
    assert queries.counted(province="01", on=TODAY, recognised=True).count() == 1


def test_criterion_that_is_missed_refuses_the_title(now: datetime) -> None:
    village = _village_that_meets(now)
    village.years.filter(year=2025).update(in_trade=99)
    _refused("village_title", _recognise, now=now, village=village)
    assert not VillageRecognition.objects.exists()


def test_criterion_that_nobody_knows_of_needs_a_reason(now: datetime) -> None:
    village = VillageFactory()
    _refused("reason_needed", _recognise, now=now, village=village)
    _recognise(now, village, reason="Hồ sơ giấy đủ")


def test_decision_before_the_decree_is_not_held_against_it(now: datetime) -> None:
    row = _recognise(now, VillageFactory(), signed_on=date(2009, 12, 1))
    assert row.checked == {}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": "best"}, "village_title"),
        ({"number": " "}, "village_number"),
        ({"authority": ""}, "village_authority"),
        ({"signed_on": date(2026, 11, 24)}, "village_signed_on"),
        ({"signed_on": date(1000, 1, 1)}, "village_signed_on"),
    ],
)
def test_decision_that_cannot_be_is_refused(more: dict[str, Any], code: str, now: datetime) -> None:
    _refused(code, _recognise, now=now, village=_village_that_meets(now), **more)


def test_title_stands_once_and_is_given_again_after_its_revocation(now: datetime) -> None:
    village = _village_that_meets(now)
    row = _recognise(now, village, signed_on=TODAY)
    _refused("village_title", _recognise, now=now, village=village)
    gone = {"actor": SYSTEM, "revoked_on": TODAY, "number": "1/QĐ-UBND", "reason": "Hết nghề"}
    recognising.revoke_village(recognition=row, at=now, **gone)
    assert queries.titles_of(village, TODAY) == []
    _refused("village_revoked", recognising.revoke_village, recognition=row, at=now, **gone)
    _recognise(now, village)
    assert [r.title for r in queries.titles_of(village, TODAY)] == ["traditional"]


@pytest.mark.parametrize("day", [date(2020, 12, 27), date(2026, 11, 24)])
def test_revocation_is_not_before_the_recognition_nor_tomorrow(day: date, now: datetime) -> None:
    _refused(
        "village_revoked_on", recognising.revoke_village,
        actor=SYSTEM, recognition=VillageRecognitionFactory(), revoked_on=day, number="1/QĐ-UBND",
        reason="Hết nghề", at=now,
    )  # fmt: skip


def test_revocation_needs_its_number(now: datetime) -> None:
    _refused(
        "village_number", recognising.revoke_village,
        actor=SYSTEM, recognition=VillageRecognitionFactory(), revoked_on=TODAY, number="",
        reason="Hết nghề", at=now,
    )  # fmt: skip


def test_recognition_of_which_the_year_alone_is_known_counts_from_its_last_day() -> None:
    VillageRecognitionFactory(signed_on=None, year=2020)
    for day, stands in ((date(2020, 12, 30), 0), (date(2020, 12, 31), 1), (date(2021, 1, 1), 1)):
        assert queries.standing_on(day).count() == stands


def test_craft_alone_is_no_recognised_village() -> None:
    VillageRecognitionFactory(title="craft")
    assert queries.counted(province="01", on=TODAY, recognised=True).count() == 0


# --- routes ------------------------------------------------------------------------------------


def test_route_is_told_in_its_order_and_leaves_out_what_one_may_not_see(now: datetime) -> None:
    shown, hidden = VillageFactory(name="Làng A"), VillageFactory(name="Làng B", listed=False)
    stops = [
        StopParticulars(village=hidden),
        StopParticulars(name="Bến xe", lat=21.0, lon=105.8),
        StopParticulars(village=shown, note="Xem đan"),
    ]
    route = routes.open_route(actor=SYSTEM, particulars=RouteParticulars("Tuyến", stops), at=now)
    stranger = Actor(ActorKind.ANONYMOUS)
    assert [(s.number, s.place.name) for s in queries_routes.stops_of(route, stranger)] == [
        (1, "Bến xe"), (2, "Làng A"),
    ]  # fmt: skip
    assert [s.place.name for s in queries_routes.stops_of(route, SYSTEM)] == [
        "Làng B",
        "Bến xe",
        "Làng A",
    ]
    again = RouteParticulars("Tuyến", stops[1:], listed=False)
    routes.change_route(actor=SYSTEM, route=route, particulars=again, at=now)
    assert [s.place.name for s in queries_routes.stops_of(route, SYSTEM)] == ["Bến xe", "Làng A"]
    assert not queries_routes.routes(stranger).exists()


def test_route_that_cannot_be_is_refused(now: datetime) -> None:
    village = StopParticulars(village=VillageFactory())
    place = StopParticulars(name="Bến xe")
    for given, code in (
        (RouteParticulars(" ", [village, place]), "route_name"),
        (RouteParticulars("Tuyến", [village]), "route_stops"),
        (RouteParticulars("Tuyến", [place] * 21), "route_stops"),
        (RouteParticulars("Tuyến", [village, village]), "route_stops"),
        (RouteParticulars("Tuyến", [village, StopParticulars()]), "route_stops"),
        (RouteParticulars("Tuyến", [village, place], hours=241), "route_hours"),
    ):
        _refused(code, routes.open_route, actor=SYSTEM, particulars=given, at=now)
    good = RouteParticulars("Tuyến Một", [village, place])
    routes.open_route(actor=SYSTEM, particulars=good, at=now)
    again = replace(good, name="TUYẾN một")
    _refused("route_name", routes.open_route, actor=SYSTEM, particulars=again, at=now)
