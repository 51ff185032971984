"""Reads of councils: which an actor sees, who sits in them, the rules of today."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from ocop.core import options
from ocop.core.actor import Actor
from ocop.core.language import noop
from ocop.councils import rules
from ocop.councils.models import Council, Seat, Sitting
from ocop.councils.queries.workbooks import working_rules as scoring_rules
from ocop.councils.working import CouncilRules, from_json
from ocop.people.models import User
from ocop.people.queries import memberships_on

TWO_PASSES = options.declare(
    "councils.two_passes",
    False,
    noop("Hội đồng họp hai lượt: lượt đầu tìm nội dung còn thiếu, lượt sau mới quyết định"),
    lambda v: isinstance(v, bool),
)
CHAIR_NEEDED = options.declare(
    "councils.chair_needed",
    True,
    noop("Phiên họp và kết quả phải có Chủ tịch hội đồng"),
    lambda v: isinstance(v, bool),
)
EXTRA_ROUNDS = options.declare(
    "councils.extra_rounds",
    False,
    noop("Quy chế hội đồng cho phép đợt đánh giá ngoài lịch của quyết định"),
    lambda v: isinstance(v, bool),
)


def default_rules() -> CouncilRules:
    """The working rules of this province today: what a new council is given."""
    scoring = scoring_rules()
    return CouncilRules(
        scoring.spread_limit,
        scoring.quorum_percent,
        scoring.minimums,
        scoring.star_rule,
        two_passes=TWO_PASSES.get(),
        chair_needed=CHAIR_NEEDED.get(),
        extra_rounds=EXTRA_ROUNDS.get(),
    )


def rules_of(council: Council) -> CouncilRules:
    """The rules a council was constituted with."""
    return from_json(council.rules)


def visible_to(actor: Actor) -> QuerySet[Council]:
    """Councils an actor may see: members those they sit or sat in; office and auditors all."""
    if rules.may_see_all(actor):
        return Council.objects.all()
    own = Seat.objects.filter(council=OuterRef("pk"), user=actor.user_id)
    return Council.objects.filter(Exists(own))


def seats_of(actor: Actor, council: Council) -> QuerySet[Seat]:
    """Every seat of a visible council, past ones too, in the order of the decision."""
    return Seat.objects.filter(council__in=visible_to(actor).filter(pk=council.pk)).select_related(
        "user"
    )


def seats_on(council: Council, day: date) -> list[Seat]:
    """Who sits in a council on a day, in the order of the decision. Not filtered by actor."""
    return list(council.seats.filter(*rules.seated(day)).select_related("user"))


def last_opened(council: Council) -> Sitting | None:
    """The sitting of the latest day that has opened: who sat on that day is settled. Not filtered
    by actor."""
    return council.sittings.filter(opened_at__isnull=False).order_by("starts_at").last()


def leaves_on(seat: Seat, today: date) -> date:
    """The first day from which a member can leave now: never a day of a sitting that has opened,
    for who sat there stays in it, with the sheets and the minutes."""
    held = last_opened(seat.council)
    days = [today, seat.starts_on + timedelta(days=1)]
    if held is not None:
        days.append(rules.day_of(held) + timedelta(days=1))
    return max(days)


def candidates(on: date) -> QuerySet[User]:
    """Accounts that may be given a seat: those with a role of a council."""
    held = memberships_on(on).filter(role__in=rules.SITTING_ROLES)
    return User.objects.filter(pk__in=held.values("user")).order_by("name")


def labels(seats: Iterable[Seat]) -> dict[int, str]:
    """A name for each seat that no other has: two of one name are told apart by a number."""
    found: dict[int, str] = {}
    for seat in seats:
        name, number = seat.user.name, 1
        while name in found.values():
            number += 1
            name = f"{seat.user.name} ({number})"
        found[seat.pk] = name
    return found
