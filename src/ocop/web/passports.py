"""Digital passports on pages of every face, and as files: JSON, CSV, JSON-LD."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.core import folding
from ocop.core.numbers import write_date
from ocop.traceability import passport, passport_writing
from ocop.traceability.passport import Facts, Law
from ocop.traceability.passport_files import Passport
from ocop.traceability.passport_writing import MEDIA


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
        "kinds": kinds(),
    }


def kinds() -> list[tuple[str, str]]:
    """The files there are of a passport: what they are called, and their ending."""
    return [(kind.upper().replace("JSONLD", "JSON-LD"), kind) for kind in MEDIA]


def _values(facts: Facts) -> dict[tuple[Law, int], str]:
    """What is told of each thing, in the order of `passport.data`."""
    made = write_date(facts.produced_on) if facts.produced_on else ""
    until = write_date(facts.expires_on) if facts.expires_on else ""
    many = len(facts.stages)
    steps = ngettext("%d công đoạn có nơi và thời gian", "%d công đoạn có nơi và thời gian", many)
    steps = steps % many if many else ""
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
    media = _media(kind)
    answer = HttpResponse(passport_writing.write_one(told, kind), content_type=media)
    facts = told.facts
    name = slugify(folding.fold(f"{facts.product} {facts.pack} {facts.lot}"))
    _named(answer, f"ho-chieu-{name}", kind)
    return answer


def file_of_all(told: Iterable[Passport], kind: str) -> StreamingHttpResponse:
    """Passports as one file, written while they are read; 404 for a kind that is none."""
    media = _media(kind)
    answer = StreamingHttpResponse(passport_writing.write_all(told, kind), content_type=media)
    _named(answer, "ho-chieu", kind)
    return answer


def _media(kind: str) -> str:
    if kind not in MEDIA:
        raise Http404
    return MEDIA[kind]


def _named(answer: HttpResponseBase, name: str, kind: str) -> None:
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["Cache-Control"] = "private, no-store"
