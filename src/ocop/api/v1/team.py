"""The advisory team: who is in it, in which sectors, and taking a dossier from somebody."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.requests import ApiRequest
from ocop.api.v1.examining import AssignmentOut, assignment_out
from ocop.api.v1.finding import dossier_of
from ocop.api.v1.rounds import ReasonIn
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.dossiers import rules
from ocop.dossiers.queries import advising as queries
from ocop.dossiers.services import advising
from ocop.people.rules import may_see_everything
from ocop.people.scopes import READ_DOSSIERS, WRITE_DOSSIERS
from ocop.products.models import Sector

router = Router(tags=["examination"])
Json = dict[str, Any]


class AdviserOut(Schema):
    """A member of the team; `at_hand` counts the dossiers not yet proposed."""

    account: int
    name: str
    sectors: list[str]
    at_hand: int


class SectorsIn(JsonIn):
    """The sectors in which an adviser examines; those told before fall."""

    sectors: list[Sector]


def _team() -> list[Json]:
    return [
        {
            "account": each.user_id,
            "name": each.name,
            "sectors": sorted(each.sectors),
            "at_hand": each.load,
        }
        for each in queries.candidates(timezone.localdate())
    ]


@router.get(
    "/advisers", response=list[AdviserOut], operation_id="advisers", summary=N_("Tổ tư vấn")
)
def team(request: ApiRequest) -> list[Json]:
    """The team of today, for the office and its auditors."""
    need_scope(request.actor, READ_DOSSIERS)
    require(request.actor, may_see_everything)
    return _team()


@router.put(
    "/advisers/{key}/sectors",
    response=AdviserOut,
    operation_id="set_specialities",
    summary=N_("Chuyên môn của thành viên tổ tư vấn"),
)
def sectors(request: ApiRequest, key: int, told: SectorsIn) -> Json:
    """Say in which sectors an adviser examines dossiers; `key` is the account."""
    need_scope(request.actor, WRITE_DOSSIERS)
    require(request.actor, rules.may_receive)
    user = get_object_or_404(queries.team(timezone.localdate()), pk=key)
    advising.set_specialities(
        actor=request.actor, user=user, sectors=told.sectors, at=timezone.now()
    )
    return next(each for each in _team() if each["account"] == user.pk)


@router.post(
    "/dossiers/{code}/advisers/{key}/end",
    response=list[AssignmentOut],
    operation_id="end_assignment",
    summary=N_("Thôi phân công"),
)
def end(request: ApiRequest, code: str, key: int, told: ReasonIn) -> list[Json]:
    """Take a dossier from an adviser; `key` is the assignment. Gives back those that are left."""
    need_scope(request.actor, WRITE_DOSSIERS)
    given = dossier_of(request, code).assignments.select_related("adviser", "dossier")
    advising.end_assignment(
        actor=request.actor,
        assignment=get_object_or_404(given, pk=key),
        reason=told.reason,
        at=timezone.now(),
    )
    return [assignment_out(row) for row in given.filter(ended_at=None)]
