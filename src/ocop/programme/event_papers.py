"""The report of an event as an official paper and as a workbook; papers are Vietnamese."""

import io
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter
from django.utils import timezone

from ocop.core import options, papers
from ocop.core.numbers import write_date, write_number, write_percent
from ocop.core.official import services as frames
from ocop.core.official import shelf
from ocop.core.official.paper import Block, Facts, Grid, Official, Signature, Text, dated
from ocop.core.official.shelf import Paper
from ocop.places.letterhead import letterhead
from ocop.programme.event_effect import Around, Effect, effect_of
from ocop.promotion.days.effect import Compared, Sums, per
from ocop.promotion.days.models import Payer
from ocop.promotion.meetings.models import DealKind, DealState
from ocop.promotion.models import TradeEvent
from ocop.promotion.papers import days

REPORT = frames.declare("event_report", "Báo cáo kết quả sự kiện xúc tiến")
_MARK = "DỮ LIỆU MẪU"
_SUM_HEADINGS = ("Bán tại gian (đồng)", "Đơn đặt hàng (đồng)", "Mối liên hệ")


def of_event(event: TradeEvent) -> list[Paper]:
    """The report as PDF, DOCX and workbook."""

    def found() -> Effect:
        return effect_of(event, timezone.localdate())

    stem = f"bao-cao-{event.name}"
    printed = shelf.official("report", REPORT, stem, lambda: report(found()))

    def write(kind: str, into: IO[bytes], tell: shelf.Tell) -> None:
        if kind == "xlsx":
            into.write(workbook(found()))
        else:
            printed.write(kind, into, tell)

    return [Paper("report", printed.title, (*printed.kinds, "xlsx"), stem, write)]


def report(found: Effect) -> Official:
    """The report, to be signed."""
    head, event = letterhead(), found.event
    blocks: list[Block] = [
        Facts(_facts(found)),
        *_section("1. Khách và bán hàng theo ngày", _days(found), (16, 16, 16, 20, 20, 12)),
        *_section("2. Theo ngành hàng", _parts(found), (34, 12, 21, 21, 12)),
        *_section("3. Theo đơn vị tham gia", _makers(found), (8, 38, 21, 21, 12)),
        *_section("4. Biên bản ghi nhớ, hợp đồng", _signed(found), (26, 24, 16, 17, 17)),
        *_section("5. Chi phí theo nguồn", _paid(found), (70, 30)),
    ]
    blocks += _section(
        "6. Sản phẩm tham gia, trước và sau sự kiện", _around(found), (40, 22, 22, 16)
    )
    if found.last is not None:
        until = ", lần này tính đến nay" if found.goes_on else ""
        title = f"7. So với lần trước ({write_date(found.last.starts_on)}){until}"
        blocks += _section(title, _compared(found.compared), (40, 22, 22, 16))
    return Official(
        parent=head.parent,
        issuer=head.office,
        dated=dated(head.place, found.on),
        title="BÁO CÁO",
        subtitle=f"Kết quả {event.name}",
        blocks=blocks,
        signatures=[Signature(head.signer)],
        marks=(_MARK,) if options.DEMONSTRATION.get() else (),
    )


def _facts(found: Effect) -> list[tuple[str, str]]:
    event, sums = found.event, found.sums
    share = found.told_share
    told = [
        ("Thời gian, địa điểm", f"{days(event.starts_on, event.ends_on)}, {event.place}"),
        ("Đơn vị phối hợp", "; ".join(each.name for each in event.organisers.all()) or "…"),
        ("Đơn vị tham gia", write_number(len(found.makers))),
        ("Lượt khách", write_number(found.visitors)),
        ("Bán tại gian", f"{write_number(sums.sold)} đồng"),
        ("Đơn đặt hàng", f"{write_number(sums.ordered)} đồng"),
        ("Mối liên hệ mới", write_number(sums.contacts)),
        ("Biên bản ghi nhớ, hợp đồng", f"{write_number(found.deals.memoranda)} biên bản, "
         f"{write_number(found.deals.contracts)} hợp đồng trị giá "
         f"{write_number(found.deals.value)} đồng, đã giao {write_number(found.deals.delivered)} "
         "đồng"),
        ("Chi phí", f"{write_number(found.cost)} đồng, trong đó ngân sách nhà nước "
         f"{write_number(found.state_paid)} đồng"),
    ]  # fmt: skip
    if (each := per(sums.turnover, found.state_paid)) is not None:
        told.append(("Doanh số trên một đồng ngân sách", f"khoảng {write_number(each)} đồng"))
    if share is not None:
        told.append(
            ("Số liệu bán hàng", f"do {write_number(sums.booths)} đơn vị ghi "
             f"({write_percent(share)} số tham gia)")
        )  # fmt: skip
    return told


_Table = tuple[Sequence[str], list[Sequence[Any]], bool]  # headings, rows, whether the last sums up


def _days(found: Effect) -> _Table:
    headings = ("Ngày", "Lượt khách", "Người của gian", *_SUM_HEADINGS)
    rows: list[Sequence[Any]] = [
        (write_date(each.day), each.visitors, each.exhibitors, *_three(found.days[each.day]))
        for each in found.came
    ]
    exhibitors = sum(each.exhibitors for each in found.came)
    return headings, [*rows, ("Cộng", found.visitors, exhibitors, *_three(found.sums))], True


