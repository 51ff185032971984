"""The advisory team's report reaches the chair and the secretary, and the office."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.councils.models import Position, Seat
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.queries import dossiers
from ocop.dossiers.services import advising, changes, proposing, visiting
from ocop.dossiers.services.freezing import freeze
from ocop.people.models import Message, User
from ocop.people.roles import Role
from tests.dossiers import making
from tests.dossiers.office import World, build_world, sitting
from tests.world import SINCE, member, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


@pytest.fixture
def given(world: World) -> Dossier:
    dossier = world.dossier(State.RECEIVED)
    advising.assign_advisers(
        actor=world.actor(world.officer),
        dossier=dossier,
        advisers=[world.adviser],
        lead=world.adviser,
        at=world.now,
    )
    return dossier


@pytest.fixture
def council(world: World) -> dict[str, User]:
    """Chair, secretary and one member of the council at work."""
    made = sitting().council
    roles = {
        "chair": Role.COUNCIL_CHAIR,
        "secretary": Role.COUNCIL_SECRETARY,
        "member": Role.COUNCIL_MEMBER,
    }
    people = {name: person(world.now, role) for name, role in roles.items()}
    for place, (name, user) in enumerate(people.items()):
        Seat.objects.create(
            council=made, user=user, position=Position(name), place=place, starts_on=SINCE
        )
    return people


def _proposed(world: World, dossier: Dossier, *, ready: bool = True) -> None:
    actor = world.actor(world.adviser)
    order = visiting.order_test(
        actor=actor,
        dossier=dossier,
        laboratory="Trung tâm 1",
        parameters="Vi sinh",
        ordered_on=date(2026, 11, 20),
        at=world.now,
    )
    visiting.record_test_result(
        actor=actor,
        order=order,
        passed=False,
        result="Vượt mức",
        result_on=date(2026, 11, 21),
        at=world.now,
    )
    advising.propose(
        actor=actor,
        dossier=dossier,
        ready=ready,
        star=4,
        text="Đề nghị xem xét",
        unexamined="Chưa đủ mẫu, sẽ bổ sung",
        at=world.now,
    )


def _told() -> set[User]:
    return {message.user for message in Message.objects.filter(kind="dossiers.proposed")}


def test_who_leads_the_council_reads_the_report_and_a_member_does_not(
    world: World, given: Dossier, council: dict[str, User]
) -> None:
    day = world.now.date()
    for user in council.values():
        assert not dossiers.visible_to(world.actor(user), day).exists()
    _proposed(world, given)
    for name, user in council.items():
        leads = name != "member"
        actor = world.actor(user)
        assert dossiers.visible_to(actor, day).filter(pk=given.pk).exists() is leads
        assert [p.failed for p in dossiers.proposed_to(actor, day)] == [True] * leads


def test_the_report_is_told_with_its_failed_test(
    world: World, given: Dossier, council: dict[str, User]
) -> None:
    _proposed(world, given, ready=False)
    assert _told() == {council["chair"], council["secretary"], world.officer, world.head}
    body = Message.objects.filter(user=council["chair"]).get().body
    assert "kiểm nghiệm không đạt" in body
    assert "Đề nghị xem xét" in body


def test_who_acts_for_the_producer_is_told_nothing_and_leads_nothing_of_it(
    world: World, given: Dossier, council: dict[str, User]
) -> None:
    both = member(world.now, given.product.producer)
    Seat.objects.filter(user=council["chair"]).update(user=both)
    _proposed(world, given)
    assert both not in _told()
    assert not dossiers.proposed_to(world.actor(both), world.now.date()).exists()


def test_a_council_that_is_over_is_reported_to_no_more(
    world: World, given: Dossier, council: dict[str, User]
) -> None:
    chair = Seat.objects.get(user=council["chair"])
    chair.council.dissolved_on = world.now.date()
    chair.council.save()
    _proposed(world, given)
    assert _told() == {world.officer, world.head}
    assert not dossiers.visible_to(world.actor(council["chair"]), world.now.date()).exists()


def test_the_list_leads_to_the_report(
    world: World, given: Dossier, council: dict[str, User]
) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    _proposed(world, given)
    client = Client()
    client.force_login(council["chair"])
    with time_machine.travel(world.now, tick=False):
        page = client.get(reverse("council:home")).content.decode()
        address = f"/dieu-hanh/ho-so/{given.code}/?tab=tham-dinh"
        assert address in page
        assert "kiểm nghiệm không đạt" in page
        report = client.get(address).content.decode()
    assert "Đề nghị xem xét" in report
    assert "kiểm nghiệm không đạt" in report


@pytest.mark.parametrize(
    ("proposed", "outdates"),
    [({"marks": {"1.1": 0}}, True), ({"answers": {"phone": "0912 000 900"}}, False)],
)
def test_a_mark_changed_after_the_proposal_is_told_and_the_proposal_confirmed_before_the_agenda(
    world: World,
    given: Dossier,
    council: dict[str, User],
    proposed: dict[str, Any],
    outdates: bool,
) -> None:
    given.answers, given.gates = making.answers(given), making.gates(given)
    given.marks = making.marks(given)
    given.save()
    _proposed(world, given)
    office, later = world.actor(world.officer), world.now + timedelta(hours=1)
    base = freeze(office, given, "submitted", world.now)
    change = changes.ask_change(
        actor=world.maker(given),
        dossier=given,
        base=base,
        proposed=proposed,
        reason="Ghi nhầm",
        at=world.now,
    )
    changes.answer_change(actor=office, change=change, accepted=True, at=later)
    [news] = Message.objects.filter(kind="dossiers.changed")
    assert news.user == world.adviser
    assert ("xác nhận hoặc làm lại" in news.body) is outdates
    chair = world.actor(council["chair"])
    assert [p.outdated for p in dossiers.proposed_to(chair, world.now.date())] == [outdates]

    def put() -> None:
        made = sitting(council=Seat.objects.get(user=council["chair"]).council)
        row = Dossier.objects.get(pk=given.pk)
        proposing.put_on_agenda(actor=office, dossiers=[row], sitting=made, at=later)

    if outdates:
        with pytest.raises(Refused) as refused:
            put()
        assert refused.value.code == "proposal_outdated"
        advising.propose(
            actor=world.actor(world.adviser),
            dossier=given,
            ready=True,
            star=3,
            text="Đã xem lại",
            unexamined="Chưa đủ mẫu, sẽ bổ sung",
            at=later + timedelta(hours=1),
        )
    put()
    assert Dossier.objects.get(pk=given.pk).state == State.ON_AGENDA
