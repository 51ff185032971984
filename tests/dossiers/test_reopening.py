"""What became of a result after its decision.

Art. 10.1b, Decision 26/2026/QĐ-TTg: a result given wrongly is annulled and counts as never given.
What the office entered wrongly was given by nobody: its record is corrected. After either the
council's result waits for its decision again (Art. 5), and the true decision finds its way in.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
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
from ocop.dossiers.services import deciding, entering, ministry, reopening
from ocop.people.models import Message
from ocop.programme.history import Reader, history
from ocop.recognition import certified
from ocop.recognition.authority import Level
from ocop.recognition.decisions import Result
from ocop.recognition.models import Decision, Kind, Recognition
from ocop.recognition.services import Paper
from ocop.recognition.validity import State as Star
from tests.dossiers.office import TODAY, World, build_world, concluded
from tests.recognition.log.logged import code, entries, found
from tests.world import annulled_by, bearer, with_second_factor

pytestmark = pytest.mark.django_db
TRUE = Paper("6101/QĐ-UBND", TODAY, "UBND thành phố Hà Nội", Level.PROVINCE)
WRONG = replace(TRUE, authority="UBND tỉnh Lâm Đồng")


@pytest.fixture
def world(now: datetime) -> Iterator[World]:
    load_decree(actor=SYSTEM, at=now)
    with time_machine.travel(now, tick=False):
        yield build_world(now)


def decide(world: World, dossier: Dossier, paper: Paper = TRUE, **more: Any) -> Decision:
    return deciding.decide_dossiers(
        actor=world.actor(world.officer), dossiers=[dossier], paper=paper, at=world.now, **more
    )


def wrongly_entered(world: World, dossier: Dossier) -> Recognition:
    """Decided, and entered with another authority than signed it."""
    decision = decide(world, dossier)
    Decision.objects.filter(pk=decision.pk).update(authority=WRONG.authority)
    Recognition.objects.filter(decision=decision).update(authority=WRONG.authority)
    return Recognition.objects.select_related("decision", "product__producer").get()


def correct(world: World, *rows: Recognition, reason: str = "ghi nhầm cơ quan ký") -> list[Dossier]:
    return reopening.correct_record(
        actor=world.actor(world.head), rows=rows, reason=reason, at=world.now
    )


def annul(world: World, row: Recognition, on: date = TODAY) -> list[Dossier]:
    return reopening.annul(
        actor=world.actor(world.head),
        recognition=row,
        **annulled_by(on),
        reason="Quyết định 15/QĐ-UBND hủy kết quả",
        at=world.now,
    )


def again(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_related("product", "recognition").get(pk=dossier.pk)


# --- a wrong record of a right decision -----------------------------------------------------------
def test_the_true_decision_with_the_same_number_takes_the_place_of_a_wrong_record(
    world: World,
) -> None:
    dossier = concluded(world.dossier(), "62", 3)
    wrong = wrongly_entered(world, dossier)
    assert [each.pk for each in correct(world, wrong)] == [dossier.pk]
    waiting = again(dossier)
    assert (waiting.state, waiting.recognition, waiting.ended_at) == (State.CONCLUDED, None, None)
    made = decide(world, waiting)
    right = Recognition.objects.get(decision=made)
    assert (made.number, made.authority, right.stars) == (TRUE.number, TRUE.authority, 3)
    assert (right.total, right.kind) == (Decimal(62), Kind.FIRST)
    assert again(dossier).state == State.DECIDED
    # The wrong record stands as it was written, with the day it was found wrong.
    wrong.refresh_from_db()
    assert (wrong.stars, wrong.authority) == (3, WRONG.authority)
    assert (wrong.mistaken, wrong.annulled_on) == (True, TODAY)
    assert Decision.objects.get(pk=wrong.decision_id).mistaken_on == TODAY


def test_the_wrong_record_rules_on_no_day_and_the_true_one_on_all_of_its(world: World) -> None:
    dossier = concluded(world.dossier(), "62", 3)
    wrong = wrongly_entered(world, dossier)
    held = certified.certified(wrong.product, TODAY)
    assert held is not None
    assert held.holds
    correct(world, wrong)
    assert certified.certified(wrong.product, TODAY) is None
    made = decide(world, again(dossier))
    held = certified.certified(wrong.product, TODAY)
    assert held is not None
    assert (held.recognition.decision_id, held.state) == (made.pk, Star.VALID)


def test_history_and_log_tell_a_mistake_from_an_annulment(world: World) -> None:
    mistaken, void = (concluded(world.dossier(), "62", 3) for _each in range(2))
    wrong = wrongly_entered(world, mistaken)
    correct(world, wrong)
    made = decide(world, void, replace(TRUE, number="7/QĐ-UBND"))
    annul(world, made.recognitions.get())
    audit = found(world.now)
    assert code(audit) == ""
    (correction,), (annulment,) = entries("correction"), entries("annulment")
    assert (correction["product"], correction["on"]) == (mistaken.product.code, str(TODAY))
    assert (annulment["product"], annulment["on"]) == (void.product.code, str(TODAY))
    names = {
        event.name
        for event in Event.objects.filter(
            name__in=("recognition.annulled", "recognition.record_corrected")
        )
    }
    assert names == {"recognition.annulled", "recognition.record_corrected"}
    for reader in (Reader.PUBLIC, Reader.OFFICE):
        said = [
            (entry.title, entry.detail)
            for entry in history(SYSTEM, mistaken.product, reader=reader, on=TODAY)
        ]
        assert "Công nhận 3 sao (Lần đầu)" in [title for title, _words in said]
        assert (
            "Đính chính bản ghi nhầm",
            "3 sao, Quyết định 6101/QĐ-UBND ngày 23/11/2026: không được tính. ghi nhầm cơ quan ký",
        ) in said
        told = [entry.title for entry in history(SYSTEM, void.product, reader=reader, on=TODAY)]
        assert "Hủy kết quả công nhận" in told


def test_the_producer_and_the_commune_hear_of_both_parts(world: World) -> None:
    dossier = concluded(world.dossier(), "62", 3)
    maker = world.maker(dossier)
    correct(world, wrongly_entered(world, dossier))
    for user in (maker.user_id, world.commune.pk):
        kinds = set(Message.objects.filter(user=user).values_list("kind", flat=True))
        assert kinds >= {"recognition.corrected", "dossiers.reopened"}


def test_one_wrong_star_among_right_ones_leaves_the_decision_and_is_entered_anew(
    world: World,
) -> None:
    """803 of 22 May 2026: one product typed with three stars instead of four."""
    paper = replace(TRUE, number="803/QĐ-UBND", signed_on=date(2026, 5, 22))
    one, other = world.dossier().product, world.dossier().product
    Dossier.objects.all().delete()
    told: dict[str, Any] = {"actor": world.actor(world.head), "at": world.now}
    made = entering.record_decision(paper=paper, results=[Result(one, 3), Result(other, 4)], **told)
    correct(world, made.recognitions.get(product=one), reason="gõ 3 sao, quyết định ghi 4 sao")
    made.refresh_from_db()
    assert made.mistaken_on is None
    rows = entering.complete_decision(
        decision=made, level=Level.PROVINCE, results=[Result(one, 4)], reason="ghi đúng", **told
    )
    assert [(row.stars, row.kind) for row in rows] == [(4, Kind.FIRST)]


@pytest.mark.parametrize("end", [annul, correct])
def test_nothing_comes_after_what_was_never_given(world: World, end: Any) -> None:
    """Entered anew, the first recognition is the first, by the same paper or by a later one."""
    told: dict[str, Any] = {"actor": world.actor(world.head), "at": world.now}
    products = [world.dossier().product for _each in range(3)]
    Dossier.objects.all().delete()
    early = replace(TRUE, number="803/QĐ-UBND", signed_on=date(2026, 5, 22))
    made = entering.record_decision(paper=early, results=[Result(p, 3) for p in products], **told)
    for product in products[:2]:
        end(world, made.recognitions.get(product=product))
    rows = entering.complete_decision(
        decision=made, level=Level.PROVINCE, results=[Result(products[0], 4)], reason="đúng", **told
    )
    assert rows[0].kind == Kind.FIRST
    later = replace(TRUE, number="804/QĐ-UBND", signed_on=date(2026, 5, 25))
    assert entering.record_decision(paper=later, results=[Result(products[1], 4)], **told)
    third = replace(TRUE, number="805/QĐ-UBND", signed_on=date(2026, 5, 25))
    with pytest.raises(Refused) as refused:
        entering.record_decision(paper=third, results=[Result(products[1], 4, Kind.FIRST)], **told)
    assert refused.value.code == "ranked_before"


def test_a_wrong_day_is_entered_anew_with_its_number(world: World) -> None:
    """An authority gives a number once a year: the one entered wrongly did not use it up."""
    told: dict[str, Any] = {"actor": world.actor(world.head), "at": world.now}
    product = world.dossier().product
    Dossier.objects.all().delete()
    wrong = replace(TRUE, signed_on=date(2026, 10, 11))
    made = entering.record_decision(paper=wrong, results=[Result(product, 3)], **told)
    right = replace(TRUE, signed_on=date(2026, 10, 12))
    with pytest.raises(Refused):
        entering.record_decision(paper=right, results=[Result(product, 3)], **told)
    correct(world, *made.recognitions.all())
    assert entering.record_decision(paper=right, results=[Result(product, 3)], **told)
    with pytest.raises(Refused) as refused:
        entering.complete_decision(
            decision=Decision.objects.get(pk=made.pk),
            level=Level.PROVINCE,
            results=[Result(world.dossier().product, 3)],
            reason="thêm",
            **told,
        )
    assert refused.value.code in ("decision_mistaken", "dossier_open")


# --- annulled by the authority --------------------------------------------------------------------
def test_an_annulled_result_waits_for_its_decision_and_may_be_judged_again(world: World) -> None:
    dossier = concluded(world.dossier(), "62", 3)
    given = Recognition.objects.get(decision=decide(world, dossier))
    assert [each.pk for each in annul(world, given)] == [dossier.pk]
    waiting = again(dossier)
    assert (waiting.state, waiting.recognition_id) == (State.CONCLUDED, None)
    given.refresh_from_db()
    assert (given.mistaken, given.annulled_on) == (False, TODAY)
    ministry.evaluate_again(
        actor=world.actor(world.officer), dossier=waiting, reason="chấm lại", at=world.now
    )
    assert again(dossier).state == State.READY


def test_what_was_never_annulled_is_not_judged_again(world: World) -> None:
    dossier = concluded(world.dossier(), "62", 3)
    with pytest.raises(Refused) as refused:
        ministry.evaluate_again(
            actor=world.actor(world.officer), dossier=dossier, reason="chấm lại", at=world.now
        )
    assert refused.value.code == "not_returned"


def test_five_stars_wait_at_the_ministry_that_gave_them(world: World) -> None:
    dossier = concluded(world.dossier(), "95", 5)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    ministry.send_to_ministry(dossier=dossier, document="5/TTr-UBND", sent_on=TODAY, **told)
    ministry.record_central_result(
        dossier=dossier, total=Decimal(94), star=5, document="9/TB-BNNMT", told_on=TODAY, **told
    )
    paper = Paper("12/QĐ-BNNMT", TODAY, "Bộ Nông nghiệp và Môi trường", Level.CENTRE)
    made = decide(world, dossier, paper)
    correct(world, *made.recognitions.select_related("decision", "product__producer"))
    assert again(dossier).state == State.AT_MINISTRY
    assert decide(world, again(dossier), replace(paper, number="13/QĐ-BNNMT"))


def test_a_result_annulled_before_its_publication_lets_the_dossier_go(world: World) -> None:
    dossier = concluded(world.dossier(), "62", 3)
    made = decide(world, dossier, publish=False)
    annul(world, made.recognitions.get())
    waiting = again(dossier)
    assert (waiting.state, waiting.recognition_id) == (State.CONCLUDED, None)
    assert decide(world, waiting, replace(TRUE, number="7/QĐ-UBND"))


def test_a_draft_does_not_keep_the_councils_result_from_its_decision(world: World) -> None:
    dossier = concluded(world.dossier(), "62", 3)
    given = Recognition.objects.get(decision=decide(world, dossier))
    draft = world.dossier(State.DRAFT, product=dossier.product, kind=Kind.UPGRADE, previous=given)
    assert [each.pk for each in correct(world, given)] == [dossier.pk]
    assert (again(dossier).state, again(draft).state) == (State.CONCLUDED, State.WITHDRAWN)
    (ended,) = Event.objects.filter(name="dossiers.withdrawn")
    assert dossier.code in ended.reason
    made = decide(world, again(dossier))
    assert again(dossier).recognition.decision_id == made.pk


def test_with_another_dossier_filed_the_old_one_stays_and_the_office_is_told(
    client: Client, world: World
) -> None:
    dossier = concluded(world.dossier(), "62", 3)
    given = Recognition.objects.get(decision=decide(world, dossier))
    other = world.dossier(
        State.AT_COMMUNE, product=dossier.product, kind=Kind.UPGRADE, previous=given
    )
    client.force_login(with_second_factor(world.head, world.now))
    page = client.get(reverse("office:recognition_step", args=[given.pk, "huy"])).content.decode()
    assert f"{dossier.code} không trở về" in page
    assert other.code in page
    assert annul(world, given) == []
    given.refresh_from_db()
    assert given.annulled_on == TODAY
    assert again(dossier).state == State.DECIDED


def test_dossiers_wait_again_only_for_what_fell(world: World) -> None:
    dossier = concluded(world.dossier(), "62", 3)
    decide(world, dossier)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    for dossiers, why in (([], "no_dossiers"), ([again(dossier)], "result_stands")):
        with pytest.raises(Refused) as refused:
            reopening.reopen_dossiers(dossiers=dossiers, **told)
        assert refused.value.code == why
    given = again(dossier).recognition
    Recognition.objects.update(annulled_on=TODAY)
    world.dossier(State.DRAFT, product=dossier.product, kind=Kind.UPGRADE, previous=given)
    with pytest.raises(Refused) as refused:
        reopening.reopen_dossiers(dossiers=[again(dossier)], **told)
    assert refused.value.code == "dossier_open"


# --- on the pages and by the API ------------------------------------------------------------------
def test_a_head_corrects_a_decision_on_its_page(client: Client, world: World) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    dossier = concluded(world.dossier(), "62", 3)
    wrong = wrongly_entered(world, dossier)
    address = reverse("office:decision_correct", args=[wrong.decision_id])
    page = reverse("office:decision", args=[wrong.decision_id])
    client.force_login(world.officer)
    assert address not in client.get(page).content.decode()
    assert client.get(address).status_code == 403
    client.force_login(with_second_factor(world.head, world.now))
    assert address in client.get(page).content.decode()
    assert "điểm b khoản 1 Điều 10" in client.get(address).content.decode()
    assert "Lý do" not in client.post(address, {"reason": ""}).headers.get("Location", "")
    answer = client.post(address, {"reason": "ghi nhầm cơ quan ký"}, follow=True)
    said = answer.content.decode()
    assert "Đã đính chính 1 bản ghi. 1 hồ sơ trở về “Chờ quyết định”." in said
    assert "ghi nhầm cơ quan ký" in said
    assert address not in said
    public = Client().get(reverse("decision", args=[wrong.decision_id])).content.decode()
    assert "Bản ghi này là ghi nhầm" in public
    assert "đính chính ngày 23/11/2026: ghi nhầm cơ quan ký" in public
    assert "Không còn bản ghi nào" in client.get(address).content.decode()


def test_one_record_on_its_products_page(client: Client, world: World) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    wrong = wrongly_entered(world, concluded(world.dossier(), "62", 3))
    client.force_login(with_second_factor(world.head, world.now))
    address = reverse("office:recognition_correct", args=[wrong.pk])
    page = reverse("office:product", args=[wrong.product.code])
    assert address in client.get(page).content.decode()
    answer = client.post(address, {"reason": "gõ nhầm hạng sao"}, follow=True).content.decode()
    assert "Ghi nhầm, đã đính chính" in answer
    assert address not in answer


def test_by_the_api(client: Client, world: World) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    dossier = concluded(world.dossier(), "62", 3)
    wrong = wrongly_entered(world, dossier)
    head = {"headers": bearer(world.head, world.now), "content_type": "application/json"}
    body: dict[str, Any] = {"recognitions": [wrong.pk], "reason": "ghi nhầm cơ quan ký"}
    unknown = client.post("/api/v1/corrections", {**body, "recognitions": [0]}, **head)
    assert unknown.json()["code"] == "recognition_unknown"
    officer = {**head, "headers": bearer(world.officer, world.now)}
    assert client.post("/api/v1/corrections", body, **officer).status_code == 403
    made = client.post("/api/v1/corrections", body, **head)
    told = {"records": 1, "dossiers": [dossier.code], "checks": [], "cases": []}
    assert (made.status_code, made.json()) == (201, told)
    row = client.get("/api/v1/recognitions", headers=head["headers"]).json()["items"][0]
    assert (row["state"], row["mistaken"]) == ("mistaken", True)


# --- refused --------------------------------------------------------------------------------------
def test_a_correction_is_the_heads_with_a_reason_and_once(world: World) -> None:
    wrong = wrongly_entered(world, concluded(world.dossier(), "62", 3))
    with pytest.raises(NotAllowed):
        reopening.correct_record(
            actor=world.actor(world.officer), rows=[wrong], reason="nhầm", at=world.now
        )
    for rows, reason, why in (([wrong], " ", "reason_needed"), ([], "nhầm", "no_results")):
        with pytest.raises(Refused) as refused:
            correct(world, *rows, reason=reason)
        assert refused.value.code == why
    correct(world, wrong)
    with pytest.raises(Refused) as refused:
        correct(world, wrong)
    assert refused.value.code == "already_annulled"
    with pytest.raises(Refused) as refused:
        annul(world, wrong)
    assert refused.value.code == "already_annulled"
