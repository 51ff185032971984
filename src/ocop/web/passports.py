"""Digital passports on pages of every face, and as files: JSON, CSV, JSON-LD."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ocop.core import csvs, folding, language
from ocop.core.numbers import write_date
from ocop.traceability import passport, passport_files
from ocop.traceability.passport import Facts, Law
from ocop.traceability.passport_files import CONTEXT, HEADINGS, LINKED, Passport

T = TypeVar("T")
KINDS = ("json", "csv", "jsonld")
_MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "jsonld": LINKED,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a law asks for: its words, what is told, and whether its absence matters."""

    number: int
    words: str
    value: str
    known: bool
    missing: bool


def reading(told: Passport) -> dict[str, Any]:
    """What `components/passport.html` shows of a passport."""
    known, of = passport.completeness(told.facts)
    values = _values(told.facts)
    lines = [
        (each.law, Line(each.number, _(each.name), values[each.law, each.number], each.known,
                        each.missing))
        for each in passport.data(told.facts)
    ]  # fmt: skip
    return {
        "passport": told,
        "known": known,
        "of": of,
        "lacking": [_(each.name) for each in passport.missing(told.facts)],
        "laws": [
            (words, [line for law, line in lines if law == key])
            for key, words in (
                (Law.TEN, _("10 dữ liệu tối thiểu (Thông tư 02/2024/TT-BKHCN)")),
                (Law.EIGHT, _("8 nội dung hộ chiếu số (Điều 32 Nghị định 37/2026/NĐ-CP)")),
            )
        ],
        "kinds": [(kind.upper().replace("JSONLD", "JSON-LD"), kind) for kind in KINDS],
    }


def _values(facts: Facts) -> dict[tuple[Law, int], str]:
    """What is told of each thing, in the order of `passport.data`."""
    made = write_date(facts.produced_on) if facts.produced_on else ""
    until = write_date(facts.expires_on) if facts.expires_on else ""
    steps = _("%d công đoạn có nơi và thời gian") % len(facts.stages) if facts.stages else ""
    image = _("có ảnh") if facts.has_image else ""
    dates = [_("sản xuất %s") % made if made else "", _("hạn dùng %s") % until if until else ""]
    ten = (
        facts.product,
        image,
        facts.producer,
        facts.address,
        steps,
        made,
        facts.trace_code,
        facts.brand,
        facts.shelf_life or until,
        facts.standards,
    )
    eight = (
        _joined((facts.product, facts.pack, facts.trade_code), ", "),
        _joined((facts.producer, facts.address, facts.producer_code), ", "),
        facts.origin,
        _joined((facts.trace_code, steps), ", "),
        _joined(facts.certificates, "; "),
        _joined(dates, ", "),
        facts.warnings,
        facts.other,
    )
    found = {(Law.TEN, n): value for n, value in enumerate(ten, 1)}
    return found | {(Law.EIGHT, n): value for n, value in enumerate(eight, 1)}


def _joined(texts: Iterable[str], sign: str) -> str:
    return sign.join(text for text in texts if text)


# --- Files -------------------------------------------------------------------------------------
def file_of(told: Passport, kind: str) -> HttpResponse:
    """One passport as a file; 404 for a kind that is none."""
    answer = HttpResponse(_known(_ONE, kind)(told), content_type=_MEDIA[kind])
    facts = told.facts
    name = slugify(folding.fold(f"{facts.product} {facts.pack} {facts.lot}"))
    _named(answer, f"ho-chieu-{name}", kind)
    return answer


def file_of_all(told: Iterable[Passport], kind: str) -> StreamingHttpResponse:
    """Passports as one file, written while they are read; 404 for a kind that is none."""
    parts = _spoken(_known(_ALL, kind)(told), language.active())
    answer = StreamingHttpResponse(parts, content_type=_MEDIA[kind])
    _named(answer, "ho-chieu", kind)
    return answer


def _known(writers: Mapping[str, T], kind: str) -> T:
    if kind not in writers:
        raise Http404
    return writers[kind]


def _named(answer: HttpResponseBase, name: str, kind: str) -> None:
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["Cache-Control"] = "private, no-store"


def _spoken(parts: Iterator[str], said: str) -> Iterator[str]:
    """The parts in the language of who asked: they are written when the request is over."""
    while True:
        with language.using(said), translation.override(said):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _json(told: Iterable[Passport]) -> Iterator[str]:
    yield '{"passports":['
    yield from _listed(_text(passport_files.as_json(each)) for each in told)
    yield "]}"


def _linked(told: Iterable[Passport]) -> Iterator[str]:
    yield f'{{"@context":{_text(CONTEXT)},"@graph":['
    yield from _listed(_text(passport_files.as_linked(each)) for each in told)
    yield "]}"


def _csv(told: Iterable[Passport]) -> Iterator[str]:
    into = io.StringIO()
    writer = csv.writer(into)
    into.write("\ufeff")  # spreadsheets then read it as UTF-8
    writer.writerow([_(heading) for heading in HEADINGS])
    for each in told:
        writer.writerow(csvs.cells(passport_files.as_row(each)))
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
    "json": lambda told: _text(passport_files.as_json(told)),
    "csv": lambda told: "".join(_csv([told])),
    "jsonld": lambda told: _text({"@context": CONTEXT, **passport_files.as_linked(told)}),
}
_ALL: Mapping[str, Callable[[Iterable[Passport]], Iterator[str]]] = {
    "json": _json,
    "csv": _csv,
    "jsonld": _linked,
}
