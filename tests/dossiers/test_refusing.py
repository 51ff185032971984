"""A re-evaluation that was refused: what is left of the star, and what the producer is told."""

import html
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.events import activity
from ocop.core.refusals import NotAllowed, Refused
from ocop.dossiers.models import Dossier, Road, State
from ocop.dossiers.papers.deciding import notice
from ocop.dossiers.queries.refusals import refusal_of
from ocop.dossiers.services import refusing
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER
from ocop.recognition.life import facts_of, life_line
from ocop.recognition.models import Kind, Recognition
from ocop.recognition.refiling import note_again
from ocop.recognition.services import confirm_extension
from ocop.recognition.standing import standing
from ocop.recognition.validity import State as Star
from ocop.recognition.validity import state_on
from tests.dossiers.office import REFUSED_BY, TODAY, World, build_world, concluded
from tests.factories import RecognitionFactory
from tests.world import bearer, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ENDED = date(2026, 10, 27)
KEPT = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


def again(world: World, on: date, road: Road = Road.REGULAR, **more: date) -> Dossier:
    """A re-evaluation of four stars signed on a day, at the provincial body."""
    star = RecognitionFactory(on=on, stars=4, **more)
    kind = Kind.REEVALUATION
    found = world.dossier(product=star.product, previous=star, kind=kind, road=road)
    return concluded(found, "45", 2)


def refuse(world: World, dossier: Dossier, **more: Any) -> None:
    refusing.refuse_dossier(
        actor=world.actor(world.officer),
        dossier=dossier,
        reason="Thiếu tiêu chí",
        at=world.now,
        **(REFUSED_BY | more),
    )


def told(world: World, dossier: Dossier) -> str:
    """What the producer is sent and what the paper says."""
    body = Message.objects.get(kind="dossiers.refused", user=world_member(dossier)).body
    return body + repr(notice(dossier, to_commune=False, on=TODAY).blocks)


def world_member(dossier: Dossier) -> int:
    return int(dossier.product.producer.memberships.get().user_id)


def test_an_extension_holds_until_the_result_and_not_longer(world: World) -> None:
    """Art. 12.3: the certificate is kept until the authority decides."""
    dossier = again(world, date(2023, 10, 27), Road.EXTENDED, extended_until=KEPT)
    row, product = dossier.previous, dossier.product
    assert row is not None
    world.maker(dossier)
    assert state_on(facts_of(row), TODAY) is Star.EXTENDED
    refuse(world, dossier)
    row = Recognition.objects.get(pk=row.pk)
    for day, state in (
        (ENDED, Star.WINDOW_MISSED),
        (ENDED + DAY, Star.EXTENDED),
        (TODAY - DAY, Star.EXTENDED),
        (TODAY, Star.EXPIRED),
        (KEPT, Star.EXPIRED),
    ):
        assert state_on(facts_of(row), day) is state
        stands = standing(type(product).objects.filter(pk=product.pk), day).get()
        assert stands.star_state == state
    assert life_line(SYSTEM, product, TODAY)[0].state is Star.EXPIRED
    assert activity(row)[0].change["extended_until"] == str(TODAY - DAY)
    assert "Hạng 4 sao không còn hiệu lực." in told(world, dossier)


def test_a_refused_upgrade_leaves_the_extension_alone(world: World) -> None:
    dossier = again(world, date(2023, 10, 27), Road.EXTENDED, extended_until=KEPT)
    Dossier.objects.filter(pk=dossier.pk).update(kind=Kind.UPGRADE)
    dossier.refresh_from_db()
    refuse(world, dossier)
    assert Recognition.objects.get(pk=dossier.previous_id).extended_until == KEPT


def test_an_extension_that_was_not_needed_yet_ends_with_the_star_itself(world: World) -> None:
    ends = TODAY + 30 * DAY
    dossier = again(
        world, date(2023, 12, 23), Road.EXTENDED, expires_on=ends, extended_until=ends + 90 * DAY
    )
    refuse(world, dossier)
    row = Recognition.objects.get(pk=dossier.previous_id)
    assert state_on(facts_of(row), ends) is Star.WINDOW_MISSED
    assert state_on(facts_of(row), ends + DAY) is Star.EXPIRED


@pytest.mark.parametrize(
    ("signed", "road", "before"),
    [
        (date(2023, 12, 23), Road.EXTENDED, Star.WINDOW_MISSED),  # filed late, the star holds
        (date(2024, 4, 26), Road.REGULAR, Star.WINDOW_OPEN),  # filed in time
        (date(2023, 10, 27), Road.EXPIRED, Star.EXTENSION_UNCONFIRMED),  # filed after the end
    ],
)
def test_after_a_refusal_the_star_is_not_extended(
    world: World, signed: date, road: Road, before: Star
) -> None:
    """Art. 12.3: kept until the authority decides; it has decided."""
    dossier = again(world, signed, road)
    row = dossier.previous
    assert row is not None
    assert row.expires_on is not None
    assert state_on(facts_of(row), TODAY) is before
    refuse(world, dossier)
    row = Recognition.objects.get(pk=row.pk)
    assert row.expires_on is not None
    with pytest.raises(Refused) as refusal:
        confirm_extension(
            actor=world.actor(world.officer),
            recognition=row,
            last_day=row.expires_on + 90 * DAY,
            reason="Nộp muộn",
            at=world.now,
        )
    assert refusal.value.code == "extension_decided"
    assert "đã có kết quả không công nhận" in refusal.value.message
    assert state_on(facts_of(row), row.expires_on) is not Star.EXPIRED
    assert state_on(facts_of(row), row.expires_on + DAY) is Star.EXPIRED  # nothing to confirm


