"""The yearly plan and the list of products with potential."""

from datetime import date, datetime

import pytest

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.queries.councils import EXTRA_ROUNDS
from ocop.dossiers.models import CentralReferral, Dossier, Registration, Round, RoundKind, State
from ocop.dossiers.queries import filing, registrations
from ocop.dossiers.queries import rounds as queries
from ocop.dossiers.services import drafting, potential, rounds
from ocop.dossiers.services.potential import Prospect
from ocop.dossiers.services.rounds import Days
from ocop.filters.dossiers import DossierFilter
from ocop.places.models import Unit
from ocop.recognition.models import Kind
from tests.dossiers import office
from tests.dossiers.office import TODAY, World, build_world
from tests.factories import (
    ProducerFactory,
    RecognitionFactory,
    RegistrationFactory,
    UnitFactory,
    version,
)

pytestmark = pytest.mark.django_db
EXTRA = Days(date(2027, 7, 1), date(2027, 8, 1), date(2027, 9, 1))


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


def _plan(world: World, year: int = 2027) -> list[Round]:
    return rounds.plan_year(
        actor=world.actor(world.officer), year=year, plan_number="5/KH", at=world.now
    )


def test_a_year_is_planned_with_the_four_rounds_of_the_law_and_one_event(world: World) -> None:
    before = Event.objects.count()
    made = _plan(world)
    assert [r.kind for r in made] == ["first", "second", "central_first", "central_second"]
    assert made[0].requests_before == date(2027, 4, 30)
    assert made[0].plan_number == "5/KH"
    assert Event.objects.count() == before + 1


def test_a_year_is_planned_once(world: World) -> None:
    _plan(world)
    with pytest.raises(Refused) as refused:
        _plan(world)
    assert refused.value.code == "year_planned"


@pytest.mark.parametrize("year", [2017, 2029])
def test_a_year_outside_the_programme_is_not_planned(world: World, year: int) -> None:
    with pytest.raises(Refused) as refused:
        _plan(world, year)
    assert refused.value.code == "round_year"


def test_only_the_office_plans(world: World) -> None:
    with pytest.raises(NotAllowed):
        rounds.plan_year(actor=world.actor(world.commune), year=2027, at=world.now)


def test_an_extra_round_needs_the_setting(world: World) -> None:
    told = {"actor": world.actor(world.officer), "year": 2027, "name": "Đợt bổ sung"}
    with pytest.raises(Refused) as refused:
        rounds.add_round(**told, days=EXTRA, at=world.now)
    assert refused.value.code == "no_extra_rounds"
    assert "nhờ người quản trị hệ thống bật" in refused.value.message  # the office has no such page
    assert f"“{EXTRA_ROUNDS.label}”" in refused.value.message
    options.set_option(actor=SYSTEM, option=EXTRA_ROUNDS, value=True, at=world.now)
    made = rounds.add_round(**told, days=EXTRA, at=world.now)
    assert (made.kind, made.requests_before) == (RoundKind.EXTRA, date(2027, 8, 1))


def test_an_extra_round_needs_a_name(world: World) -> None:
    options.set_option(actor=SYSTEM, option=EXTRA_ROUNDS, value=True, at=world.now)
    with pytest.raises(Refused) as refused:
        rounds.add_round(
            actor=world.actor(world.officer), year=2027, name=" ", days=EXTRA, at=world.now
        )
    assert refused.value.code == "round_name"


