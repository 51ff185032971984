"""What an official paper says, whatever it is printed as (Decree 30/2020/NĐ-CP, Annex I).

A paper is Vietnamese whatever language the reader's screen has. Texts are plain; nothing in them
is read as markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_COMMITTEE = "Ủy ban nhân dân "


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `style`: body (first line set in), heading, centre, note, plain."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one below the other."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in words; `widths` are shares of the page, `numbers` the places of its numbers and
    `centred` those of short words and ordinals.

    Rows whose place is in `strong` stand out, as sums and headings of sections do. Headings whose
    place is in `turned` stand on their side: names above narrow columns.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    numbers: Sequence[int] = ()
    strong: Sequence[int] = ()
    centred: Sequence[int] = ()
    turned: Sequence[int] = ()


Block = Text | Facts | Grid


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the office, and the name when it is known.

    `authority` stands above the office: for whom (TM.) or instead of whom (KT.) is signed.
    """

    office: str
    name: str = ""
    hint: str = "(Ký, ghi rõ họ tên)"
    authority: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Official:
    """One paper: its head, title, what it says, who signs and who receives it.

    `form` names the form of the law ("Mẫu số 03"); `marks` stand at the head of every page, `trace`
    at its foot: by what a print is known again.
    """

    title: str
    blocks: Sequence[Block]
    subtitle: str = ""
    form: str = ""
    parent: str = ""
    issuer: str = ""
    number: str = ""
    about: str = ""  # of a letter: V/v ...
    dated: str = ""  # Hà Nội, ngày 05 tháng 11 năm 2026
    to: str = ""  # of a letter: Kính gửi
    signatures: Sequence[Signature] = ()
    recipients: Sequence[str] = ()
    marks: Sequence[str] = field(default=())
    trace: str = ""
    landscape: bool = False


def written_date(day: date) -> str:
    """A day in words: zeros before days below ten and before January and February (the decree)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def dated(place: str, day: date | None) -> str:
    """Place and day at the head of a paper; dots where the day is written by hand."""
    when = written_date(day) if day else "ngày ..... tháng ..... năm ........"
    return f"{place}, {when}" if place else when[:1].upper() + when[1:]


def headed(body: str) -> tuple[str, ...]:
    """The name of a body as it stands at the head: a People's Committee over two lines, whose
    second names the place."""
    committee, _space, place = body.partition(_COMMITTEE)
    return (_COMMITTEE.strip(), place) if not committee and place else (body,) if body else ()
