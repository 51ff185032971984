"""Who calls: nobody, a person in a browser, or a program with a token."""

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from ocop.api.problems import Unauthorised
from ocop.core.actor import ANONYMOUS, Actor
from ocop.core.language import gettext as _
from ocop.core.refusals import NotAllowed
from ocop.people import queries
from ocop.people.models import User


class Caller(HttpBearer):
    """Finds the actor of a call and puts it on the request.

    A token acts within its scopes. Without one, reading works as for the visitor of a page (a
    signed-in browser reads as its owner), and writing is refused: it needs a token.
    """

    def __call__(self, request: HttpRequest) -> Actor:
        given = request.headers.get("Authorization", "")
        if given:
            scheme, _space, secret = given.partition(" ")
            found = self.authenticate(request, secret) if scheme.lower() == "bearer" else None
            if found is None:
                raise Unauthorised
            actor = found
            request.actor = found  # type: ignore[attr-defined]  # known, though perhaps refused
            _need_second_factor(found)
        elif request.method in ("GET", "HEAD", "OPTIONS"):
            actor = getattr(request, "actor", ANONYMOUS)
        else:
            raise Unauthorised
        request.actor = actor  # type: ignore[attr-defined]
        return actor

    def authenticate(self, _request: HttpRequest, token: str) -> Actor | None:
        return queries.actor_for_token(token, at=timezone.now(), on=timezone.localdate())


def _need_second_factor(actor: Actor) -> None:
    """Refuse the key of a person who must sign in with a one-time code and has set up none."""
    if queries.needs_second_factor(actor) and not is_mfa_enabled(
        User.objects.get(pk=actor.user_id)
    ):
        message = _(
            "Vai trò của tài khoản này cần mã một lần. Hãy đăng nhập, mở Tài khoản của tôi và "
            "bật mã một lần; khóa này dùng được ngay sau đó."
        )
        raise NotAllowed("second_factor_missing", message)


def need_scope(actor: Actor, scope: str) -> None:
    """Refuse a token that was not given this scope. Who comes without a token needs none."""
    if actor.scopes is not None and scope not in actor.scopes:
        message = _("Khóa này chưa có phạm vi “%s”. Hãy tạo khóa có phạm vi đó.") % scope
        raise NotAllowed("scope_missing", message)