def test_days_of_a_round_are_in_order_and_not_later_than_the_laws(world: World) -> None:
    first = _plan(world)[0]
    told = {"actor": world.actor(world.officer), "round": first, "name": "Đợt 1", "at": world.now}
    wrong = {
        "round_requests_before": [
            Days(date(2027, 4, 1), date(2027, 4, 1), date(2027, 6, 1)),
            Days(date(2027, 1, 1), date(2027, 5, 1), date(2027, 6, 1)),
        ],
        "round_done_before": [Days(date(2027, 1, 1), date(2027, 4, 1), date(2027, 7, 1))],
    }
    for code, several in wrong.items():
        for days in several:
            with pytest.raises(Refused) as refused:
                rounds.change_round(days=days, **told)
            assert refused.value.code == code
    earlier = Days(date(2027, 1, 1), date(2027, 4, 1), date(2027, 6, 15))
    changed = rounds.change_round(days=earlier, note="Sớm hơn", **told)
    assert (changed.done_before, changed.note) == (date(2027, 6, 15), "Sớm hơn")


def test_a_closed_round_is_neither_changed_nor_closed_again(world: World) -> None:
    first = _plan(world, 2026)[0]
    actor = world.actor(world.officer)
    rounds.close_round(actor=actor, round=first, reason="Đã xong", at=world.now)
    assert Round.objects.get(pk=first.pk).closed_on == TODAY
    with pytest.raises(Refused) as refused:
        rounds.close_round(actor=actor, round=first, reason="Lại", at=world.now)
    assert refused.value.code == "round_closed"
    days = Days(first.opens_on, first.requests_before, first.done_before)
    with pytest.raises(Refused):
        rounds.change_round(actor=actor, round=first, name="Khác", days=days, at=world.now)


def test_dossiers_of_a_round_are_due_by_its_new_end(world: World) -> None:
    second = _plan(world, 2026)[1]
    old = date(2026, 12, 29)
    for state in (State.RECEIVED, State.ON_AGENDA, State.AT_COMMUNE, State.DECIDED):
        world.dossier(state, round=second, due_on=old, escalated_at=world.now)
    again = world.dossier(
        State.READY,
        round=second,
        kind=Kind.REEVALUATION,
        received_at=datetime.fromisoformat("2026-10-20T08:00:00+07:00"),  # 45 days: 4 December
        due_on=date(2026, 12, 4),
    )
    rounds.change_round(
        actor=world.actor(world.officer),
        round=second,
        name=second.name,
        days=Days(second.opens_on, second.requests_before, date(2026, 12, 10)),
        at=world.now,
    )
    found = dict(Dossier.objects.exclude(pk=again.pk).values_list("state", "due_on"))
    assert found[State.RECEIVED] == found[State.ON_AGENDA] == date(2026, 12, 9)
    assert found[State.AT_COMMUNE] == found[State.DECIDED] == old
    assert Dossier.objects.get(state=State.RECEIVED).escalated_at is None
    assert Dossier.objects.get(state=State.AT_COMMUNE).escalated_at == world.now
    again.refresh_from_db()
    assert again.due_on == date(2026, 12, 4)


def test_a_round_is_closed_knowing_what_is_left_in_it(world: World) -> None:
    first = _plan(world, 2026)[0]
    for state in (State.AT_COMMUNE, State.FORWARDED, State.ON_AGENDA, State.DECIDED):
        world.dossier(state, round=first)
    world.dossier(State.DRAFT, round=first, submitted_at=None)
    assert queries.left_in(first) == queries.Left(unfinished=3, to_receive=2)
    actor = world.actor(world.officer)
    rounds.close_round(actor=actor, round=first, reason="Chuyển sang đợt 2", at=world.now)
    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert event.change == {"unfinished": 3, "to_receive": 2}


def test_a_round_is_not_closed_before_its_first_day(world: World) -> None:
    """Nothing could be filed for it: a round that opens on 1 January takes requests first."""
    first = _plan(world)[0]
    actor = world.actor(world.officer)
    with pytest.raises(Refused) as refused:
        rounds.close_round(actor=actor, round=first, reason="Không tổ chức", at=world.now)
    assert refused.value.code == "round_not_open"
    assert "01/01/2027" in refused.value.message
    assert Round.objects.get(pk=first.pk).closed_on is None
    opened = datetime.fromisoformat("2027-01-01T08:00:00+07:00")
    rounds.close_round(actor=actor, round=first, reason="Không tổ chức", at=opened)
    assert Round.objects.get(pk=first.pk).closed_on == date(2027, 1, 1)


