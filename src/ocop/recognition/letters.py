"""Letters to communes about stars that end, in the form of Decree 30/2020/NĐ-CP.

The letters are official papers: Vietnamese whatever language the reader's screen has.
"""

import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import IO, Any

from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from ocop.core import folding
from ocop.core.numbers import write_date
from ocop.core.official.paper import MOTTO, NATION, dated
from ocop.core.official.writing import CELL, SMALL, columns, grid, line, page, rule
from ocop.places.letterhead import Letterhead
from ocop.recognition.expiry import CommuneExpiry, Expiring
from ocop.recognition.expiry_list import DEMONSTRATION_MARK, advice, ends, place_name, rank_words
from ocop.recognition.validity import State

_WIDTHS = (11, 45, 40, 19, 24, 26)  # millimetres: 165 lie between the margins
_HEADINGS = ("STT", "Sản phẩm", "Chủ thể", "Hạng", "Hết hạn", "Nộp hồ sơ đánh giá lại")


def write_letters(
    into: IO[bytes],
    communes: Sequence[CommuneExpiry],
    head: Letterhead,
    *,
    on: date,
    further: Sequence[str] = (),
) -> None:
    """One document with a letter per commune, each on a page of its own, dated `on`; `further`
    paragraphs stand after what the law asks for."""
    paper = page()
    for number, commune in enumerate(communes):
        if number:
            paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _letter(paper, commune, head, on, further)
    paper.save(into)


def write_letters_apart(
    into: IO[bytes],
    communes: Sequence[CommuneExpiry],
    head: Letterhead,
    *,
    on: date,
    further: Sequence[str] = (),
) -> None:
    """A ZIP of one document per commune, named by the commune."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, commune in enumerate(communes, start=1):
            content = BytesIO()
            write_letters(content, [commune], head, on=on, further=further)
            name = "-".join(folding.tokens(place_name(commune.unit)))
            packed.writestr(f"{number:03d}-{name}.docx", content.getvalue())


def opening(commune: CommuneExpiry, head: Letterhead) -> str:
    """The first paragraph of a commune's letter, before its table."""
    kept = any(row.state is State.EXTENDED for row in commune.rows)
    which = "hết hạn, đang được kéo dài hoặc sắp hết hạn" if kept else "hết hạn hoặc sắp hết hạn"
    return (
        "Thực hiện Quyết định số 26/2026/QĐ-TTg của Thủ tướng Chính phủ, "
        f"{head.office} thông báo: trên địa bàn {in_sentence(place_name(commune.unit))} có "
        f"{len(commune.rows)} sản phẩm OCOP {which} công nhận hạng sao như sau:"
    )


def _letter(
    paper: Any, commune: CommuneExpiry, head: Letterhead, on: date, further: Sequence[str]
) -> None:
    if commune.demonstration:
        _line(paper, DEMONSTRATION_MARK, bold=True, size=SMALL, align="center")
    _head(paper, head, on)
    place = place_name(commune.unit)
    _line(paper, f"Kính gửi: Ủy ban nhân dân {in_sentence(place)}", align="center", before=14)
    _body(paper, opening(commune, head), before=12)
    _table(paper, commune.rows)
    for text in (*requests(commune.rows, on), *further):
        _body(paper, text)
    _body(paper, f"Trân trọng đề nghị Ủy ban nhân dân {in_sentence(place)} quan tâm thực hiện./.")
    _foot(paper, head)


def _head(paper: Any, head: Letterhead, on: date) -> None:
    left, right = columns(paper, (70, 95))
    if head.parent:
        _centred(left, head.parent.upper(), size=SMALL)
    _centred(left, head.office.upper(), bold=True, size=SMALL)
    rule(left, 22, 66)
    _centred(left, f"Số:        /{head.symbol}", size=SMALL)
    about = "V/v sản phẩm OCOP hết hạn, sắp hết hạn công nhận hạng sao"
    _centred(left, about, size=CELL)
    _centred(right, NATION, bold=True, size=SMALL)
    _centred(right, MOTTO, bold=True)
    rule(right, 58, 91)
    _centred(right, dated(head.place, on), italic=True)


