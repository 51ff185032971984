"""Centres from the application to the last day: what is kept, refused, judged and told."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from ocop.core import options as core_options
from ocop.core.actor import SYSTEM, Actor
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import Case, Sitting
from ocop.criteria import queries as criteria
from ocop.criteria.models import CriteriaSetVersion, LegalVersion
from ocop.network.centres import options, queries
from ocop.network.centres.models import (
    AssessmentState,
    CentreKeeper,
    CentreMonth,
    CentreState,
    DesignCentre,
    Round,
)
from ocop.network.centres.numbers import Numbers
from ocop.network.centres.queries import Due
from ocop.network.centres.services import assessing, keeping
from ocop.network.centres.services import centres as services
from ocop.network.centres.services.centres import CentreParticulars
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.producers.models import ProducerMembership
from tests import world
from tests.councils.hall import build_hall, new_case, open_hall
from tests.factories import ProducerFactory, ProductFactory, UnitFactory
from tests.network.centres.factories import (
    GOOD,
    SINCE,
    judged,
    make_application,
    make_assessment,
    make_centre,
    make_visit,
)
from tests.network.villages.factories import VillageFactory

pytestmark = pytest.mark.django_db


def acting(user: User, now: datetime) -> Actor:
    return people.actor_for(user, on=timezone.localdate(now))


def person(now: datetime, role: Role | None = None, unit: Unit | None = None) -> User:
    return world.person(now, role, unit)


CITY = "UBND thành phố Hà Nội"
SMALL = Numbers(Decimal(480), GOOD.zones, GOOD.goods, GOOD.ocop, GOOD.craft)


def _known(**more: Any) -> CentreParticulars:
    told = {
        "name": "Trung tâm Vạn Phúc", "operator": "HTX Vạn Phúc", "address": "Ngõ 1",
        "commune": UnitFactory(),
    } | more  # fmt: skip
    return CentreParticulars(**told)


def _apply(now: datetime, told: Numbers = GOOD, **more: Any) -> DesignCentre:
    return services.apply_centre(actor=SYSTEM, particulars=_known(**more), told=told, at=now)


def _recognise(now: datetime, assessment: Any, **more: Any) -> DesignCentre:
    told = {"number": "12/QĐ-UBND", "signed_on": timezone.localdate(now), "authority": CITY} | more
    return assessing.recognise_centre(actor=SYSTEM, assessment=assessment, at=now, **told)


def test_an_application_opens_the_first_assessment_by_the_sheet_in_force(now: datetime) -> None:
    office = person(now, Role.PROVINCIAL_OFFICER)
    centre = _apply(now)
    assessment = queries.open_assessment(centre)
    assert assessment is not None
    assert (assessment.round, assessment.sheet) == (Round.FIRST, "qd-6385-2023")
    assert queries.numbers_of(assessment) == GOOD
    assert Message.objects.filter(user=office, kind="network.centre_applied").count() == 1


def test_a_centre_is_proposed_once_until_it_is_refused(now: datetime) -> None:
    told = {"commune": UnitFactory()}
    first = queries.open_assessment(_apply(now, **told))
    assert first is not None
    with pytest.raises(Refused) as refused:
        _apply(now, **told, name="TRUNG TÂM  Vạn Phúc")
    assert "name" in refused.value.fields
    _apply(now)  # in another commune
    assessing.refuse_centre(actor=SYSTEM, assessment=first, reason="Chưa đủ diện tích", at=now)
    assert _apply(now, **told).state == CentreState.APPLIED


def test_a_producer_proposes_a_centre_of_its_own_and_no_other(now: datetime) -> None:
    user, maker = person(now), ProducerFactory()
    ProducerMembership.objects.create(user=user, producer=maker, starts_on=date(2026, 1, 1))
    told = {"particulars": _known(), "told": GOOD, "at": now}
    own = services.apply_centre(actor=acting(user, now), producer=maker, **told)
    assert list(queries.own(acting(user, now), now.date())) == [own]
    with pytest.raises(NotAllowed):
        services.apply_centre(actor=acting(user, now), producer=ProducerFactory(), **told)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"), ({"operator": ""}, "operator"), ({"address": ""}, "address"),
        ({"website": "trungtam.vn"}, "website"), ({"commune": None}, "commune"),
    ],
)  # fmt: skip
def test_an_application_without_its_facts_is_refused(
    now: datetime, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        _apply(now, **more)
    assert field in refused.value.fields


@pytest.mark.parametrize(
    "told",
    [
        Numbers(goods=10, ocop=11),
        Numbers(area=Decimal(0)),
        Numbers(zones={"pool": Decimal(1)}),
    ],
)
def test_numbers_that_cannot_be_are_refused(now: datetime, told: Numbers) -> None:
    with pytest.raises(Refused):
        _apply(now, told)
    assert not DesignCentre.objects.exists()


def test_before_the_decision_of_2023_nobody_applies(now: datetime) -> None:
    with pytest.raises(Refused, match="chưa có phiếu"):
        _apply(now.replace(year=2023, month=12, day=1))


def test_numbers_are_mended_until_the_council_has_them(now: datetime) -> None:
    assessment = make_application(SMALL)
    told = {"actor": SYSTEM, "centre": assessment.centre, "particulars": _known(), "at": now}
    services.change_centre(told=GOOD, **told)
    assessment.refresh_from_db()
    assert assessment.area == 650
    hall = build_hall(now, cases=[new_case(now)])
    assessing.send_centre(actor=SYSTEM, assessment=assessment, sitting=hall.sitting, at=now)
    with pytest.raises(Refused) as refused:
        services.change_centre(told=SMALL, **told)
    assert refused.value.code == "centre_numbers_fixed"
    services.change_centre(**told)  # a telephone number may still change


@pytest.mark.parametrize(
    ("told", "code"), [(SMALL, "centre_numbers_short"), (Numbers(), "centre_numbers_missing")]
)
def test_no_centre_goes_to_the_council_with_a_condition_not_met_or_not_known(
    now: datetime, told: Numbers, code: str
) -> None:
    hall = build_hall(now, cases=[new_case(now)])
    with pytest.raises(Refused) as refused:
        assessing.send_centre(
            actor=SYSTEM, assessment=make_application(told), sitting=hall.sitting, at=now
        )
    assert refused.value.code == code
    assert Case.objects.count() == 1


def test_a_council_judges_a_centre_as_any_case(now: datetime) -> None:
    hall, assessment = build_hall(now, cases=[]), make_application()
    item = judged(hall, assessment, 80, 82, 84)
    assessment.refresh_from_db()
    found = queries.outcome_of(assessment)
    assert (found.mean, found.passed) == (82, True)
    assert (item.case.kind, item.star, item.outcome["band"]) == ("centre", None, None)
    assert item.case.version.legal_version.document == "6385/QĐ-UBND"
    assert assessment.checked["answers"]["area"] == {"met": True, "told": "650", "needed": "500"}


def test_it_stands_on_one_agenda_at_a_time_and_again_once_taken_off(now: datetime) -> None:
    hall, assessment = build_hall(now, cases=[new_case(now)]), make_application()
    told = {"actor": SYSTEM, "assessment": assessment, "sitting": hall.sitting, "at": now}
    item = assessing.send_centre(**told)
    with pytest.raises(Refused) as refused:
        assessing.send_centre(**told)
    assert refused.value.code == "centre_not_waiting"
    with pytest.raises(Refused) as refused:
        assessing.refuse_centre(actor=SYSTEM, assessment=assessment, reason="Hết chỗ", at=now)
    assert refused.value.code == "centre_on_agenda"
    item.state, item.off_reason = "taken_off", "Hoãn"
    item.save()
    again = assessing.send_centre(**told)
    assert again.case_id == item.case_id


def test_the_sheet_is_held_once_and_a_new_division_is_a_further_revision(now: datetime) -> None:
    hall = build_hall(now, cases=[])
    first, second, third = make_application(), make_application(), make_application()
    for each in (first, second):
        assessing.send_centre(actor=SYSTEM, assessment=each, sitting=hall.sitting, at=now)
    core_options.set_option(
        actor=SYSTEM, option=options.DIVISION, value="Quản lý: 20; Liên kết: 15", at=now
    )
    assessing.send_centre(actor=SYSTEM, assessment=third, sitting=hall.sitting, at=now)
    rows = CriteriaSetVersion.objects.filter(legal_version__code="QD6385-2023")
    assert sorted(rows.values_list("revision", flat=True)) == [1, 2]
    first.refresh_from_db()
    assert first.case is not None
    assert first.case.version.revision == 1  # what went before keeps its own


def test_the_sheet_of_centres_is_no_law_of_products(now: datetime) -> None:
    hall = build_hall(now, cases=[])
    before = criteria.legal_version_on(date(2023, 12, 31))
    assessing.send_centre(actor=SYSTEM, assessment=make_application(), sitting=hall.sitting, at=now)
    assert LegalVersion.objects.filter(subject="other").count() == 1
    assert criteria.legal_version_on(date(2023, 12, 31)) == before
    assert all(v.number for v in criteria.current(SYSTEM))
    assert "QD6385-2023" not in criteria.legal_versions().values_list("code", flat=True)


def test_a_recognition_needs_the_points_a_visit_and_a_decision_after_the_council(
    now: datetime,
) -> None:
    hall, assessment = build_hall(now, cases=[]), make_application()
    with pytest.raises(Refused) as refused:
        _recognise(now, assessment)
    assert refused.value.code == "centre_not_judged"
    judged(hall, assessment, 70, 70, 70)
    with pytest.raises(Refused) as refused:
        _recognise(now, assessment)
    assert refused.value.code == "centre_not_visited"
    today = timezone.localdate(now)
    make_visit(assessment.centre, today)
    for more, code in (
        ({"number": " "}, "centre_number"),
        ({"authority": ""}, "centre_authority"),
        ({"signed_on": today + timedelta(days=1)}, "centre_signed_on"),
        ({"signed_on": today - timedelta(days=1)}, "centre_signed_on"),
    ):
        with pytest.raises(Refused) as refused:
            _recognise(now, assessment, **more)
        assert refused.value.code == code
    centre = _recognise(now, assessment)
    assessment.refresh_from_db()
    assert (centre.state, centre.recognised_on) == (CentreState.RECOGNISED, today)
    assert (assessment.state, assessment.score) == (AssessmentState.RECOGNISED, 70)
    assert list(queries.standing_on(today)) == [centre]
    with pytest.raises(Refused) as refused:
        _recognise(now, assessment)
    assert refused.value.code == "centre_decided"


def test_below_seventy_no_centre_is_recognised(now: datetime) -> None:
    hall, assessment = build_hall(now, cases=[]), make_application()
    item = judged(hall, assessment, 70, 70, 69)
    make_visit(assessment.centre, timezone.localdate(now))
    assert item.mean is not None
    assert item.mean < 70
    with pytest.raises(Refused) as refused:
        _recognise(now, assessment)
    assert refused.value.code == "centre_points"
    assessing.refuse_centre(actor=SYSTEM, assessment=assessment, reason="Chưa đủ điểm", at=now)
    assessment.centre.refresh_from_db()
    assert assessment.centre.state == CentreState.REFUSED


def test_a_visit_measures_and_passes_by_number(now: datetime) -> None:
    centre, today = make_centre(), timezone.localdate(now)
    told = {"actor": SYSTEM, "centre": centre, "visited_on": today, "at": now}
    assert services.visit_centre(measured=GOOD, **told).passed
    assert not services.visit_centre(measured=SMALL, **told).passed
    with pytest.raises(Refused) as refused:
        services.visit_centre(measured=Numbers(), **told)
    assert "area" in refused.value.fields
    with pytest.raises(Refused) as refused:
        services.visit_centre(measured=GOOD, **told | {"visited_on": today + timedelta(days=1)})
    assert "visited_on" in refused.value.fields


def test_visits_and_the_next_assessment_are_counted_from_the_decision(now: datetime) -> None:
    centre = make_centre(recognised_on=date(2023, 12, 27))
    assert queries.due_of(centre) == Due(date(2024, 12, 27), date(2026, 12, 27))
    make_visit(centre, date(2024, 11, 5))
    assert queries.due_of(centre) == Due(date(2025, 11, 5), date(2026, 12, 27))
    assert queries.due_of(make_application().centre) is None


def test_an_assessment_anew_keeps_the_recognition_whatever_comes_of_it(now: datetime) -> None:
    centre, hall = make_centre(), build_hall(now, cases=[])
    told = {"actor": SYSTEM, "centre": centre, "told": GOOD, "at": now}
    again = assessing.reassess_centre(**told)
    assert again.round == Round.AGAIN
    with pytest.raises(Refused):
        assessing.reassess_centre(**told)
    with pytest.raises(Refused) as refused:
        services.end_centre(
            actor=SYSTEM, centre=centre, ended_on=timezone.localdate(now), number="1", reason="Hết",
            at=now,
        )  # fmt: skip
    assert refused.value.code == "centre_assessed_now"
    judged(hall, again, 90, 90, 90)
    make_visit(centre, timezone.localdate(now))
    _recognise(now, again, number="88/QĐ-UBND")
    centre.refresh_from_db()
    assert centre.recognised_on == SINCE  # the first day stays
    assert centre.assessments.filter(state=AssessmentState.RECOGNISED).count() == 2


def test_the_end_is_a_decision_with_a_day_and_a_reason(now: datetime) -> None:
    centre, today = make_centre(), timezone.localdate(now)
    told = {
        "actor": SYSTEM, "centre": centre, "ended_on": today, "number": "5/QĐ-UBND",
        "reason": "Trả lại mặt bằng", "at": now,
    }  # fmt: skip
    for more in ({"number": ""}, {"reason": ""}, {"ended_on": SINCE - timedelta(days=1)},
                 {"ended_on": today + timedelta(days=1)}):  # fmt: skip
        with pytest.raises(Refused):
            services.end_centre(**told | more)
    services.end_centre(**told)
    assert not queries.standing_on(today).exists()
    assert queries.standing_on(today - timedelta(days=1)).exists()
    with pytest.raises(Refused) as refused:
        services.end_centre(**told)
    assert refused.value.code == "centre_state"


def test_ties_are_products_of_community_tourism_and_villages(now: datetime) -> None:
    centre, village = make_centre(), VillageFactory()
    tour, silk = ProductFactory(set_number=26), ProductFactory(set_number=22)
    told = {"actor": SYSTEM, "centre": centre, "at": now}
    services.set_centre_ties(products=[tour], villages=[village], **told)
    assert queries.tied(queries.ties_of(centre)) == ([tour], [village])
    for products, villages in (([silk], []), ([tour, tour], []), ([], [village, village])):
        with pytest.raises(Refused):
            services.set_centre_ties(products=products, villages=villages, **told)
    services.set_centre_ties(products=[], villages=[village], **told)
    assert queries.tied(queries.ties_of(centre)) == ([], [village])


def _keeper(centre: DesignCentre, now: datetime) -> User:
    office = acting(person(now, Role.PROVINCIAL_OFFICER), now)
    user: User = person(now)
    keeping.appoint_centre_keeper(actor=office, centre=centre, login=user.email or "", at=now)
    return user


def test_a_keeper_tells_visitors_and_income_and_mends_what_was_told(now: datetime) -> None:
    centre = make_centre()
    keeper = acting(_keeper(centre, now), now)
    month = queries.tellable(centre, timezone.localdate(now))[0]
    told = {"actor": keeper, "centre": centre, "month": month, "at": now}
    keeping.tell_centre_month(visitors=120, income=4_500_000, **told)
    keeping.tell_centre_month(visitors=130, **told)
    row = CentreMonth.objects.get()
    assert (row.visitors, row.income) == (130, None)
    for more in ({"visitors": -1}, {"visitors": 10_000_001}, {"visitors": 1, "income": -1},
                 {"visitors": 1, "month": date(2025, 12, 1)}):  # fmt: skip
        with pytest.raises(Refused):
            keeping.tell_centre_month(**told | more)
    with pytest.raises(NotAllowed):
        keeping.tell_centre_month(visitors=1, **told | {"actor": acting(person(now), now)})


def test_a_month_told_again_as_it_was_is_told_once(now: datetime) -> None:
    """A device that heard no answer sends it again, when the office may have seen it already."""
    centre = make_centre(recognised_on=date(2026, 1, 15))
    told = {"actor": SYSTEM, "centre": centre, "month": date(2026, 10, 1), "visitors": 9}
    first = keeping.tell_centre_month(**told, at=now)
    again = keeping.tell_centre_month(**told, at=now + timedelta(minutes=5))
    assert (again, again.sent_at) == (first, now)
    events = Event.objects.filter(name="network.centre_month_told")
    assert events.latest("pk").change == {"again": True}
    other = keeping.tell_centre_month(**told | {"visitors": 10}, at=now + timedelta(minutes=9))
    assert (other.pk, other.visitors, other.sent_at) == (first.pk, 10, now + timedelta(minutes=9))


def test_months_begin_with_the_recognition_and_wait_until_told(now: datetime) -> None:
    centre = make_centre(recognised_on=date(2026, 1, 15))
    on = date(2026, 3, 10)
    assert queries.awaited(centre, on) == [date(2026, 2, 1), date(2026, 1, 1)]
    CentreMonth.objects.create(centre=centre, month=date(2026, 1, 1), visitors=9, sent_at=now)
    assert queries.awaited(centre, on) == [date(2026, 2, 1)]
    assert queries.by_month(DesignCentre.objects.all()) == [
        {"month": date(2026, 1, 1), "people": 9, "dong": None}
    ]
    assert queries.tellable(make_application().centre, on) == []


def test_a_keeper_is_one_account_once_and_ends(now: datetime) -> None:
    centre = make_centre()
    user = _keeper(centre, now)
    with pytest.raises(Refused):
        keeping.appoint_centre_keeper(actor=SYSTEM, centre=centre, login=user.email or "", at=now)
    with pytest.raises(Refused):
        keeping.appoint_centre_keeper(actor=SYSTEM, centre=centre, login="khong@co.vn", at=now)
    keeper = CentreKeeper.objects.get()
    told = {"actor": SYSTEM, "keeper": keeper, "reason": "Chuyển việc", "at": now}
    keeping.end_centre_keeper(**told)
    assert not queries.own(acting(user, now), timezone.localdate(now)).exists()
    with pytest.raises(Refused):
        keeping.end_centre_keeper(**told)


def test_who_sees_a_centre_before_it_is_recognised(now: datetime) -> None:
    waiting, known = make_application().centre, make_centre()
    officer = person(now, Role.COMMUNE_OFFICER, unit=waiting.commune)
    assert list(queries.visible_to(acting(person(now), now))) == [known]
    assert set(queries.overseen_by(acting(officer, now))) == {waiting}
    office = acting(person(now, Role.PROVINCIAL_OFFICER), now)
    assert set(queries.overseen_by(office)) == {waiting, known}


def test_only_meetings_ahead_take_a_centre(now: datetime) -> None:
    planned = build_hall(now, cases=[new_case(now)]).sitting
    over = open_hall(now + timedelta(hours=3)).sitting
    Sitting.objects.filter(pk=over.pk).update(state="closed", closed_at=now)
    assert list(queries.sittings_ahead()) == [planned]


def test_years_count_first_recognitions(now: datetime) -> None:
    make_centre(recognised_on=date(2024, 5, 1))
    make_centre(recognised_on=date(2024, 6, 1))
    make_assessment(make_centre(recognised_on=date(2025, 6, 1)), opened_on=date(2026, 2, 1))
    found = queries.recognised_by_year(DesignCentre.objects.all())
    assert found == {2024: 2, 2025: 1}
