"""What buyers look for: told, confirmed by the link of a letter, posted by the office, ended."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from ocop.core import folding, language, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.products.models import Sector
from ocop.promotion.meetings import notices, queries, rules, states
from ocop.promotion.meetings.models import (
    BuyerKind,
    Demand,
    DemandState,
    MeasureChoice,
    ReachChoice,
)

LONGEST, MOST_QUANTITY, MOST_PRICE = 4_000, Decimal(1_000_000_000), 10**12
LONGEST_OPEN = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Told:
    """What a buyer says. No `months`: all the year; `quantity` for a month."""

    buyer: str
    buyer_kind: BuyerKind
    contact: str
    wanted: str
    open_until: date
    email: str = ""
    phone: str = ""
    sector: str = ""
    group: int = 0
    details: str = ""
    quantity: Decimal | None = None
    measure: str = "kg"
    months: tuple[int, ...] = ()
    reach: str = "here"
    place: str = ""
    least_stars: int | None = None
    price: int | None = None


@action("promotion.post_demand")
def post_demand(*, actor: Actor, told: Told, by_office: bool = False, at: datetime) -> Demand:
    """Take what a buyer looks for. The buyer confirms it by the link of a letter; one that the
    office enters for a buyer it has spoken with (`by_office`) is confirmed.

    Refused: no name, product or address of the buyer, a day that is over or too far away.
    """
    require(actor, rules.may_act_for_buyer)
    row = Demand(code=public_code(), language=language.active(), sent_at=at)
    _fill(row, told, timezone.localdate(at))
    if by_office:
        row.state, row.confirmed_at = DemandState.CONFIRMED, at
    elif not row.email:
        raise refuse("email", _("Hãy ghi địa chỉ thư điện tử để xác nhận."))
    row.demonstration = options.DEMONSTRATION.get()
    row.save()
    record(actor, "promotion.demand_sent", row, at=at)
    if not by_office:
        notices.asked_to_confirm(demand=row, at=at)
    return row


@action("promotion.confirm_demand")
def confirm_demand(*, actor: Actor, demand: Demand, at: datetime) -> Demand:
    """The address is the buyer's, or the office has spoken with them: now the office may post it.

    Refused: confirmed before, refused or ended.
    """
    require(actor, rules.may_act_for_buyer)
    _move(demand, "confirm", confirmed_at=at)
    record(actor, "promotion.demand_confirmed", demand, at=at)
    notices.confirmed(demand=demand, at=at)
    return demand


@action("promotion.publish_demand")
def publish_demand(*, actor: Actor, demand: Demand, at: datetime) -> Demand:
    """Post a demand for everybody; producers whose goods fit are told.

    Refused: one that its buyer has not confirmed; its last day is over.
    """
    require(actor, rules.may_manage)
    today = timezone.localdate(at)
    if demand.open_until < today:
        raise Refused("demand_over", _("Hạn của nhu cầu này đã qua. Hãy gia hạn rồi đăng."))
    _move(demand, "publish", opened_at=at)
    found = queries.matches_of(demand, today)
    makers = {each.product.producer for each in found if each.points >= queries.NEAR}
    record(
        actor, "promotion.demand_published", demand, at=at, change={"told": len(makers)}
    )  # fmt: skip
    notices.published(demand=demand, producers=makers, at=at)
    return demand


@action("promotion.refuse_demand")
def refuse_demand(*, actor: Actor, demand: Demand, reason: str, at: datetime) -> Demand:
    """Do not post a demand; the buyer is told why. Refused: one that was posted or is over."""
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    _move(demand, "refuse", answer=reason.strip())
    record(actor, "promotion.demand_refused", demand, at=at, reason=reason.strip())
    notices.refused(demand=demand, at=at)
    return demand


@action("promotion.extend_demand")
def extend_demand(*, actor: Actor, demand: Demand, open_until: date, at: datetime) -> Demand:
    """Look for it longer, also after the last day has passed. Refused: refused or ended, a day that
    is not later, is over or is too far away."""
    require(actor, rules.may_act_for_buyer)
    Demand.objects.select_for_update().get(pk=demand.pk)
    demand.refresh_from_db()
    if demand.state not in states.ALIVE:
        raise states.wrong_state("extend", demand.state)
    _check_until(open_until, timezone.localdate(at))
    if open_until <= demand.open_until:
        raise refuse("open_until", _("Hạn mới phải sau hạn đang ghi."))
    demand.open_until = open_until
    demand.save(update_fields=["open_until"])
    record(
        actor, "promotion.demand_extended", demand, at=at,
        change={"open_until": open_until.isoformat()},
    )  # fmt: skip
    return demand


@action("promotion.close_demand")
def close_demand(*, actor: Actor, demand: Demand, reason: str, at: datetime) -> Demand:
    """End a demand: found, or not looked for any more. Who offered is told.

    Refused: refused or ended before.
    """
    require(actor, rules.may_act_for_buyer)
    needs_reason(reason, most=500)
    _move(demand, "close", answer=reason.strip())
    # A buyer may write anything here: the event says that it ended, not why.
    record(actor, "promotion.demand_closed", demand, at=at)
    notices.closed(demand=demand, at=at)
    return demand


def _move(demand: Demand, move: str, **more: object) -> None:
    """Of two who move a demand at once only one does."""
    chosen = states.MOVES[move]
    here = Demand.objects.filter(pk=demand.pk, state__in=chosen.sources)
    moved = here.update(state=chosen.target, **more)
    demand.refresh_from_db()
    if not moved:
        raise states.wrong_state(move, demand.state)


def _fill(row: Demand, told: Told, today: date) -> None:
    row.buyer, row.contact = folding.clean(told.buyer), folding.clean(told.contact)
    row.wanted, row.place = folding.clean(told.wanted), folding.clean(told.place)
    row.email, row.phone = told.email.strip(), folding.clean(told.phone)
    row.details = told.details.strip()
    if not row.buyer:
        raise refuse("buyer", _("Hãy ghi tên đơn vị mua."))
    if not row.contact:
        raise refuse("contact", _("Hãy ghi họ tên người liên hệ."))
    if not folding.tokens(row.wanted):
        raise refuse("wanted", _("Hãy ghi sản phẩm cần mua."))
    check_text(row.details, "details", LONGEST)
    check_email(row.email)
    _check_until(told.open_until, today)
    check_quantity(told.quantity)
    check_price(told.price)
    if told.least_stars is not None and not 3 <= told.least_stars <= 5:
        raise refuse("least_stars", _("Hạng sao từ 3 đến 5."))
    row.months = checked_months(told.months)
    row.buyer_kind = one_of(told.buyer_kind, BuyerKind.values, "buyer_kind")
    row.measure = one_of(told.measure, MeasureChoice.values, "measure")
    row.reach = one_of(told.reach, ReachChoice.values, "reach")
    row.sector = one_of(told.sector, ["", *Sector.values], "sector")
    row.group, row.quantity, row.price = told.group, told.quantity, told.price
    row.least_stars, row.open_until = told.least_stars, told.open_until
    row.folded = folding.words(row.wanted, row.buyer, row.place)[:620]
    fits(row)


def _check_until(day: date, today: date) -> None:
    if not today <= day <= today + LONGEST_OPEN:
        raise refuse("open_until", _("Hạn tìm hàng từ hôm nay đến một năm nữa."))


def check_email(address: str) -> None:
    """Refuse what is no address of an e-mail."""
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise refuse("email", _("Địa chỉ thư điện tử chưa đúng.")) from wrong


def check_quantity(quantity: Decimal | None) -> None:
    """Refuse quantities of nothing and those that nobody makes."""
    if quantity is not None and not 0 < quantity <= MOST_QUANTITY:
        raise refuse("quantity", _("Số lượng phải lớn hơn 0."))


def check_price(price: int | None) -> None:
    """Refuse prices below nothing and those that are none."""
    if price is not None and not 0 <= price <= MOST_PRICE:
        raise refuse("price", _("Giá phải từ 0 đồng và không quá lớn."))


def checked_months(months: tuple[int, ...]) -> list[int]:
    """Months of a year in their order, each once."""
    if not set(months) <= set(range(1, 13)):
        raise refuse("months", _("Tháng từ 1 đến 12."))
    return sorted(set(months))


def one_of(value: str, known: list[str], field: str) -> str:
    """Refuse what is no choice."""
    if value not in known:
        raise refuse(field, _("Hãy chọn một mục trong danh sách."))
    return str(value)


def refuse(field: str, message: str) -> Refused:
    """A refusal about one field."""
    return Refused(f"meeting_{field}", message, fields={field: [message]})