def _centred(cell: Any, text: str, **look: Any) -> None:
    line(cell.add_paragraph(), text, align="center", **look)


def requests(rows: Sequence[Expiring], on: date) -> list[str]:
    """What the commune is asked to do, by the states that occur in its table."""
    states = {row.state for row in rows}
    asked = []
    if any(on <= row.file_until and row.filed_on is None for row in rows):
        asked.append(
            "hướng dẫn chủ thể lập hồ sơ đánh giá lại và nộp trong thời gian từ 180 đến 120 ngày "
            "trước ngày hết hạn, ghi ở cột cuối của bảng trên; hồ sơ nộp bản giấy hoặc trên phần "
            "mềm có giá trị như nhau."
        )
    if states & {State.WINDOW_MISSED, State.EXTENSION_UNCONFIRMED}:
        asked.append(
            "đối với sản phẩm đã quá hạn nộp hồ sơ: đề nghị chủ thể nộp hồ sơ ngay và báo cáo lý "
            "do. Việc kéo dài theo khoản 3 Điều 12 Quyết định số 26/2026/QĐ-TTg chỉ có hiệu lực "
            "khi được xác nhận bằng văn bản và không quá 180 ngày kể từ ngày hết hạn."
        )
    if kept := [row.last_day for row in rows if row.state is State.EXTENDED]:
        asked.append(
            "đối với sản phẩm đang được kéo dài, hạng sao vẫn còn hiệu lực: hoàn thành đánh giá "
            "lại trong thời gian kéo dài ghi ở bảng trên, chậm nhất là ngày "
            f"{write_date(max(kept))}; chủ thể chịu trách nhiệm về sản phẩm."
        )
    if states & {State.EXPIRED, State.EXTENSION_UNCONFIRMED}:
        asked.append(
            "thông báo để chủ thể không sử dụng hạng sao đã hết hạn trên nhãn, biển hiệu và trang "
            "thông tin cho đến khi được công nhận lại."
        )
    return [f"{number}. Đề nghị {text}" for number, text in enumerate(asked, start=1)]


def _table(paper: Any, rows: Sequence[Expiring]) -> None:
    lines = [
        (
            str(number),
            row.recognition.product.name,
            row.recognition.product.producer.name,
            rank_words(row),
            ends(row),
            f"{write_date(row.window.start)} – {write_date(row.file_until)}\n{advice(row)}",
        )
        for number, row in enumerate(rows, start=1)
    ]
    grid(paper, _HEADINGS, lines, _WIDTHS, aligned=dict.fromkeys((0, 3, 4, 5), "center"))
    _line(paper, "", size=Pt(6))


def _foot(paper: Any, head: Letterhead) -> None:
    left, right = columns(paper, (80, 85))
    line(left.add_paragraph(), "Nơi nhận:", bold=True, italic=True, size=CELL)
    for receiver in ("- Như trên;", f"- Lưu: VT, {head.symbol}."):
        line(left.add_paragraph(), receiver, size=Pt(11))
    _centred(right, head.signer.upper(), bold=True)
    for _line_to_sign in range(4):
        _centred(right, "")


def _line(paper: Any, text: str, *, before: int = 0, **look: Any) -> None:
    line(paper.add_paragraph(), text, **look).paragraph_format.space_before = Pt(before)


def _body(paper: Any, text: str, *, before: int = 6) -> None:
    """A paragraph of the text: justified, first line set in by 10 mm."""
    paragraph = line(paper.add_paragraph(), text, align="justify")
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(6)


def in_sentence(name: str) -> str:
    """A unit inside a sentence: xã Đức Trọng."""
    return name[:1].lower() + name[1:]
