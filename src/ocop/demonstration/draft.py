"""A draft of a set on show: what would change, and whose star, if the law asked for less."""

from copy import deepcopy
from datetime import date
from typing import Any

from ocop.councils.models import ScoreWorkbook
from ocop.councils.queries.workbooks import outcomes
from ocop.criteria import sets
from ocop.criteria.models import CriteriaSetVersion, LegalVersion

_CODE = "DU-THAO-MAU"
_FROM = date(2099, 1, 1)  # no day of real work falls under it


def bring(workbook: ScoreWorkbook) -> CriteriaSetVersion:
    """A draft of the set of the sitting's first product, in which four stars nowhere need the best
    option. Never published, so nothing is ever scored under it."""
    law, _made = LegalVersion.objects.get_or_create(
        code=_CODE,
        defaults={"document": "Dự thảo (mẫu)", "issued_on": _FROM, "effective_from": _FROM},
    )
    first = sets.load_set(outcomes(workbook)[0].set_number)
    content = deepcopy(dict(first.raw))
    for section in content["sections"]:
        _make_milder(section)
    return CriteriaSetVersion.objects.create(
        legal_version=law,
        number=first.number,
        name=first.name,
        sector=first.sector,
        content=content,
        sha256=sets.from_data(content, content["disqualifier_notes"]).sha256,
    )


def _make_milder(part: dict[str, Any]) -> None:
    for inner in part.get("parts", ()):
        _make_milder(inner)
    options = sorted(part.get("options", ()), key=lambda option: option["points"])
    if options and options[-1].get("star") == 4 and not options[-2].get("star"):
        options[-2]["star"] = options[-1].pop("star")
