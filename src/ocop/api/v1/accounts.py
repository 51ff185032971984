"""Accounts and the roles they hold, for the administrator and auditors. They are read only: an
account is made and gets its roles by a person who signs in with a one-time code."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.filters.accounts import AccountFilter
from ocop.people import queries, rules
from ocop.people.scopes import READ_ACCOUNTS
from ocop.places import queries as places

router = Router(tags=["people"])


class HeldOut(Schema):
    """A role held today over a unit (its key) and all below it, or over everything (null);
    `ends_on` is the first day without it."""

    role: str
    unit: str | None
    starts_on: date
    ends_on: date | None


class AccountOut(Schema):
    """An account; one that is not active cannot sign in."""

    id: int
    name: str
    email: str | None
    phone: str | None
    is_active: bool
    roles: list[HeldOut]


def _account(user: Any) -> dict[str, Any]:
    return {
        **{name: getattr(user, name) for name in ("name", "email", "phone", "is_active")},
        "id": user.pk,
        "roles": [
            {
                "role": held.role,
                "unit": places.key_of(held.unit) if held.unit else None,
                "starts_on": held.starts_on,
                "ends_on": held.ends_on,
            }
            for held in user.held
        ],
    }


@router.get(
    "/accounts",
    response=Page[AccountOut],
    operation_id="accounts",
    summary=N_("Tài khoản"),
    openapi_extra=described(AccountFilter),
)
def account_list(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """All accounts with the roles they hold today."""
    need_scope(request.actor, READ_ACCOUNTS)
    require(request.actor, rules.may_see_accounts)
    rows = queries.accounts(request.actor, on=timezone.localdate())
    return page(request, response, filtered(request, AccountFilter, rows), _account)
