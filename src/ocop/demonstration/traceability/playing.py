"""Orders of stamps on their way, by the people who sign in: one in every state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from ocop.core.actor import SYSTEM, Actor
from ocop.demonstration.logins import email_of
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.traceability import hidden, jobs, lifecycle, queries, stamp_keys
from ocop.traceability.intervals import Span
from ocop.traceability.models import Lot, PrintKind, StampOrder, StampRange, TradeItem
from ocop.traceability.print_layouts import Layout
from ocop.traceability.serials import Stamp, written
from ocop.traceability.services import (
    allowances,
    exceptions,
    openings,
    orders,
    printing,
    ranges,
)
from ocop.traceability.stamp_options import WORDS
from ocop.traceability.stamp_queries import span_of

_HOUR = timedelta(hours=1)
_ALLOWED = 20_000
_EARLIEST = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class _Cast:
    at: datetime
    officer: Actor
    maker: Actor
    inspector: Actor


def play_stamps(*, at: datetime) -> None:
    """Orders of the producer who signs in, and one of another."""
    officer, maker, inspector = (
        _actor(role, at) for role in (Role.PROVINCIAL_OFFICER, Role.PRODUCER, Role.INSPECTOR)
    )
    cast = _Cast(at, officer, maker, inspector)
    own = _items(at).filter(product__producer__memberships__user__email=email_of(Role.PRODUCER))
    items = list(own[:3]) or list(_items(at)[:3])
    first, second, third = (items * 3)[:3]
    other = _items(at).exclude(product__producer=first.product.producer)[10]
    for maker_of in (first.product.producer, other.product.producer):
        for year in {timezone.localdate(at).year, timezone.localdate(at - _EARLIEST).year}:
            allowances.set_allowance(
                actor=cast.officer, producer=maker_of, year=year, quantity=_ALLOWED,
                at=at - _EARLIEST,
            )  # fmt: skip
    _in_use(cast, first)
    _with_hidden_codes(cast, second)
    _ask(cast, third, 300, days=2, note="Cần trước Tết Nguyên đán (mẫu)")
    refused = _ask(cast, third, 900, days=20)
    orders.refuse_order(
        actor=cast.officer,
        order=refused,
        reason="Số tem nhiều hơn số hàng của cả năm. Hãy đặt lại theo từng vụ (mẫu).",
        at=at - timedelta(days=19),
    )
    withdrawn = _ask(cast, second, 100, days=15)
    orders.withdraw_order(
        actor=cast.maker, order=withdrawn, reason="Đặt nhầm quy cách (mẫu)",
        at=at - timedelta(days=15) + _HOUR,
    )  # fmt: skip
    _printed(cast, other)
    _opened(at)


def _in_use(cast: _Cast, item: TradeItem) -> None:
    """All that can happen to stamps of one order."""
    at, day = cast.at, timedelta(days=1)
    order = _printed(cast, item, wet=True)
    whole = [span_of(order)]
    ranges.deliver_stamps(
        actor=cast.officer, order=order, spans=whole, document="12/BBGN", at=at - 30 * day
    )
    lot = _lot(item, at)
    ranges.activate_stamps(
        actor=cast.maker, order=order, spans=_places(order, 1, 400), lot=lot, at=at - 4 * _HOUR
    )
    wrong = _places(order, 381, 400)
    ranges.undo_activation(
        actor=cast.officer, order=order, spans=wrong,
        reason="Chủ thể báo kích hoạt nhầm (mẫu)", at=at - 3 * _HOUR,
    )  # fmt: skip
    ranges.close_stamps(
        actor=cast.maker, order=order, spans=_places(order, 1, 100),
        reason="Hàng đã bán hết (mẫu)", at=at - 2 * _HOUR,
    )  # fmt: skip
    for who, first, last, kind, reason in (
        (cast.maker, 640, 655, lifecycle.LOST, "Rơi mất khi chuyển kho (mẫu)"),
        (cast.inspector, 137, 137, lifecycle.SUSPICIOUS, "Mã bị chụp lại trên hàng khác (mẫu)"),
        (cast.officer, 141, 145, lifecycle.RECALLED, "Nắp hở, thu về kiểm tra (mẫu)"),
    ):
        exceptions.except_stamps(
            actor=who, order=order, spans=_places(order, first, last), kind=kind,
            reason=reason, at=at - _HOUR,
        )  # fmt: skip


def _with_hidden_codes(cast: _Cast, item: TradeItem) -> None:
    """Approved, with its files ready for the print house."""
    order = _ask(cast, item, 500, days=6, hidden=True)
    asked = cast.at - timedelta(days=5)
    orders.approve_order(actor=cast.officer, order=order, at=asked)
    layout = Layout(words=(item.product.name, WORDS.get()))
    for kind in (PrintKind.A4, PrintKind.CSV, PrintKind.HIDDEN):
        wish = printing.Wish(kind, span_of(order), layout)
        made = printing.ask_print(actor=cast.officer, order=order, wish=wish, at=asked + _HOUR)
        jobs.make_now(made, lambda _done: None)


def _opened(at: datetime) -> None:
    """Covers were scratched off: one buyer was first, one came after somebody, one typed wrong."""
    part = StampRange.objects.filter(state=lifecycle.ACTIVE, order__hidden=True)
    found = part.select_related("key").order_by("activated_at", "pk").first()
    if found is None or found.activated_at is None:
        return
    version, first = found.key.version, found.first
    key, secret = stamp_keys.serial_key(version), stamp_keys.hidden_secret(version)
    for place, days in ((0, 9), (1, 2), (1, 20), (2, 10)):
        stamp = Stamp(version, first + place)
        openings.check_hidden_code(
            actor=SYSTEM,
            serial=written(key, stamp.number),
            typed="00000000" if place == 2 else hidden.code(secret, stamp),
            at=min(at, found.activated_at + timedelta(days=days)),
        )


def _printed(cast: _Cast, item: TradeItem, *, wet: bool = False) -> StampOrder:
    """Printed, with the spoiled and missing ones of a real run."""
    order = _ask(cast, item, 1_000, days=40, wet=wet)
    orders.approve_order(actor=cast.officer, order=order, at=cast.at - timedelta(days=39))
    ranges.confirm_printing(
        actor=cast.officer,
        order=order,
        spans=[span_of(order)],
        counted=ranges.Counted(993, _places(order, 401, 406), _places(order, 977, 977)),
        at=cast.at - timedelta(days=35),
    )
    return order


def _ask(
    cast: _Cast, item: TradeItem, count: int, *, days: int, note: str = "", **more: bool
) -> StampOrder:
    """By the producer who signs in, for others by the office."""
    at = cast.at - timedelta(days=days)
    own = item.product.producer.memberships.filter(user__email=email_of(Role.PRODUCER)).exists()
    return orders.order_stamps(
        actor=cast.maker if own else cast.officer,
        item=item,
        wanted=orders.Wanted(count, note=note, **more),
        at=at,
    )


def _items(at: datetime) -> QuerySet[TradeItem]:
    """Sales units that lack nothing, with a lot that may be sold today."""
    today = timezone.localdate(at)
    lacking = queries.incomplete(TradeItem.objects.all()).values("pk")
    lots = _sellable(today).values("item")
    rows = TradeItem.objects.filter(product__demonstration=True, pk__in=lots)
    return rows.exclude(pk__in=lacking).select_related("product__producer").order_by("pk")


def _sellable(today: object) -> QuerySet[Lot]:
    fresh = Q(expires_on=None) | Q(expires_on__gte=today)
    told = Q(things__event__declared_wrong_at=None, things__isnull=False)
    return Lot.objects.filter(fresh, told, recalled_at=None, produced_on__lt=today)


def _lot(item: TradeItem, at: datetime) -> Lot:
    """The newest lot of a sales unit that may be sold."""
    found = _sellable(timezone.localdate(at)).filter(item=item)
    return found.order_by("-produced_on", "pk")[:1].get()


def _places(order: StampOrder, first: int, last: int) -> list[Span]:
    """Stamps of an order by their places, counted from one."""
    return [Span(span_of(order).first + first - 1, last - first + 1)]


def _actor(role: Role, at: datetime) -> Actor:
    user = User.objects.get(email=email_of(role))
    return people.actor_for(user, on=timezone.localdate(at))
