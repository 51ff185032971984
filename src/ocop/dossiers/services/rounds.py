"""Writes of the yearly plan: the rounds of the law, extra ones, their days, their end."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone

from ocop.core import folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.councils.queries.councils import EXTRA_ROUNDS
from ocop.dossiers import calendar, rules
from ocop.dossiers.models import Dossier, Round, RoundKind
from ocop.dossiers.queries.rounds import left_in, left_without_round, unplanned, used_by
from ocop.dossiers.services.checks import DECIDED_BY, decided_by
from ocop.dossiers.services.registering import FIRST_YEAR


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a round. `requests_before` and `done_before` are the first days too late."""

    opens_on: date
    requests_before: date
    done_before: date


@action("dossiers.plan_year")
def plan_year(*, actor: Actor, year: int, plan_number: str = "", at: datetime) -> list[Round]:
    """Lay out the legal calendar of a year: two rounds of the province, two of the Ministry. Of
    a year where some were withdrawn, those are laid out again.

    Refused: a year outside the programme or planned before.
    """
    require(actor, rules.may_plan)
    _check_year(year, at)
    province = options.PROVINCE.get()
    lacking = unplanned(province, year)
    if not lacking:
        raise Refused(
            "year_planned", _("Năm %d đã có kế hoạch. Hãy mở kế hoạch đó để sửa từng đợt.") % year
        )
    rows = []
    for legal in lacking:
        kind = RoundKind(legal.kind.value)
        row = _round(year, kind, f"{_(str(kind.label))}, {year}", plan_number, at)
        _set_days(row, Days(legal.opens_on, legal.requests_before, legal.done_before))
        rows.append(row)
    Round.objects.bulk_create(rows)
    record(actor, "dossiers.year_planned", *rows, at=at, change={"year": year})
    return rows


@action("dossiers.add_round")
def add_round(
    *, actor: Actor, year: int, name: str, days: Days, plan_number: str = "", at: datetime
) -> Round:
    """Add an extra round of the province.

    Refused: extra rounds are not foreseen by the council's rules (a setting), no name, days that
    are out of order.
    """
    require(actor, rules.may_plan)
    _check_year(year, at)
    if not EXTRA_ROUNDS.get():
        raise Refused(
            "no_extra_rounds",
            _(
                "Chỉ lập đợt bổ sung khi quy chế làm việc của hội đồng có quy định. Nếu có, hãy "
                "nhờ người quản trị hệ thống bật “%s” ở mục Thiết lập của trang Quản trị."
            )
            % _(EXTRA_ROUNDS.label),
        )
    row = _round(year, RoundKind.EXTRA, name, plan_number, at)
    _set_days(row, days)
    row.save()
    record(actor, "dossiers.round_added", row, at=at, change={"year": year})
    return row


@action("dossiers.change_round")
def change_round(
    *,
    actor: Actor,
    round: Round,
    name: str,
    days: Days,
    plan_number: str = "",
    note: str = "",
    at: datetime,
) -> Round:
    """Change the name, days and note of an open round; dossiers in it are due by its new end.

    Refused: a closed round, days out of order, days later than the law's for a legal round.
    """
    require(actor, rules.may_plan)
    expect_open(round)
    before = [str(day) for day in (round.opens_on, round.requests_before, round.done_before)]
    round.name, round.plan_number = folding.clean(name), folding.clean(plan_number)
    round.note = note.strip()
    _check_name(round)
    _set_days(round, days)
    round.save()
    _move_deadlines(round)
    after = [str(day) for day in (round.opens_on, round.requests_before, round.done_before)]
    record(actor, "dossiers.round_changed", round, at=at, change={"from": before, "to": after})
    return round


@action("dossiers.close_round")
def close_round(*, actor: Actor, round: Round, reason: str, at: datetime) -> Round:
    """End a round: it takes no more dossiers. The reason says what happens to those left; how many
    they are stands in the record.

    Refused: no reason, a round that is closed or has not opened yet.
    """
    require(actor, rules.may_plan)
    needs_reason(reason)
    day = timezone.localdate(at)
    expect_closable(round, day)
    if not Round.objects.filter(pk=round.pk, closed_on=None).update(closed_on=day):
        raise _closed(round)
    round.closed_on = day
    change = asdict(left_in(round))
    record(actor, "dossiers.round_closed", round, at=at, reason=reason.strip(), change=change)
    return round


