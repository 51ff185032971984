"""Many papers in one file: a ZIP with an index that a person and a program can read."""

import csv
import hashlib
import html
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO

from ocop.core import csvs, folding

_PRESSED = frozenset({"pdf", "jpg", "jpeg", "png", "webp", "docx", "xlsx", "zip"})
_PAGE = """<!doctype html>
<html lang="vi"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
td,th{{text-align:left;padding:.25rem .75rem;border-bottom:1px solid #d9d2c0}}</style>
<h1>{title}</h1>{notes}<table><thead><tr><th>STT</th><th>Tài liệu</th><th>Tệp</th></tr></thead>
<tbody>{rows}</tbody></table></html>
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of a bundle: the folder it lies in, its title, the ending of its name."""

    folder: str
    title: str
    ending: str
    content: bytes


def bundle(
    into: IO[bytes],
    title: str,
    pieces: Iterable[Piece],
    notes: Iterable[str] = (),
    *,
    tell: Callable[[int], None] = lambda _done: None,
) -> None:
    """Write the ZIP: numbered files by folder, `index.html` and `index.csv` (with the SHA-256 of
    each). The pieces may be made one by one; `tell` hears how many are in.

    Names are plain Latin letters, so that every system unpacks them alike.
    """
    listed: list[tuple[str, str, str]] = []
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, piece in enumerate(pieces, start=1):
            words = "-".join(folding.tokens(piece.title))[:60] or "tai-lieu"
            name = f"{piece.folder}/{number:03d}-{words}.{piece.ending}"
            packed.writestr(name, piece.content, _how(piece.ending))
            listed.append((piece.title, name, hashlib.sha256(piece.content).hexdigest()))
            tell(number)
        packed.writestr("index.html", _page(title, listed, notes))
        packed.writestr("index.csv", _table(listed))


def _how(ending: str) -> int:
    """Files that are compressed already are only laid in: pressing them again takes the time."""
    return zipfile.ZIP_STORED if ending in _PRESSED else zipfile.ZIP_DEFLATED


def _page(title: str, listed: list[tuple[str, str, str]], notes: Iterable[str]) -> str:
    rows = "".join(
        f"<tr><td>{n}</td><td>{html.escape(what)}</td>"
        f'<td><a href="{html.escape(name)}">{html.escape(name)}</a></td></tr>'
        for n, (what, name, _digest) in enumerate(listed, start=1)
    )
    told = "".join(f"<p>{html.escape(note)}</p>" for note in notes)
    return _PAGE.format(title=html.escape(title), notes=told, rows=rows)


def _table(listed: list[tuple[str, str, str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("tai_lieu", "tep", "sha256"))
    writer.writerows(map(csvs.cells, listed))
    return "\ufeff" + text.getvalue()