def _withdraw(world: World, round: Round, reason: str = "Lập nhầm năm") -> Round:
    return rounds.withdraw_round(
        actor=world.actor(world.officer), round=round, reason=reason, at=world.now
    )


def test_a_round_planned_by_mistake_is_withdrawn_and_laid_out_again(world: World) -> None:
    first = _plan(world)[0]
    _withdraw(world, first)
    first.refresh_from_db()
    assert (first.withdrawn_on, first.closed_on) == (TODAY, TODAY)
    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert (event.name, event.reason) == ("dossiers.round_withdrawn", "Lập nhầm năm")
    with pytest.raises(Refused) as refused:
        _withdraw(world, first)
    assert refused.value.code == "round_withdrawn"
    assert [row.kind for row in _plan(world)] == ["first"]
    with pytest.raises(Refused):
        _plan(world)


def test_a_withdrawn_round_takes_no_dossier(world: World) -> None:
    second = _plan(world, 2026)[1]
    day = date(2026, 10, 1)
    assert filing.round_for(second.province, day) == second
    _withdraw(world, second)
    assert filing.round_for(second.province, day) is None
    assert second not in queries.open_rounds(second.province)


@pytest.mark.parametrize("state", [State.AT_COMMUNE, State.WITHDRAWN, State.DECIDED])
def test_a_round_that_a_dossier_names_is_not_withdrawn(world: World, state: State) -> None:
    first = _plan(world, 2026)[0]
    world.dossier(state, round=first)
    with pytest.raises(Refused) as refused:
        _withdraw(world, first)
    assert refused.value.code == "round_used"
    assert "1 hồ sơ" in refused.value.message
    assert Round.objects.get(pk=first.pk).closed_on is None


def test_the_last_open_round_of_a_year_with_registrations_is_not_withdrawn(world: World) -> None:
    first, second, central, _last = _plan(world)
    RegistrationFactory.create(unit=world.places.here, year=2027, province=first.province)
    _withdraw(world, central)  # the Ministry's rounds take no registrations
    _withdraw(world, second)
    with pytest.raises(Refused) as refused:
        _withdraw(world, first)
    assert refused.value.code == "round_registered_for"
    assert "1 sản phẩm" in refused.value.message


def test_withdrawing_a_round_needs_a_reason_and_the_office(world: World) -> None:
    first = _plan(world)[0]
    with pytest.raises(Refused) as refused:
        _withdraw(world, first, reason=" ")
    assert refused.value.code == "reason_needed"
    with pytest.raises(NotAllowed):
        rounds.withdraw_round(
            actor=world.actor(world.commune), round=first, reason="Nhầm", at=world.now
        )


def test_closing_needs_a_reason(world: World) -> None:
    first = _plan(world)[0]
    with pytest.raises(Refused) as refused:
        rounds.close_round(actor=world.actor(world.officer), round=first, reason="", at=world.now)
    assert refused.value.code == "reason_needed"


def test_the_plan_sets_expected_against_filed_against_decided(world: World) -> None:
    first = _plan(world, 2026)[0]
    here, there = world.places.here, world.places.there
    for unit in (here, here, there):
        RegistrationFactory(year=2026, unit=unit, registered_on=date(2026, 1, 10))
    RegistrationFactory(
        year=2026, unit=here, registered_on=date(2026, 1, 10), withdrawn_on=date(2026, 2, 1)
    )
    world.dossier(round=first)
    world.dossier(State.DECIDED, round=first)
    world.dossier(State.REFUSED)  # without a round, filed that year
    world.dossier(State.WITHDRAWN, round=first)
    world.dossier(State.DRAFT, submitted_at=None)
    plan = queries.plan_of(world.actor(world.officer), 2026, "01", on=TODAY)
    total = plan.total
    assert (total.expected, total.filed, total.decided, total.refused) == (3, 3, 1, 1)
    assert (total.open, total.missing) == (1, 3)  # three other products were filed
    assert [(r.pk, c.filed, c.decided) for r, c in plan.rounds][:1] == [(first.pk, 2, 1)]
    lines = {line.unit: line.counts for line in plan.units}
    assert (lines[here].expected, lines[here].filed, lines[here].missing) == (2, 3, 2)
    assert (lines[there].expected, lines[there].missing) == (1, 1)


