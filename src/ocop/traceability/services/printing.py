"""Files of stamps: asked for, made by a job, told when ready, removed when old."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ocop.core import language
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.jobs import files
from ocop.core.jobs.files import JobState
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.traceability import (
    lifecycle,
    print_files,
    print_layouts,
    qr,
    rules,
    stamp_keys,
    stamp_notices,
)
from ocop.traceability.carving import touched
from ocop.traceability.intervals import Span, covers, difference, size
from ocop.traceability.models import PrintKind, StampOrder, StampPrint
from ocop.traceability.stamp_queries import (
    address_of,
    gone_of,
    key_of,
    old,
    pieces_of,
    span_of,
)

FORM = 1  # raised when files of the same facts are to look different
#: Stamps in one file: of singles and labels no program opens more with pleasure.
MOST: Mapping[str, int] = {
    PrintKind.A4: 1_000_000,
    PrintKind.ROLL: 100_000,
    PrintKind.SVG: 10_000,
    PrintKind.PNG: 10_000,
    PrintKind.CSV: 1_000_000,
    PrintKind.HIDDEN: 1_000_000,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A file as somebody wants it: of which numbers, what, and how it looks."""

    kind: str
    span: Span
    layout: print_layouts.Layout


@dataclass(frozen=True, slots=True)
class Made:
    """What a job made: the stored file."""

    file: str
    name: str
    size: int


@action("traceability.ask_print")
def ask_print(*, actor: Actor, order: StampOrder, wish: Wish, at: datetime) -> StampPrint:
    """Ask for a file of stamps that a job makes. The same file of what has not changed is made once
    while it is kept.

    Refused: an order without numbers, stamps that are printed already or too many for one file, no
    room for a stamp, hidden codes of an order that has none.
    """
    require(actor, rules.may_manage_stamps)
    numbers = printable(order, wish)
    expect_room(order, wish)
    stamp_keys.serial_key(key_of(order).version)  # the file is there and is the right one
    fingerprint = _fingerprint(order, wish, numbers)
    made = StampPrint.objects.filter(
        fingerprint=fingerprint,
        state__in=(JobState.WAITING, JobState.WORKING, JobState.READY),
    ).first()
    if made is None:
        code = public_code()
        made = StampPrint.objects.create(
            code=code,
            order=order,
            kind=wish.kind,
            first=wish.span.first,
            count=wish.span.count,
            layout=print_layouts.told(wish.layout),
            fingerprint=fingerprint,
            language=language.active(),
            asked_by_id=actor.user_id,
            seen_at=at,
            asked_at=at,
            pieces=size(numbers),
        )
    elif files.is_over(made, at):
        files.begin_again(made, at)
    record(
        actor,
        "traceability.print_asked",
        made,
        order,
        at=at,
        change={"kind": made.kind, "count": made.pieces},
    )
    return made


@action("traceability.make_print_again")
def make_print_again(*, actor: Actor, made: StampPrint, at: datetime) -> StampPrint:
    """Begin a job anew that ended with its machine. Refused: it did not fall silent."""
    require(actor, rules.may_keep_prints)
    same = files.stopped(StampPrint.objects.filter(pk=made.pk), at)
    if not same.exists() or not files.begin_again(made, at):
        raise Refused("print_at_work", _("Tệp đang được tạo. Hãy đợi xong."))
    record(actor, "traceability.print_begun_again", made, at=at)
    return made


@action("traceability.keep_print")
def keep_print(*, actor: Actor, made: StampPrint, result: Made, at: datetime) -> StampPrint:
    """Keep what the job made and tell who asked. Refused: another job began meanwhile."""
    require(actor, rules.may_keep_prints)
    files.make_ready(made, at, file=result.file, name=result.name, size=result.size)
    record(actor, "traceability.print_made", made, made.order, at=at, change={"size": made.size})
    stamp_notices.ready(made=made, at=at)
    return made


