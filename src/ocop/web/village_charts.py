"""Charts of a craft village."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from ocop.core.numbers import half_up
from ocop.network.villages.models import VillageYear
from ocop.web.charts import Bar, BarChart

_MILLION = 1_000_000
_YEARS = 6  # that stand beside each other on a phone


def income_chart(years: Iterable[VillageYear]) -> BarChart | None:
    """The income of a worker year by year, in million đồng; None where there are not two years."""
    told = sorted((row.year, row.income) for row in years if row.income is not None)[-_YEARS:]
    if len(told) < 2:
        return None
    return BarChart(
        title=_("Thu nhập bình quân một lao động theo năm"),
        description=_("Triệu đồng một năm, từ %(first)s đến %(last)s.")
        % {"first": told[0][0], "last": told[-1][0]},
        bars=[Bar(str(year), half_up(Decimal(income) / _MILLION, 1)) for year, income in told],
        label_heading=_("Năm"),
        value_heading=_("Triệu đồng"),
        note=_("Triệu đồng một năm, theo số liệu làng báo cáo."),
        summed=False,
    )