@pytest.mark.parametrize(
    ("sent_on", "counted"),
    [
        (date(2026, 1, 29), (0, 0)),  # the Ministry's round of the year before
        (date(2026, 7, 29), (1, 0)),
        (date(2026, 7, 30), (0, 1)),  # "before 30 July": that day is the next round's
        (date(2027, 1, 29), (0, 1)),
    ],
)
def test_a_round_of_the_ministry_counts_what_was_sent_there(
    world: World, sent_on: date, counted: tuple[int, int]
) -> None:
    own, _second, *central = _plan(world, 2026)
    dossier = world.dossier(State.AT_MINISTRY, round=own)
    CentralReferral.objects.create(
        dossier=dossier, provincial_total=93, provincial_star=4, document="15/TTr", sent_on=sent_on
    )
    plan = queries.plan_of(world.actor(world.officer), 2026, "01", on=TODAY)
    found = {row.pk: counts.filed for row, counts in plan.rounds}
    assert (found[central[0].pk], found[central[1].pk]) == counted
    assert found[own.pk] == plan.total.filed == 1
    listed = [
        DossierFilter({"round": one.code}, Dossier.objects.all()).qs.count() for one in central
    ]
    assert tuple(listed) == counted


def _registered(unit: Unit, name: str, **more: object) -> Registration:
    told = {"year": 2026, "registered_on": date(2026, 1, 10), **more}
    return RegistrationFactory(unit=unit, product_name=name, **told)


def _missing(world: World) -> dict[Unit | None, int]:
    plan = queries.plan_of(world.actor(world.officer), 2026, "01", on=TODAY)
    for counts in (plan.total, *(line.counts for line in plan.units)):
        found = (counts.answered, counts.elsewhere, counts.recognised, counts.missing)
        assert sum(found) == counts.expected
    assert plan.total.missing == sum(line.counts.missing for line in plan.units)
    return {line.unit: line.counts.missing for line in plan.units}


def test_a_registration_is_missing_until_its_own_dossier_is_filed(world: World) -> None:
    here, there = world.places.here, world.places.there
    world.dossier()  # of a product that nobody registered
    tied = _registered(here, "Chè lam")
    known = office.product(here)
    _registered(here, "Tên khác", product=known)
    assert _missing(world)[here] == 2
    filed = world.dossier(registration=tied)
    assert _missing(world)[here] == 1
    world.dossier(product=known)
    assert _missing(world)[here] == 0
    filed.state = State.WITHDRAWN
    filed.save()
    assert _missing(world)[here] == 1
    maker = ProducerFactory(commune=there, name="HTX Sông Đà")
    _registered(there, "MẬT ONG  rừng", producer_name="htx sông đà")
    world.dossier(product=office.product(there, name="Mật ong rừng", producer=maker))
    assert _missing(world)[there] == 1  # filed in another commune


