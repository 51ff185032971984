"""Design centres of the demonstration: the first round of 27 December 2023 judged ten, five at 80
to below 90 points and five at 70 to below 80; the decisions of 2024 recognised them, within its
plan.

Where a route through villages ends at a centre, one of them stands there.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from random import Random

from django.utils import timezone

from ocop.core.codes import public_code
from ocop.core.folding import words
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
from ocop.demonstration import frame
from ocop.demonstration.loading import Loader
from ocop.demonstration.logins import DOMAIN, email_of
from ocop.network import months
from ocop.network.centres import halts, options, sheet
from ocop.network.centres.models import (
    AssessmentState,
    CentreAssessment,
    CentreKeeper,
    CentreMonth,
    CentreState,
    CentreTie,
    CentreVisit,
    DesignCentre,
    Round,
)
from ocop.network.centres.queries import TOURISM_SET
from ocop.network.villages.models import RouteStop, Village, VillageRecognition
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.producers.models import Producer

#: What the council gave: five at 80 to below 90, five at 70 to below 80.
MEANS = ("88.4", "86.2", "84", "82.6", "80.2", "78.8", "76.4", "74.6", "72.2", "70.4")
JUDGED_ON = date(2023, 12, 27)
SIGNED = (date(2024, 5, 10), date(2024, 11, 8))  # of five each: the plan of 2024 is 5–10
_SEED = frame.SEED + 23
_AUTHORITY = "UBND thành phố Hà Nội"
_SEATS = 5
_OPENED = date(2023, 12, 18)
_SHORT = ("Xã ", "Phường ", "Thị trấn ")


class Centres:
    """Draws centres, how they were judged, and what came of them since."""

    def __init__(self, loader: Loader, at: datetime) -> None:
        self._loader = loader
        self._at = at
        self._today = timezone.localdate(at)
        self._random = Random(_SEED)
        self._sheet = sheet.sheets()[0]

    def load(self) -> None:
        """Write everything, in the order in which rows need each other."""
        keep = self._loader.keep
        homes = self._homes()
        centres = keep(self._centre(n, home) for n, home in enumerate(homes))
        cases = self._judge(centres[: len(MEANS)])
        assessments = keep(self._assessments(centres, cases))
        keep(self._visits(centres))
        keep(self._ties(centres, homes))
        keep(self._months(centres))
        user = User.objects.get(email=email_of(Role.SALES_POINT_KEEPER))
        keep(
            CentreKeeper(centre=centre, user=user, starts_on=self._today - timedelta(days=365))
            for centre in centres[:2]
        )
        self._stop_at(centres)
        assert len(assessments) > len(MEANS)

    # --- where they stand ----------------------------------------------------------------------

    def _homes(self) -> list[Village]:
        """The villages beside which they stand: the last one of each route, then others with a
        title, each in a commune of its own."""
        rows = Village.objects.filter(lat__isnull=False, listed=True, ended_on=None)
        last = [
            stop.village
            for route in self._places()
            if (stop := route.route.stops.exclude(village=None).last()) and stop.village
        ]
        titled = VillageRecognition.objects.filter(revoked_on=None).values("village")
        others = list(rows.filter(pk__in=titled).order_by("pk"))
        self._random.shuffle(others)
        found = {village.commune_id: village for village in last}
        for village in others:
            found.setdefault(village.commune_id, village)
        return list(found.values())[: len(MEANS) + 2]

    def _places(self) -> list[RouteStop]:
        """The stops of routes that are to become centres."""
        rows = RouteStop.objects.filter(
            village=None, kind="", name__startswith="Trung tâm", route__demonstration=True
        )
        return list(rows.select_related("route").order_by("route"))

    def _stop_at(self, centres: Sequence[DesignCentre]) -> None:
        """Let the routes end at the centres beside their last villages."""
        for stop in self._places():
            last = stop.route.stops.exclude(village=None).last()
            near = next(
                c
                for c in centres
                if last and last.village and c.commune_id == last.village.commune_id
            )
            stop.kind, stop.place, stop.name = halts.KIND, near.code, near.name
            stop.lat, stop.lon = None, None
            stop.save()

    def _centre(self, number: int, home: Village) -> DesignCentre:
        first = number < len(MEANS)
        commune = home.commune.name if home.commune else home.name
        bare = next((commune.removeprefix(s) for s in _SHORT if commune.startswith(s)), commune)
        name = f"Trung tâm thiết kế sáng tạo {bare} (mẫu)"
        address = f"Khu làng nghề, {home.address}"
        maker = self._maker() if number == 1 else None
        return DesignCentre(
            code=public_code(self._random),
            name=name,
            folded=words(name, address),
            state=CentreState.RECOGNISED if first else CentreState.APPLIED,
            operator=maker.name if maker else f"Hợp tác xã {home.trade.lower()} {bare} (mẫu)",
            producer=maker,
            province=frame.PROVINCE,
            unit_id=home.unit_id,
            commune_id=home.commune_id,
            address=address,
            lat=round((home.lat or 0) + 0.004, 5),
            lon=round((home.lon or 0) + 0.003, 5),
            summary=f"Xem và thử làm {home.trade.lower()}, mua sản phẩm OCOP của vùng. Mẫu.",
            recognised_on=SIGNED[number * 2 // len(MEANS)] if first else None,
            demonstration=True,
            created_at=self._moment(_OPENED) if first else self._at,
        )

    def _maker(self) -> Producer:
        return self._loader.busiest_producer()

    # --- the council ---------------------------------------------------------------------------

    def _judge(self, centres: Sequence[DesignCentre]) -> list[Case]:
        """The council, its one sitting, and what each member gave."""
        keep, then = self._loader.keep, self._moment(JUDGED_ON)
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
                created_at=self._at,
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

    # --- what came of them ---------------------------------------------------------------------

    def _assessments(
        self, centres: Sequence[DesignCentre], cases: Sequence[Case]
    ) -> Iterator[CentreAssessment]:
        for number, centre in enumerate(centres):
            case = cases[number] if number < len(cases) else None
            decided = centre.recognised_on
            yield CentreAssessment(
                code=public_code(self._random),
                centre=centre,
                round=Round.FIRST,
                state=AssessmentState.OPEN if case is None else AssessmentState.RECOGNISED,
                sheet=self._sheet.key,
                case=case,
                opened_on=_OPENED if case else self._today - timedelta(days=9 + number),
                score=None if case is None else Decimal(MEANS[number]),
                number="" if case is None else f"{2300 + number * 2 // len(MEANS)}/QĐ-UBND (mẫu)",
                signed_on=decided,
                authority=_AUTHORITY if case else "",
                created_at=centre.created_at,
                **self._numbers(short=number == len(centres) - 1),
            )
        yield CentreAssessment(  # asked for before its time
            code=public_code(self._random),
            centre=centres[len(MEANS) - 1],
            round=Round.AGAIN,
            sheet=self._sheet.key,
            opened_on=self._today - timedelta(days=20),
            created_at=self._at,
            **self._numbers(),
        )

    def _numbers(self, *, short: bool = False) -> dict[str, object]:
        """Numbers that meet every condition; `short` by a hair not."""
        area = 480 if short else self._random.randrange(560, 1400, 20)
        goods = self._random.randrange(60, 160)
        return {
            "area": Decimal(area),
            "zones": {
                sheet.DISPLAY: str(area * 36 // 100),
                sheet.MEETING: "96" if short else str(max(100, area * 18 // 100)),
                sheet.EXPERIENCE: str(area * 24 // 100),
                sheet.PHOTO: str(area * 6 // 100),
            },
            "goods": goods,
            "ocop": goods * self._random.randrange(42, 60) // 100,
            "craft": goods * self._random.randrange(20, 30) // 100,
        }

    def _visits(self, centres: Sequence[DesignCentre]) -> Iterator[CentreVisit]:
        for number, centre in enumerate(centres[: len(MEANS)]):
            days = [date(2023, 12, 22), date(2024, 12, 4 + number), date(2025, 11, 6 + number)]
            for day in days:
                if number == 8 and day.year == 2025:  # waits for its visit of the year
                    continue
                yield CentreVisit(
                    code=public_code(self._random),
                    centre=centre,
                    visited_on=day,
                    sheet=self._sheet.key,
                    passed=True,
                    note="Đo cùng người của trung tâm (mẫu).",
                    created_at=self._moment(day),
                    **self._numbers(),
                )

    def _ties(
        self, centres: Sequence[DesignCentre], homes: Sequence[Village]
    ) -> Iterator[CentreTie]:
        tours = [
            row for row in self._loader.products if row.set_number == TOURISM_SET and row.listed
        ]
        for number, (centre, home) in enumerate(zip(centres, homes, strict=True)):
            near = Village.objects.filter(commune=home.commune_id, listed=True).exclude(pk=home.pk)
            for village in (home, *near.order_by("pk")[: number % 3]):
                yield CentreTie(centre=centre, village=village)
            for tour in tours[number * 2 : number * 2 + 1 + number % 2]:
                yield CentreTie(centre=centre, product=tour)

    def _months(self, centres: Sequence[DesignCentre]) -> Iterator[CentreMonth]:
        last = months.before(months.first_of(self._today))
        for number, centre in enumerate(centres[: len(MEANS)]):
            assert centre.recognised_on is not None
            month = last if number > 1 else months.before(last)  # two still have to tell the last
            people = self._random.randrange(600, 2400)
            while month >= months.first_of(centre.recognised_on):
                season = 3 if month.month in (1, 2, 10, 11, 12) else 2
                came = people * season // 2 + self._random.randrange(-90, 90)
                yield CentreMonth(
                    centre=centre,
                    month=month,
                    visitors=came,
                    income=came * self._random.randrange(40, 120) * 1_000,
                    sent_at=min(self._at, self._moment(months.after(month) + timedelta(days=2))),
                )
                month = months.before(month)

    def _moment(self, day: date) -> datetime:
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
