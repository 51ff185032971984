"""Cells that a spreadsheet shows as broken: the reader of workbooks gives them as blank."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

_NAMESPACES = {
    "m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "p": "http://schemas.openxmlformats.org/package/2006/relationships",
}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHUNK = 1 << 20
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_REF = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_SUSPECT = (b't="e"', b"<f", b":f>", b":f ")
_ERROR_TEXT = re.compile(r"#(?:REF|N/A|VALUE|DIV/0|NAME|NULL|NUM|SPILL|CALC)[!?]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value: `#REF!` and its like, or "" for a formula never reckoned; or one
    with control signs in its text."""

    text: str
    unreadable: bool = False


Cell = object  # str, int, float, bool, date, datetime, time, timedelta or Broken
Place = tuple[int, int]  # row and column, from 0


def as_broken(text: str) -> Broken | None:
    """A text that is a spreadsheet's error, as CSV carries it, and a cell pasted as a value."""
    plain = text.strip()
    return Broken(plain) if plain.startswith("#") and _ERROR_TEXT.fullmatch(plain) else None


def broken_cells(content: bytes, sheet: str) -> dict[Place, Broken]:
    """The broken cells of one sheet of an XLSX file."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        path = _path_of(packed, sheet)
        if path is None:
            return {}
        with packed.open(path) as part:
            return dict(_broken(iter(lambda: part.read(_CHUNK), b"")))


def _path_of(packed: zipfile.ZipFile, sheet: str) -> str | None:
    book = ElementTree.fromstring(packed.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    targets = {
        r.get("Id"): r.get("Target", "") for r in relations.iterfind("p:Relationship", _NAMESPACES)
    }
    for entry in book.iterfind("m:sheets/m:sheet", _NAMESPACES):
        if entry.get("name") == sheet:
            target = targets.get(entry.get(_RELATION), "")
            path = posixpath.normpath(posixpath.join("xl", target))
            path = target.lstrip("/") if target.startswith("/") else path
            return path if path in packed.namelist() else None
    return None


def _broken(chunks: Iterator[bytes]) -> Iterator[tuple[Place, Broken]]:
    """Row by row through the text of a sheet: only rows that hold a suspect are looked at."""
    rest = b""
    for chunk in chunks:
        rest += chunk
        whole, cut, rest = rest.rpartition(b"</row>")
        if cut:
            yield from _in_text(whole)
    yield from _in_text(rest)


def _in_text(text: bytes) -> Iterator[tuple[Place, Broken]]:
    if not any(sign in text for sign in _SUSPECT):
        return
    for cell in _CELL.finditer(text):
        attributes, inside = cell[1], cell[2]
        is_error = b't="e"' in attributes
        if not is_error and not any(sign in inside for sign in _SUSPECT[1:]):
            continue
        value, ref = _VALUE.search(inside), _REF.search(attributes)
        if ref is None or (value is not None and not is_error):
            continue
        told = value[1].decode("utf-8", "replace") if value else ""
        yield (int(ref[2]) - 1, _column(ref[1])), Broken(told)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
