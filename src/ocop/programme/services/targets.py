"""Writes of the programme: targets, and figures for what no room holds yet."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ocop.core import options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.places import queries as places
from ocop.places.models import Level, Unit
from ocop.programme import indicators, rules
from ocop.programme.models import ReportedFigure, Target
from ocop.programme.readings import PERCENT, Indicator
from ocop.programme.terms import Term

BEYOND = 10**14  # no value of the programme comes near: a hundred thousand billion đồng
LONGEST_SOURCE = 200


@action("programme.set_target")
def set_target(
    *,
    actor: Actor,
    indicator: str,
    unit: Unit,
    term: Term,
    low: Decimal,
    high: Decimal | None = None,
    source: str,
    replaces: str = "",
    reason: str = "",
    at: datetime,
) -> Target:
    """Set what an indicator is to reach in a term and unit: one value, or a range up to `high`.

    A target already set for them is replaced only by somebody who has seen it (`replaces` is its
    `mark`) and says why; the event keeps what it was. Refused: an unknown indicator, negative
    values, a count with decimals, a range out of order, more than 100 %, no source, a unit below a
    province that is of no day of the term; another target set before than the one seen, or no
    reason for replacing it.
    """
    require(actor, rules.may_set_target)
    check_text(reason.strip(), "reason")
    chosen = indicators.get(indicator)
    _check_value(low, chosen.measure)
    if high is not None:
        _check_value(high, chosen.measure)
        if high < low:
            raise Refused("range_order", _("Mức cao nhất không được nhỏ hơn mức thấp nhất."))
    for value in (low, high or low):
        _check_whole(value, chosen)
    if unit.level == Level.PROVINCE:  # one line through its eras: terms go on over mergers
        unit = places.province(unit.code) or unit
    gone = unit.valid_to is not None and unit.valid_to <= term.starts_on
    if unit.level != Level.PROVINCE and (gone or unit.valid_from >= term.ends_on):
        raise Refused(
            "unit_not_of_the_term",
            _("%(unit)s không tồn tại trong kỳ %(term)s. Hãy chọn đơn vị hành chính của kỳ đó.")
            % {"unit": unit.name, "term": term},
        )
    place: dict[str, Any] = {
        "indicator": indicator,
        "unit": unit,
        "starts_on": term.starts_on,
        "ends_on": term.ends_on,
    }
    values: dict[str, Any] = {"low": low, "high": high, "source": _source(source)}
    target, created = Target.objects.select_for_update().get_or_create(**place, defaults=values)
    change: dict[str, Any] = {"from": [], "to": _plain((low, high)), "source": values["source"]}
    if not created:
        _check_replacing(target, replaces, reason)
        change |= {"from": _plain((target.low, target.high)), "source_before": target.source}
        for name, value in values.items():
            setattr(target, name, value)
        target.save(update_fields=list(values))
    record(actor, "programme.target_set", target, at=at, reason=reason.strip(), change=change)
    return target


def _check_replacing(target: Target, seen: str, reason: str) -> None:
    if seen != target.mark:
        raise Refused(
            "target_stands",
            _(
                "Chỉ tiêu này đã có mục tiêu cho kỳ này: %(value)s (nguồn: %(source)s). Nếu vẫn "
                "muốn thay, hãy ghi lý do rồi gửi lại."
            )
            % {
                "value": indicators.get(target.indicator).write(target.low, target.high),
                "source": target.source,
            },
        )
    needs_reason(reason)


def _check_whole(value: Decimal, chosen: Indicator) -> None:
    if chosen.whole and value != int(value):
        raise Refused(
            "not_whole",
            _("“%s” là số đếm: hãy ghi số nguyên, không có phần lẻ.") % _(chosen.name),
        )


@action("programme.report_figure")
def report_figure(
    *,
    actor: Actor,
    indicator: str,
    unit: Unit,
    as_of: date,
    value: Decimal,
    more_than: bool = False,
    source: str,
    replaces: str = "",
    reason: str = "",
    at: datetime,
) -> ReportedFigure:
    """Keep a figure that somebody reported for a unit on a day, with its source.

    `more_than` says that the source gives a lower bound ("hơn 5.000"). A figure already kept for
    that unit and day is corrected only by somebody who has seen it (`replaces` is its `mark`) and
    says why; the event keeps what it was. Refused: an indicator that the system counts itself, a
    day to come, a unit not of that day, a negative value, a count with decimals, no source;
    another figure kept before than the one seen, or no reason for correcting it.
    """
    require(actor, rules.may_report_figure)
    check_text(reason.strip(), "reason")
    chosen = indicators.get(indicator)
    if not chosen.reportable:
        raise Refused(
            "counted_indicator",
            _("“%s” được tính từ dữ liệu của hệ thống, không nhập bằng tay.") % _(chosen.name),
        )
    _check_value(value, chosen.measure)
    _check_whole(value, chosen)
    if as_of > timezone.localdate(at):
        raise Refused("figure_day", _("Ngày của số liệu không được sau hôm nay."))
    if as_of < unit.valid_from or (unit.valid_to is not None and as_of >= unit.valid_to):
        raise Refused(
            "unit_not_of_the_day",
            _("%(unit)s không tồn tại vào ngày %(day)s. Hãy chọn đơn vị hành chính của ngày đó.")
            % {"unit": unit.name, "day": f"{as_of:%d/%m/%Y}"},
        )
    place: dict[str, Any] = {"indicator": indicator, "unit": unit, "as_of": as_of}
    values: dict[str, Any] = {
        "value": value,
        "more_than": more_than,
        "source": _source(source),
        "demonstration": options.DEMONSTRATION.get(),
    }
    figure, created = ReportedFigure.objects.select_for_update().get_or_create(
        **place, defaults=values
    )
    change: dict[str, Any] = {"from": [], "to": _plain((value,)), "source": values["source"]}
    if more_than:
        change["more_than"] = True
    if not created:
        _check_correcting(figure, replaces, reason)
        change |= {"from": _plain((figure.value,)), "source_before": figure.source}
        if figure.more_than:
            change["more_than_before"] = True
        for name, given in values.items():
            setattr(figure, name, given)
        figure.save(update_fields=list(values))
    record(actor, "programme.figure_reported", figure, at=at, reason=reason.strip(), change=change)
    return figure


def _check_correcting(figure: ReportedFigure, seen: str, reason: str) -> None:
    if seen != figure.mark:
        value = indicators.get(figure.indicator).write(figure.value)
        raise Refused(
            "figure_stands",
            _(
                "Đơn vị này đã có số liệu cho ngày đó: %(value)s (nguồn: %(source)s). Nếu số cũ "
                "sai, hãy ghi lý do sửa rồi gửi lại."
            )
            % {
                "value": _("hơn %s") % value if figure.more_than else value,
                "source": figure.source,
            },
        )
    needs_reason(reason)


def _check_value(value: Decimal, measure: str) -> None:
    # Beyond this the column would round what was reported, or not take it.
    if abs(value) >= BEYOND or value != round(value, 2):
        raise Refused(
            "value_form",
            _("Giá trị phải dưới %s và có nhiều nhất 2 chữ số thập phân.") % write_number(BEYOND),
        )
    if value < 0:
        raise Refused("negative_value", _("Giá trị không được âm."))
    if measure == PERCENT and value > 100:
        raise Refused("over_hundred", _("Tỷ lệ không được quá 100 %."))


def _source(source: str) -> str:
    if not source.strip():
        raise Refused("source_needed", _("Hãy ghi nguồn: văn bản, số, ngày."))
    check_text(source.strip(), "source", LONGEST_SOURCE)
    return source.strip()


def _plain(values: tuple[Decimal | None, ...]) -> list[str | None]:
    return [None if value is None else str(value) for value in values]
