"""Centres and their assessments, for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.core.codes import public_code
from ocop.councils.models import Item, Sheet
from ocop.councils.services import concluding, sheets
from ocop.councils.services.sheets import Change
from ocop.criteria.queries import set_of
from ocop.network.centres.models import (
    AssessmentState,
    CentreAssessment,
    CentreState,
    CentreVisit,
    DesignCentre,
    Round,
)
from ocop.network.centres.numbers import Numbers
from ocop.network.centres.services import assessing
from tests.councils.hall import Hall, marks, open_up
from tests.factories import CREATED, UnitFactory

SINCE = date(2026, 1, 15)
GOOD = Numbers(
    Decimal(650),
    {
        "display": Decimal(220),
        "meeting": Decimal(110),
        "experience": Decimal(150),
        "photo": Decimal(30),
    },
    80,
    40,
    12,
)


def stored(told: Numbers) -> dict[str, Any]:
    """Numbers as a row keeps them."""
    zones = {key: str(area) for key, area in told.zones.items()}
    return {
        "area": told.area, "zones": zones, "goods": told.goods, "ocop": told.ocop,
        "craft": told.craft,
    }  # fmt: skip


def make_centre(**more: Any) -> DesignCentre:
    """A centre that is recognised since SINCE."""
    told = {
        "name": "Trung tâm Vạn Phúc",
        "folded": "trung tam van phuc",
        "state": CentreState.RECOGNISED,
        "operator": "Hợp tác xã dệt lụa",
        "province": "01",
        "address": "Thôn Một",
        "recognised_on": SINCE,
        "created_at": CREATED,
    } | more
    told.setdefault("commune", UnitFactory())
    told.setdefault("unit", told["commune"])
    centre = DesignCentre.objects.create(code=public_code(), **told)
    if centre.state == CentreState.RECOGNISED:
        make_assessment(
            centre, state=AssessmentState.RECOGNISED, opened_on=centre.recognised_on,
            score=Decimal(82), number="9/QĐ-UBND", signed_on=centre.recognised_on,
            authority="UBND thành phố Hà Nội",
        )  # fmt: skip
    return centre


def make_assessment(centre: DesignCentre, **more: Any) -> CentreAssessment:
    """An assessment under way with numbers that meet every condition."""
    told = {
        "round": Round.FIRST, "sheet": "qd-6385-2023", "opened_on": SINCE, "created_at": CREATED,
    } | stored(GOOD) | more  # fmt: skip
    return CentreAssessment.objects.create(code=public_code(), centre=centre, **told)


def make_application(told: Numbers = GOOD, **more: Any) -> CentreAssessment:
    """The assessment of a centre that waits for its first recognition."""
    centre = make_centre(state=CentreState.APPLIED, recognised_on=None, **more)
    return make_assessment(centre, **stored(told))


def make_visit(centre: DesignCentre, on: date, *, passed: bool = True) -> CentreVisit:
    """A visit that measured good numbers."""
    return CentreVisit.objects.create(
        code=public_code(), centre=centre, visited_on=on, sheet="qd-6385-2023", passed=passed,
        created_at=CREATED, **stored(GOOD),
    )  # fmt: skip


def judged(hall: Hall, assessment: CentreAssessment, *totals: int) -> Item:
    """A centre that goes to the hall's sitting, marked by its members and concluded."""
    item = assessing.send_centre(
        actor=SYSTEM, assessment=assessment, sitting=hall.sitting, at=hall.now
    )
    open_up(hall)
    for who, total in enumerate(totals):
        _submit(hall, who, item, total)
    return concluding.conclude(actor=hall.chair, item=item, at=hall.now)


def _submit(hall: Hall, who: int, item: Item, total: int) -> Sheet:
    given = marks(set_of(item.case.version), total)
    changes = {code: Change(points, "", 1) for code, points in given.items()}
    sheets.save_marks(actor=hall.actor(who), item=item, changes=changes, at=hall.now)
    return sheets.submit_sheet(actor=hall.actor(who), item=item, at=hall.now)
