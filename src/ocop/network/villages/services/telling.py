"""What is told of a village over the years: numbers, artisans, looks at the environment."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network.villages import rules
from ocop.network.villages.models import (
    Artisan,
    ArtisanTitle,
    Village,
    VillageEnvironment,
    VillageYear,
)
from ocop.network.villages.village_import.rows import LEAST_MONEY

FIRST_YEAR = 2000
MOST_PEOPLE = 1_000_000
MOST_MONEY = 10**15


@dataclass(frozen=True, slots=True)
class YearParticulars:
    """The numbers of a year; None: not told. Money in whole đồng."""

    year: int
    households: int | None = None
    in_trade: int | None = None
    workers: int | None = None
    revenue: int | None = None
    income: int | None = None
    stable: bool | None = None
    source: str = ""


@action("network.tell_village_year")
def tell_village_year(
    *, actor: Actor, village: Village, particulars: YearParticulars, at: datetime
) -> VillageYear:
    """Note the numbers of a year, in the place of what was told of that year before. They are no
    part of the import that may have brought the year: undoing it leaves them.

    Refused: a year to come, more households in the trade than there are, nothing told, money that
    was written in millions.
    """
    require(actor, rules.may_tell_of, village)
    _check_year(particulars, timezone.localdate(at))
    told = {
        name: getattr(particulars, name)
        for name in ("households", "in_trade", "workers", "revenue", "income", "stable")
    }
    row = VillageYear.objects.filter(village=village, year=particulars.year).first()
    row = row or VillageYear(village=village, year=particulars.year)
    before = {name: getattr(row, name) for name in told}
    for name, value in told.items():
        setattr(row, name, value)
    row.source, row.batch = folding.clean(particulars.source), None
    fits(row)
    row.save()
    changed = {name: [before[name], told[name]] for name in told if before[name] != told[name]}
    record(
        actor,
        "network.village_year_told",
        village,
        at=at,
        change={"year": row.year, "values": changed},
    )
    return row


@action("network.note_environment")
def note_environment(
    *,
    actor: Actor,
    village: Village,
    checked_on: date,
    kept: bool,
    note: str = "",
    source: str = "",
    at: datetime,
) -> VillageEnvironment:
    """Note a look at whether a village keeps the environmental law.

    Refused: a day to come or before 2000; a breach without a word what it is.
    """
    require(actor, rules.may_tell_of, village)
    if checked_on.year < FIRST_YEAR:
        raise _refuse("checked_on", _("Hãy ghi năm từ 2000 đến năm nay."))
    if checked_on > timezone.localdate(at):
        raise _refuse("checked_on", _("Ngày kiểm tra không sau hôm nay."))
    if not kept:
        needs_reason(note, field="note")
    row = VillageEnvironment(
        village=village,
        checked_on=checked_on,
        kept=kept,
        note=folding.clean(note),
        source=folding.clean(source),
    )
    fits(row)
    row.save()
    record(
        actor,
        "network.environment_noted",
        village,
        at=at,
        change={"checked_on": checked_on.isoformat(), "kept": kept},
    )
    return row


@action("network.add_artisan")
def add_artisan(
    *,
    actor: Actor,
    village: Village,
    name: str,
    title: str,
    year: int | None = None,
    consents: bool = False,
    at: datetime,
) -> Artisan:
    """Enter an artisan of a village; the public reads the name with the person's consent only.

    Refused: no name, a title of none, a year to come, the same person twice.
    """
    require(actor, rules.may_tell_of, village)
    name = folding.clean(name)
    if not name:
        raise _refuse("name", _("Hãy ghi họ và tên nghệ nhân."))
    if title not in ArtisanTitle.values:
        raise _refuse("title", _("Hãy chọn danh hiệu trong danh sách."))
    if year is not None and not 1950 <= year <= timezone.localdate(at).year:
        raise _refuse("year", _("Hãy ghi năm phong tặng, không sau năm nay."))
    if village.artisans.filter(name=name, removed_at=None).exists():
        raise _refuse("name", _("Nghệ nhân này đã có trong danh sách của làng."))
    row = Artisan(village=village, name=name, title=title, year=year, consents=consents)
    fits(row)
    row.save()
    record(actor, "network.artisan_added", village, row, at=at, change={"title": title})
    return row


@action("network.remove_artisan")
def remove_artisan(*, actor: Actor, artisan: Artisan, reason: str, at: datetime) -> Artisan:
    """Take an artisan off the list of a village. Refused: off it already, no reason."""
    require(actor, rules.may_tell_of, artisan.village)
    needs_reason(reason)
    if not Artisan.objects.filter(pk=artisan.pk, removed_at=None).update(removed_at=at):
        raise Refused("artisan_removed", _("Nghệ nhân này đã được đưa ra khỏi danh sách."))
    artisan.removed_at = at
    record(actor, "network.artisan_removed", artisan.village, artisan, at=at, reason=reason.strip())
    return artisan


def _check_year(told: YearParticulars, today: date) -> None:
    if not FIRST_YEAR <= told.year <= today.year:
        raise _refuse("year", _("Hãy ghi năm từ 2000 đến năm nay."))
    numbers = (told.households, told.in_trade, told.workers, told.revenue, told.income)
    if all(number is None for number in numbers) and told.stable is None:
        raise _refuse("year", _("Hãy ghi ít nhất một số liệu của năm."))
    for name, most in (
        ("households", MOST_PEOPLE), ("in_trade", MOST_PEOPLE), ("workers", MOST_PEOPLE),
        ("revenue", MOST_MONEY), ("income", MOST_MONEY),
    ):  # fmt: skip
        value = getattr(told, name)
        small = most == MOST_MONEY and value is not None and 0 < value < LEAST_MONEY
        if value is not None and (small or not 0 <= value <= most):
            raise _refuse(name, _("Số này không thể đúng. Hãy kiểm tra đơn vị tính rồi ghi lại."))
    if (
        told.households is not None
        and told.in_trade is not None
        and told.in_trade > told.households
    ):
        raise _refuse("in_trade", _("Số hộ làm nghề không nhiều hơn tổng số hộ của làng."))


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"village_{field}", message, fields={field: [message]})
