"""Finding what a call speaks of: always among what its caller may see, else 404."""

from typing import Any

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ocop.api.requests import ApiRequest
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils.models import Item, Sitting
from ocop.councils.queries import sittings
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers
from ocop.people import queries as people
from ocop.people.models import User
from ocop.places import queries as places
from ocop.places.models import Unit


def dossier_of(request: ApiRequest, code: str) -> Dossier:
    """The dossier of a code."""
    rows = dossiers.visible_to(request.actor, timezone.localdate())
    found: Dossier = get_object_or_404(dossiers.for_lists(rows), code=code)
    return found


def part_of(request: ApiRequest, model: type[Model], code: str) -> Any:
    """A row of a dossier that has a code of its own, as a request for more or a visit."""
    seen = dossiers.visible_to(request.actor, timezone.localdate())
    rows = model._default_manager.filter(dossier__in=seen.values("pk"))
    return get_object_or_404(rows.select_related("dossier__product__producer"), code=code)


def find_sitting(request: ApiRequest, code: str) -> Sitting:
    """A sitting among those the caller may see."""
    found: Sitting = get_object_or_404(sittings.visible_sittings(request.actor), code=code)
    return found


def find_item(request: ApiRequest, code: str) -> Item:
    """A case on an agenda among those the caller may see."""
    found: Item = get_object_or_404(sittings.items_visible_to(request.actor), code=code)
    return found


def account(key: int) -> User:
    """A person by the number of the account; the service says whether that person may be it."""
    found: User = get_object_or_404(User.objects.filter(is_active=True), pk=key)
    return found


def account_by_login(login: str) -> User:
    """A person by the e-mail or phone the person signs in with; refused when nobody does.

    Only for who may know accounts: the answer says whether there is one.
    """
    user = people.by_login(login)
    if user is None:
        message = _(
            "Không có tài khoản nào đăng nhập như vậy. Hãy nhờ quản trị mở tài khoản trước."
        )
        raise Refused("account_unknown", message, fields={"login": [message]})
    return user


def unit_of(key: str) -> Unit:
    """The unit of a key; a bare code is the unit of today that bears it."""
    found = places.by_key(key)
    if found is None:
        raise Http404
    return found
