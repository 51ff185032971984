"""Writes of centres: the application, what is known of one, its ties, visits, the last day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ocop.core import db, editing, folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.fieldwork import Position, check_position
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.network.centres import notices, numbers, queries, rules, sheet
from ocop.network.centres.models import (
    AssessmentState,
    CentreAssessment,
    CentreNumbers,
    CentreState,
    CentreTie,
    CentreVisit,
    DesignCentre,
    Round,
)
from ocop.network.centres.numbers import Numbers
from ocop.network.villages.models import Village
from ocop.places.models import Level, Unit
from ocop.producers.models import Producer
from ocop.products.models import Product

MOST_TIES = 200
_FOLDED = DesignCentre._meta.get_field("folded").max_length


@dataclass(frozen=True, slots=True)
class CentreParticulars:
    """What is known of a centre."""

    name: str
    operator: str
    address: str
    commune: Unit | None = None
    position: Position | None = None
    phone: str = ""
    website: str = ""
    summary: str = ""


@action("network.apply_centre")
def apply_centre(
    *,
    actor: Actor,
    particulars: CentreParticulars,
    told: Numbers,
    producer: Producer | None = None,
    at: datetime,
) -> DesignCentre:
    """Propose a creative design centre, with the numbers that its zones have.

    Refused: no name, operator or address, a commune that is none today, a position that is none,
    numbers that cannot be, a day on which no sheet is in force, one of that name in the commune
    that waits or stands already.
    """
    on = timezone.localdate(at)
    require(actor, rules.may_apply, particulars.commune, producer, on)
    centre = DesignCentre(
        code=public_code(),
        producer=producer,
        province=options.PROVINCE.get(),
        applied_by_id=actor.user_id,
        created_at=at,
    )
    _fill(centre, particulars)
    _expect_new(centre)
    centre.unit = centre.commune
    centre.save()
    open_round(centre, Round.FIRST, told, on, at)
    record(actor, "network.centre_applied", centre, at=at)
    notices.applied(centre=centre, at=at)
    return centre


@action("network.change_centre")
def change_centre(
    *,
    actor: Actor,
    centre: DesignCentre,
    particulars: CentreParticulars,
    told: Numbers | None = None,
    seen: str = "",
    at: datetime,
) -> DesignCentre:
    """Change what is known of a centre, and of an assessment that is still open its numbers.

    Refused as in `apply_centre`; numbers once the assessment is with the council; what is over
    stays as it is.
    """
    on = timezone.localdate(at)
    require(actor, rules.may_change, centre, on)
    editing.refuse_stale(centre, seen)
    expect_state(centre, CentreState.APPLIED, CentreState.RECOGNISED)
    before = editing.values(centre)
    if particulars.commune and particulars.commune != centre.commune:
        require(actor, rules.may_apply, particulars.commune, centre.producer, on)
    _fill(centre, particulars)
    change = editing.told(before, centre, ("name", "operator", "address", "commune_id"))
    if change["fields"]:
        centre.save(update_fields=change["fields"])
    if told is not None:
        assessment = queries.open_assessment(centre)
        if assessment is None or assessment.state != AssessmentState.OPEN:
            raise Refused(
                "centre_numbers_fixed",
                _("Số liệu đã đưa ra hội đồng hoặc đã được quyết định, không sửa được nữa."),
            )
        put(assessment, told)
        assessment.save()
    record(actor, "network.centre_changed", centre, at=at, change=change | {"numbers": bool(told)})
    return centre


@action("network.set_centre_ties")
def set_centre_ties(
    *,
    actor: Actor,
    centre: DesignCentre,
    products: Sequence[Product],
    villages: Sequence[Village],
    at: datetime,
) -> DesignCentre:
    """Say to which products of community tourism and craft villages a centre is tied; what is not
    named is tied no more.

    Refused: a product of another criteria set, one twice, too many.
    """
    require(actor, rules.may_change, centre, timezone.localdate(at))
    expect_state(centre, CentreState.APPLIED, CentreState.RECOGNISED)
    DesignCentre.objects.select_for_update().get(pk=centre.pk)
    wrong = [each.name for each in products if each.set_number != queries.TOURISM_SET]
    if wrong:
        raise refuse(
            "products",
            _("“%s” không phải sản phẩm du lịch cộng đồng (bộ tiêu chí số 26).") % wrong[0],
        )
    if len(set(products)) != len(products) or len(set(villages)) != len(villages):
        raise refuse("products", _("Mỗi sản phẩm, mỗi làng nghề chỉ ghi một lần."))
    if len(products) + len(villages) > MOST_TIES:
        raise refuse("products", _("Một trung tâm gắn với nhiều nhất %d nơi.") % MOST_TIES)
    centre.ties.all().delete()
    db.insert(
        [
            *(CentreTie(centre=centre, product=each) for each in products),
            *(CentreTie(centre=centre, village=each) for each in villages),
        ]
    )
    change = {"products": len(products), "villages": len(villages)}
    record(actor, "network.centre_tied", centre, at=at, change=change)
    return centre


@action("network.visit_centre")
def visit_centre(
    *,
    actor: Actor,
    centre: DesignCentre,
    measured: Numbers,
    visited_on: date,
    note: str = "",
    at: datetime,
) -> CentreVisit:
    """Keep what was measured at a centre; passed when every condition of the sheet is met.

    Refused: a day to come, numbers that cannot be or are missing, a centre that is over.
    """
    require(actor, rules.may_visit, centre)
    expect_state(centre, CentreState.APPLIED, CentreState.RECOGNISED)
    if visited_on > timezone.localdate(at):
        raise refuse("visited_on", _("Ngày %s chưa đến.") % write_date(visited_on))
    held = sheet_of(centre, visited_on)
    visit = CentreVisit(
        code=public_code(),
        centre=centre,
        visited_on=visited_on,
        visited_by_id=actor.user_id,
        sheet=held.key,
        note=note.strip(),
        created_at=at,
    )
    put(visit, measured)
    found = numbers.verdict(numbers.answers(measured, held))
    if found is None:
        raise refuse("area", _("Hãy đo và ghi đủ diện tích, từng khu và số mặt hàng."))
    visit.passed = found
    fits(visit)
    visit.save()
    change = {"passed": visit.passed, "visited_on": visited_on.isoformat()}
    record(actor, "network.centre_visited", centre, at=at, change=change)
    return visit


@action("network.end_centre")
def end_centre(
    *,
    actor: Actor,
    centre: DesignCentre,
    ended_on: date,
    number: str,
    reason: str,
    at: datetime,
) -> DesignCentre:
    """Enter the decision that ends the recognition of a centre; `ended_on` is the first day
    without it. What it told stays.

    Refused: no number, no reason, a day before the recognition or to come, an assessment that the
    council still has.
    """
    require(actor, rules.may_decide)
    needs_reason(reason, most=500)
    number = folding.clean(number)
    if not number:
        raise refuse("number", _("Hãy ghi số quyết định."))
    expect_state(centre, CentreState.RECOGNISED)
    if not (centre.recognised_on or date.max) <= ended_on <= timezone.localdate(at):
        raise refuse(
            "ended_on", _("Ngày thôi công nhận không trước ngày công nhận, không sau hôm nay.")
        )
    waiting = queries.open_assessment(centre)
    if waiting is not None:
        raise Refused(
            "centre_assessed_now",
            _("Trung tâm đang được đánh giá lại. Hãy kết thúc lần đánh giá đó trước."),
        )
    told = {"ended_on": ended_on, "ending_number": number, "ending_reason": reason.strip()}
    for name, value in told.items():
        setattr(centre, name, value)
    fits(centre)
    move(centre, CentreState.RECOGNISED, CentreState.ENDED, **told)
    change = {"number": number, "ended_on": ended_on.isoformat()}
    record(actor, "network.centre_ended", centre, at=at, reason=reason.strip(), change=change)
    notices.ended(centre=centre, at=at)
    return centre


def open_round(
    centre: DesignCentre, kind: Round, told: Numbers, on: date, at: datetime
) -> CentreAssessment:
    """An assessment that begins, by the sheet of the day."""
    assessment = CentreAssessment(
        code=public_code(),
        centre=centre,
        round=kind,
        sheet=_in_force(on).key,
        opened_on=on,
        created_at=at,
    )
    put(assessment, told)
    assessment.save()
    return assessment


def sheet_of(centre: DesignCentre, on: date) -> sheet.Sheet:
    """The sheet of the assessment under way, else the one of the day."""
    assessment = queries.open_assessment(centre)
    held = sheet.keyed(assessment.sheet) if assessment else None
    return held or _in_force(on)


def put(row: CentreNumbers, told: Numbers) -> None:
    """Write numbers into a row. Refused: numbers that cannot be."""
    wrong = numbers.contradicting(told)
    if wrong:
        message = (
            _("Số mặt hàng OCOP và làng nghề cộng lại nhiều hơn số mặt hàng đang bày.")
            if wrong == ["goods"] and (told.goods or 0) >= 0
            else _("Hãy ghi số từ 0 trở lên; diện tích phải lớn hơn 0.")
        )
        raise Refused("centre_numbers", message, fields={name: [message] for name in wrong})
    unknown = set(told.zones) - set(sheet.ZONES)
    if unknown:
        raise refuse("zones", _("Không có khu “%s” trong phiếu.") % sorted(unknown)[0])
    row.area, row.goods, row.ocop, row.craft = told.area, told.goods, told.ocop, told.craft
    row.zones = {key: str(area) for key, area in told.zones.items()}


def expect_state(centre: DesignCentre, *states: CentreState) -> None:
    """Refuse what a centre of another state does not take."""
    if centre.state not in states:
        raise Refused(
            "centre_state",
            _("Trung tâm này hiện ở tình trạng “%s”, không làm việc này được.")
            % centre.get_state_display(),
        )


def move(centre: DesignCentre, source: CentreState, target: CentreState, **told: object) -> None:
    """From one state to another once, whoever else does so at this moment."""
    moved = DesignCentre.objects.filter(pk=centre.pk, state=source).update(state=target, **told)
    if not moved:
        centre.refresh_from_db()
        expect_state(centre, source)
    for name, value in {"state": target, **told}.items():
        setattr(centre, name, value)


def refuse(field: str, message: str) -> Refused:
    """A refusal that names its field."""
    return Refused(f"centre_{field}", message, fields={field: [message]})


def _expect_new(centre: DesignCentre) -> None:
    """Refuse what was sent a moment ago, from another tab or by pressing twice."""
    assert centre.commune is not None
    Unit.objects.select_for_update().get(pk=centre.commune.pk)  # one after the other
    near = DesignCentre.objects.filter(
        commune=centre.commune, state__in=(CentreState.APPLIED, CentreState.RECOGNISED)
    )
    names = {name.casefold() for name in near.values_list("name", flat=True)}
    if centre.name.casefold() in names:
        raise refuse("name", _("Trung tâm tên này ở xã này đã được đề nghị hoặc đang hoạt động."))


def _in_force(on: date) -> sheet.Sheet:
    found = sheet.sheet_on(on)
    if found is None:
        raise Refused(
            "centre_no_sheet", _("Ngày %s chưa có phiếu đánh giá trung tâm.") % write_date(on)
        )
    return found


def _fill(centre: DesignCentre, given: CentreParticulars) -> None:
    for name, words in (
        ("name", _("Hãy ghi tên trung tâm.")),
        ("operator", _("Hãy ghi đơn vị hoặc người vận hành trung tâm.")),
        ("address", _("Hãy ghi địa chỉ của trung tâm.")),
    ):
        setattr(centre, name, folding.clean(getattr(given, name)))
        if not getattr(centre, name):
            raise refuse(name, words)
    centre.commune = given.commune or centre.commune
    if centre.commune is None or (
        centre.commune.level != Level.COMMUNE or centre.commune.valid_to is not None
    ):
        raise refuse("commune", _("Hãy chọn xã, phường hiện nay."))
    check_position(given.position)
    centre.lat = given.position.lat if given.position else None
    centre.lon = given.position.lon if given.position else None
    centre.phone, centre.website = folding.clean(given.phone), given.website.strip()
    if centre.website and not centre.website.startswith(("https://", "http://")):
        raise refuse("website", _("Địa chỉ trang web bắt đầu bằng https://."))
    centre.summary = folding.clean(given.summary)
    centre.folded = folding.words(centre.name, centre.address)[:_FOLDED]
    fits(centre)
