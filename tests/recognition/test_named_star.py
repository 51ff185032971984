"""A revocation and an annulment name one recognition, and no other star goes with it unsaid."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.criteria.models import LegalVersion
from ocop.people.roles import Role
from ocop.recognition import certified, services
from ocop.recognition.carrying import foreseen
from ocop.recognition.models import Kind, Revocation
from ocop.recognition.postcheck.services import revoking
from ocop.recognition.taking import Void
from ocop.recognition.validity import State
from tests.factories import ProductFactory
from tests.recognition import aftercare
from tests.recognition.log.logged import code, entries, found
from tests.recognition.test_kept_revocations import (
    HANOI,
    annul,
    code_of,
    correct,
    day,
    fresh,
    given,
    revoke,
    states,
    told,
)
from tests.world import bearer, build_places, person, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _office(now: datetime) -> None:
    LegalVersion.objects.create(
        code="QD148-2023", document="148/QĐ-TTg", issued_on=date(2023, 2, 24),
        effective_from=date(2023, 2, 24), effective_to=date(2026, 5, 22),
    )  # fmt: skip
    LegalVersion.objects.create(
        code="QD26-2026", document="26/2026/QĐ-TTg", issued_on=date(2026, 5, 22),
        effective_from=date(2026, 5, 22),
    )  # fmt: skip
    build_places(now)


# --- a replaced star ------------------------------------------------------------------------------
def test_a_replaced_star_is_not_revoked(now: datetime) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    newer = given(now, product, -100, 4, Kind.UPGRADE)
    with pytest.raises(Refused) as refusal:
        revoke(now, older, -9)
    assert refusal.value.code == "star_replaced"
    assert newer.decision is not None
    assert newer.decision.number in refusal.value.message  # leads to the star that counts
    assert told(now) == []
    assert states(now, product, 0) == [State.VALID]


def test_no_case_is_opened_about_a_replaced_star(now: datetime) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    given(now, product, -100, 4, Kind.UPGRADE)
    assert code_of(lambda: aftercare.opened(now, fresh(older))) == "star_replaced"


def test_a_star_that_was_replaced_while_its_case_ran_is_not_revoked_in_it(now: datetime) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    case = aftercare.proposed(now, fresh(older))
    given(now, product, 0, 4, Kind.UPGRADE)
    refused = code_of(
        lambda: revoking.decide_case(
            actor=SYSTEM, case=case, number="77/QĐ-UBND", signed_on=day(now),
            authority_name=HANOI, at=now,
        )
    )  # fmt: skip
    assert refused == "star_replaced"
    assert states(now, product, 0) == [State.VALID]


def test_a_revocation_of_before_the_star_was_replaced_is_entered_late(now: datetime) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    given(now, product, -100, 4, Kind.UPGRADE)
    revoke(now, older, -150)
    assert states(now, product, -151, -150, -101, -100, 0) == [
        State.VALID, State.REVOKED, State.REVOKED, State.VALID, State.VALID,
    ]  # fmt: skip


def test_who_reads_of_it_reads_that_another_star_holds(now: datetime, client: Client) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    newer = given(now, product, -100, 4, Kind.UPGRADE)
    revoke(now, older, -150)
    assert newer.decision is not None
    words = f"Sản phẩm nay có hạng 4 sao theo lần công nhận khác ({newer.decision.number})"
    with time_machine.travel(now, tick=False):
        assert words in client.get("/thu-hoi/").content.decode()
        (row,) = client.get("/api/v1/revocations").json()["items"]
    assert row["since"] == [words]
    assert row["stars"] == 3


# --- what is not named ----------------------------------------------------------------------------
@pytest.mark.parametrize("typed", [-140, -90, -30, 0])
def test_no_typed_day_lets_an_annulment_take_a_later_star(now: datetime, typed: int) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    revoke(now, older, -150)
    newer = given(now, product, -100, 4)
    assert foreseen([fresh(older)], Void.ANNULLED, day(now)) == []
    annul(now, older, annulled_on=day(now, typed))
    assert fresh(newer).revoked_on is None
    assert states(now, product, 0, 1) == [State.VALID, State.VALID]
    assert code(found(now)) == ""
    assert len(entries("revocation")) == 1


@pytest.mark.parametrize("end", [annul, correct])
def test_what_was_entered_late_but_while_the_star_counted_is_left(now: datetime, end) -> None:
    """Decided before the revocation, and entered after it: no decision named it."""
    product = ProductFactory()
    star = given(now, product, -300, 3)
    revoke(now, star, -50)
    late = given(now, product, -100, 4, Kind.UPGRADE)
    end(now, star)
    assert fresh(late).revoked_on is None
    assert states(now, product, 0) == [State.VALID]


def test_what_is_foreseen_is_what_is_taken(now: datetime) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    star = given(now, product, -100, 4, Kind.UPGRADE)
    number = revoke(now, star)
    (taken,) = foreseen([fresh(star)], Void.ANNULLED, day(now))
    assert (taken.heir, taken.day, taken.left.number) == (older, day(now, -9), number)
    annul(now, star)
    carried = Revocation.objects.get(carried_from__isnull=False)
    assert (carried.recognition, carried.revoked_on) == (older, day(now, -9))
    assert certified.certified(product, day(now, 1)).instead is None


# --- a star that was taken by mistake -------------------------------------------------------------
def test_a_star_that_was_taken_with_another_is_let_go_alone(now: datetime) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    star = given(now, product, -100, 4, Kind.UPGRADE)
    number = revoke(now, star)
    annul(now, star)
    services.withdraw_revocation(
        actor=SYSTEM, recognition=fresh(older), reason="Văn bản 9 không nêu hạng sao này",
        alone=True, at=now,
    )  # fmt: skip
    assert fresh(older).revoked_on is None
    assert fresh(star).revoked_on == day(now, -9)  # its own decision stays
    kept = Revocation.objects.get(recognition=star)
    assert (kept.number, kept.withdrawn_on) == (number, None)
    assert states(now, product, 1) == [State.VALID]
    assert code(found(now)) == ""
    # And it is not taken again by whatever is entered later.
    given(now, product, -700, 3)
    assert fresh(older).revoked_on is None
    said = {stars: words for stars, _number, words in told(now)}
    assert not any("chưa từng bị thu hồi" in words for words in said[4])
    assert any("không thu hồi hạng sao này" in words for words in said[3])


def test_only_what_was_taken_with_another_is_let_go_alone(now: datetime) -> None:
    star = given(now, ProductFactory(), -100, 4)
    revoke(now, star)
    refused = code_of(
        lambda: services.withdraw_revocation(
            actor=SYSTEM, recognition=fresh(star), reason="Nhầm sản phẩm", alone=True, at=now
        )
    )
    assert refused == "not_carried"


def test_no_end_is_dated_before_the_first_day_that_is_known(now: datetime) -> None:
    star = given(now, ProductFactory(), -100, 4)
    type(star).objects.filter(pk=star.pk).update(valid_from=None)  # as an import left it
    for typed in (day(now, -101), day(now) + timedelta(days=1)):
        assert code_of(lambda on=typed: annul(now, star, annulled_on=on)) == (
            "recognition_signed_on"
        )


# --- the faces ------------------------------------------------------------------------------------
def test_the_form_tells_what_goes_too_before_it_is_confirmed(now: datetime, client: Client) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    star = given(now, product, -100, 4, Kind.UPGRADE)
    client.force_login(with_second_factor(person(now, Role.OFFICE_HEAD), now))
    address = reverse("office:recognition_step", args=[star.pk, "huy"])
    form = {
        "number": "16/QĐ-UBND", "signed_on": str(day(now)), "authority": HANOI,
        "level": "province", "reason": "Hội đồng chấm sai bộ tiêu chí", "takes": "",
    }  # fmt: skip
    with time_machine.travel(now, tick=False):
        assert older.decision is not None
        assert older.decision.number in client.get(address).content.decode()  # counts then
        number = revoke(now, star)  # while the page was open
        page = client.post(address, form).content.decode()
        assert fresh(star).annulled_on is None
        assert "Việc này làm thay đổi hạng sao khác" in page
        assert number in page
        assert f'name="takes" value="{older.pk}"' in page
        assert client.post(address, {**form, "number": "", "takes": older.pk}).status_code == 200
        assert client.post(address, {**form, "takes": older.pk}).status_code == 302
        assert (fresh(star).annulling_number, fresh(older).revoked_on) == (
            "16/QĐ-UBND", day(now, -9),
        )  # fmt: skip
        # And the star that went with it can be let go by itself.
        address = reverse("office:recognition_step", args=[older.pk, "dinh-chinh"])
        page = client.get(address).content.decode()
        assert "Quyết định đúng, nhưng không thu hồi hạng sao này" in page
        answer = client.post(address, {"alone": "yes", "reason": "Văn bản 9 không nêu"})
        assert answer.status_code == 302
    assert (fresh(older).revoked_on, fresh(star).revoked_on) == (None, day(now, -9))


def test_a_replaced_star_offers_no_revocation_and_says_which_one_counts(
    now: datetime, client: Client
) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    newer = given(now, product, -100, 4, Kind.UPGRADE)
    client.force_login(with_second_factor(person(now, Role.OFFICE_HEAD), now))
    with time_machine.travel(now, tick=False):
        page = client.get(reverse("office:product", args=[product.code])).content.decode()
        assert reverse("office:recognition_step", args=[newer.pk, "thu-hoi"]) in page
        address = reverse("office:recognition_step", args=[older.pk, "thu-hoi"])
        assert address not in page
        assert newer.decision is not None
        assert newer.decision.number in client.get(address).content.decode()


def test_the_api_annuls_by_a_decision_and_names_what_goes_too(
    now: datetime, client: Client
) -> None:
    product = ProductFactory()
    older = given(now, product, -600, 3)
    star = given(now, product, -100, 4, Kind.UPGRADE)
    revoke(now, star)
    head = bearer(person(now, Role.OFFICE_HEAD), now)
    path = f"/api/v1/recognitions/{star.pk}/annulment"
    told = {"day": str(day(now)), "reason": "Hội đồng chấm sai bộ tiêu chí"}
    paper = {
        "number": "16/QĐ-UBND", "signed_on": str(day(now)), "authority": HANOI,
        "level": "province",
    }  # fmt: skip
    with time_machine.travel(now, tick=False):
        for more, code in (({}, "recognition_number"), (paper, "effect_unconfirmed")):
            answer = client.post(
                path, {**told, **more}, content_type="application/json", headers=head
            )
            assert (answer.status_code, answer.json()["code"]) == (422, code)
        answer = client.post(
            path, {**told, **paper, "takes": [older.pk]}, content_type="application/json",
            headers=head,
        )  # fmt: skip
        assert answer.status_code == 200, answer.content
    assert answer.json() == {"code": product.code, "checks": [], "cases": []}


def test_the_api_tells_what_ended_with_an_annulled_star(now: datetime, client: Client) -> None:
    star = fresh(given(now, ProductFactory(), -100, 4))
    case, check = aftercare.opened(now, star), aftercare.planned(now, star)
    told = {
        "day": str(day(now)), "reason": "Hội đồng chấm sai bộ tiêu chí", "number": "16/QĐ-UBND",
        "signed_on": str(day(now)), "authority": HANOI, "level": "centre",
    }  # fmt: skip
    head = bearer(person(now, Role.OFFICE_HEAD), now)
    path = f"/api/v1/recognitions/{star.pk}/annulment"
    with time_machine.travel(now, tick=False):
        answer = client.post(path, told, content_type="application/json", headers=head)
        assert answer.status_code == 422
        assert "công nhận và hủy" in answer.json()["detail"]  # nobody revokes anything here
        answer = client.post(
            path, {**told, "level": "province"}, content_type="application/json", headers=head
        )
    assert answer.json() == {
        "code": star.product.code, "checks": [check.code], "cases": [case.code],
    }  # fmt: skip
