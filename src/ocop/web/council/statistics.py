"""How members mark: sections, distances, agreement, whose absence would change a star."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ocop.core import folding, papers
from ocop.core.actor import Actor
from ocop.core.numbers import half_up, write_number
from ocop.councils.models import Sitting
from ocop.councils.queries import councils as council_queries
from ocop.councils.queries import sittings as queries
from ocop.councils.queries import statistics
from ocop.councils.queries.statistics import ItemStatistics, SittingAgreement, SittingStatistics
from ocop.councils.statistics import Agreement, Pattern
from ocop.councils.summary import conclusion_words, star_words
from ocop.web import export
from ocop.web.charts import Distance, DistanceChart
from ocop.web.council.desk import desk, may_count, only_if
from ocop.web.council.words import OF_MARKS, OF_TOTALS, agreement_words
from ocop.web.requests import SignedInRequest

SECTIONS = ("A", "B", "C")


@desk
def of_sitting(request: SignedInRequest, code: str) -> HttpResponseBase:
    """The figures of a sitting's concluded cases, or with `?format=xlsx` a row for each sheet."""
    sitting = get_object_or_404(queries.visible_sittings(request.actor), code=code)
    found = statistics.of_sitting(request.actor, sitting)
    if found is None:
        raise Http404
    if request.GET.get("format") == "xlsx":
        return _workbook(request.actor, sitting, found)
    members = list(dict.fromkeys(name for one in found.items for name in one.distances))
    context = {
        "sitting": sitting,
        "items": [_line(one, members) for one in found.items],
        "members": members,
        "section_codes": SECTIONS,
        "agreement": found.agreement,
        "agreement_rows": _agreement(found.agreement),
        "patterns": found.patterns,
        "chart": _chart(found.patterns),
        "hanging": [(one.item, one.star_hangs_on) for one in found.items if one.star_hangs_on],
    }
    return render(request, "council/statistics.html", context)


@desk
def of_council(request: SignedInRequest, code: str) -> HttpResponse:
    """Each member from sitting to sitting, and how well the members agreed in each."""
    council = get_object_or_404(council_queries.visible_to(request.actor), code=code)
    only_if(may_count(request.actor, council))
    found = statistics.over_sittings(request.actor, council)
    context = {
        "council": council,
        "sittings": [(one, _words(one.agreement, OF_TOTALS)) for one in found],
        "members": _over(found),
        "chart": _chart(_overall(found)),
    }
    return render(request, "council/council_statistics.html", context)


def _line(one: ItemStatistics, members: Sequence[str]) -> dict[str, Any]:
    return {
        "one": one,
        "star": conclusion_words(one.outcome, passing=one.item.sitting.passing),
        "agreement": _words(one.agreement, OF_MARKS),
        "sections": [one.sections.get(code) for code in SECTIONS],
        "distances": [one.distances.get(name) for name in members],
        "changes": [
            (name, star_words(star))
            for name, star in one.without.items()
            if star != one.outcome.star
        ],
    }


def _words(found: Agreement, close: Fraction) -> str:
    return agreement_words(found, found.single, close)


def _agreement(found: Agreement) -> list[tuple[str, Fraction | None, str]]:
    return [
        (words, value, agreement_words(found, value, OF_TOTALS))
        for words, value in (
            (_("của một thành viên, ICC(2,1)"), found.single),
            (_("của trung bình cả hội đồng, ICC(2,k)"), found.average),
        )
    ]


def _chart(patterns: Sequence[Pattern]) -> DistanceChart:
    return DistanceChart(
        title=_("Mỗi thành viên chấm lệch bao nhiêu so với trung bình"),
        description=_(
            "Trung bình các khoảng cách giữa tổng điểm của thành viên và điểm trung bình của hội "
            "đồng. Bên trái là chấm thấp hơn, bên phải là chấm cao hơn."
        ),
        rows=[Distance(row.member, half_up(row.distance, 2)) for row in patterns],
        label_heading=_("Thành viên"),
        value_heading=_("Khoảng cách trung bình (điểm)"),
    )


def _over(found: Sequence[SittingAgreement]) -> list[tuple[str, list[Fraction | None]]]:
    """A row for each member: the mean distance in each sitting."""
    by_sitting = [{row.member: row.distance for row in one.patterns} for one in found]
    names = sorted({name for sitting in by_sitting for name in sitting})
    return [(name, [sitting.get(name) for sitting in by_sitting]) for name in names]


def _overall(found: Sequence[SittingAgreement]) -> list[Pattern]:
    """Each member over all sittings: cases weigh the same wherever they were judged."""
    rows: dict[str, list[Pattern]] = {}
    for one in found:
        for row in one.patterns:
            rows.setdefault(row.member, []).append(row)
    overall = []
    for member, parts in rows.items():
        cases = sum(part.cases for part in parts)
        overall.append(
            Pattern(
                member,
                cases,
                sum((part.distance * part.cases for part in parts), Fraction(0)) / cases,
                sum((part.size * part.cases for part in parts), Fraction(0)) / cases,
                sum(part.highest for part in parts),
                sum(part.lowest for part in parts),
            )
        )
    return sorted(overall, key=lambda row: (row.distance, row.member))


def _workbook(actor: Actor, sitting: Sitting, found: SittingStatistics) -> HttpResponseBase:
    """A row for each member's sheet of each case."""
    headings = [
        _("Số"),
        _("Hồ sơ"),
        _("Bộ tiêu chí"),
        _("Thành viên"),
        _("Tổng điểm"),
        _("Lệch so với trung bình"),
        _("Hạng nếu không có thành viên này"),
        _("Điểm trung bình"),
        _("Chênh lệch"),
        _("Trung bình phần A"),
        _("Trung bình phần B"),
        _("Trung bình phần C"),
        _("Hạng"),
        _("Chủ thể tự chấm"),
        _("Hội đồng so với tự chấm"),
    ]
    notes = [
        f"{words}: {'–' if value is None else write_number(value, 3)} ({told})"
        for words, value, told in _agreement(found.agreement)
    ]
    left_out = _("Bảng này không gồm hồ sơ mà bạn không tham gia đánh giá.")
    sheet = export.Sheet(
        title=_("Thống kê chấm điểm: %s") % sitting.title,
        notes=[
            *papers.notes(timezone.now(), notes),
            *([left_out] if queries.hides_some(actor, sitting) else []),
        ],
        headings=headings,
        rows=_cells(found, queries.numbers(actor, sitting)),
    )
    return export.response(sheet, slugify(folding.fold(f"thong-ke {sitting.title}"))[:80])


def _cells(found: SittingStatistics, numbers: Mapping[int, int]) -> Iterator[list[Any]]:
    for one in found.items:
        kept = one.outcome
        for name, total in kept.totals.items():
            sections = (one.sections.get(code) for code in SECTIONS)
            yield [
                numbers[one.item.pk],
                one.item.case.title,
                str(one.item.case.version),
                name,
                total,
                half_up(one.distances[name], 4),
                star_words(one.without.get(name)),
                None if kept.mean is None else half_up(kept.mean, 4),
                kept.spread,
                *(None if section is None else half_up(section.mean, 4) for section in sections),
                conclusion_words(kept, passing=one.item.sitting.passing),
                one.self_total,
                None if one.self_difference is None else half_up(one.self_difference, 4),
            ]