@action("dossiers.withdraw_round")
def withdraw_round(*, actor: Actor, round: Round, reason: str, at: datetime) -> Round:
    """Take back a round that was planned by mistake. It stays on record, closed, with the reason.

    Refused: no reason, a round that is closed, one that a dossier was filed for or sent to, the
    last open one of the province in a year that has products registered.
    """
    require(actor, rules.may_plan)
    needs_reason(reason)
    # Waits for whoever is filing for it just now: their dossier holds the row it names.
    Round.objects.select_for_update().get(pk=round.pk)
    expect_withdrawable(round)
    round.closed_on = round.withdrawn_on = timezone.localdate(at)
    round.save(update_fields=("closed_on", "withdrawn_on"))
    change = {"year": round.year, "kind": round.kind}
    record(actor, "dossiers.round_withdrawn", round, at=at, reason=reason.strip(), change=change)
    return round


def _move_deadlines(round: Round) -> None:
    """The dossiers that are decided by the end of the round. One that was told late is watched
    anew where its last day moved."""
    rows = Dossier.objects.select_for_update().filter(round=round, state__in=DECIDED_BY)
    for dossier in rows:
        dossier.round = round
        due_on = decided_by(dossier)
        if due_on != dossier.due_on:
            Dossier.objects.filter(pk=dossier.pk).update(due_on=due_on, escalated_at=None)


def _round(year: int, kind: RoundKind, name: str, plan_number: str, at: datetime) -> Round:
    row = Round(
        code=public_code(),
        year=year,
        kind=kind,
        name=folding.clean(name),
        province=options.PROVINCE.get(),
        plan_number=folding.clean(plan_number),
        demonstration=options.DEMONSTRATION.get(),
        created_at=at,
    )
    _check_name(row)
    return row


def _set_days(row: Round, days: Days) -> None:
    if not days.opens_on < days.requests_before <= days.done_before:
        raise _refuse(
            "requests_before",
            _("Các ngày phải theo thứ tự: mở đợt, hạn nhận đề nghị, hạn hoàn thành."),
        )
    legal = calendar.legal_round(row.year, row.kind)
    for field in ("requests_before", "done_before"):
        given: date = getattr(days, field)
        if legal is not None and given > getattr(legal, field):
            raise _refuse(
                field,
                _("Theo quy định, ngày này không được sau %s (Quyết định 26/2026/QĐ-TTg).")
                % write_date(getattr(legal, field)),
            )
    row.opens_on, row.requests_before = days.opens_on, days.requests_before
    row.done_before = days.done_before


def _check_year(year: int, at: datetime) -> None:
    last = timezone.localdate(at).year + 2
    if not FIRST_YEAR <= year <= last:
        raise _refuse(
            "year",
            _("Năm kế hoạch phải từ %(first)d đến %(last)d.") % {"first": FIRST_YEAR, "last": last},
        )


def _check_name(row: Round) -> None:
    if not row.name:
        raise _refuse("name", _("Hãy ghi tên đợt."))
    fits(row)


def expect_open(row: Round) -> None:
    """Refuse a round that is closed."""
    row.refresh_from_db(fields=("closed_on", "withdrawn_on"))
    if row.closed_on is not None:
        raise _closed(row)


def expect_closable(row: Round, today: date) -> None:
    """Refuse to end a round that is closed or has not opened: nothing could be filed for it."""
    expect_open(row)
    if today < row.opens_on:
        raise Refused(
            "round_not_open",
            _(
                "Đợt này mở ngày %s nên chưa kết thúc được. Nếu kế hoạch đổi, hãy sửa các ngày "
                "của đợt."
            )
            % write_date(row.opens_on),
        )


def expect_withdrawable(row: Round) -> None:
    """Refuse to take back a round that something rests on, and say what."""
    expect_open(row)
    if used := used_by(row):
        raise Refused(
            "round_used",
            _(
                "Đợt này có %d hồ sơ nên không hủy được. Hãy sửa các ngày của đợt, hoặc chuyển các "
                "hồ sơ sang đợt khác khi tiếp nhận rồi kết thúc đợt."
            )
            % used,
        )
    if registered := left_without_round(row):
        raise Refused(
            "round_registered_for",
            _(
                "Đây là đợt duy nhất còn mở của năm %(year)d, mà năm đó đã có %(count)d sản phẩm "
                "đăng ký. Hãy lập đợt thay thế trước, hoặc sửa các ngày của đợt này."
            )
            % {"year": row.year, "count": registered},
        )


def _closed(row: Round) -> Refused:
    if row.withdrawn_on is not None:
        return Refused("round_withdrawn", _("Đợt này đã hủy nên không sửa được nữa."))
    return Refused("round_closed", _("Đợt này đã kết thúc nên không sửa được nữa."))


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"round_{field}", message, fields={field: [message]})