@action("traceability.give_up_print")
def give_up_print(*, actor: Actor, made: StampPrint, failure: str, at: datetime) -> StampPrint:
    """Note why a file could not be made, and tell who asked. Refused: another job began."""
    require(actor, rules.may_keep_prints)
    files.make_failed(made, failure, at)
    record(actor, "traceability.print_failed", made, made.order, at=at)
    stamp_notices.failed(made=made, at=at)
    return made


@action("traceability.forget_prints")
def forget_prints(*, actor: Actor, at: datetime) -> int:
    """Remove the files that are not kept any longer; gives back how many."""
    require(actor, rules.may_keep_prints)
    found = list(old(at))
    for made in found:
        files.remove_file(made)
    gone = StampPrint.objects.filter(pk__in=[made.pk for made in found])
    gone.update(state=JobState.REMOVED, file="", size=0)
    record(actor, "traceability.prints_forgotten", *found, at=at)
    return len(found)


@action("traceability.tell_password")
def tell_password(*, actor: Actor, made: StampPrint, at: datetime) -> str:
    """The password of a file of hidden codes; who asked for it stays known.

    Refused: another kind of file, or a removed one.
    """
    require(actor, rules.may_manage_stamps)
    if made.kind != PrintKind.HIDDEN or made.state == JobState.REMOVED:
        raise Refused("print_without_password", _("Tệp này không có mật khẩu."))
    found = print_files.password(stamp_keys.hidden_secret(key_of(made.order).version), made.code)
    record(actor, "traceability.password_told", made, made.order, at=at)
    return found


def printable(order: StampOrder, wish: Wish) -> list[Span]:
    """The numbers that a file would hold: those asked for without what is gone. Refused: as in
    `ask_print`."""
    if order.state != lifecycle.APPROVED:
        raise Refused("order_without_numbers", _("Đơn chưa được duyệt nên chưa có tem."))
    if wish.kind not in PrintKind.values:
        raise _refuse("kind", _("Hãy chọn loại tệp."))
    if wish.kind == PrintKind.HIDDEN and not order.hidden:
        raise _refuse("kind", _("Đơn này không đặt mã ẩn."))
    if not covers([span_of(order)], [wish.span]):
        raise _refuse("places", _("Hãy chọn các tem có trong đơn này."))
    if any(p.state != lifecycle.ORDERED for p in touched(pieces_of(order), [wish.span])):
        raise _refuse("places", _("Trong số này có tem đã in. Tem đã in không tạo tệp lần nữa."))
    found = difference([wish.span], gone_of(order))
    if not found:
        raise _refuse("places", _("Các tem này đều đã hủy hoặc báo mất."))
    if size(found) > (most := MOST[wish.kind]):
        words = _("Tệp loại này chứa nhiều nhất %s tem. Hãy chia thành nhiều tệp.")
        raise _refuse("places", words % write_number(most))
    return found


def expect_room(order: StampOrder, wish: Wish) -> None:
    """Refused: the layout has no room for a stamp, or the address is too long for any code."""
    level = level_of(order)
    make = print_layouts.label if wish.kind == PrintKind.ROLL else print_layouts.sheet
    try:
        make(wish.layout, address_of(order.item), level)
    except print_layouts.TooSmall as small:
        bound = write_number(round(small.bound, 2))
        words = _("Nhiều nhất là %s.") if small.most else _("Ít nhất phải là %s mm.")
        raise _refuse(small.field, words % bound) from small
    except ValueError as error:
        words = _("Địa chỉ in trên tem không dùng được. Hãy báo quản trị xem lại OCOP_STAMP_URL.")
        raise Refused("stamp_address", words) from error


def level_of(order: StampOrder) -> qr.Level:
    """How much of a code may be damaged: more on wet goods."""
    return "Q" if order.wet else "M"


def _fingerprint(order: StampOrder, wish: Wish, numbers: list[Span]) -> str:
    told = {
        "form": FORM,
        "order": order.pk,
        "kind": wish.kind,
        "numbers": [(span.first, span.count) for span in numbers],
        "layout": print_layouts.told(wish.layout),
        "address": address_of(order.item),
        "product": order.item.product.name,
        "level": level_of(order),
        "language": language.active(),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"print_{field}", message, fields={field: [message]})
