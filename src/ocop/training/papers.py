"""Tickets and certificates as PDF."""

import re
from collections.abc import Sequence
from datetime import date, datetime

import zxingcpp
from django.conf import settings
from django.utils import timezone

from ocop.core import options, typesetting
from ocop.core.numbers import write_date
from ocop.core.official.paper import dated
from ocop.places.letterhead import letterhead
from ocop.training.models import Enrolment, TrainingCertificate, TrainingClass

_MARK = "DỮ LIỆU MẪU – KHÔNG PHẢI GIẤY CHỨNG NHẬN THẬT"
_VOID = "ĐÃ THU HỒI"
_MADE_BY = re.compile(r"\s*<desc>.*?</desc>")  # would be read out
_SIZE = re.compile(r'<svg width="(\d+)" height="(\d+)"')


def qr(text: str) -> str:
    """A QR code as SVG of any size, to stand in a page or on a paper."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = str(code.to_svg())
    drawn = drawn[drawn.index("<svg") :]  # a page takes no prolog
    drawn = _MADE_BY.sub("", drawn)
    return _SIZE.sub(r'<svg viewBox="0 0 \1 \2"', drawn, count=1)


def ticket_text(code: str) -> str:
    """How a ticket is printed and shown: two parts in capitals, as people read it out."""
    return f"{code[:4]}-{code[4:]}".upper()


def tickets_pdf(training_class: TrainingClass, rows: Sequence[Enrolment]) -> bytes:
    """Tickets of these persons, eight on a page."""
    begins = _local(training_class.starts_at)
    data = {
        "title": f"Vé: {training_class.name}",
        "language": "vi",
        "class": training_class.name,
        "when": f"{begins:%H:%M} ngày {write_date(begins.date())}",
        "place": training_class.place,
        "tickets": [
            {
                "name": row.name,
                "of": row.producer.name if row.producer else row.unit.name if row.unit else "",
                "code": ticket_text(row.code),
                "qr": qr(ticket_text(row.code)),
            }
            for row in rows
        ],
    }
    return typesetting.pdf("ocop.training", "tickets.typ", data)


def certificate_address(certificate: TrainingCertificate) -> str:
    """The public page that tells whether a certificate stands."""
    return f"{settings.BASE_URL}/tap-huan/giay-chung-nhan/{certificate.code}/"


def certificates_pdf(rows: Sequence[TrainingCertificate]) -> bytes:
    """Certificates, one on a page."""
    head = letterhead()
    mark = _MARK if options.DEMONSTRATION.get() else ""
    data = {
        "title": "Giấy chứng nhận tập huấn",
        "language": "vi",
        "parent": head.parent,
        "issuer": head.office,
        "signer": head.signer,
        "certificates": [_told(row, mark, head.place) for row in rows],
    }
    return typesetting.pdf("ocop.training", "certificate.typ", data)


def _told(row: TrainingCertificate, mark: str, place: str) -> dict[str, object]:
    words = row.words
    return {
        **words,
        "days": _days(words["from"], words["to"]),
        "number": row.number,
        "mark": mark,
        "void": _VOID if row.revoked_at else "",
        "dated": dated(place, _local(row.issued_at).date()),
        "qr": qr(certificate_address(row)),
        "address": certificate_address(row),
        "code": ticket_text(row.code),
        "site": f"{settings.BASE_URL.partition('://')[2]}/tap-huan/giay-chung-nhan/",
    }


def _days(first: str, last: str) -> str:
    """The days of a class in words."""
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    if begins == ends:
        return f"ngày {write_date(begins)}"
    return f"từ ngày {write_date(begins)} đến ngày {write_date(ends)}"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)
