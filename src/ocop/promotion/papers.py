"""Papers of an event: the list for the organiser, the plan of booths, the poster."""

import re
from collections.abc import Sequence
from datetime import date

import zxingcpp
from django.conf import settings
from django.utils import timezone

from ocop.core import options, typesetting
from ocop.core.numbers import write_date, write_number
from ocop.core.official import services as frames
from ocop.core.official import shelf
from ocop.core.official.paper import Facts, Grid, Official, Signature, Text, dated
from ocop.core.official.shelf import Paper
from ocop.places.letterhead import letterhead
from ocop.promotion import plan_text, queries
from ocop.promotion.models import EventApplication, TradeEvent

LIST = frames.declare("event_list", "Danh sách đơn vị tham gia sự kiện")
_MARK = "DỮ LIỆU MẪU"
_SIZE = re.compile(r'<svg width="(\d+)" height="(\d+)"')


def of_event(event: TradeEvent) -> list[Paper]:
    """What the organiser takes along."""
    return [shelf.official("list", LIST, f"danh-sach-{event.name}", lambda: participants(event))]


def days(first: date, last: date) -> str:
    """The days of an event in words."""
    if first == last:
        return f"ngày {write_date(first)}"
    return f"từ ngày {write_date(first)} đến ngày {write_date(last)}"


def participants(event: TradeEvent) -> Official:
    """Who takes part, with contact and goods: for who builds and runs the event."""
    head = letterhead()
    rows = list(queries.participants(event).prefetch_related("goods__product"))
    rows.sort(key=lambda row: (_label(row), row.producer.folded))
    facts = [
        ("Thời gian", days(event.starts_on, event.ends_on)),
        ("Địa điểm", event.place),
        ("Đơn vị phối hợp", "; ".join(each.name for each in event.organisers.all()) or "…"),
        ("Số đơn vị tham gia", write_number(len(rows))),
    ]
    if event.booth_cost is not None:
        facts.append(("Chi phí một gian", f"{write_number(event.booth_cost)} đồng"))
    if event.support_share:
        facts.append(
            ("Ngân sách hỗ trợ", f"{event.support_share} % chi phí gian, theo "
             f"{event.support_source}")
        )  # fmt: skip
    return Official(
        parent=head.parent,
        issuer=head.office,
        dated=dated(head.place, timezone.localdate()),
        title="DANH SÁCH",
        subtitle=f"Đơn vị tham gia {event.name}",
        blocks=[
            Facts(facts),
            Text("", "plain"),
            Grid(
                ("STT", "Gian", "Đơn vị", "Sản phẩm", "Người liên hệ, điện thoại"),
                [_row(number, row) for number, row in enumerate(rows, 1)],
                (6, 9, 30, 35, 20),
                centred=(0, 1),
            ),
        ],
        signatures=[Signature(head.signer)],
        marks=(_MARK,) if options.DEMONSTRATION.get() else (),
    )


def _row(number: int, row: EventApplication) -> Sequence[str]:
    goods = ", ".join(each.product.name for each in row.goods.all())
    contact = ", ".join(filter(None, (row.contact, row.phone)))
    return str(number), _label(row), row.producer.name, goods, contact


def _label(row: EventApplication) -> str:
    return row.assignment.booth.label if hasattr(row, "assignment") else ""


def address(event: TradeEvent) -> str:
    """The public page of an event."""
    return f"{settings.BASE_URL}/su-kien/{event.code}/"


def qr(text: str) -> str:
    """A QR code as SVG of any size, to stand in a page or on a paper."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = str(code.to_svg())
    drawn = drawn[drawn.index("<svg") :]  # a page takes no prolog
    return _SIZE.sub(r'<svg viewBox="0 0 \1 \2"', drawn, count=1)


def poster(event: TradeEvent) -> bytes:
    """A poster, A3 upright."""
    head = letterhead()
    data = {
        "title": event.name,
        "language": "vi",
        "name": event.name,
        "kind": event.get_kind_display(),
        "days": days(event.starts_on, event.ends_on),
        "hours": event.hours,
        "place": event.place,
        "summary": event.summary,
        "organiser": head.office,
        "with": [each.name for each in event.organisers.all()],
        "qr": qr(address(event)),
        "address": address(event),
        "mark": _MARK if options.DEMONSTRATION.get() else "",
    }
    return typesetting.pdf("ocop.promotion", "poster.typ", data)


def plan(event: TradeEvent, holders: dict[str, str]) -> bytes:
    """The plan of booths, A3 across, with who stands where."""
    data = {
        "title": f"Sơ đồ gian hàng: {event.name}",
        "language": "vi",
        "name": event.name,
        "when": f"{days(event.starts_on, event.ends_on)}, {event.place}",
        "width": event.hall_width,
        "depth": event.hall_depth,
        "mark": _MARK if options.DEMONSTRATION.get() else "",
        "booths": [
            {
                "label": spot.label,
                "x": spot.x,
                "y": spot.y,
                "width": spot.width,
                "depth": spot.depth,
                "sector": spot.sector,
                "kept": spot.kept_for,
                "holder": holders.get(spot.label, ""),
                "short": plan_text.short(holders.get(spot.label, "")),
            }
            for spot in queries.spots_of(event)
        ],
    }
    return typesetting.pdf("ocop.promotion", "plan.typ", data)