def test_an_extension_that_ended_with_a_refusal_is_not_given_again(world: World) -> None:
    dossier = again(world, date(2023, 10, 27), Road.EXTENDED, extended_until=KEPT)
    refuse(world, dossier)
    row = Recognition.objects.get(pk=dossier.previous_id)
    with pytest.raises(Refused) as refusal:
        confirm_extension(
            actor=world.actor(world.officer),
            recognition=row,
            last_day=KEPT,
            reason="Nộp muộn",
            at=world.now,
        )
    assert refusal.value.code == "already_extended"
    assert "22/11/2026" in refusal.value.message


def test_a_refused_upgrade_leaves_the_way_to_an_extension(world: World) -> None:
    dossier = again(world, date(2023, 12, 23))
    Dossier.objects.filter(pk=dossier.pk).update(kind=Kind.UPGRADE)
    dossier.refresh_from_db()
    refuse(world, dossier)
    assert Recognition.objects.get(pk=dossier.previous_id).extended_until is None


def test_the_office_is_not_offered_an_extension_after_a_refusal(
    world: World, client: Client
) -> None:
    dossier = again(world, date(2023, 12, 23), Road.EXTENDED)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    client.force_login(world.officer)
    address = reverse("office:product", args=[dossier.product.code])
    link = reverse("office:recognition_step", args=[dossier.previous_id, "keo-dai"])
    assert link in client.get(address).content.decode()
    refuse(world, dossier)
    assert link not in client.get(address).content.decode()


def test_the_public_page_and_the_api_say_how_long_an_extended_star_holds(
    world: World, client: Client
) -> None:
    dossier = again(world, date(2023, 10, 27), Road.EXTENDED, extended_until=KEPT)
    code = dossier.product.code
    auth = bearer(person(world.now, Role.AUDITOR), world.now, READ_REGISTER)

    def page() -> str:
        found = client.get(reverse("product", args=[code])).content.decode()
        band = re.search(r'<div class="band.*?</div>\s*(?:<p|</div>)', found, re.S)
        assert band
        return html.unescape(re.sub(r"<[^>]+>", " ", found[band.start() : band.end() + 900]))

    def star() -> dict[str, str]:
        rows = client.get("/api/v1/products", headers=auth).json()["items"]
        return dict(next(row for row in rows if row["code"] == code)["star"])

    shown = page()
    assert "Còn hiệu lực (được kéo dài)" in shown
    assert "muộn nhất đến hết 01/03/2027" in shown
    assert "chủ thể vẫn chịu trách nhiệm" in shown
    assert (star()["state"], star()["extended_until"]) == ("extended", "2027-03-01")
    refuse(world, dossier)
    shown = page()
    assert "Còn hiệu lực" not in shown
    assert "được kéo dài đến hết 22/11/2026" in shown
    assert (star()["state"], star()["extended_until"]) == ("expired", "2026-11-22")


@pytest.mark.parametrize(
    ("signed", "held", "window"),
    [
        # the window of 26/04/2027 closes on 27/12/2026
        (date(2024, 4, 26), "26/04/2027", "còn nộp được đến hết ngày 27/12/2026"),
        (date(2024, 2, 26), "26/02/2027", "đã qua (29/10/2026)"),
        (date(2025, 4, 26), "26/04/2028", "nộp từ ngày 29/10/2027 đến hết ngày 28/12/2027"),
    ],
)
def test_a_refusal_says_how_long_the_star_holds_and_the_window_is_open(
    world: World, signed: date, held: str, window: str
) -> None:
    """Art. 6: filed 180 to 120 days before the last day; a refusal takes no star away."""
    dossier = again(world, signed)
    world.maker(dossier)
    refuse(world, dossier)
    words = told(world, dossier)
    assert words.count(f"Hạng 4 sao đang có còn hiệu lực đến hết ngày {held}.") == 2
    assert words.count(window) == 2
    assert "đợt sau" not in words
    assert "đợt đánh giá sau" not in words


def test_a_first_dossier_that_was_refused_comes_again_in_a_later_round(world: World) -> None:
    dossier = concluded(world.dossier(), "45", 2)
    world.maker(dossier)
    refuse(world, dossier)
    words = told(world, dossier)
    assert "nộp hồ sơ mới ở đợt sau" in words
    assert "đăng ký lại ở đợt đánh giá sau" in words
    assert "Hạng" not in words.replace("hạng sao", "")