def test_each_registration_is_in_one_column(world: World) -> None:
    """One filed after the last day for requests falls into the round of the next year; one that
    the register recognised in the year needs no dossier here any more."""
    here = world.places.here
    _plan(world, 2026)
    late = _plan(world, 2027)[0]
    maker = ProducerFactory(commune=here, name="HTX Sông Đà")
    for name in ("Chè lam", "Mứt gừng", "Kẹo lạc", "Cốm"):
        _registered(here, name, producer_name="HTX Sông Đà")
    own = {name: office.product(here, name=name, producer=maker) for name in ("Chè lam", "Kẹo lạc")}
    again = _registered(here, "Mật ong", product=office.product(here, producer=maker))
    world.dossier(product=own["Chè lam"])
    world.dossier(product=own["Kẹo lạc"], round=late)
    world.dossier(round=late, registration=again)
    known = office.product(here, name="Cốm", producer=maker)
    RecognitionFactory(product=known, on=date(2026, 6, 26))
    RecognitionFactory(
        product=office.product(here, name="Mứt gừng", producer=maker), on=date(2025, 6, 26)
    )
    assert _missing(world)[here] == 1
    [line] = queries.plan_of(world.actor(world.officer), 2026, "01", on=TODAY).units
    told = line.counts
    assert (told.expected, told.answered, told.elsewhere, told.recognised) == (5, 1, 2, 1)
    assert told.filed == 1


def test_names_are_matched_in_the_commune_and_each_dossier_answers_one(world: World) -> None:
    here = world.places.here
    maker = ProducerFactory(commune=here, name="HTX Sông Đà")
    _registered(here, "MẬT ONG  rừng", producer_name="htx sông đà")
    _registered(here, "Mật ong rừng")
    _registered(here, "Mật ong rừng", producer_name="HTX Khác")
    for left in (2, 1, 1):
        world.dossier(product=office.product(here, name="Mật ong rừng", producer=maker))
        assert _missing(world)[here] == left


def test_a_dossier_is_tied_to_the_registration_of_its_name(world: World) -> None:
    here = world.places.here
    maker = ProducerFactory(commune=here, name="HTX Sông Đà")
    product = office.product(here, name="Mật ong rừng", producer=maker)
    for wrong in (
        {"unit": world.places.there},
        {"unit": here, "year": 2025},
        {"unit": here, "withdrawn_on": date(2026, 2, 1)},
        {"unit": here, "producer_name": "HTX Khác"},
        {"unit": here, "product": office.product(here)},
    ):
        RegistrationFactory(
            **{"year": 2026, "product_name": "Mật ong rừng", **wrong},
            registered_on=date(2026, 1, 10),
        )
    assert registrations.matching(product, here, 2026) is None
    named = _registered(here, "MẬT ONG rừng", producer_name="htx sông đà")
    version(office.SET)
    found = drafting.begin_dossier(
        actor=world.actor(world.officer), product=product, kind=Kind.FIRST, at=world.now
    )
    assert found.registration == named
    assert registrations.matching(product, here, 2026) == named
    other = office.product(here, name="Mật ong rừng", producer=maker)
    assert registrations.matching(other, here, 2026) is None  # it is answered
    own = _registered(here, "Tên cũ", product=product)
    assert registrations.matching(product, here, 2026) == own


def test_a_commune_officer_counts_the_own_only_and_a_stranger_nothing(world: World) -> None:
    _plan(world, 2026)
    world.dossier()
    RegistrationFactory(year=2026, unit=world.places.here, registered_on=date(2026, 1, 10))
    own = queries.plan_of(world.actor(world.commune), 2026, "01", on=TODAY)
    other = queries.plan_of(world.actor(world.elsewhere), 2026, "01", on=TODAY)
    assert (own.total.expected, own.total.filed) == (1, 1)
    assert (other.total.expected, other.total.filed) == (0, 0)
    assert len(other.rounds) == 4
    assert not queries.visible_to(world.maker(world.dossier())).exists()


def test_open_rounds_are_the_provinces_own(world: World) -> None:
    made = _plan(world, 2026)
    rounds.close_round(actor=world.actor(world.officer), round=made[0], reason="xong", at=world.now)
    assert list(queries.open_rounds("01")) == [made[1]]
    assert queries.years(world.actor(world.officer), "01") == [2026]


# --- Products with potential -------------------------------------------------------------------
def _prospect(**more: object) -> Prospect:
    return Prospect(**{"product_name": "Mật ong rừng", "year": 2027, "aim": 4, **more})


