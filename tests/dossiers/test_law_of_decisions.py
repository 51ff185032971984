"""Under which decision of the Prime Minister a result was given.

Art. 12, Decision 26/2026/QĐ-TTg (in force 22 May 2026): dossiers filed before are finished under
the rules before within 60 days, so 148/QĐ-TTg and 1489/QĐ-TTg, which amends its process and keeps
its criteria sets, end on 21 July 2026. 148: the district gives three stars, the province four;
1489: the province gives both.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.councils.models import Item, Sitting
from ocop.criteria.models import CriteriaSetVersion, LegalVersion
from ocop.criteria.services import load_decree
from ocop.dossiers.models import Dossier
from ocop.dossiers.services import deciding, entering
from ocop.recognition.authority import Level
from ocop.recognition.decisions import Result
from ocop.recognition.models import Decision
from ocop.recognition.services import Paper
from tests.dossiers.office import TODAY, World, build_world, concluded
from tests.factories import ProductFactory
from tests.world import bearer

pytestmark = pytest.mark.django_db
HANOI = "UBND thành phố Hà Nội"
JUNE = date(2026, 6, 26)


@pytest.fixture
def world(now: datetime) -> Iterator[World]:
    load_decree(actor=SYSTEM, at=now)
    with time_machine.travel(now, tick=False):
        yield build_world(now)


def law(document: str) -> LegalVersion:
    return LegalVersion.objects.get(document=f"{document}/QĐ-TTg")


def by_hand(world: World, on: date, document: str = "", **more: Any) -> Decision:
    signer = {"number": "3009/QĐ-UBND", "authority": HANOI, "level": Level.PROVINCE}
    result = {"stars": 3, **{key: more.pop(key) for key in ("evaluated_on",) if key in more}}
    product = more.pop("product", None) or ProductFactory()
    paper = Paper(signed_on=on, legal_version=law(document) if document else None, **signer | more)
    return entering.record_decision(
        actor=world.actor(world.head),
        paper=paper,
        results=[Result(product, **result)],
        at=world.now,
    )


def why(world: World, on: date, document: str, **more: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        by_hand(world, on, document, **more)
    assert set(refused.value.fields) == {"legal_version"}
    return refused.value


@pytest.mark.parametrize(
    ("on", "document"),
    [
        (date(2026, 5, 21), "1489/QĐ-TTg"),
        (date(2026, 5, 22), "26/2026/QĐ-TTg"),
        (date(2026, 7, 21), "26/2026/QĐ-TTg"),
    ],
)
def test_without_a_word_it_is_the_law_of_the_day(world: World, on: date, document: str) -> None:
    made = by_hand(world, on).legal_version
    assert made is not None
    assert made.document == document


@pytest.mark.parametrize("on", [date(2026, 5, 22), JUNE, date(2026, 7, 20)])
def test_within_the_sixty_days_the_rules_before_may_be_named(world: World, on: date) -> None:
    assert by_hand(world, on, "1489").legal_version == law("1489")


def test_after_them_they_may_not(world: World) -> None:
    assert "21/07/2026" in why(world, date(2026, 7, 21), "1489").message
    assert "21/05/2026" in why(world, date(2026, 5, 21), "26/2026").message


def test_who_gives_the_star_by_that_law_is_asked(world: World) -> None:
    assert "cấp huyện" in why(world, JUNE, "148").message
    district = {"level": Level.DISTRICT, "authority": "UBND huyện Hoài Đức"}
    assert by_hand(world, date(2025, 6, 2), "148", **district)
    # A province stood above its districts while there were some.
    assert by_hand(world, date(2025, 6, 3), "148", number="9/QĐ-UBND")


def test_nothing_was_judged_by_a_law_to_come(world: World) -> None:
    found = why(world, JUNE, "26/2026", evaluated_on=date(2026, 5, 20))
    assert "chưa có hiệu lực" in found.message
    assert by_hand(world, JUNE, "1489", evaluated_on=date(2026, 5, 20))


def test_a_set_that_the_law_has_not_is_refused(world: World) -> None:
    CriteriaSetVersion.objects.filter(number=5).delete()
    assert "số 5" in why(world, JUNE, "26/2026", product=ProductFactory(set_number=5)).message


# --- on dossiers ----------------------------------------------------------------------------------
def judged_by(world: World, document: str, sat_on: date) -> Dossier:
    """Concluded by the sets of a law at a sitting of a day."""
    current = CriteriaSetVersion.objects.get(number=13, legal_version=law("26/2026"))
    version, _new = CriteriaSetVersion.objects.get_or_create(
        legal_version=law(document),
        number=13,
        defaults={
            "name": current.name,
            "sector": current.sector,
            "content": current.content,
            "sha256": document,
            "published_at": current.published_at,
        },
    )
    filed = datetime.fromisoformat("2026-05-10T08:00:00+07:00")
    found = concluded(world.dossier(version=version, submitted_at=filed), "75", 4)
    at = datetime.fromisoformat(f"{sat_on}T08:00:00+07:00")
    Item.objects.filter(case=found.case_id).update(concluded_at=at)
    Sitting.objects.filter(items__case=found.case_id).update(starts_at=at, minutes_on=sat_on)
    return found


def decide(world: World, *dossiers: Dossier, on: date, document: str = "") -> Decision:
    paper = Paper("3009/QĐ-UBND", on, HANOI, Level.PROVINCE)
    named = replace(paper, legal_version=law(document) if document else None)
    return deciding.decide_dossiers(
        actor=world.actor(world.officer), dossiers=dossiers, paper=named, at=world.now
    )


@pytest.mark.parametrize(("named", "stored"), [("", "1489"), ("1489", "1489"), ("148", "148")])
def test_a_dossier_of_the_sets_before_is_decided_under_the_rules_before(
    world: World, named: str, stored: str
) -> None:
    """1489 amends 148 and judges by its sets: on a day of both it is the later one."""
    found = judged_by(world, "148", date(2026, 6, 20))
    assert decide(world, found, on=JUNE, document=named).legal_version == law(stored)


def test_a_dossier_is_decided_under_no_law_that_did_not_judge_it(world: World) -> None:
    found = judged_by(world, "148", date(2026, 6, 20))
    with pytest.raises(Refused) as refused:
        decide(world, found, on=JUNE, document="26/2026")
    assert refused.value.code == "other_law"
    with pytest.raises(Refused) as refused:
        decide(world, found, on=date(2026, 8, 3))
    assert refused.value.code == "recognition_legal_version"
    new = concluded(world.dossier(), "75", 4)
    with pytest.raises(Refused) as refused:
        decide(world, found, new, on=TODAY)
    assert refused.value.code == "several_laws"
    assert "148/QĐ-TTg, 26/2026/QĐ-TTg" in refused.value.message
    assert decide(world, new, on=TODAY).legal_version == law("26/2026")


def test_a_dossier_left_out_agrees_with_the_law_of_its_decision(world: World) -> None:
    made = by_hand(world, date(2026, 7, 1))
    found = judged_by(world, "148", date(2026, 6, 20))
    with pytest.raises(Refused) as refused:
        entering.complete_decision(
            actor=world.actor(world.head),
            decision=made,
            level=Level.PROVINCE,
            results=[Result(found.product, 4)],
            reason="nhập thiếu",
            at=world.now,
        )
    assert refused.value.code == "other_law"


# --- on the pages and by the API ------------------------------------------------------------------
def test_the_form_and_the_api_take_it(client: Client, world: World) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    first, second = ProductFactory(), ProductFactory()
    client.force_login(world.officer)
    told = {
        "number": "3009/QĐ-UBND",
        "signed_on": "2026-06-26",
        "authority": HANOI,
        "level": "province",
        "kind": "first",
        "lines": f"{first.code};3",
        "legal_version": law("1489").pk,
        "publish": "on",
    }
    assert client.post(reverse("office:decision_new"), told).status_code == 302
    assert Decision.objects.get().legal_version == law("1489")
    body: dict[str, Any] = {
        "number": "3010/QĐ-UBND",
        "signed_on": "2026-06-26",
        "authority": HANOI,
        "level": "province",
        "legal_version": "1489/QĐ-TTg",
        "results": [{"product": second.code, "stars": 3}],
    }
    call = {"headers": bearer(world.officer, world.now), "content_type": "application/json"}
    made = client.post("/api/v1/decisions", body, **call)
    assert made.status_code == 201
    assert Decision.objects.get(pk=made.json()["id"]).legal_version == law("1489")
    unknown = {**body, "number": "3011/QĐ-UBND", "legal_version": "77/QĐ-TTg"}
    answer = client.post("/api/v1/decisions", unknown, **call)
    assert answer.status_code == 422
    assert "1489/QĐ-TTg" in answer.json()["detail"]


def test_dossiers_on_the_page_and_by_the_api(client: Client, world: World) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    one, two = (judged_by(world, "148", date(2026, 6, 20)) for _each in range(2))
    client.force_login(world.officer)
    told = {
        "dossiers": [one.code],
        "number": "3009/QĐ-UBND",
        "signed_on": "2026-06-26",
        "authority": HANOI,
        "level": "province",
        "legal_version": law("148").pk,
    }
    assert client.post(reverse("office:decide"), told).status_code == 302
    assert Decision.objects.get().legal_version == law("148")
    body = {**told, "dossiers": [two.code], "number": "3010/QĐ-UBND", "legal_version": ""}
    call = {"headers": bearer(world.officer, world.now), "content_type": "application/json"}
    assert client.post("/api/v1/dossiers/decide", body, **call).status_code == 201
    assert Decision.objects.get(number="3010/QĐ-UBND").legal_version == law("1489")
