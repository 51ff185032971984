"""What was told and measured of a design centre, as it stands beside a member's marks."""

from collections.abc import Mapping
from typing import Any

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.councils.models import Case
from ocop.criteria import queries as criteria
from ocop.network.centres import queries, sheet
from ocop.network.centres.models import CentreAssessment, CentreVisit
from ocop.network.centres.services.assessing import KIND
from ocop.web.office.network.centres import looks


def claims(case: Case) -> Mapping[str, str]:
    """By criterion what was told of its zone, and measured on the last visit; nothing where the
    case is no centre's."""
    assessment = _assessment(case)
    if assessment is None:
        return {}
    visit = assessment.centre.visits.first()
    found = {}
    for criterion in criteria.set_of(case.version).criteria:
        words = _of_zone(criterion.topic, assessment, visit)
        if criterion.topic == sheet.DISPLAY:
            words.append(looks.goods(assessment))
        found[criterion.code] = "\n".join(words)
    return found


def facts(case: Case) -> list[tuple[str, Any]]:
    """What its people may ask of a centre on the page of the case."""
    assessment = _assessment(case)
    if assessment is None:
        return []
    centre = assessment.centre
    where = f"{centre.address}, {centre.commune.name}" if centre.commune else centre.address
    told = queries.numbers_of(assessment)
    area = "" if told.area is None else _("%s m²") % write_number(told.area)
    return [
        (_("Đơn vị vận hành"), centre.operator),
        (_("Địa chỉ"), where),
        (_("Diện tích"), area),
        (_("Hàng bày"), looks.goods(assessment)),
    ]


def _assessment(case: Case) -> CentreAssessment | None:
    return queries.of_case(case.pk) if case.kind == KIND else None


def _of_zone(zone: str, assessment: CentreAssessment, visit: CentreVisit | None) -> list[str]:
    if zone not in sheet.ZONES:
        return []
    words = []
    if (area := queries.numbers_of(assessment).zones.get(zone)) is not None:
        words.append(_("Khai: %s m²") % write_number(area))
    if visit and (area := queries.numbers_of(visit).zones.get(zone)) is not None:
        told = {"day": write_date(visit.visited_on), "area": write_number(area)}
        words.append(_("Đo tại chỗ ngày %(day)s: %(area)s m²") % told)
    return words
