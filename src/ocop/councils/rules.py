"""Who may do what in a council: its seats say so, and the office that plans for it.

The coordination office is the council's standing body: it plans sittings and keeps attendance,
and steers none. Whoever is recused from a case has no part in it, in whatever role.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop
from ocop.core.once import once
from ocop.people import rules as people_rules
from ocop.people.roles import Role

if TYPE_CHECKING:
    from ocop.councils.models import Case, Council, Item, Obstacle, Seat, Sheet, Sitting

#: The roles of which an account needs one to sit: they ask for a one-time code at sign-in.
SITTING_ROLES = (Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY, Role.COUNCIL_CHAIR)


#: What those who may not are told.
_OFFICE = noop(
    "Chỉ Văn phòng Điều phối làm được việc này, theo quyết định của Chủ tịch Ủy ban nhân dân tỉnh, "
    "thành phố."
)
_OFFICE_OR_CHAIR = noop(
    "Chỉ Văn phòng Điều phối và Chủ tịch, thư ký hội đồng làm được việc này. Hãy nhờ thư ký."
)
_PLANNERS = noop(
    "Chỉ Văn phòng Điều phối và Chủ tịch, Phó Chủ tịch, thư ký hội đồng làm được việc này. Hãy "
    "nhờ thư ký."
)
_LEADERS = noop("Chỉ Chủ tịch, Phó Chủ tịch và thư ký hội đồng làm được việc này. Hãy nhờ thư ký.")
_PRESIDING = noop(
    "Chỉ Chủ tịch hội đồng mở lại được phiếu; Phó Chủ tịch mở lại phiếu của Chủ tịch, hoặc khi Chủ "
    "tịch không tham gia đánh giá. Không ai mở lại phiếu của mình."
)
JUDGES = noop("Chỉ thành viên hội đồng tham gia đánh giá mới làm được việc này.")
_MEMBERS = noop("Chỉ thành viên của hội đồng đánh giá sản phẩm này khai được xung đột lợi ích.")
_SETTLERS = noop(
    "Chỉ Chủ tịch, Phó Chủ tịch và thư ký hội đồng quyết định ai tham gia đánh giá; không ai tự "
    "quyết định về mình."
)


@who_may(_OFFICE_OR_CHAIR)
def may_store_workbook(actor: Actor) -> bool:
    """The office, and the secretary and chair of a council. Members score blind and bring none."""
    return people_rules.is_office(actor) or actor.has(Role.COUNCIL_SECRETARY, Role.COUNCIL_CHAIR)


def may_see_workbooks(actor: Actor) -> bool:
    """Who may bring workbooks, and who reads everything: auditors and administrators."""
    return may_store_workbook(actor) or people_rules.may_see_everything(actor)


def day_of(sitting: "Sitting") -> date:
    """The day of a sitting in this country: who has a seat on it sits."""
    return timezone.localdate(sitting.starts_at)


@once
def seat_of(actor: Actor, council: "Council", on: date) -> "Seat | None":
    """The seat of the actor in a council on a day."""
    if actor.user_id is None:
        return None
    return council.seats.filter(*seated(on), user=actor.user_id).first()


def seated(on: date) -> tuple[Q, Q]:
    """The conditions of seats in force on a day."""
    return Q(ends_on=None) | Q(ends_on__gt=on), Q(starts_on__lte=on)


def is_seated(actor: Actor, council: "Council", on: date) -> bool:
    """A member of the council on a day."""
    return seat_of(actor, council, on) is not None


def is_chair(actor: Actor, council: "Council", on: date) -> bool:
    """The chair of the council on a day."""
    return _has_position(actor, council, on, "chair")


def is_deputy(actor: Actor, council: "Council", on: date) -> bool:
    """A deputy chair of the council on a day."""
    return _has_position(actor, council, on, "deputy")


def recused(actor: Actor, case: "Case") -> bool:
    """Whether a conflict of interest keeps the actor out of a case."""
    if actor.user_id is None:
        return False
    return case.obstacles.filter(state="recused", seat__user=actor.user_id).exists()


@who_may(_OFFICE)
def may_constitute(actor: Actor) -> bool:
    """The office enters what the chair of the province decided."""
    return people_rules.is_office(actor)


@who_may(_OFFICE_OR_CHAIR)
def may_open_case(actor: Actor) -> bool:
    """The office brings cases before a council, as do those who prepare its sittings."""
    return people_rules.is_office(actor) or actor.has(Role.COUNCIL_SECRETARY, Role.COUNCIL_CHAIR)


@who_may(_PLANNERS)
def may_plan(actor: Actor, council: "Council", on: date) -> bool:
    """The office as standing body, and those who lead the council: chair, deputy, secretary."""
    return people_rules.is_office(actor) or _has_position(actor, council, on, *LEADING)


@who_may(_PLANNERS)
def may_plan_sitting(actor: Actor, sitting: "Sitting") -> bool:
    """The same for a sitting that is there."""
    return may_plan(actor, sitting.council, day_of(sitting))


@who_may(_PLANNERS)
def may_plan_item(actor: Actor, item: "Item") -> bool:
    """The same for a case on an agenda, unless the actor is recused from it."""
    return may_plan_sitting(actor, item.sitting) and not recused(actor, item.case)


@who_may(_LEADERS)
def may_steer(actor: Actor, sitting: "Sitting") -> bool:
    """Who opens, leads and closes a sitting: chair, deputy, secretary."""
    return _has_position(actor, sitting.council, day_of(sitting), *LEADING)


@who_may(_LEADERS)
def may_steer_item(actor: Actor, item: "Item") -> bool:
    """Who leads the assessment of a case; nobody who is recused from it."""
    return may_steer(actor, item.sitting) and not recused(actor, item.case)


@who_may(_PRESIDING)
def may_reopen(actor: Actor, sheet: "Sheet") -> bool:
    """Only who presides, and never the own sheet: that of the chair a deputy gives back.

    A deputy also presides when the chair is recused from the case.
    """
    item = sheet.item
    council, day = item.sitting.council, day_of(item.sitting)
    if recused(actor, item.case) or sheet.seat.user_id == actor.user_id:
        return False
    if is_chair(actor, council, day):
        return True
    chairs = council.seats.filter(*seated(day), position="chair")
    away = Q(obstacles__case=item.case, obstacles__state="recused") | Q(pk=sheet.seat_id)
    return chairs.filter(away).exists() and is_deputy(actor, council, day)


@who_may(JUDGES)
def may_score(actor: Actor, item: "Item") -> bool:
    """A member of the council on the day of the sitting who is not recused from the case."""
    return is_seated(actor, item.sitting.council, day_of(item.sitting)) and not recused(
        actor, item.case
    )


@who_may(JUDGES)
def may_submit_sheet(actor: Actor, item: "Item") -> bool:
    """Whoever may fill it."""
    return may_score(actor, item)


@who_may(_MEMBERS)
def may_declare(actor: Actor, case: "Case", on: date) -> bool:
    """A member who has a seat in a council before which the case stands."""
    if actor.user_id is None:
        return False
    return case.items.filter(
        Q(sitting__council__seats__ends_on=None) | Q(sitting__council__seats__ends_on__gt=on),
        sitting__council__seats__user=actor.user_id,
        sitting__council__seats__starts_on__lte=on,
    ).exists()


@who_may(_SETTLERS)
def may_settle(actor: Actor, obstacle: "Obstacle", on: date) -> bool:
    """Who leads the council, never about oneself, and nobody who is recused from the case."""
    seat = obstacle.seat
    return (
        seat.user_id != actor.user_id
        and _has_position(actor, seat.council, on, *LEADING)
        and not recused(actor, obstacle.case)
    )


@who_may(_PLANNERS)
def may_handle_paper(actor: Actor, item: "Item") -> bool:
    """Who types signed sheets and who confirms them: those who lead the council, and the office."""
    return may_plan_item(actor, item)


def may_see_all(actor: Actor) -> bool:
    """The office, auditors and administrators read every council."""
    return people_rules.may_see_everything(actor)


def may_see_statistics(actor: Actor, sitting: "Sitting") -> bool:
    """How members mark is for the chair and the deputy, the office and auditors."""
    return may_see_all(actor) or _has_position(
        actor, sitting.council, day_of(sitting), "chair", "deputy"
    )


LEADING = ("chair", "deputy", "secretary")


def _has_position(actor: Actor, council: "Council", on: date, *positions: str) -> bool:
    seat = seat_of(actor, council, on)
    return seat is not None and seat.position in positions
