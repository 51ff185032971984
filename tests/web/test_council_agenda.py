"""Who prepares a sitting finds what is ready for it; nobody else does."""

from datetime import datetime

import pytest
from django.test import Client

from ocop.councils.models import Obstacle
from ocop.dossiers.models import State
from tests.councils.hall import build_hall, new_case
from tests.dossiers import office
from tests.web.council_pages import Person, sitting_at, today
from tests.world import bearer

pytestmark = pytest.mark.django_db
__all__ = ["today"]


@pytest.mark.parametrize("who", [0, 1, 2])
def test_who_prepares_the_sitting_finds_the_ready_dossiers(today: datetime, who: int) -> None:
    hall = build_hall(today, cases=0, members=4, deputy=True)
    office.build_places(today)
    ready = office.dossier(state=State.READY, commune=None)
    other = office.dossier(state=State.FORWARDED, commune=None)
    user = hall.people[who]
    address = sitting_at(hall.sitting.code, "chuong-trinh/")
    page = Person(user).get(address)
    assert ready.product.name in page
    assert other.product.name not in page
    call = f"/api/v1/sittings/{hall.sitting.code}/dossiers"
    head = bearer(user, today)
    told = Client().get(call, headers=head).json()["items"]
    assert [(row["code"], row["producer"]) for row in told] == [
        (ready.code, ready.product.producer.name)
    ]
    sent = {"dossiers": [other.code]}
    options = {"content_type": "application/json", "headers": head}
    assert Client().post(call, sent, **options).status_code == 404
    assert "Đã đưa 1 hồ sơ" in Person(user).post(address, {"dossiers": [ready.code]})
    assert Client().get(call, headers=head).json()["items"] == []


def test_a_member_or_another_council_finds_no_ready_dossiers(today: datetime) -> None:
    hall, other = build_hall(today, cases=0), build_hall(today, cases=0)
    office.build_places(today)
    ready = office.dossier(state=State.READY, commune=None)
    call = f"/api/v1/sittings/{hall.sitting.code}/dossiers"
    for user, status in ((hall.people[2], 403), (other.people[1], 404)):
        for answer in (
            Client().get(call, headers=bearer(user, today)),
            Client().post(
                call,
                {"dossiers": [ready.code]},
                content_type="application/json",
                headers=bearer(user, today),
            ),
        ):
            assert answer.status_code in (status, 404), (user, answer)
    ready.refresh_from_db()
    assert ready.state == State.READY


def test_who_was_recused_finds_the_dossier_ready_for_nobody(today: datetime) -> None:
    hall = build_hall(today, cases=1)
    office.build_places(today)
    ready = office.dossier(state=State.READY, commune=None)
    ready.case = new_case(today)
    ready.save()
    Obstacle.objects.create(
        case=ready.case, seat=hall.seat(1), ground="declared", state="recused", raised_at=today
    )
    address = sitting_at(hall.sitting.code, "chuong-trinh/")
    assert ready.product.name not in Person(hall.people[1]).get(address)
    assert ready.product.name in Person(hall.people[0]).get(address)
