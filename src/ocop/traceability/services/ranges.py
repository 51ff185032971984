"""What becomes of the numbers of an order: printed, delivered, activated for a lot, closed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.core.refusals import Refused
from ocop.traceability import goods, lifecycle, log_numbers, passport, rules, stamp_notices
from ocop.traceability.carving import Change, Piece, carved, touched
from ocop.traceability.intervals import Span, covers, difference, overlap, size, union
from ocop.traceability.models import Lot, StampOrder, StampRange, TradeItem
from ocop.traceability.queries import facts_of
from ocop.traceability.services import (
    adding_up,
    capturing,
    drawing_along,
    exceptions,
    noting,
    reading_again,
)
from ocop.traceability.stamp_queries import gone_of, key_of, piece_of, span_of

Spans = Sequence[Span]


class DataMissing(Refused):
    """Some of the ten data and eight items are missing: `missing` are their names."""

    def __init__(self, data: Sequence[passport.Datum]) -> None:
        self.missing = data
        names = "; ".join(dict.fromkeys(_(each.name) for each in data))
        message = (
            _(
                "Chưa kích hoạt được vì lô hàng còn thiếu: %s. Hãy bổ sung ở quy cách, lô hàng và "
                "nhật ký rồi kích hoạt lại."
            )
            % names
        )
        super().__init__("data_missing", message, fields={"lot": [message]})


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted after printing: good ones, and the numbers of spoiled and missing ones."""

    good: int
    spoiled: Spans = ()
    missing: Spans = ()


@action("traceability.confirm_printing")
def confirm_printing(
    *, actor: Actor, order: StampOrder, spans: Spans, counted: Counted, at: datetime
) -> StampOrder:
    """Note that numbers are printed, and reconcile: spoiled stamps are voided, missing ones lost,
    and with the good ones they must be all.

    Refused: a sum that is another, a stamp both spoiled and missing, or not among those printed.
    """
    require(actor, rules.may_manage_stamps)
    printed = difference(spans, gone_of(_locked(order)))
    spoiled, missing = union(counted.spoiled), union(counted.missing)
    if not covers(printed, [*spoiled, *missing]):
        raise _refuse("spoiled", _("Tem hỏng, tem thiếu phải nằm trong số tem đã in lần này."))
    if overlap([*spoiled, *missing]):
        raise _refuse("missing", _("Có tem vừa ghi hỏng vừa ghi thiếu. Hãy ghi ở một chỗ."))
    told = counted.good + size(spoiled) + size(missing)
    if told != size(printed):
        raise _refuse("good", _unequal(counted.good, size(spoiled), size(missing), size(printed)))
    _act(order, "print", spans, lambda piece: piece)
    noted = exceptions.note(order, spoiled, lifecycle.VOIDED, lifecycle.SPOILED, at)
    noted += exceptions.note(order, missing, lifecycle.LOST, lifecycle.MISSING, at)
    record(
        actor,
        "traceability.printing_confirmed",
        order,
        *noted,
        at=at,
        change={
            "printed": size(printed),
            "good": counted.good,
            "spoiled": size(spoiled),
            "missing": size(missing),
        },
    )
    return order


@action("traceability.deliver_stamps")
def deliver_stamps(
    *, actor: Actor, order: StampOrder, spans: Spans, document: str = "", at: datetime
) -> StampOrder:
    """Note that printed stamps were handed to the producer; `document` is the number of the
    receipt."""
    require(actor, rules.may_manage_stamps)
    check_text(document, "document", 60)
    _expect_some_left(order, spans)
    _act(order, "deliver", spans, lambda piece: piece)
    count = size(difference(spans, gone_of(order)))
    record(
        actor,
        "traceability.stamps_delivered",
        order,
        order.item.product.producer,
        at=at,
        change={"count": count, "document": document.strip()},
    )
    stamp_notices.delivered(order=order, count=count, at=at)
    return order


