"""Examples of messages and how people want them."""

from datetime import datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.people import queries
from ocop.people import services as people
from ocop.people.models import User
from ocop.people.outbox import tell


def _own(now: datetime) -> dict[str, Any]:
    user: User = people.create_account(
        actor=SYSTEM, name="Cán bộ", email="thu@donvi.example", at=now
    )
    return {"actor": queries.actor_for(user, on=now.date()), "user": user}


def _choose(now: datetime) -> dict[str, Any]:
    return {**_own(now), "digest": "daily", "ways": []}


def _read(now: datetime) -> dict[str, Any]:
    own = _own(now)
    tell(users=[own["user"]], kind="x.y", key="k", subject="Tin", body="Tin", at=now)
    return own


EXAMPLES = {"people.choose_messages": _choose, "people.read_messages": _read}
