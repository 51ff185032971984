"""A product whose star is gone comes again, and its decision agrees with how it came.

Art. 8, Decision 26/2026/QĐ-TTg, takes a star away; Art. 6 knows an upgrade and a re-evaluation of a
star that there is. So a product whose star was revoked comes as for the first time, from the
registration to the decision. How one comes whose star expired is a setting of the province.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.criteria.services import load_decree
from ocop.dossiers.models import State
from ocop.dossiers.queries import conclusions, filing
from ocop.dossiers.services import deciding, drafting, entering
from ocop.dossiers.standing import AfterExpiry
from ocop.recognition import services as register
from ocop.recognition.authority import Level
from ocop.recognition.decisions import Result
from ocop.recognition.models import Ground, Kind, Recognition
from ocop.recognition.services import Paper
from tests.dossiers.office import TODAY, World, build_world, concluded, product
from tests.factories import RecognitionFactory
from tests.world import member, revoked_by

pytestmark = pytest.mark.django_db
PAPER = Paper("12/QĐ-UBND", TODAY, "UBND thành phố Hà Nội", Level.PROVINCE)


@pytest.fixture
def world(now: datetime) -> Iterator[World]:
    load_decree(actor=SYSTEM, at=now)
    with time_machine.travel(now, tick=False):
        yield build_world(now)


def starred(world: World, on: date = date(2025, 6, 2), **more: Any) -> Recognition:
    row: Recognition = RecognitionFactory(
        product=product(world.places.here), on=on, stars=4, commune=world.places.here, **more
    )
    return row


def revoke(world: World, star: Recognition) -> None:
    register.revoke(
        actor=SYSTEM,
        recognition=star,
        ground=Ground.CRITERIA,
        reason="đã nghe chủ thể ngày 20/10",
        at=world.now,
        **revoked_by(date(2026, 11, 2)),
    )


def begin(world: World, star: Recognition, kind: Kind) -> Any:
    maker = world.actor(member(world.now, star.product.producer))
    return drafting.begin_dossier(actor=maker, product=star.product, kind=kind, at=world.now)


def test_a_revoked_product_is_recognised_again_as_for_the_first_time(world: World) -> None:
    star = starred(world)
    revoke(world, star)
    for kind in (Kind.UPGRADE, Kind.REEVALUATION):
        with pytest.raises(Refused) as refused:
            begin(world, star, kind)
        assert refused.value.code == "never_ranked"
    dossier = begin(world, star, Kind.FIRST)
    dossier.state = State.AT_COMMUNE
    dossier.save()
    made = deciding.decide_dossiers(
        actor=world.actor(world.officer),
        dossiers=[concluded(dossier, "75", 4)],
        paper=PAPER,
        at=world.now,
    )
    row = made.recognitions.get()
    assert (row.kind, row.stars) == (Kind.FIRST, 4)
    found = filing.ruling(star.product, TODAY)
    assert found is not None
    assert found[0] == row


def test_by_hand_after_a_revocation_it_is_the_first_time_too(world: World) -> None:
    star = starred(world)
    revoke(world, star)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "paper": PAPER, "at": world.now}
    for kind in (Kind.UPGRADE, Kind.REEVALUATION):
        with pytest.raises(Refused) as refused:
            entering.record_decision(results=[Result(star.product, 4, kind)], **told)
        assert refused.value.code == "star_revoked"
    assert entering.record_decision(results=[Result(star.product, 3, Kind.FIRST)], **told)


def test_a_paper_signed_before_the_revocation_came_upon_a_star(world: World) -> None:
    star = starred(world)
    revoke(world, star)
    before = Paper("8/QĐ-UBND", date(2026, 11, 1), "UBND thành phố Hà Nội", Level.PROVINCE)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "paper": before, "at": world.now}
    with pytest.raises(Refused) as refused:
        entering.record_decision(results=[Result(star.product, 4, Kind.FIRST)], **told)
    assert refused.value.code == "ranked_before"
    with pytest.raises(Refused) as refused:
        entering.record_decision(results=[Result(star.product, 4, Kind.UPGRADE)], **told)
    assert refused.value.code == "no_upgrade"


def test_where_an_expired_star_comes_back_as_first_the_decision_says_so(world: World) -> None:
    star = starred(world, on=date(2022, 1, 4))
    options.set_option(
        actor=SYSTEM, option=filing.AFTER_EXPIRY, value=AfterExpiry.FIRST.value, at=world.now
    )
    dossier = begin(world, star, Kind.FIRST)
    dossier.state = State.AT_COMMUNE
    dossier.save()
    made = deciding.decide_dossiers(
        actor=world.actor(world.officer),
        dossiers=[concluded(dossier, "75", 4)],
        paper=PAPER,
        at=world.now,
    )
    assert made.recognitions.get().kind == Kind.FIRST


def test_a_star_revoked_on_the_way_holds_no_upgrade_back(world: World) -> None:
    """An upgrade must rise above the star that there is (Art. 6): it is gone on the day."""
    star = starred(world)
    dossier = concluded(
        world.dossier(product=star.product, kind=Kind.UPGRADE, previous=star), "75", 4
    )
    found = conclusions.conclusion_of(dossier)
    assert found is not None
    assert conclusions.held_already(dossier, found, TODAY) == 4
    revoke(world, star)
    assert conclusions.held_already(dossier, found, TODAY) is None
    made = deciding.decide_dossiers(
        actor=world.actor(world.officer), dossiers=[dossier], paper=PAPER, at=world.now
    )
    assert made.recognitions.get().kind == Kind.UPGRADE
