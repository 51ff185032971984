"""Who opens the pages of councils in tests, and what every such test needs."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.models import User

COUNCILS = "/hoi-dong/danh-sach/"


@pytest.fixture
def today(now: datetime) -> datetime:
    """The pages act now: so do the councils they show. No one-time codes."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return timezone.now()


class Person:
    """Somebody signed in."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def get(self, address: str, status: int = 200, **headers: Any) -> str:
        answer = self.client.get(address, **headers)
        assert answer.status_code == status, (address, answer.status_code)
        return answer.content.decode()

    def post(self, address: str, data: dict[str, Any] | None = None, status: int = 200) -> str:
        answer = self.client.post(address, data or {}, follow=True)
        assert answer.status_code == status, (address, answer.status_code)
        return answer.content.decode()


def sitting_at(code: str, step: str = "") -> str:
    """The address of a sitting, or of a step on it."""
    return f"/hoi-dong/phien/{code}/{step}"


def item_at(code: str, step: str = "") -> str:
    """The address of a case in a sitting, or of a step on it."""
    return f"/hoi-dong/ho-so/{code}/{step}"


def shows_mark(page: str, mark: int) -> bool:
    """Whether a mark stands on a page: as "72,00" anywhere, or as "72" in a place of its own.

    Keys and names made up for tests hold any two digits; they are no marks.
    """
    return bool(re.search(rf"(?<![\d,]){mark},\d\d\b|>\s*{mark}\s*<|=\"{mark}\"", page))