# --- on what a refusal stands, and the way back ---------------------------------------------------
@pytest.mark.parametrize(
    "state", [s for s in State if s not in (State.CONCLUDED, State.AT_MINISTRY)]
)
def test_nothing_is_refused_before_a_council_concluded(world: World, state: State) -> None:
    """Art. 5: the council proposes, the chair decides; before that one asks for more, or returns.
    A dossier that the Ministry gave back and that is evaluated again waits for its council, too."""
    dossier = world.dossier(state)
    with pytest.raises(Refused) as refusal:
        refuse(world, dossier)
    assert refusal.value.code == "not_judged"
    assert Dossier.objects.get(pk=dossier.pk).state == state


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"document": " "}, "dossier_document"),
        ({"document": "9" * 61}, "dossier_document"),
        ({"signed_on": TODAY + DAY}, "dossier_signed_on"),
        ({"signed_on": date(2026, 11, 19)}, "dossier_signed_on"),  # the sitting was on the 20th
    ],
)
def test_a_refusal_names_its_paper(world: World, more: dict[str, Any], code: str) -> None:
    dossier = concluded(world.dossier(), "45", 2)
    with pytest.raises(Refused) as refusal:
        refuse(world, dossier, **more)
    assert refusal.value.code == code
    refuse(world, dossier, signed_on=date(2026, 11, 20))
    found = refusal_of(dossier)
    assert found is not None
    assert (found.document, found.signed_on) == ("77/TB-UBND", date(2026, 11, 20))
    paper = repr(notice(dossier, to_commune=False, on=TODAY).blocks)
    assert "theo văn bản số 77/TB-UBND ngày 20/11/2026" in paper


def test_what_a_refusal_ends_is_said_before(world: World, client: Client) -> None:
    dossier = again(world, date(2023, 10, 27), Road.EXTENDED, extended_until=KEPT)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    client.force_login(world.officer)
    page = client.get(reverse("office:dossier_step", args=[dossier.code, "khong-cong-nhan"]))
    assert (
        "kéo dài hạng 4 sao kết thúc: đến hết 22/11/2026, không còn đến 01/03/2027"
        in page.content.decode()
    )


def take_back(world: World, dossier: Dossier, who: str = "head") -> None:
    refusing.take_back_refusal(
        actor=world.actor(getattr(world, who)),
        dossier=dossier,
        reason="Ghi nhầm sang hồ sơ khác",
        at=world.now,
    )


def test_the_head_takes_a_wrong_refusal_back_and_all_is_as_before(world: World) -> None:
    dossier = again(world, date(2023, 10, 27), Road.EXTENDED, extended_until=KEPT)
    row = dossier.previous
    assert row is not None
    note_again(row, date(2026, 9, 1))
    world.maker(dossier)
    refuse(world, dossier)
    with pytest.raises(NotAllowed):
        take_back(world, dossier, "officer")
    take_back(world, dossier)
    row.refresh_from_db()
    assert (row.filed_on, row.extended_until) == (date(2026, 9, 1), KEPT)
    assert state_on(facts_of(row), TODAY) is Star.EXTENDED
    dossier.refresh_from_db()
    assert (dossier.state, dossier.ended_at) == (State.CONCLUDED, None)
    news = Message.objects.filter(kind="dossiers.resumed")
    assert {each.user_id for each in news} >= {world_member(dossier), world.commune.pk}
    assert all("ghi nhầm" in each.body for each in news)
    [event] = activity(dossier).filter(name="dossiers.refusal_taken_back")
    assert event.change == {"until": "2027-03-01"}
    assert event in activity(row)
    refuse(world, dossier)  # and it may be refused again, rightly
    assert Recognition.objects.get(pk=row.pk).extended_until == TODAY - DAY


def test_a_star_that_was_not_extended_can_be_again(world: World) -> None:
    dossier = again(world, date(2023, 12, 23), Road.EXTENDED)
    refuse(world, dossier)
    take_back(world, dossier)
    row = Recognition.objects.get(pk=dossier.previous_id)
    assert row.extended_until is None
    assert activity(row).filter(name="dossiers.refusal_taken_back").exists()


def test_a_refusal_is_not_taken_back_beside_another_dossier(world: World, client: Client) -> None:
    dossier = concluded(world.dossier(), "45", 2)
    refuse(world, dossier)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    client.force_login(world.head)
    address = reverse("office:dossier_step", args=[dossier.code, "rut-lai-khong-cong-nhan"])
    assert client.get(address).status_code == 200
    world.dossier(State.DRAFT, product=dossier.product)
    with pytest.raises(Refused) as refusal:
        take_back(world, dossier)
    assert refusal.value.code == "dossier_open"
    assert client.get(address).status_code == 302


def test_what_was_refused_before_any_council_waits_for_one(world: World) -> None:
    dossier = world.dossier(State.REFUSED)
    take_back(world, dossier)
    assert dossier.state == State.READY
