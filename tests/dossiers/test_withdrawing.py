"""A decision that was entered with a wrong day and is not published is taken back and entered anew.

Art. 10.1b, Decision 26/2026/QĐ-TTg, annuls results given wrongly: a slip of the pen in a row that
nobody saw is none, and a true decision must find its way into the register.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria.services import load_decree
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.services import deciding, entering, refusing
from ocop.dossiers.services.withdrawing import withdraw_decision
from ocop.people.models import Message
from ocop.recognition import services as recognition
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision, Recognition
from ocop.recognition.services import Paper, Result
from tests.dossiers.office import REFUSED_BY, TODAY, World, build_world, concluded
from tests.factories import ProductFactory, RecognitionFactory
from tests.recognition.log.logged import code, entries, found
from tests.world import annulled_by, bearer

pytestmark = pytest.mark.django_db
AUTHORITY = "UBND thành phố Hà Nội"
WRONG, RIGHT = date(2026, 11, 22), date(2026, 11, 21)


@pytest.fixture
def world(now: datetime) -> Iterator[World]:
    load_decree(actor=SYSTEM, at=now)
    with time_machine.travel(now, tick=False):
        yield build_world(now)


def paper(on: date) -> Paper:
    return Paper("5777/QĐ-UBND", on, AUTHORITY, Level.PROVINCE)


def take_back(world: World, decision: Decision, reason: str = "Nhầm ngày ký") -> int:
    actor = world.actor(world.officer)
    return withdraw_decision(actor=actor, decision=decision, reason=reason, at=world.now)


def test_a_wrong_day_is_taken_back_and_the_number_is_free(world: World) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    maker = world.maker(dossier)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    wrong = deciding.decide_dossiers(dossiers=[dossier], paper=paper(WRONG), publish=False, **told)
    with pytest.raises(Refused):
        entering.record_decision(paper=paper(RIGHT), results=[Result(ProductFactory(), 3)], **told)
    assert take_back(world, wrong) == 1
    assert not Recognition.objects.exists()
    assert not Decision.objects.exists()
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert (dossier.state, dossier.recognition) == (State.CONCLUDED, None)
    event = Event.objects.get(name="recognition.decision_withdrawn")
    assert (event.reason, event.change["number"]) == ("Nhầm ngày ký", "5777/QĐ-UBND")
    assert event.change["results"] == [[dossier.product.code, 4, "first"]]
    assert not Message.objects.filter(user=maker.user_id).exists()
    made = deciding.decide_dossiers(dossiers=[dossier], paper=paper(RIGHT), **told)
    assert made.signed_on == RIGHT
    assert Dossier.objects.get(pk=dossier.pk).state == State.DECIDED


def test_the_public_log_never_hears_of_it(world: World) -> None:
    told: dict[str, Any] = {"actor": SYSTEM, "at": world.now}
    decision = recognition.record_decision(
        paper=paper(WRONG), results=[Result(ProductFactory(), 3)], publish=False, **told
    )
    row = Recognition.objects.get()
    recognition.annul(recognition=row, **annulled_by(TODAY), reason="Hội đồng chấm nhầm", **told)
    take_back(world, decision)
    assert code(found(world.now)) == ""
    assert not entries("recognition", "annulment")


def test_what_is_published_stays(world: World) -> None:
    row = RecognitionFactory()
    with pytest.raises(Refused) as refused:
        take_back(world, row.decision)
    assert refused.value.code == "decision_published"
    assert Recognition.objects.exists()


def test_what_something_rests_on_stays(world: World) -> None:
    decision = recognition.record_decision(
        actor=SYSTEM,
        paper=paper(WRONG),
        results=[Result(ProductFactory(), 3)],
        publish=False,
        at=world.now,
    )
    world.dossier(previous=Recognition.objects.get())
    with pytest.raises(Refused) as refused:
        take_back(world, decision)
    assert refused.value.code == "decision_used"
    assert Recognition.objects.exists()


def test_it_needs_a_reason_and_the_office(world: World) -> None:
    row = RecognitionFactory(decision__awaits_publication=True)
    with pytest.raises(Refused) as refused:
        take_back(world, row.decision, " ")
    assert refused.value.code == "reason_needed"
    with pytest.raises(NotAllowed):
        withdraw_decision(
            actor=world.actor(world.auditor), decision=row.decision, reason="nhầm", at=world.now
        )


def test_on_the_page_and_by_the_api(client: Client, world: World) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    rows = [RecognitionFactory(decision__awaits_publication=True) for _each in range(2)]
    client.force_login(world.officer)
    page = reverse("office:decision", args=[rows[0].decision_id])
    address = reverse("office:decision_withdraw", args=[rows[0].decision_id])
    assert address in client.get(page).content.decode()
    answer = client.post(address, {"reason": "Nhầm ngày ký"}, follow=True)
    assert "Đã rút quyết định" in answer.content.decode()
    client.logout()
    answer = client.post(
        f"/api/v1/decisions/{rows[1].decision_id}/withdrawal",
        {"reason": "Nhầm ngày ký"},
        content_type="application/json",
        headers=bearer(world.officer, world.now),
    )
    assert answer.status_code == 204
    assert not Decision.objects.exists()


def test_a_released_dossier_may_be_refused(world: World) -> None:
    dossier = concluded(world.dossier(), "60", 3)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    decision = deciding.decide_dossiers(
        dossiers=[dossier], paper=paper(WRONG), publish=False, **told
    )
    take_back(world, decision)
    dossier = Dossier.objects.get(pk=dossier.pk)
    refusing.refuse_dossier(dossier=dossier, **REFUSED_BY, reason="Chủ tịch không đồng ý", **told)
    assert dossier.state == State.REFUSED


def test_the_page_of_a_published_decision_says_so_before_a_reason_is_written(
    client: Client, world: World
) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    row = RecognitionFactory()
    client.force_login(world.officer)
    page = client.get(reverse("office:decision_withdraw", args=[row.decision_id])).content.decode()
    assert "đã được công bố nên không rút lại được" in page
    assert "Văn phòng ghi nhầm thì đính chính" in page
    assert 'name="reason"' not in page
