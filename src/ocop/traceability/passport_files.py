"""Digital passports as files of national systems: JSON, CSV and JSON-LD.

Pure. The ten data and the eight items stand under the names of the law's own order, so that a
system which asks for one of the two finds it whole; what is not known is empty, never left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.numbers import write_date
from ocop.core.zone import ZONE
from ocop.traceability import passport
from ocop.traceability.passport import Facts, Stage
from ocop.traceability.step_words import step_words

GS1 = "https://ref.gs1.org/voc/"
EPCIS = "https://ref.gs1.org/epcis/"
CBV = "https://ref.gs1.org/cbv/"
CONTEXT: Mapping[str, Any] = {
    "gs1": GS1,
    "epcis": EPCIS,
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LINKED = "application/ld+json"


@dataclass(frozen=True, slots=True)
class Passport:
    """What is told of a sales unit, or of a lot of it, and where."""

    facts: Facts
    address: str  # what identifies it: a GS1 Digital Link, else its page
    page: str  # where a person reads it
    image: str = ""
    lot: str = ""  # the code of the lot in this system
    recalled_on: date | None = None
    foreign_codes: Sequence[tuple[str, str]] = ()  # the system and its code


def as_json(told: Passport) -> dict[str, Any]:
    """The ten data, the eight items, and what of them is missing."""
    facts = told.facts
    known, of = passport.completeness(facts)
    return {
        "id": told.address,
        "page": told.page,
        "lot": facts.lot,
        "recalled_on": _day(told.recalled_on),
        "minimum_data": {
            "product_name": facts.product,
            "image": told.image,
            "producer_name": facts.producer,
            "producer_address": facts.address,
            "stages": [_stage(stage) for stage in facts.stages],
            "produced_on": _day(facts.produced_on),
            "trace_code": facts.trace_code,
            "brand": facts.brand,
            "shelf_life": facts.shelf_life,
            "standards": facts.standards,
        },
        "passport": {
            "product": {
                "name": facts.product,
                "pack": facts.pack,
                "code": facts.trade_code,
                "is_gtin": facts.has_gtin,
            },
            "producer": {
                "name": facts.producer,
                "address": facts.address,
                "identifier": facts.producer_code,
            },
            "origin": facts.origin,
            "traceability": {"trace_code": facts.trace_code, "events": len(facts.stages)},
            "certificates": list(facts.certificates),
            "dates": {
                "produced_on": _day(facts.produced_on),
                "expires_on": _day(facts.expires_on),
            },
            "warnings": facts.warnings,
            "other": facts.other,
        },
        "foreign_codes": [{"system": name, "code": code} for name, code in told.foreign_codes],
        "completeness": {
            "known": known,
            "of": of,
            "missing": [
                {"law": each.law, "number": each.number, "name": _(each.name)}
                for each in passport.missing(facts)
            ],
        },
    }


def as_linked(told: Passport) -> dict[str, Any]:
    """The same in GS1's Web Vocabulary and, for what it has no words, schema.org's; without its
    context. What is not known is left out, as linked data has it."""
    facts = told.facts
    node: dict[str, Any] = {
        "@id": told.address,
        "@type": "gs1:Product",
        "gs1:gtin": facts.trade_code if facts.has_gtin else "",
        "schema:sku": "" if facts.has_gtin else facts.trade_code,
        "gs1:productName": _words(facts.product),
        "gs1:variantDescription": _words(facts.pack),
        "gs1:brand": _node("gs1:Brand", {"gs1:brandName": _words(facts.brand)}),
        "gs1:image": _node("gs1:ReferencedFileDetails", {"gs1:referencedFileURL": _at(told.image)}),
        "gs1:manufacturer": _node(
            "gs1:Organization",
            {
                "gs1:organizationName": _words(facts.producer),
                "schema:identifier": facts.producer_code,
                "gs1:address": _node(
                    "gs1:PostalAddress", {"gs1:streetAddress": _words(facts.address)}
                ),
            },
        ),
        "gs1:provenanceStatement": _words(facts.origin),
        "gs1:hasBatchLotNumber": facts.lot,
        "gs1:productionDate": _typed(facts.produced_on),
        "gs1:expirationDate": _typed(facts.expires_on),
        "gs1:certification": [
            _node("gs1:CertificationDetails", {"gs1:certificationStandard": each})
            for each in facts.certificates
        ],
        "gs1:warningCopyDescription": _words(facts.warnings),
        "schema:additionalProperty": [
            _property(name, value)
            for name, value in (
                ("trace_code", facts.trace_code),
                ("shelf_life", facts.shelf_life),
                ("standards", facts.standards),
                ("other", facts.other),
                *told.foreign_codes,
            )
            if value
        ],
        "gs1:traceability": [_event(stage) for stage in facts.stages],
        "schema:mainEntityOfPage": _at(told.page),
    }
    return _known(node)


#: Columns of the table, in the order of the two laws; each is told once.
HEADINGS = (
    N_("Mã số sản phẩm (GTIN hoặc mã riêng)"),
    N_("Tên sản phẩm"),
    N_("Quy cách"),
    N_("Hình ảnh"),
    N_("Đơn vị sản xuất, kinh doanh"),
    N_("Mã định danh của đơn vị"),
    N_("Địa chỉ"),
    N_("Số lô"),
    N_("Các công đoạn"),
    N_("Ngày sản xuất"),
    N_("Hạn sử dụng"),
    N_("Mã truy xuất nguồn gốc"),
    N_("Thương hiệu, nhãn hiệu"),
    N_("Thời hạn sử dụng"),
    N_("Tiêu chuẩn áp dụng"),
    N_("Xuất xứ hoặc nơi chế biến cuối cùng"),
    N_("Chứng nhận, chứng chỉ"),
    N_("Cảnh báo an toàn"),
    N_("Thông tin khác"),
    N_("Mã ở hệ thống khác"),
    N_("Thu hồi ngày"),
    N_("Dữ liệu đã có"),
    N_("Dữ liệu còn thiếu"),
    N_("Địa chỉ hộ chiếu"),
)


def as_row(told: Passport) -> list[Any]:
    """The same as one line of a table under `HEADINGS`."""
    facts = told.facts
    known, of = passport.completeness(facts)
    return [
        facts.trade_code,
        facts.product,
        facts.pack,
        told.image,
        facts.producer,
        facts.producer_code,
        facts.address,
        facts.lot,
        "; ".join(_line(stage) for stage in facts.stages),
        _day(facts.produced_on) or "",
        _day(facts.expires_on) or "",
        facts.trace_code,
        facts.brand,
        facts.shelf_life,
        facts.standards,
        facts.origin,
        "; ".join(facts.certificates),
        facts.warnings,
        facts.other,
        "; ".join(f"{name}: {code}" for name, code in told.foreign_codes),
        _day(told.recalled_on) or "",
        f"{known}/{of}",
        "; ".join(_(each.name) for each in passport.missing(facts)),
        told.page,
    ]


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "step": stage.step,
        "product_trace_code": stage.trace_code,
        "goods": stage.goods,
        "location_trace_code": stage.site_code,
        "location": stage.site,
        "time": _moment(stage.at),
    }


def _moment(at: datetime) -> str:
    return at.astimezone(ZONE).isoformat()


def _line(stage: Stage) -> str:
    at = stage.at.astimezone(ZONE)
    when = f"{write_date(at.date())} {at:%H:%M}"
    return f"{when} {step_words(stage.step)} {stage.trace_code} @ {stage.site_code}"


def _event(stage: Stage) -> dict[str, Any]:
    return _known(
        {
            "@type": "epcis:ObjectEvent",
            "epcis:eventTime": {"@value": _moment(stage.at), "@type": "xsd:dateTime"},
            "epcis:bizStep": {"@id": _step(stage.step)},
            "epcis:bizLocation": {"schema:identifier": stage.site_code, "schema:name": stage.site},
            "schema:identifier": stage.trace_code,
        }
    )


def _step(step: str) -> str:
    """A step as a name of CBV 2.0; another's own name, which is an address, as it is."""
    return step if ":" in step else f"{CBV}BizStep-{step}"


def _property(name: str, value: str) -> dict[str, Any]:
    return {"@type": "schema:PropertyValue", "schema:name": name, "schema:value": value}


def _words(text: str) -> Any:
    """What people wrote, in the language they write in."""
    return {"@value": text, "@language": "vi"} if text else ""


def _at(address: str) -> Any:
    return {"@id": address} if address else ""


def _typed(day: date | None) -> Any:
    return {"@value": day.isoformat(), "@type": "xsd:date"} if day else ""


def _node(kind: str, facts: dict[str, Any]) -> Any:
    """A node that says something; nothing where nothing is known."""
    known = _known(facts)
    return {"@type": kind, **known} if known else ""


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in ("", None, [])}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
