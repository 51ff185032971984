"""Decisions of revocation that were taken outside of a case here (Art. 8): by whom, on what."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ocop.core.actor import Actor, ActorKind, Grant
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.roles import Role
from ocop.recognition import services
from ocop.recognition.authority import Level
from ocop.recognition.models import Ground, Recognition
from ocop.recognition.services import Paper
from tests.factories import RecognitionFactory
from tests.recognition import aftercare
from tests.world import person, with_second_factor

pytestmark = pytest.mark.django_db
CHAIR = Paper("77/QĐ-UBND", date(2026, 11, 2), "UBND thành phố Hà Nội", Level.PROVINCE)
MINISTER = Paper("88/QĐ-BNNMT", date(2026, 11, 2), "Bộ Nông nghiệp và Môi trường", Level.CENTRE)
HEARD = "Giả hồ sơ; chủ thể giải trình ngày 20/10/2026"
HEAD = Actor(ActorKind.PERSON, 2, frozenset({Grant(Role.OFFICE_HEAD)}))


def revoke(now: datetime, row: Recognition, paper: Paper, **more: Any) -> Recognition:
    told = {"actor": HEAD, "ground": Ground.FORGED, "reason": HEARD, "at": now, **more}
    return services.revoke(recognition=row, paper=paper, **told)


def fields(now: datetime, row: Recognition, paper: Paper, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        revoke(now, row, paper, **more)
    row.refresh_from_db()
    assert row.revoked_on is None
    return list(refused.value.fields)


@pytest.mark.parametrize(("stars", "paper"), [(3, CHAIR), (4, CHAIR), (5, MINISTER)])
def test_the_chair_takes_three_and_four_stars_the_minister_five(
    now: datetime, stars: int, paper: Paper
) -> None:
    row = RecognitionFactory(stars=stars)
    wrong = MINISTER if paper is CHAIR else CHAIR
    assert fields(now, row, wrong) == ["level"]
    assert fields(now, row, replace(wrong, level=paper.level)) in (["level"], ["number"])
    revoke(now, row, paper)
    row.refresh_from_db()
    assert (row.revoked_on, row.revoked_ground) == (date(2026, 11, 2), Ground.FORGED)
    event = Event.objects.get(name="recognition.revoked")
    assert event.change == {
        "ground": "forged",
        "on": "2026-11-02",
        "number": paper.number,
        "signed_on": "2026-11-02",
        "authority": paper.authority,
        "level": str(paper.level),
        "named": row.pk,
    }
    assert event.reason == f"{paper.number}, 02/11/2026, {paper.authority}: {HEARD}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": " "}, "number"),
        ({"number": "abc"}, "number"),
        ({"authority": " "}, "authority"),
        ({"signed_on": date(2026, 11, 24)}, "signed_on"),
        ({"signed_on": date(2020, 1, 1)}, "signed_on"),
        ({"level": Level.DISTRICT}, "level"),
    ],
)
def test_without_a_decision_of_who_may_nothing_ends(
    now: datetime, change: dict[str, Any], field: str
) -> None:
    assert fields(now, RecognitionFactory(), replace(CHAIR, **change)) == [field]


def test_a_district_took_back_its_three_stars_while_there_were_districts(now: datetime) -> None:
    row = RecognitionFactory(stars=3, on=date(2024, 1, 5))
    paper = Paper("9/QĐ-UBND", date(2025, 6, 30), "UBND huyện Hoài Đức", Level.DISTRICT)
    assert fields(now, row, replace(paper, signed_on=date(2025, 7, 1))) == ["level"]
    assert revoke(now, row, paper).revoked_on == date(2025, 6, 30)


def test_it_begins_with_the_day_of_signing_or_later(now: datetime) -> None:
    row = RecognitionFactory()
    assert fields(now, row, CHAIR, revoked_on=date(2026, 11, 1)) == ["revoked_on"]
    assert revoke(now, row, CHAIR, revoked_on=date(2026, 11, 9)).revoked_on == date(2026, 11, 9)


def test_an_open_case_is_decided_where_it_is(now: datetime) -> None:
    case = aftercare.opened(now)
    with pytest.raises(Refused) as refused:
        revoke(now, case.recognition, CHAIR)
    assert refused.value.code == "case_runs"


@pytest.mark.parametrize("role", [Role.PROVINCIAL_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_but_the_head_of_the_office_enters_it(now: datetime, role: Role) -> None:
    clerk = Actor(ActorKind.PERSON, 3, frozenset({Grant(role)}))
    with pytest.raises(NotAllowed):
        revoke(now, RecognitionFactory(), CHAIR, actor=clerk)


def test_the_form_asks_for_the_decision_and_a_clerk_does_not_see_it(
    client: Client, now: datetime
) -> None:
    row = RecognitionFactory(stars=5)
    path = reverse("office:recognition_step", args=[row.pk, "thu-hoi"])
    product = reverse("office:product", args=[row.product.code])
    client.force_login(with_second_factor(person(now, Role.PROVINCIAL_OFFICER), now))
    assert client.get(path).status_code == 403
    assert path not in client.get(product).content.decode()
    client.force_login(with_second_factor(person(now, Role.OFFICE_HEAD), now))
    assert path in client.get(product).content.decode()
    client.post(path, {"ground": "forged", "revoked_on": "23/11/2026", "reason": "abc"})
    row.refresh_from_db()
    assert row.revoked_on is None
    told = {
        "ground": "forged", "number": "88/QĐ-BNNMT", "signed_on": "02/11/2026",
        "authority": "Bộ Nông nghiệp và Môi trường", "level": "centre", "reason": HEARD,
    }  # fmt: skip
    answer = client.post(path, {**told, "level": "province"})
    assert "5 sao do trung ương thu hồi (Điều 8)" in answer.content.decode()
    client.post(path, told)
    row.refresh_from_db()
    assert row.revoked_on == date(2026, 11, 2)


def test_number_with_a_year_is_of_a_decision_that_makes_law(now: datetime) -> None:
    """Decree 30/2020/NĐ-CP: what decides on one star bears a number without a year. As another
    number it would stand beside the same decision."""
    row = RecognitionFactory(stars=3)
    assert fields(now, row, replace(CHAIR, number="77/2026/QĐ-UBND")) == ["number"]
    with pytest.raises(Refused, match="ghi như 77/QĐ-UBND"):
        revoke(now, row, replace(CHAIR, number="77/2026/QĐ-UBND"))


def test_name_of_who_signed_is_kept_without_the_stop_behind_it(now: datetime) -> None:
    row = RecognitionFactory(stars=3)
    revoke(now, row, replace(CHAIR, authority=" UBND thành phố  Hà Nội. "))
    assert row.revocations.get().authority == "UBND thành phố Hà Nội"
