"""The expiry list by commune as a workbook and as PDF.

An official paper as the letters are: Vietnamese whatever language the reader's screen has.
"""

from collections.abc import Sequence
from datetime import date
from typing import IO

import xlsxwriter

from ocop.core import typesetting
from ocop.core.numbers import write_date
from ocop.places.models import Unit
from ocop.recognition.expiry import CommuneExpiry, Expiring
from ocop.recognition.ranks import RANKS, rank_of
from ocop.recognition.validity import State

DEMONSTRATION_MARK = "DỮ LIỆU MẪU – KHÔNG PHẢI VĂN BẢN THẬT"

#: What the commune is asked to do with a star in each state, Decision 26/2026/QĐ-TTg.
_ADVICE = {
    State.NOT_YET: "Chưa đến hạn nộp",
    State.VALID: "Chưa đến hạn nộp",
    State.WINDOW_OPEN: "Đang trong hạn nộp",
    State.WINDOW_MISSED: "Đã quá hạn nộp",
    State.EXTENDED: "Đang được kéo dài",
    State.EXTENSION_UNCONFIRMED: "Đã hết hạn, chưa xác nhận kéo dài",
    State.EXPIRED: "Đã hết hạn",
}


def place_name(unit: Unit | None) -> str:
    """The place over a part of the list."""
    return unit.name if unit else "(chưa rõ xã, phường)"


def advice(row: Expiring) -> str:
    """What the commune is asked to do with a star; nothing more once its dossier is in."""
    if row.filed_on is not None and row.state is State.VALID:
        return f"Đã nộp hồ sơ ngày {write_date(row.filed_on)}"
    return _ADVICE[row.state]


def ends(row: Expiring) -> str:
    """The day it ends; of an extended star also the last day of the extension."""
    day = write_date(row.expires_on)
    return f"{day}\nkéo dài đến hết {write_date(row.kept_until)}" if row.kept_until else day


def rank_words(row: Expiring) -> str:
    """The rank that ends."""
    recognition = row.recognition
    return RANKS[rank_of(recognition.stars, potential_five=recognition.potential_five)]


def _title(on: date) -> str:
    return f"Hạng sao sắp hết hạn, tính đến ngày {write_date(on)}"


def _mark(communes: Sequence[CommuneExpiry]) -> str:
    return DEMONSTRATION_MARK if any(commune.demonstration for commune in communes) else ""


def write_workbook(into: IO[bytes], communes: Sequence[CommuneExpiry], *, on: date) -> None:
    """The expiry list as a workbook: one row per star, dates as dates."""
    book = xlsxwriter.Workbook(into, {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#F3EEDD"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page = book.add_worksheet("Sắp hết hạn")
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, _title(on), bold)
    page.write_string(1, 0, _mark(communes), bold)
    headings = (
        ("Xã, phường", 24),
        ("Sản phẩm", 36),
        ("Chủ thể", 36),
        ("Hạng", 16),
        ("Hết hạn", 12),
        ("Kéo dài đến hết", 12),
        ("Còn (ngày)", 10),
        ("Nộp hồ sơ từ ngày", 12),
        ("Nộp hồ sơ đến ngày", 12),
        ("Tình trạng", 30),
        ("Dữ liệu mẫu", 10),
    )
    top = 3
    for column, (heading, width) in enumerate(headings):
        page.set_column(column, column, width)
        page.write_string(top, column, heading, head)
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    line = top
    for commune in communes:
        for row in commune.rows:
            line += 1
            product = row.recognition.product
            for column, text in enumerate(
                (place_name(commune.unit), product.name, product.producer.name, rank_words(row))
            ):
                page.write_string(line, column, text)
            page.write_datetime(line, 4, row.expires_on, day)
            if row.kept_until:
                page.write_datetime(line, 5, row.kept_until, day)
            page.write_number(line, 6, row.days_left)
            page.write_datetime(line, 7, row.window.start, day)
            page.write_datetime(line, 8, row.file_until, day)
            page.write_string(line, 9, advice(row))
            page.write_string(line, 10, "Có" if row.demonstration else "")
    page.autofilter(top, 0, max(line, top + 1), len(headings) - 1)
    book.close()


def write_print(into: IO[bytes], communes: Sequence[CommuneExpiry], *, on: date) -> None:
    """The expiry list as PDF: a table per commune with the days for filing and what they mean."""
    data = {
        "language": "vi",
        "title": _title(on),
        "mark": _mark(communes),
        "headings": ("Sản phẩm", "Chủ thể", "Hạng", "Hết hạn", "Nộp hồ sơ", "Tình trạng"),
        "communes": [
            {
                "name": f"{place_name(commune.unit)} ({len(commune.rows)})",
                "rows": [_cells(row) for row in commune.rows],
            }
            for commune in communes
        ],
    }
    into.write(typesetting.pdf("ocop.recognition", "expiry_list.typ", data))


def _cells(row: Expiring) -> tuple[str, ...]:
    product = row.recognition.product
    return (
        product.name,
        product.producer.name,
        rank_words(row),
        ends(row),
        f"{write_date(row.window.start)} – {write_date(row.file_until)}",
        advice(row),
    )