def test_a_commune_puts_a_product_on_the_list_of_the_own_unit(world: World) -> None:
    made = potential.add_potential(
        actor=world.actor(world.commune),
        unit=world.places.here,
        prospect=_prospect(helper="Hội Nông dân", need="Chưa có mã vạch"),
        at=world.now,
    )
    assert (made.product_name, made.aim, made.helper) == ("Mật ong rừng", 4, "Hội Nông dân")
    for user, seen in ((world.officer, 1), (world.commune, 1), (world.elsewhere, 0)):
        assert queries.potentials_visible_to(world.actor(user)).count() == seen


def test_a_commune_keeps_no_list_of_another(world: World) -> None:
    with pytest.raises(NotAllowed):
        potential.add_potential(
            actor=world.actor(world.commune),
            unit=world.places.there,
            prospect=_prospect(),
            at=world.now,
        )


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"product_name": "  "}, "potential_product_name"),
        ({"aim": 2}, "potential_aim"),
        ({"year": 2040}, "potential_year"),
        ({"helper": "x" * 300}, "text_too_long"),
    ],
)
def test_what_is_no_prospect_is_refused(world: World, more: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        potential.add_potential(
            actor=world.actor(world.officer),
            unit=world.places.here,
            prospect=_prospect(**more),
            at=world.now,
        )
    assert refused.value.code == code


def test_the_same_product_stands_on_the_list_once_until_it_is_taken_off(world: World) -> None:
    told = {"actor": world.actor(world.officer), "unit": world.places.here, "at": world.now}
    first = potential.add_potential(prospect=_prospect(), **told)
    with pytest.raises(Refused) as refused:
        potential.add_potential(prospect=_prospect(product_name="mật ong  rừng"), **told)
    assert refused.value.code == "potential_known"
    actor = world.actor(world.commune)
    ended = potential.end_potential(
        actor=actor, potential=first, reason="Đã nộp hồ sơ", at=world.now
    )
    assert ended.ended_on == TODAY
    assert potential.add_potential(prospect=_prospect(), **told).pk != first.pk
    with pytest.raises(Refused):
        potential.end_potential(actor=actor, potential=first, reason="Lại", at=world.now)


def test_a_prospect_is_changed_and_not_into_another_one(world: World) -> None:
    told = {"actor": world.actor(world.officer), "at": world.now}
    one = potential.add_potential(unit=world.places.here, prospect=_prospect(), **told)
    two = potential.add_potential(
        unit=world.places.here, prospect=_prospect(product_name="Chè"), **told
    )
    changed = potential.change_potential(
        potential=two, prospect=_prospect(product_name="Chè", aim=5), **told
    )
    assert changed.aim == 5
    with pytest.raises(Refused) as refused:
        potential.change_potential(potential=two, prospect=_prospect(), **told)
    assert refused.value.code == "potential_known"
    assert one.ended_on is None


def test_a_unit_elsewhere_is_no_commune_officers(world: World) -> None:
    made = potential.add_potential(
        actor=world.actor(world.officer), unit=UnitFactory(), prospect=_prospect(), at=world.now
    )
    with pytest.raises(NotAllowed):
        potential.end_potential(
            actor=world.actor(world.commune), potential=made, reason="thôi", at=world.now
        )


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2027, 1, 1), RoundKind.FIRST),
        (date(2027, 4, 29), RoundKind.FIRST),
        (date(2027, 4, 30), RoundKind.SECOND),  # before 30 April: that day is too late
        (date(2027, 10, 29), RoundKind.SECOND),
        (date(2027, 10, 30), None),
    ],
)
def test_a_request_goes_into_the_round_that_takes_it(
    now: datetime, day: date, kind: RoundKind | None
) -> None:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    rounds.plan_year(actor=SYSTEM, year=2027, at=now)
    found = filing.round_for("01", day)
    assert (found.kind if found else None) == kind
