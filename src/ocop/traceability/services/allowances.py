"""How many stamps a producer may order in a year."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.producers.models import Producer
from ocop.traceability import rules
from ocop.traceability.models import StampAllowance
from ocop.traceability.stamp_options import ALLOWANCE

_MOST = 100_000_000
_YEARS = range(2019, 2100)


@action("traceability.set_allowance")
def set_allowance(
    *, actor: Actor, producer: Producer, year: int, quantity: int, at: datetime
) -> StampAllowance:
    """Set how many stamps a producer may order in a year.

    Refused: less than were ordered already.
    """
    require(actor, rules.may_manage_stamps)
    if year not in _YEARS:
        raise _refuse("year", _("Hãy ghi năm gồm bốn chữ số, ví dụ 2026."))
    if not 0 <= quantity <= _MOST:
        raise _refuse("quantity", _("Hãy ghi số tem từ 0 đến %s.") % write_number(_MOST))
    row = _row(producer, year)
    before = row.quantity
    set_now = StampAllowance.objects.filter(pk=row.pk, used__lte=quantity)
    if not set_now.update(quantity=quantity):
        row.refresh_from_db()
        words = _("Năm %(year)d đã đặt %(used)s tem, hạn mức không thể thấp hơn.")
        raise _refuse("quantity", words % {"year": year, "used": write_number(row.used)})
    row.refresh_from_db()
    record(
        actor,
        "traceability.allowance_set",
        row,
        producer,
        at=at,
        change={"year": year, "from": before, "to": quantity},
    )
    return row


def take(producer: Producer, year: int, quantity: int) -> None:
    """Take stamps from an allowance. Part of an order, no act of its own. Refused: not so many are
    left."""
    row = _row(producer, year)
    left = StampAllowance.objects.filter(pk=row.pk, used__lte=F("quantity") - quantity)
    if not left.update(used=F("used") + quantity):
        row.refresh_from_db()
        raise _refuse(
            "quantity",
            _(
                "Hạn mức năm %(year)d còn %(left)s tem, không đủ cho %(asked)s. Hãy đặt ít hơn "
                "hoặc đề nghị Văn phòng nâng hạn mức."
            )
            % {
                "year": year,
                "left": write_number(row.quantity - row.used),
                "asked": write_number(quantity),
            },
        )


def give_back(producer: Producer, year: int, quantity: int) -> None:
    """Return stamps that are not made after all."""
    rows = StampAllowance.objects.filter(producer=producer, year=year, used__gte=quantity)
    rows.update(used=F("used") - quantity)


def _row(producer: Producer, year: int) -> StampAllowance:
    """The row of a producer and year, made with the usual allowance where there is none."""
    found = StampAllowance.objects.filter(producer=producer, year=year).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return StampAllowance.objects.create(
                producer=producer, year=year, quantity=ALLOWANCE.get()
            )
    except IntegrityError:  # another made it meanwhile
        return StampAllowance.objects.get(producer=producer, year=year)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"allowance_{field}", message, fields={field: [message]})