@action("traceability.activate_stamps")
def activate_stamps(
    *, actor: Actor, order: StampOrder, spans: Spans, lot: Lot, at: datetime
) -> StampOrder:
    """Activate delivered stamps for a lot: from now on their pages tell of it. Never asks for a
    star.

    Refused: any of the ten data of Circular 02/2024 or the eight items of Decree 37/2026 that the
    law asks for is missing; a lot of another sales unit, recalled or past its last day; more stamps
    than the lot has packs; stamps that are all voided or lost.
    """
    producer = order.item.product.producer
    today = timezone.localdate(at)
    require(actor, rules.may_order_stamps, producer, today)
    _expect_some_left(order, spans)
    lot = Lot.objects.select_for_update().get(pk=lot.pk)  # nobody empties it meanwhile
    item = TradeItem.objects.select_for_update().get(pk=order.item_id)
    if lot.item_id != order.item_id:
        raise _refuse("lot", _("Lô này thuộc quy cách khác. Hãy chọn lô của quy cách trên tem."))
    if lot.recalled_at is not None:
        raise _refuse("lot", _("Lô này đã bị thu hồi, không kích hoạt tem được."))
    if lot.expires_on is not None and lot.expires_on < today:
        words = _("Lô này đã hết hạn sử dụng ngày %s.")
        raise _refuse("lot", words % write_date(lot.expires_on))
    if data := passport.missing(facts_of(item, lot)):
        raise DataMissing(data)
    _act(order, "activate", spans, lambda p: replace(p, lot=lot.pk, activated_at=at))
    if goods.give_lot(order, spans, lot):
        capturing.write(drawing_along.draw_in(lot, at=at), at=at)
    adding_up.refuse_more_stamps_than_packs(lot)
    count = size(difference(spans, gone_of(order)))
    if count:
        noting.note_activation(lot, count, at=at)
    record(
        actor,
        "traceability.stamps_activated",
        order,
        lot,
        order.item,
        at=at,
        change={"count": count, "numbers": f"{lot.code}:{_told(order, spans)}"},
    )
    return order


@action("traceability.undo_activation")
def undo_activation(
    *, actor: Actor, order: StampOrder, spans: Spans, reason: str, at: datetime
) -> StampOrder:
    """Take back an activation that was a mistake, as for a wrong lot; the stamps wait again."""
    require(actor, rules.may_manage_stamps)
    needs_reason(reason)
    before = _act(order, "undo", spans, lambda p: replace(p, lot=None, activated_at=None))
    lots = Lot.objects.filter(pk__in={piece.lot for piece in before})
    noting.withdraw_activations(lots.filter(ranges=None), at=at)
    events = set(goods.named_in(order, spans).values_list("event_id", flat=True))
    reading_again.read(events, at=at)
    record(
        actor,
        "traceability.activation_undone",
        order,
        *lots,
        at=at,
        also=[("traceevent", key) for key in sorted(events)],
        reason=reason.strip(),
        change={"count": size(spans), "numbers": _told(order, spans)},
    )
    return order


@action("traceability.close_stamps")
def close_stamps(
    *, actor: Actor, order: StampOrder, spans: Spans, reason: str, at: datetime
) -> StampOrder:
    """Close active stamps whose goods are all sold. Their pages go on telling of the lot, and say
    that none of it should be on sale."""
    require(actor, rules.may_order_stamps, order.item.product.producer, timezone.localdate(at))
    needs_reason(reason)
    _act(order, "close", spans, lambda piece: piece)
    record(
        actor,
        "traceability.stamps_closed",
        order,
        order.item,
        at=at,
        reason=reason.strip(),
        change={"count": size(spans), "numbers": _told(order, spans)},
    )
    return order


