"""A hall for tests: a council of so many members, cases, a sitting, and hands that mark.

`build_hall` gives a council with a chair, a secretary and members, an office to plan for it, and
a sitting with cases; `open_hall` opens it and lets the members mark. `marks` finds marks of an
exact total that miss as few star minimums as they can.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from ocop.core.actor import SYSTEM, Actor
from ocop.councils import working
from ocop.councils.models import Case, Council, Item, Seat, Sheet, Sitting, SittingKind
from ocop.councils.services import cases as cases_
from ocop.councils.services import concluding, constitution, sheets, sittings
from ocop.councils.services.constitution import NewSeat
from ocop.councils.services.paper_sheets import Scan
from ocop.councils.services.sheets import Change
from ocop.criteria.sets import STARS, CriteriaSet, load_set
from ocop.people import queries
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.producers.models import Producer
from tests.councils.books import harmless
from tests.factories import PDF, ProducerFactory, version
from tests.world import person

DECIDED = date(2026, 3, 2)
SCAN = Scan(PDF, "phieu.pdf")  # of a signed sheet
SET = 13
_STAMPS = count(1)
_ROLES = {
    "chair": Role.COUNCIL_CHAIR,
    "secretary": Role.COUNCIL_SECRETARY,
}


@dataclass
class Hall:
    """A council at work. `people` stand in the order of the seats: chair, secretary, members."""

    now: datetime
    council: Council
    people: list[User]
    office: User
    sitting: Sitting
    items: list[Item] = field(default_factory=list)

    @property
    def item(self) -> Item:
        """The first case on the agenda, as it is now."""
        return Item.objects.get(pk=self.items[0].pk)

    @property
    def chair(self) -> Actor:
        return self.actor(self.people[0])

    @property
    def secretary(self) -> Actor:
        return self.actor(self.people[1])

    @property
    def planner(self) -> Actor:
        """Somebody of the coordination office, without a seat."""
        return self.actor(self.office)

    def actor(self, who: User | int) -> Actor:
        """A person, or the member of this number, as the actor of today."""
        user = self.people[who] if isinstance(who, int) else who
        return queries.actor_for(user, on=self.now.date())

    def seat(self, who: int) -> Seat:
        return Seat.objects.get(council=self.council, user=self.people[who], ends_on=None)

    def mark(self, who: int, given: Mapping[str, int], item: Item | None = None) -> Sheet:
        """The member writes these marks and keeps the sheet. Of a whole one the conditions, too:
        those not answered yet so that none stands against the case."""
        item = item or self.item
        criteria_set = load_set(item.case.version.number)
        own = item.sheets.filter(seat__user=self.people[who], attempt=item.attempt).first()
        answered = own.gates if own else {}
        whole = given.keys() == criteria_set.by_code.keys()
        saved = sheets.save_marks(
            actor=self.actor(who),
            item=item,
            changes={code: Change(points, "", next(_STAMPS)) for code, points in given.items()},
            gates={
                key: answer
                for key, answer in harmless(criteria_set).items()
                if whole and key not in answered
            },
            rescoring_reason="Sau thảo luận" if item.attempt > 1 else None,
            at=self.now,
        )
        return saved.sheet

    def submit(self, who: int, given: Mapping[str, int], item: Item | None = None) -> Sheet:
        """The member writes these marks and gives the sheet in."""
        self.mark(who, given, item)
        return sheets.submit_sheet(actor=self.actor(who), item=item or self.item, at=self.now)

    def submit_all(self, *totals: int, item: Item | None = None) -> None:
        """Member by member a sheet of such a total."""
        number = (item or self.item).case.version.number
        for who, total in enumerate(totals):
            self.submit(who, marks(load_set(number), total), item)

    def answer(self, item: Item | None = None, reason: str = "") -> None:
        """Every condition answered so that none stands against the case."""
        item = item or self.item
        concluding.answer_gates(
            actor=self.chair,
            item=item,
            gates=harmless(load_set(item.case.version.number)),
            reason=reason,
            at=self.now,
        )

    def conclude(self, item: Item | None = None, **more: bool) -> Item:
        return concluding.conclude(actor=self.chair, item=item or self.item, at=self.now, **more)


def new_case(now: datetime, number: int = SET, *, written: bool = False, **more: object) -> Case:
    """A case of a producer of its own."""
    producer = more.pop("producer", None)
    if producer is None:
        producer = ProducerFactory()
    return cases_.open_case(
        actor=SYSTEM,
        title=str(more.pop("title", f"Sản phẩm {Case.objects.count() + 1}")),
        reference="",
        producer=producer if isinstance(producer, Producer) else None,
        version=version(number),
        self_total=more.pop("self_total", None),
        self_star=more.pop("self_star", None),
        written=written,
        at=now,
    )


def new_council(
    now: datetime,
    members: int = 3,
    *,
    deputy: bool = False,
    rules: working.CouncilRules | None = None,
) -> tuple[Council, list[User]]:
    """A council of so many: chair, secretary, members; `deputy` makes the third a deputy."""
    positions = ["chair", "secretary", *["member"] * (members - 2)]
    if deputy:
        positions[2] = "deputy"
    people = [person(now, _ROLES.get(each, Role.COUNCIL_MEMBER)) for each in positions]
    council = constitution.constitute_council(
        actor=SYSTEM,
        name="Hội đồng đánh giá, phân hạng sản phẩm OCOP",
        decision_number=f"{815 + Council.objects.count()}/QĐ-UBND",
        decided_on=DECIDED,
        authority="Chủ tịch UBND thành phố Hà Nội",
        members=[NewSeat(user, position) for user, position in zip(people, positions, strict=True)],
        working_rules=rules,
        at=now,
    )
    return council, people


def build_hall(
    now: datetime,
    *,
    members: int = 3,
    cases: int | Sequence[Case] = 1,
    kind: str = SittingKind.MEETING,
    passing: int = 2,
    number: int = SET,
    deputy: bool = False,
    rules: working.CouncilRules | None = None,
) -> Hall:
    """A planned sitting for today with so many cases (or these) on its agenda."""
    council, people = new_council(now, members, deputy=deputy, rules=rules)
    written = kind == SittingKind.WRITTEN
    sitting = sittings.plan_sitting(
        actor=SYSTEM,
        council=council,
        kind=kind,
        title="Phiên họp thứ nhất",
        place="Hội trường",
        starts_at=now,
        passing=passing,
        until=now.date() + timedelta(days=7) if written else None,
        at=now,
    )
    if isinstance(cases, int):
        cases = [new_case(now, number, written=written) for _n in range(cases)]
    items = sittings.set_agenda(actor=SYSTEM, sitting=sitting, cases=cases, at=now)
    return Hall(now, council, people, person(now, Role.PROVINCIAL_OFFICER), sitting, items)


def open_hall(now: datetime, **more: object) -> Hall:
    """The same, everybody there, the sitting open and every case being marked."""
    hall = build_hall(now, **more)  # type: ignore[arg-type]
    open_up(hall)
    return hall


def open_up(hall: Hall, *, away: Sequence[int] = ()) -> None:
    """Note who is there, open the sitting and begin to mark."""
    written = hall.sitting.kind == SittingKind.WRITTEN
    if not written:
        for who in range(len(hall.people)):
            sittings.note_attendance(
                actor=SYSTEM,
                sitting=hall.sitting,
                seat=hall.seat(who),
                present=who not in away,
                note="Đi công tác" if who in away else "",
                at=hall.now,
            )
    hall.sitting = sittings.open_sitting(actor=SYSTEM, sitting=hall.sitting, at=hall.now)
    if not written:
        concluding.start_all(actor=SYSTEM, sitting=hall.sitting, at=hall.now)


def marks(criteria_set: CriteriaSet, total: int) -> dict[str, int]:
    """Marks that add up to exactly `total` and miss as few star minimums as possible."""
    best: dict[int, tuple[int, dict[str, int]]] = {0: (0, {})}
    for criterion in criteria_set.criteria:
        found: dict[int, tuple[int, dict[str, int]]] = {}
        for reached, (missed, given) in best.items():
            for points in criterion.levels:
                lost = missed + sum(points < criterion.minimum(star) for star in STARS)
                if (known := found.get(reached + points)) is None or lost < known[0]:
                    found[reached + points] = (lost, {**given, criterion.code: points})
        best = found
    return best[total][1]