def _parts(found: Effect) -> _Table:
    headings = ("Ngành hàng", "Đơn vị", *_SUM_HEADINGS)
    rows: list[Sequence[Any]] = [
        (each.sector, each.booths, *_three(each.sums)) for each in found.parts
    ]  # fmt: skip
    return headings, [*rows, ("Cộng", len(found.makers), *_three(found.sums))], True


def _makers(found: Effect) -> _Table:
    headings = ("Gian", "Đơn vị", *_SUM_HEADINGS)
    rows: list[Sequence[Any]] = [
        (each.booth, each.application.producer.name, *_three(each.sums)) for each in found.makers
    ]
    return headings, rows, False


def _signed(found: Effect) -> _Table:
    headings = ("Đơn vị", "Người mua", "Loại", "Giá trị (đồng)", "Đã giao (đồng)")
    kinds = {DealKind.MEMORANDUM: "Biên bản ghi nhớ", DealKind.CONTRACT: "Hợp đồng"}
    rows: list[Sequence[Any]] = [
        (
            deal.producer.name,
            deal.buyer,
            kinds[DealKind(deal.kind)] + (", chấm dứt" if deal.state == DealState.BROKEN else ""),
            "" if deal.value is None else deal.value,
            deal.delivered or 0,
        )
        for deal in found.signed
    ]
    return headings, rows, False


def _paid(found: Effect) -> _Table:
    names = {
        Payer.STATE: "Ngân sách nhà nước",
        Payer.PRODUCERS: "Đơn vị tham gia",
        Payer.PARTNERS: "Đơn vị phối hợp, tài trợ",
    }
    rows: list[Sequence[Any]] = [(names[key], found.paid.get(key, 0)) for key in Payer]
    return ("Nguồn", "Số tiền (đồng)"), [*rows, ("Cộng", found.cost)], True


def _compared(told: Iterable[tuple[str, Compared]]) -> _Table:
    rows: list[Sequence[Any]] = [
        (words, figure.before if figure.before is not None else "", figure.now, _change(figure))
        for words, figure in told
    ]
    return ("Chỉ số", "Lần trước", "Lần này", "Thay đổi"), rows, False


def _around(found: Effect) -> _Table:
    rows: list[Sequence[Any]] = [
        (each.words, each.figure.before or 0, each.figure.now, _later(each))
        for each in found.around
    ]  # fmt: skip
    return ("Chỉ số", "Trước", "Sau", "Thay đổi"), rows, False


def _later(each: Around) -> str:
    return _change(each.figure) if each.is_known else f"đủ số ngày {write_date(each.known_on)}"


def _change(figure: Compared) -> str:
    change = figure.change
    if change is None:
        return "–"
    return ("+" if change > 0 else "") + write_percent(change)


def _three(sums: Sums) -> tuple[int, int, int]:
    return sums.sold, sums.ordered, sums.contacts


def _section(title: str, table: _Table, widths: Sequence[int]) -> list[Block]:
    headings, rows, summed = table
    if not rows:
        return [Text(title, "heading"), Text("Chưa có.", "plain")]
    numbers = [
        place for place in range(len(headings))
        if any(isinstance(row[place], int) for row in rows)
    ]  # fmt: skip
    told = [
        tuple(write_number(cell) if isinstance(cell, int) else str(cell) for cell in row)
        for row in rows
    ]
    strong = (len(rows) - 1,) if summed else ()
    return [Text(title, "heading"), Grid(headings, told, widths, numbers=numbers, strong=strong)]


def workbook(found: Effect) -> bytes:
    """The same as a workbook: one sheet for each table, numbers as numbers."""
    into = io.BytesIO()
    book = xlsxwriter.Workbook(
        into, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True})
    number = book.add_format({"num_format": "#,##0"})
    page = book.add_worksheet("Tóm tắt")
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 70)
    page.write_string(0, 0, f"Báo cáo kết quả {found.event.name}", bold)
    if options.DEMONSTRATION.get():
        page.write_string(1, 0, papers.mark(), bold)
    for line, (words, value) in enumerate(_facts(found), 3):
        page.write_string(line, 0, words)
        page.write_string(line, 1, value)
    sheets = [
        ("Theo ngày", _days(found)),
        ("Theo ngành hàng", _parts(found)),
        ("Theo đơn vị", _makers(found)),
        ("Biên bản, hợp đồng", _signed(found)),
        ("Chi phí", _paid(found)),
        ("Trước và sau", _around(found)),
    ]
    if found.last is not None:
        sheets.insert(5, ("So với lần trước", _compared(found.compared)))
    for title, (headings, rows, _summed) in sheets:
        page = book.add_worksheet(title)
        page.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            page.set_column(column, column, 34 if column < 2 and "Đơn vị" in heading else 22)
            page.write_string(0, column, heading, bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(line, column, cell, number)
                else:
                    page.write_string(line, column, str(cell))
    book.close()
    return into.getvalue()
