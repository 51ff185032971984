"""Design centres of the demonstration: the first round of 27 December 2023 judged ten, five at 80
to below 90 points and five at 70 to below 80; the decisions of 2024 recognised them, within its
plan.

Where a route through villages ends at a centre, one of them stands there.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from ocop.core import attachments
from ocop.core.codes import public_code
from ocop.core.folding import words
from ocop.councils.models import Case
from ocop.demonstration import frame
from ocop.demonstration.loading import Loader
from ocop.demonstration.logins import email_of
from ocop.demonstration.network import fronts
from ocop.demonstration.network.centre_council import MEANS, Judging, moment
from ocop.network import months
from ocop.network.centres import halts, sheet
from ocop.network.centres.models import (
    AssessmentState,
    CentreAssessment,
    CentreKeeper,
    CentreMonth,
    CentrePhoto,
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

SIGNED = (date(2024, 5, 10), date(2024, 11, 8))  # of five each: the plan of 2024 is 5–10
_SEED = frame.SEED + 23
_AUTHORITY = "UBND thành phố Hà Nội"
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
        self._areas: dict[str, int] = {}  # by the code of the centre

    def load(self) -> None:
        """Write everything, in the order in which rows need each other."""
        keep = self._loader.keep
        homes = self._homes()
        centres = keep(self._centre(n, home) for n, home in enumerate(homes))
        cases = Judging(self._loader, self._random).judge(centres[: len(MEANS)])
        assessments = keep(self._assessments(centres, cases))
        keep(self._visits(centres))
        keep(self._ties(centres, homes))
        keep(self._photos(centres))
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
            created_at=moment(_OPENED) if first else self._at,
        )

    def _maker(self) -> Producer:
        return self._loader.busiest_producer()

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
                **self._numbers(centre, short=number == len(centres) - 1),
            )
        yield CentreAssessment(  # asked for before its time
            code=public_code(self._random),
            centre=centres[len(MEANS) - 1],
            round=Round.AGAIN,
            sheet=self._sheet.key,
            opened_on=self._today - timedelta(days=20),
            created_at=self._at,
            **self._numbers(centres[len(MEANS) - 1]),
        )

    def _numbers(self, centre: DesignCentre, *, short: bool = False) -> dict[str, object]:
        """Numbers that meet every condition; `short` by a hair not. Rooms stay, goods change."""
        drawn = 480 if short else self._random.randrange(560, 1400, 20)
        area = self._areas.setdefault(centre.code, drawn)
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
                    created_at=moment(day),
                    **self._numbers(centre),
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

    def _photos(self, centres: Sequence[DesignCentre]) -> Iterator[CentrePhoto]:
        """Two of three centres show a drawn front."""
        stored = [
            attachments.store(fronts.front(number), filename=f"{number}.jpg", at=self._at)
            for number in range(2)
        ]
        for number, centre in enumerate(centres):
            if number % 3 < len(stored):
                yield CentrePhoto(
                    centre=centre,
                    attachment=stored[number % 3],
                    caption="Mặt tiền trung tâm, tranh vẽ minh họa",
                    created_at=self._at,
                )

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
                    sent_at=min(self._at, moment(months.after(month) + timedelta(days=2))),
                )
                month = months.before(month)
