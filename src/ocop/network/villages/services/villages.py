"""Writes of the register of villages: entering, changing, showing, ending."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ocop.core import editing, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network.villages import rules
from ocop.network.villages.keys import village_key
from ocop.network.villages.models import TradeGroup, Village
from ocop.places.models import Level, Unit

_FIRST_YEAR = 1000
_OPEN = (
    "name", "trade", "trade_group", "began_year", "developing", "distinctive", "known_by_name",
    "address", "commune_id", "lat", "lon", "story",
)  # fmt: skip
_FOLDED = Village._meta.get_field("folded").max_length


@dataclass(frozen=True, slots=True)
class VillageParticulars:
    """What is known of a village. None of the three findings of Article 5.1: not known."""

    name: str
    trade: str
    commune: Unit | None
    trade_group: str = ""
    began_year: int | None = None
    developing: bool | None = None
    distinctive: bool | None = None
    known_by_name: bool | None = None
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    story: str = ""


@action("network.enter_village")
def enter_village(*, actor: Actor, particulars: VillageParticulars, at: datetime) -> Village:
    """Enter a village with a craft; it is before the public and in the counts from today.

    Refused: no name, no trade, no commune of today, a year that cannot be, the same village with
    the same trade in the same commune.
    """
    require(actor, rules.may_keep_villages)
    village = Village(
        code=public_code(), counted_from=timezone.localdate(at), listed=True, created_at=at
    )
    _fill(village, particulars, timezone.localdate(at))
    village.unit = village.commune
    village.save()
    record(actor, "network.village_entered", village, at=at)
    return village


@action("network.change_village")
def change_village(
    *,
    actor: Actor,
    village: Village,
    particulars: VillageParticulars,
    seen: str = "",
    at: datetime,
) -> Village:
    """Change what is known of a village. Refused as in `enter_village`."""
    require(actor, rules.may_keep_villages)
    editing.refuse_stale(village, seen)
    before = editing.values(village)
    _fill(village, particulars, timezone.localdate(at))
    change = editing.told(before, village, _OPEN)
    village.save(update_fields=change["fields"])
    record(actor, "network.village_changed", village, at=at, change=change)
    return village


@action("network.place_village")
def place_village(*, actor: Actor, village: Village, commune: Unit, at: datetime) -> Village:
    """Say in which commune of today a village lies that came under a commune of then.

    Refused: placed already, no commune of today, the same village with the same trade there.
    """
    require(actor, rules.may_keep_villages)
    editing.refuse_stale(village, "")
    village.refresh_from_db()
    if village.commune_id is not None:
        raise _refuse("commune", _("Làng đã có xã, phường hiện nay; muốn đổi, hãy dùng nút Sửa."))
    before = editing.values(village)
    _place(village, commune)
    change = editing.told(before, village, _OPEN)
    village.save(update_fields=change["fields"])
    record(actor, "network.village_changed", village, at=at, change=change)
    return village


@action("network.end_village")
def end_village(
    *, actor: Actor, village: Village, ended_on: date, reason: str, at: datetime
) -> Village:
    """Note from which day on the trade is no longer there. What was told of it stays.

    Refused: ended already, a day to come or before it was counted, no reason.
    """
    require(actor, rules.may_keep_villages)
    needs_reason(reason)
    if not village.counted_from <= ended_on <= timezone.localdate(at):
        raise _refuse("ended_on", _("Hãy chọn ngày không sau hôm nay và không trước ngày bắt đầu."))
    if not Village.objects.filter(pk=village.pk, ended_on=None).update(ended_on=ended_on):
        raise Refused("village_ended", _("Làng này đã được ghi là không còn nghề."))
    village.ended_on = ended_on
    record(
        actor,
        "network.village_ended",
        village,
        at=at,
        reason=reason.strip(),
        change={"ended_on": ended_on.isoformat()},
    )
    return village


def _fill(village: Village, given: VillageParticulars, today: date) -> None:
    village.name, village.trade = folding.clean(given.name), folding.clean(given.trade)
    if not village.name:
        raise _refuse("name", _("Hãy ghi tên làng, ví dụ “Làng Phú Vinh”."))
    if not village.trade:
        raise _refuse("trade", _("Hãy ghi nghề của làng, ví dụ “Mây tre đan”."))
    if given.trade_group not in ("", *TradeGroup.values):
        raise _refuse("trade_group", _("Hãy chọn một nhóm nghề trong danh sách."))
    if given.began_year is not None and not _FIRST_YEAR <= given.began_year <= today.year:
        raise _refuse("began_year", _("Hãy ghi năm có bốn chữ số, không sau năm nay."))
    _check_position(given)
    for name in ("trade_group", "began_year", "developing", "distinctive", "known_by_name"):
        setattr(village, name, getattr(given, name))
    village.lat, village.lon, village.story = given.lat, given.lon, given.story.strip()
    village.address = folding.clean(given.address)
    village.folded = folding.words(village.name, village.trade)[:_FOLDED]
    _place(village, given.commune, field="name")
    fits(village)


def _place(village: Village, commune: Unit | None, *, field: str = "commune") -> None:
    if commune is None or commune.level != Level.COMMUNE or commune.valid_to is not None:
        raise _refuse("commune", _("Hãy chọn xã, phường hiện nay."))
    village.commune = commune
    village.province = _province_of(commune)
    village.row_key = village_key(name=village.name, trade=village.trade, place=commune.code)
    if Village.objects.filter(row_key=village.row_key).exclude(pk=village.pk).exists():
        raise _refuse(field, _("Sổ đã có làng này với cùng nghề ở xã, phường này."))


def _check_position(given: VillageParticulars) -> None:
    if (given.lat is None) != (given.lon is None):
        raise _refuse("lat", _("Hãy ghi cả vĩ độ và kinh độ, hoặc để trống cả hai."))
    if given.lat is not None and given.lon is not None:
        if not 8 <= given.lat <= 24:
            raise _refuse("lat", _("Vĩ độ ở Việt Nam từ 8 đến 24."))
        if not 102 <= given.lon <= 118:
            raise _refuse("lon", _("Kinh độ ở Việt Nam từ 102 đến 118."))


def _province_of(commune: Unit) -> str:
    return commune.parent.code if commune.parent else ""


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"village_{field}", message, fields={field: [message]})
