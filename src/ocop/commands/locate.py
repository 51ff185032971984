"""`ocop locate`: the unit an address speaks of, then and now. Needs no installation."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TextIO

from rich.console import Console
from rich.progress import track

from ocop.commands._framework import read_day, read_lines, standard_input
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.places import Located, locate
from ocop.places.gazetteer import Entry

SUMMARY = N_("Tìm đơn vị hành chính của một địa chỉ, khi đó và hiện nay")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """An address, or a file of addresses, one a line."""
    parser.add_argument("address", nargs="?", help=_("địa chỉ"))
    parser.add_argument("--on", default="", help=_("ngày của địa chỉ: 2024-03-31 hoặc 31/03/2024"))
    parser.add_argument("--json", action="store_true", help=_("in JSON"))
    parser.add_argument("--batch", help=_("tệp địa chỉ, mỗi dòng một địa chỉ; - là đầu vào chuẩn"))


def run(options: argparse.Namespace) -> int:
    """Print what an address speaks of."""
    on = read_day(options.on)
    if options.batch:
        return _batch(options.batch, on)
    if not options.address:
        raise Refused("address_missing", _("Hãy ghi địa chỉ trong ngoặc kép, hoặc dùng --batch."))
    located = locate(options.address, on)
    if options.json:
        print(json.dumps(_told(located), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(located)))
    return 0


def _batch(name: str, on: date) -> int:
    """One JSON line per address, in the same order."""
    if name == "-":
        return _write(standard_input(errors="replace"), on, sys.stdout)
    return _write(_tracked(read_lines(name)), on, sys.stdout)


def _tracked(lines: list[str]) -> Iterator[str]:
    console = Console(stderr=True)
    return iter(track(lines, _("Tìm địa chỉ"), console=console, disable=not console.is_terminal))


def _write(lines: Iterable[str], on: date, out: TextIO) -> int:
    for line in lines:
        address = line.strip()
        if address:
            told = {"address": address, **_told(locate(address, on))}
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 0


def _told(located: Located) -> dict[str, Any]:
    return {
        "then": _entry(located.then),
        "now": _entry(located.now),
        "ambiguous": located.ambiguous,
        "candidates": [_entry(candidate) for candidate in located.candidates],
    }


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "code": entry.code,
        "name": entry.name,
        "level": entry.level,
        "above": [{"code": a.code, "name": a.name, "level": a.level} for a in entry.ancestors()],
        "valid_from": None if entry.valid_from.year == 1900 else entry.valid_from.isoformat(),
        "valid_to": entry.valid_to and entry.valid_to.isoformat(),
    }


def _lines(located: Located) -> Iterator[str]:
    if located.then:
        yield _("Khi đó:   %s") % _words(located.then)
    if located.now:
        yield _("Hiện nay: %s") % _words(located.now)
    if located.ambiguous:
        yield _("Chưa xác định được, có thể là:")
        yield from (f"  {_words(candidate)}" for candidate in located.candidates)
    elif not located.then and not located.now:
        yield _("Không tìm thấy đơn vị nào của địa chỉ này trong danh mục.")
    elif not located.now:
        yield _("Chưa rõ hiện nay thuộc đơn vị nào.")


def _words(entry: Entry) -> str:
    """A unit with everything above it, and the days it holds where it has ended."""
    names = ", ".join(unit.name for unit in (entry, *entry.ancestors()))
    if entry.valid_to is None:
        return f"{names} ({entry.code})"
    ended = _("đến trước ngày %s") % f"{entry.valid_to:%d/%m/%Y}"
    return f"{names} ({entry.code}, {ended})"
