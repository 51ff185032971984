"""The score calculator: a sheet in the address, its star, and what lifts it."""

from datetime import datetime

import pytest
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.world import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client, now: datetime) -> Client:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


def _totals(client: Client, **changed: int) -> tuple[int, int | None]:
    lower = {code.replace("_", "."): points for code, points in changed.items()}
    fields = {}
    for criterion in load_set(1).criteria:
        points = lower.get(criterion.code, criterion.max)
        places = [n for n, option in enumerate(criterion.options, 1) if option.points == points]
        fields[f"m{criterion.code}"] = f"{points}.{places[0]}" if places else str(points)
    answer = client.get("/dieu-hanh/cham-thu/1/", fields)
    assert answer.status_code == 200
    outcome = answer.context["outcome"]
    return outcome.total, outcome.star


def test_full_sheet_has_five_stars(officer: Client) -> None:
    assert _totals(officer) == (100, 5)


def test_structure_of_a_story_counts_only_with_a_story(officer: Client) -> None:
    """5.1 is worth 5 points and 5.2 is worth 2 (Annex III, set 1)."""
    total, star = _totals(officer, **{"5_1": 0})
    assert total == 100 - 5 - 2
    assert star is not None
    assert star < 5


def test_sensory_criterion_without_an_answer_is_open_not_zero(officer: Client) -> None:
    """Set 16: zero in a sensory criterion of group 6 stops (Annex III)."""
    address = "/dieu-hanh/cham-thu/16/"
    open_still = officer.get(address, {"m6.1": "3.2", "m6.2": "3.2", "m6.3": "4.3"})
    assert open_still.context["outcome"].stopped == ()
    assert [c.code for c in open_still.context["open_sensory"]] == ["6.4"]
    assert "Chưa chấm chỉ tiêu cảm quan" in open_still.content.decode()
    zero = officer.get(address, {"m6.1": "0.1", "m6.2": "3.2"})
    assert zero.context["outcome"].stopped == ("zero_in_any_sensory",)


def test_sheet_of_another_set_speaks_of_no_sensory_criterion(officer: Client) -> None:
    page = officer.get("/dieu-hanh/cham-thu/13/", {"m1.1": "0"})
    assert page.context["open_sensory"] == []
