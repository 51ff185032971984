"""One valid call of every action, for the tests that walk the registry.

An example builds what it needs and returns the arguments beside `actor` and `at`; it may name an
`actor` of its own where even the system must be the right person.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.dossiers.services import Entry
from ocop.people import queries
from ocop.people import services as people
from ocop.people.models import ApiToken, Membership, User
from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER
from ocop.places.services import load_units
from ocop.programme.terms import Term
from tests.factories import OldUnitFactory, RegistrationFactory, UnitFactory

Example = Callable[[datetime], dict[str, Any]]


def _user(now: datetime, email: str = "mot@donvi.example") -> User:
    return people.create_account(actor=SYSTEM, name="Cán bộ", email=email, at=now)


def _membership(now: datetime) -> Membership:
    return people.grant_role(
        actor=SYSTEM, user=_user(now), role=Role.AUDITOR, starts_on=date(2026, 1, 1), at=now
    )


def _token(now: datetime) -> ApiToken:
    user = _user(now)
    return people.issue_token(
        actor=queries.actor_for(user, on=now.date()),
        user=user,
        name="sổ",
        scopes=frozenset({READ_REGISTER}),
        at=now,
    ).token


def _closed(now: datetime) -> User:
    return people.close_account(actor=SYSTEM, user=_user(now), reason="nghỉ", at=now)


def _units(now: datetime) -> dict[str, Any]:
    load_units(actor=SYSTEM, at=now)
    return {}


EXAMPLES: dict[str, Example] = {
    "core.set_option": lambda _now: {"option": options.PROVINCE, "value": "01"},
    "people.create_account": lambda _now: {"name": "Cán bộ", "email": "mot@donvi.example"},
    "people.create_first_administrator": lambda _now: {
        "name": "Quản trị",
        "email": "mot@donvi.example",
        "password": "mot-mat-khau-dai",
    },
    "people.change_account": lambda now: {
        "user": _user(now),
        "name": "Cán bộ khác",
        "email": "hai@donvi.example",
    },
    "people.choose_language": lambda now: {"user": _user(now), "language": "en"},
    "people.close_account": lambda now: {"user": _user(now), "reason": "nghỉ"},
    "people.reopen_account": lambda now: {"user": _closed(now), "reason": "trở lại"},
    "people.grant_role": lambda now: {
        "user": _user(now),
        "role": Role.AUDITOR,
        "starts_on": date(2026, 1, 1),
    },
    "people.end_role": lambda now: {"membership": _membership(now), "reason": "chuyển"},
    "people.issue_token": lambda now: {
        "user": _user(now),
        "name": "sổ",
        "scopes": frozenset({READ_REGISTER}),
    },
    "people.revoke_token": lambda now: {"token": _token(now)},
    "demonstration.load": _units,
    "dossiers.register_product": lambda _now: {
        "unit": UnitFactory(),
        "year": 2026,
        "entry": Entry("Trà"),
        "registered_on": date(2026, 1, 15),
    },
    "dossiers.register_list": lambda _now: {
        "unit": UnitFactory(),
        "year": 2026,
        "entries": [Entry("Trà"), Entry("Mật ong")],
        "registered_on": date(2026, 1, 15),
    },
    "dossiers.withdraw_registration": lambda _now: {
        "registration": RegistrationFactory(),
        "reason": "đổi kế hoạch",
    },
    "programme.set_target": lambda _now: {
        "indicator": "evaluated_in_term",
        "unit": OldUnitFactory(),
        "term": Term(2021, 2025),
        "low": Decimal(2000),
        "source": "04-CTr/TU",
    },
    "programme.report_figure": lambda _now: {
        "indicator": "sales_points",
        "unit": OldUnitFactory(),
        "as_of": date(2024, 3, 31),
        "value": Decimal(105),
        "source": "Báo cáo của Văn phòng Điều phối",
    },
}