def _expect_some_left(order: StampOrder, spans: Spans) -> None:
    """Refused: nothing is left of the stamps to hand over or to put on goods."""
    if spans and not difference(spans, gone_of(order)):
        words = _("Các tem này đều đã hủy hoặc báo mất. Nếu đã tìm thấy, hãy nhờ Văn phòng gỡ.")
        raise _refuse("places", words)


def _act(order: StampOrder, move: str, spans: Spans, change: Change) -> list[Piece]:
    """Do a move to some numbers of an order and write its ranges anew; gives back the pieces that
    were touched, as they were."""
    _locked(order)
    rows = list(order.ranges.order_by("first"))
    asked, pieces = union(spans), [piece_of(row) for row in rows]
    if not asked or not covers([p.span for p in pieces], asked):
        raise _refuse("places", _("Hãy chọn các tem có trong đơn này."))
    found = touched(pieces, asked)
    for piece in found:
        _expect(order, move, piece)
    target = lifecycle.RANGE.moves[move].target
    _write(order, rows, carved(pieces, asked, lambda p: replace(change(p), state=target)))
    return found


def _told(order: StampOrder, spans: Spans) -> str:
    """Numbers for the event: the public log says the same (`log_entries`)."""
    return log_numbers.write(spans, span_of(order).first)


def _expect(order: StampOrder, move: str, piece: Piece) -> None:
    """Refused: the state of a piece is not where the move begins; says which stamps."""
    if piece.state in lifecycle.RANGE.moves[move].sources:
        return
    first = piece.span.first - span_of(order).first
    words = _("Tem số %(from)s–%(to)s đang ở bước “%(state)s” nên không thể “%(move)s”.")
    told = {
        "from": write_number(first + 1),
        "to": write_number(first + piece.span.count),
        "state": _(lifecycle.RANGE.situations[piece.state].staff),
        "move": _(lifecycle.RANGE.moves[move].words),
    }
    message = words % told
    raise Refused("move_not_possible", message, fields={"places": [message]})


def _write(order: StampOrder, rows: Sequence[StampRange], pieces: Sequence[Piece]) -> None:
    """Bring the rows to the pieces. A row is changed only as it was read."""
    wanted = {piece.span.first: piece for piece in pieces}
    for row in rows:
        same = StampRange.objects.filter(
            pk=row.pk, count=row.count, state=row.state, lot=row.lot_id
        )
        piece = wanted.pop(row.first, None)
        if piece is None:
            done = same.delete()[0]
        elif piece == piece_of(row):
            continue
        else:
            done = same.update(
                count=piece.span.count,
                state=piece.state,
                lot=piece.lot,
                activated_at=piece.activated_at,
            )
        if not done:
            raise Refused("order_changed", _("Đơn vừa thay đổi. Hãy tải lại trang rồi làm lại."))
    StampRange.objects.bulk_create(
        StampRange(
            order=order,
            key=key_of(order),
            first=piece.span.first,
            count=piece.span.count,
            state=piece.state,
            lot_id=piece.lot,
            activated_at=piece.activated_at,
        )
        for piece in wanted.values()
    )


def _locked(order: StampOrder) -> StampOrder:
    """The order, held until the end of the transaction: its ranges are changed by one at a time.
    Refused: it has no numbers yet."""
    held = StampOrder.objects.select_for_update().get(pk=order.pk)
    if held.state != lifecycle.APPROVED:
        raise Refused("order_without_numbers", _("Đơn chưa được duyệt nên chưa có tem."))
    return held


def _unequal(good: int, spoiled: int, missing: int, printed: int) -> str:
    words = _(
        "Đạt %(good)s + hỏng %(spoiled)s + thiếu %(missing)s = %(sum)s, khác %(printed)s tem đã "
        "in. Hãy đếm lại."
    )
    told = {"good": good, "spoiled": spoiled, "missing": missing, "printed": printed}
    told["sum"] = good + spoiled + missing
    return words % {name: write_number(count) for name, count in told.items()}


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"stamps_{field}", message, fields={field: [message]})
