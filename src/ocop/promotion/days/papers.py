"""Tickets of an event as PDF."""

from collections.abc import Iterable, Sequence

from ocop.core import options, typesetting
from ocop.promotion.days.models import EventTicket, TicketKind
from ocop.promotion.models import TradeEvent
from ocop.promotion.papers import days, qr

_MARK = "DỮ LIỆU MẪU"
#: What stands on a ticket that names nobody; papers are Vietnamese.
_KINDS = {
    TicketKind.EXHIBITOR: "Người của gian hàng",
    TicketKind.GUEST: "Khách mời",
    TicketKind.VISITOR: "Khách tham quan",
}


def ticket_text(code: str) -> str:
    """How a ticket is printed and shown: two parts in capitals, as people read it out."""
    return f"{code[:4]}-{code[4:]}".upper()


def tickets_pdf(event: TradeEvent, rows: Sequence[EventTicket]) -> bytes:
    """These tickets, eight on a page, to be cut apart."""
    data = {
        "title": f"Vé: {event.name}",
        "language": "vi",
        "event": event.name,
        "when": days(event.starts_on, event.ends_on),
        "place": event.place,
        "mark": _MARK if options.DEMONSTRATION.get() else "",
        "tickets": list(_told(rows)),
    }
    return typesetting.pdf("ocop.promotion.days", "tickets.typ", data)


def _told(rows: Iterable[EventTicket]) -> Iterable[dict[str, str]]:
    for row in rows:
        kind = _KINDS[TicketKind(row.kind)]
        yield {
            "name": row.holder or kind,
            "of": _of(row) or (kind if row.holder else ""),
            "code": ticket_text(row.code),
            "qr": qr(ticket_text(row.code)),
        }


def _of(row: EventTicket) -> str:
    """The booth and its producer."""
    of = row.application
    if of is None:
        return ""
    booth = f"Gian {of.assignment.booth.label}, " if hasattr(of, "assignment") else ""
    return f"{booth}{of.producer.name}"
