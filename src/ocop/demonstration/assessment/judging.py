"""The council at work: a sitting that is over, one that is open, one that is planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from ocop.councils.models import Council, Item, Sitting, SittingKind
from ocop.councils.queries import progress
from ocop.councils.services import concluding, obstacles, sheets, sittings
from ocop.councils.services.sheets import Change
from ocop.criteria import queries as criteria
from ocop.demonstration.assessment import filing
from ocop.demonstration.assessment.people import Cast, actor
from ocop.dossiers.models import Dossier
from ocop.dossiers.services import judging, proposing
from ocop.people.models import User


@dataclass(frozen=True, slots=True)
class Bench:
    """A council, its people and its chance."""

    cast: Cast
    council: Council
    random: Random

    @property
    def everybody(self) -> tuple[User, ...]:
        """All eleven, in the order of the decision."""
        return (self.cast.chair, self.cast.deputy, self.cast.secretary, *self.cast.members)


def plan(bench: Bench, title: str, starts_at: datetime, at: datetime, **more: object) -> Sitting:
    """A sitting to come."""
    told = {"kind": SittingKind.MEETING, "passing": 2, "place": "Hội trường (mẫu)", **more}
    return sittings.plan_sitting(
        actor=actor(bench.cast.officer, at),
        council=bench.council,
        title=title,
        starts_at=starts_at,
        at=at,
        **told,  # type: ignore[arg-type]
    )


def fill(bench: Bench, sitting: Sitting, rows: Sequence[Dossier], at: datetime) -> list[Item]:
    """Put dossiers on the agenda; what looks like a conflict is settled by the chair."""
    items = proposing.put_on_agenda(
        actor=actor(bench.cast.officer, at), dossiers=rows, sitting=sitting, at=at
    )
    for item in items:
        for warned in item.case.obstacles.filter(state="warned"):
            obstacles.settle_obstacle(
                actor=actor(bench.cast.chair, at),
                obstacle=warned,
                recused=False,
                reason="Tên cơ quan trùng nhau, không phải cùng tổ chức",
                at=at,
            )
    return items


def open_up(bench: Bench, sitting: Sitting, at: datetime, away: Sequence[User] = ()) -> Sitting:
    """Note who is there, open the sitting and let the members mark."""
    chair = actor(bench.cast.chair, at)
    for seat in sitting.council.seats.select_related("user"):
        there = seat.user not in away
        sittings.note_attendance(
            actor=chair,
            sitting=sitting,
            seat=seat,
            present=there,
            note="" if there else "Đi công tác",
            at=at,
        )
    opened = sittings.open_sitting(actor=chair, sitting=sitting, at=at)
    concluding.start_all(actor=chair, sitting=opened, at=at)
    return opened


def mark(
    item: Item, who: User, given: dict[str, int], at: datetime, *, submit: bool = True
) -> None:
    """A member's sheet, given in or only begun."""
    gates = filing.harmless(criteria.set_of(item.case.version))
    sheets.save_marks(
        actor=actor(who, at),
        item=item,
        changes={code: Change(points) for code, points in given.items()},
        gates=gates if submit else None,
        opinion="Sản phẩm đạt yêu cầu." if submit else None,
        rescoring_reason="Sau thảo luận" if item.attempt > 1 and submit else None,
        at=at,
    )
    if submit:
        sheets.submit_sheet(actor=actor(who, at), item=item, at=at)


def base_of(item: Item) -> dict[str, int]:
    """The producer's own marks: members stay near them."""
    return dict(item.case.dossier.marks)


def near(item: Item, base: dict[str, int], random: Random, changes: int = 2) -> dict[str, int]:
    """Marks one level away in a few criteria that no star asks a minimum of."""
    criteria_set = criteria.set_of(item.case.version)
    given = dict(base)
    free = [c for c in criteria_set.criteria if not c.minimum(5) and len(c.levels) > 1]
    for criterion in random.sample(free, min(changes, len(free))):
        below = [level for level in criterion.levels if level < given[criterion.code]]
        given[criterion.code] = below[-1] if below else given[criterion.code]
    return given


def all_mark(bench: Bench, item: Item, at: datetime, away: Sequence[User] = ()) -> None:
    """Everybody who judges gives a sheet in."""
    base = base_of(item)
    for seat in progress.item_progress(item).judges:
        if seat.user not in away:
            mark(item, seat.user, near(item, base, bench.random), at)


def conclude(bench: Bench, item: Item, at: datetime) -> Item:
    """Answer the conditions, agree where levels differ, and conclude."""
    chair = actor(bench.cast.chair, at)
    gates = filing.harmless(criteria.set_of(item.case.version))
    concluding.answer_gates(actor=chair, item=item, gates=gates, at=at)
    item.refresh_from_db()
    for code in progress.assessed(item).differing:
        level = base_of(item)[code]
        concluding.agree_level(
            actor=chair,
            item=item,
            criterion=code,
            points=level,
            reason="Hội đồng đối chiếu lại minh chứng của tiêu chí.",
            at=at,
        )
        item.refresh_from_db()
    concluding.note_discussion(
        actor=chair, item=item, text="Các thành viên thống nhất với báo cáo của tổ tư vấn.", at=at
    )
    item.refresh_from_db()
    return judging.conclude(actor=chair, item=item, at=at)


def quarrel(bench: Bench, item: Item, at: datetime) -> None:
    """Everybody marks, one member far below: the spread stands in the way."""
    base = base_of(item)
    criteria_set = criteria.set_of(item.case.version)
    judges = progress.item_progress(item).judges
    for seat in judges[:-1]:
        mark(item, seat.user, near(item, base, bench.random, 1), at)
    low = dict(base)
    for criterion in sorted(criteria_set.criteria, key=lambda c: -c.max):
        below = [level for level in criterion.levels if level < low[criterion.code]]
        if below:
            low[criterion.code] = below[0]
        if sum(base.values()) - sum(low.values()) > 14:
            break
    mark(item, judges[-1].user, low, at)


def close(bench: Bench, sitting: Sitting, number: str, at: datetime) -> None:
    """End a sitting with the number of its minutes."""
    sittings.close_sitting(
        actor=actor(bench.cast.chair, at),
        sitting=sitting,
        minutes_number=number,
        minutes_on=(at + timedelta(hours=7)).date(),
        at=at,
    )
