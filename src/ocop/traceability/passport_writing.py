"""Digital passports written down: one, or so many that nobody holds them at once. Pure."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ocop.core import csvs, language
from ocop.core.language import gettext as _
from ocop.traceability.passport_files import (
    CONTEXT,
    HEADINGS,
    LINKED,
    Passport,
    as_json,
    as_linked,
    as_row,
)

#: The kinds of files and what they are on the wire.
MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "jsonld": LINKED,
}


def write_one(told: Passport, kind: str) -> str:
    """One passport. KeyError: no such kind."""
    return _ONE[kind](told)


def write_all(told: Iterable[Passport], kind: str) -> Iterator[str]:
    """Passports as one file, each written when it is asked for, in the language of now. KeyError:
    no such kind."""
    return _spoken(_ALL[kind](told), language.active())


def _spoken(parts: Iterator[str], said: str) -> Iterator[str]:
    """The parts in one language: by the time they are written, that of the request is gone."""
    while True:
        with language.using(said):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _json(told: Iterable[Passport]) -> Iterator[str]:
    yield '{"passports":['
    yield from _listed(_text(as_json(each)) for each in told)
    yield "]}"


def _linked(told: Iterable[Passport]) -> Iterator[str]:
    yield f'{{"@context":{_text(CONTEXT)},"@graph":['
    yield from _listed(_text(as_linked(each)) for each in told)
    yield "]}"


def _csv(told: Iterable[Passport]) -> Iterator[str]:
    into = io.StringIO()
    writer = csv.writer(into)
    into.write("\ufeff")  # spreadsheets then read it as UTF-8
    writer.writerow([_(heading) for heading in HEADINGS])
    for each in told:
        writer.writerow(csvs.cells(as_row(each)))
        yield into.getvalue()
        into.seek(0)
        into.truncate()
    yield into.getvalue()


def _listed(written: Iterable[str]) -> Iterator[str]:
    before = "\n"
    for text in written:
        yield f"{before}{text}"
        before = ",\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_ONE: Mapping[str, Callable[[Passport], str]] = {
    "json": lambda told: _text(as_json(told)),
    "csv": lambda told: "".join(_csv([told])),
    "jsonld": lambda told: _text({"@context": CONTEXT, **as_linked(told)}),
}
_ALL: Mapping[str, Callable[[Iterable[Passport]], Iterator[str]]] = {
    "json": _json,
    "csv": _csv,
    "jsonld": _linked,
}
