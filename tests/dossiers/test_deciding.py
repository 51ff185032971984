"""A decision on dossiers that is published later: they end with the publication, not before."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from ocop.core.events import activity
from ocop.core.refusals import Refused
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.services import deciding, refusing
from ocop.people.models import Message
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision
from ocop.recognition.services import Paper
from tests.dossiers.office import REFUSED_BY, TODAY, World, build_world, concluded
from tests.world import member

pytestmark = pytest.mark.django_db
PAPER = Paper("12/QĐ-UBND", TODAY, "UBND thành phố Hà Nội", Level.PROVINCE)


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


def enter(world: World, *dossiers: Dossier) -> Decision:
    return deciding.decide_dossiers(
        actor=world.actor(world.officer),
        dossiers=dossiers,
        paper=PAPER,
        publish=False,
        at=world.now,
    )


def publish(world: World, decision: Decision) -> Decision:
    return deciding.publish_decision(
        actor=world.actor(world.officer), decision=decision, published_on=TODAY, at=world.now
    )


def test_a_dossier_stays_where_it_is_and_nobody_is_told(world: World) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    before, told = list(activity(dossier)), Message.objects.count()
    enter(world, dossier)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.ended_at) == (State.CONCLUDED, None)
    assert dossier.recognition is not None
    assert list(activity(dossier)) == before  # the producer reads it
    assert Message.objects.count() == told


def test_publication_ends_it_and_the_producer_hears_once(world: World, now: datetime) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    maker = member(now, dossier.product.producer)
    decision = enter(world, dossier)
    publish(world, decision)
    dossier.refresh_from_db()
    assert dossier.state == State.DECIDED
    assert dossier.ended_at is not None
    news = Message.objects.filter(user=maker)
    assert [each.kind for each in news] == ["dossiers.decided"]
    assert "4 sao" in news[0].body


def test_nothing_else_is_decided_of_it_meanwhile(world: World) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    decision = enter(world, dossier)
    dossier.refresh_from_db()
    with pytest.raises(Refused) as refused:
        refusing.refuse_dossier(
            actor=world.actor(world.officer),
            dossier=dossier,
            **REFUSED_BY,
            reason="Nhầm",
            at=world.now,
        )
    assert refused.value.code == "decision_awaited"
    publish(world, decision)
    assert Dossier.objects.get(pk=dossier.pk).state == State.DECIDED


def test_only_a_decision_that_waits_is_awaited(world: World) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    decision = enter(world, dossier)
    Decision.objects.update(awaits_publication=False)
    decision.refresh_from_db()
    with pytest.raises(Refused) as refused:
        deciding.note_awaiting(
            actor=world.actor(world.officer), dossiers=[dossier], decision=decision, at=world.now
        )
    assert refused.value.code == "decision_published"


def test_pages_tell_the_office_and_not_the_producer(world: World, now: datetime) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    maker = member(now, dossier.product.producer)
    decision = enter(world, dossier)
    own, office = Client(), Client()
    own.force_login(maker)
    office.force_login(world.auditor)
    producers = own.get(reverse("producer_dossier", args=[dossier.code])).content.decode()
    assert "12/QĐ-UBND" not in producers
    offices = office.get(reverse("office:dossier", args=[dossier.code])).content.decode()
    assert "12/QĐ-UBND" in offices
    assert "chưa công bố" in offices
    assert "12/QĐ-UBND" in office.get(reverse("office:deciding")).content.decode()
    publish(world, decision)
    producers = own.get(reverse("producer_dossier", args=[dossier.code])).content.decode()
    assert "12/QĐ-UBND" in producers
