"""The council that judged the design centres of the demonstration, in one sitting."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from random import Random

from django.utils import timezone

from ocop.core.codes import public_code
from ocop.councils import outcome, working
from ocop.councils.models import (
    Attendance,
    Case,
    Council,
    Item,
    ItemState,
    Position,
    Seat,
    Sheet,
    SheetState,
    Sitting,
    SittingState,
)
from ocop.councils.services.concluding import sha256_of
from ocop.criteria import queries as criteria
from ocop.criteria.services import hold_sheet
from ocop.criteria.sets import CriteriaSet
from ocop.demonstration.loading import Loader
from ocop.demonstration.logins import DOMAIN
from ocop.network.centres import options, sheet
from ocop.network.centres.models import DesignCentre
from ocop.people.models import User

#: What the council gave: five at 80 to below 90, five at 70 to below 80.
MEANS = ("88.4", "86.2", "84", "82.6", "80.2", "78.8", "76.4", "74.6", "72.2", "70.4")
JUDGED_ON = date(2023, 12, 27)
_SEATS = 5


class Judging:
    """A council of five, its sitting, its sheets and what it concluded."""

    def __init__(self, loader: Loader, random: Random) -> None:
        self._loader = loader
        self._random = random
        self._sheet = sheet.sheets()[0]
        self._then = moment(JUDGED_ON)

    def judge(self, centres: Sequence[DesignCentre]) -> list[Case]:
        """The council, its one sitting, and what each member gave."""
        keep, then = self._loader.keep, moment(JUDGED_ON)
        version = hold_sheet(
            code=self._sheet.code,
            document=self._sheet.document,
            since=self._sheet.since,
            content=sheet.as_set(
                self._sheet,
                sheet.division(options.DIVISION.default, self._sheet.rest),
                options.PASS.default,
            ),
            at=then,
        )
        (council,) = keep(
            [
                Council(
                    code=public_code(self._random),
                    name="Hội đồng đánh giá trung tâm thiết kế sáng tạo (mẫu)",
                    decision_number="6420/QĐ-UBND (mẫu)",
                    decided_on=date(2023, 12, 20),
                    authority="Chủ tịch Ủy ban nhân dân thành phố Hà Nội",
                    rules=working.to_json(working.CouncilRules()),
                    dissolved_on=date(2024, 1, 31),
                    demonstration=True,
                    created_at=then,
                )
            ]
        )
        seats = keep(self._seats(council))
        (sitting,) = keep(
            [
                Sitting(
                    code=public_code(self._random),
                    council=council,
                    title="Đánh giá trung tâm thiết kế sáng tạo, đợt một (mẫu)",
                    place="Hội trường (mẫu)",
                    starts_at=then,
                    state=SittingState.CLOSED,
                    opened_at=then,
                    closed_at=then + timedelta(hours=7),
                    minutes_number="01/BB-HĐ (mẫu)",
                    minutes_on=JUDGED_ON,
                    created_at=then,
                )
            ]
        )
        keep(Attendance(sitting=sitting, seat=s, present=True, noted_at=then) for s in seats)
        cases = keep(
            Case(
                code=public_code(self._random),
                kind="centre",
                title=centre.name,
                producer=centre.producer,
                version=version,
                created_at=then,
            )
            for centre in centres
        )
        self._mark(cases, sitting, seats, criteria.set_of(version))
        return cases

    def _seats(self, council: Council) -> Iterator[Seat]:
        positions = (Position.CHAIR, Position.SECRETARY, *[Position.MEMBER] * (_SEATS - 2))
        users = self._loader.keep(
            User(
                email=f"hoi-dong-thiet-ke-{n}@{DOMAIN}",
                name=f"Thành viên hội đồng thiết kế {n} (mẫu)",
                password="!",
                created_at=self._then,
            )
            for n in range(1, _SEATS + 1)
        )
        for place, (user, position) in enumerate(zip(users, positions, strict=True)):
            yield Seat(
                council=council,
                user=user,
                position=position,
                organisation="Cơ quan chuyên môn của thành phố (mẫu)",
                place=place,
                starts_on=council.decided_on,
                ends_on=council.dissolved_on,
            )

    def _mark(
        self, cases: Sequence[Case], sitting: Sitting, seats: Sequence[Seat], held: CriteriaSet
    ) -> None:
        members = [
            outcome.Member(seat.user.name, chair=seat.position == Position.CHAIR) for seat in seats
        ]
        items, sheets = [], []
        for position, (case, mean) in enumerate(zip(cases, MEANS, strict=True), start=1):
            totals = _totals(int(Decimal(mean) * _SEATS), _SEATS)
            given = [_marks(held, total) for total in totals]
            found = outcome.assess(
                outcome.Case(
                    case.title,
                    held,
                    [outcome.Sheet(m.name, g) for m, g in zip(members, given, strict=True)],
                ),
                members,
                working.CouncilRules(),
            )
            items.append(self._item(sitting, case, position, found))
            sheets.append(given)
        self._loader.keep(items)
        self._loader.keep(
            Sheet(
                item=item,
                seat=seat,
                state=SheetState.SUBMITTED,
                marks=dict(marks),
                opinion="Đạt yêu cầu theo phiếu (mẫu).",
                total=sum(marks.values()),
                revision=1,
                submitted_at=sitting.starts_at + timedelta(hours=3),
                created_at=sitting.starts_at,
            )
            for item, given in zip(items, sheets, strict=True)
            for seat, marks in zip(seats, given, strict=True)
        )

    def _item(
        self, sitting: Sitting, case: Case, position: int, found: outcome.ProductOutcome
    ) -> Item:
        kept = outcome.to_json(found)
        assert found.mean is not None
        assert found.is_final
        return Item(
            code=public_code(self._random),
            sitting=sitting,
            case=case,
            position=position,
            state=ItemState.CONCLUDED,
            outcome=kept,
            outcome_sha256=sha256_of(kept),
            mean=found.mean.quantize(Decimal("0.000001"), ROUND_DOWN),
            concluded_at=sitting.starts_at + timedelta(hours=5),
        )


def moment(day: date) -> datetime:
    """Half past eight in the morning of a day."""
    return timezone.make_aware(datetime.combine(day, time(8, 30)))


def _totals(whole: int, count: int) -> list[int]:
    """So many totals, a point or two apart, that add up to a whole."""
    base, rest = divmod(whole, count)
    found = [base + (place < rest) for place in range(count)]
    found[0] += 1
    found[-1] -= 1
    return found


def _marks(held: CriteriaSet, total: int) -> Mapping[str, int]:
    """Marks of a total, each criterion about as good as the whole."""
    given = {c.code: c.max * total // 100 for c in held.criteria}
    left = total - sum(given.values())
    for criterion in sorted(held.criteria, key=lambda c: -(c.max * total % 100)):
        if left and given[criterion.code] < criterion.max:
            given[criterion.code] += 1
            left -= 1
    assert not left
    return given
