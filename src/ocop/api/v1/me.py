"""Who the caller is to the system."""

from ninja import Router, Schema

from ocop.api.requests import ApiRequest
from ocop.core.language import noop as N_
from ocop.places.models import Unit
from ocop.producers import queries as producers

router = Router(tags=["people"])


class RoleOut(Schema):
    """A role held today; `unit` is null when it holds over everything."""

    role: str
    unit: str | None


class ActsForOut(Schema):
    """A producer the caller acts for today."""

    code: str
    name: str


class MeOut(Schema):
    """The caller: kind, roles, the producers acted for, and the scopes of the token (null without
    one)."""

    kind: str
    roles: list[RoleOut]
    producers: list[ActsForOut]
    scopes: list[str] | None


@router.get("/me", response=MeOut, operation_id="me", summary=N_("Người gọi"))
def me(request: ApiRequest) -> MeOut:
    """The roles, producers and scopes this call is made with."""
    grants = request.actor.grants
    ids = {grant.unit_id for grant in grants if grant.unit_id is not None}
    codes = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "code"))
    roles = [
        RoleOut(role=g.role, unit=codes.get(g.unit_id) if g.unit_id else None)
        for g in sorted(grants, key=lambda g: (g.role, g.unit_id or 0))
    ]
    scopes = request.actor.scopes
    return MeOut(
        kind=request.actor.kind,
        roles=roles,
        producers=[
            ActsForOut(code=code, name=name)
            for code, name in producers.own(request.actor).values_list("code", "name")
        ],
        scopes=None if scopes is None else sorted(scopes),
    )
