"""What is entered by hand does not go round the council.

Art. 5, Decision 26/2026/QĐ-TTg: the council scores and proposes, the chair of the province decides
on its result; the Ministry evaluates from 90 points on. What was signed before a dossier was filed
is a paper of its own.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.services import deciding, entering, refusing
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision, Kind, Recognition
from ocop.recognition.services import Paper, Result
from tests.dossiers.office import REFUSED_BY, TODAY, World, build_world, concluded
from tests.factories import ProductFactory
from tests.world import bearer

pytestmark = pytest.mark.django_db
AUTHORITY = "UBND thành phố Hà Nội"
FILED = date(2026, 11, 16)
BEFORE = FILED - timedelta(days=1)


@pytest.fixture
def world(now: datetime) -> Iterator[World]:
    with time_machine.travel(now, tick=False):
        yield build_world(now)


def enter(world: World, *results: Result, on: date = TODAY) -> Decision:
    paper = Paper(f"{on:%d}/QĐ-UBND", on, AUTHORITY, Level.PROVINCE)
    actor = world.actor(world.head)
    return entering.record_decision(actor=actor, paper=paper, results=results, at=world.now)


def refused(world: World, dossier: Dossier, stars: int = 4) -> Refused:
    with pytest.raises(Refused) as found:
        enter(world, Result(dossier.product, stars))
    assert not Recognition.objects.exists()
    return found.value


@pytest.mark.parametrize("state", [State.AT_COMMUNE, State.RETURNED, State.READY, State.ON_AGENDA])
def test_an_open_dossier_is_judged_first(world: World, state: State) -> None:
    answer = refused(world, world.dossier(state))
    assert answer.code == "dossier_open"
    assert "/PĐK-01-09001-2026" in answer.message
    assert answer.fields.keys() == {"lines"}


def test_what_the_council_concluded_is_decided_with_its_dossier(world: World) -> None:
    answer = refused(world, concluded(world.dossier(), "75", 4))
    assert answer.code == "decided_with_dossier"
    assert "75,00 điểm, 4 sao" in answer.message
    assert "“Chờ quyết định”" in answer.message


def test_what_goes_to_the_ministry_gets_no_star_by_hand(world: World) -> None:
    dossier = concluded(world.dossier(), "93", 5)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.AT_MINISTRY)
    assert refused(world, dossier, 3).code == "decided_with_dossier"


def test_a_refused_product_gets_no_star_by_hand(world: World) -> None:
    dossier = concluded(world.dossier(), "37.4", 2)
    actor = world.actor(world.head)
    refusing.refuse_dossier(
        actor=actor, dossier=dossier, **REFUSED_BY, reason="Dưới 50 điểm", at=world.now
    )
    answer = refused(world, dossier)
    assert answer.code == "refused_by_dossier"
    assert "37,40 điểm" in answer.message


def test_another_star_than_the_one_decided_needs_a_new_dossier(world: World) -> None:
    dossier = concluded(world.dossier(), "60", 3)
    paper = Paper("76/QĐ-UBND", TODAY, AUTHORITY, Level.PROVINCE)
    told: dict[str, Any] = {"actor": world.actor(world.head), "at": world.now}
    deciding.decide_dossiers(dossiers=[dossier], paper=paper, **told)
    with pytest.raises(Refused) as found:
        enter(world, Result(dossier.product, 4, Kind.UPGRADE))
    assert found.value.code == "decided_by_dossier"
    with pytest.raises(Refused) as found:
        enter(world, Result(dossier.product, 3, Kind.REEVALUATION, total=Decimal(69)))
    assert found.value.code == "decided_by_dossier"


def test_papers_of_before_the_dossier_and_of_products_without_one_are_entered(
    world: World,
) -> None:
    filed, draft = world.dossier(), world.dossier(State.DRAFT, submitted_at=None)
    gone = world.dossier(State.WITHDRAWN)
    enter(world, Result(filed.product, 3), on=BEFORE)
    enter(world, Result(draft.product, 3), Result(gone.product, 3), Result(ProductFactory(), 4))
    assert Recognition.objects.count() == 4


def test_the_web_and_the_api_ask_the_dossiers(client: Client, world: World) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    client.force_login(world.officer)
    paper = {
        "number": "77/QĐ-UBND",
        "signed_on": str(TODAY),
        "authority": AUTHORITY,
        "level": "province",
    }
    line = {"kind": Kind.FIRST, "lines": f"{dossier.product.code}; 4", "publish": "on"}
    page = client.post(reverse("office:decision_new"), paper | line).content.decode()
    assert reverse("office:deciding") in page
    assert "Sản phẩm có hồ sơ: hạng sao và điểm lấy từ kết luận" in page
    assert "hãy ghi quyết định ở trang “Chờ quyết định”" in page
    client.logout()
    answer = client.post(
        "/api/v1/decisions",
        {**paper, "results": [{"product": dossier.product.code, "stars": 4}]},
        content_type="application/json",
        headers=bearer(world.officer, world.now),
    )
    assert answer.json()["code"] == "decided_with_dossier"
    assert not Recognition.objects.exists()


def test_a_product_that_was_left_out_comes_with_the_result_of_its_council(world: World) -> None:
    dossier, other = concluded(world.dossier(), "75", 4), world.dossier(State.READY)
    decision = enter(world, Result(ProductFactory(), 3))

    def add(*results: Result) -> list[Recognition]:
        return entering.complete_decision(
            actor=world.actor(world.head),
            decision=decision,
            level=Level.PROVINCE,
            results=results,
            reason="Nhập thiếu dòng 2",
            at=world.now,
        )

    for wrong, code in (
        (Result(dossier.product, 3), "not_as_concluded"),
        (Result(dossier.product, 4, total=Decimal(89)), "not_as_concluded"),
        (Result(other.product, 3), "dossier_open"),
    ):
        with pytest.raises(Refused) as found:
            add(wrong)
        assert found.value.code == code
    (row,) = add(Result(dossier.product, 4))
    assert row.total == 75
    dossier.refresh_from_db()
    assert (dossier.state, dossier.recognition) == (State.DECIDED, row)


def test_only_the_office_enters(world: World) -> None:
    paper = Paper("77/QĐ-UBND", TODAY, AUTHORITY, Level.PROVINCE)
    with pytest.raises(NotAllowed):
        entering.record_decision(
            actor=world.actor(world.auditor),
            paper=paper,
            results=[Result(ProductFactory(), 3)],
            at=world.now,
        )
