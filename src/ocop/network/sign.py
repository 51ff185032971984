"""The sign of a point as PDF, with the code that leads to its public page."""

import zxingcpp

from ocop.core import typesetting
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.network.models import SalesPoint


def pdf(point: SalesPoint, *, target: str, hours: str) -> bytes:
    """The sign; `target` is the address that the code holds."""
    code = zxingcpp.create_barcode(target, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    decision = ""
    if point.recognised_on:
        decision = _("Quyết định %(number)s ngày %(day)s, %(authority)s") % {
            "number": point.number,
            "day": write_date(point.recognised_on),
            "authority": point.authority,
        }
    data = {
        "title": point.name,
        "heading": _("Điểm giới thiệu và bán sản phẩm OCOP"),
        "address": f"{point.address}, {point.commune.name}" if point.commune else point.address,
        "hours": hours,
        "code": code.to_svg(),
        "target": target,
        "scan": _("Quét để xem hàng đang bày, sao OCOP còn hiệu lực hôm nay"),
        "decision": decision,
    }
    return typesetting.pdf("ocop.network", "sign.typ", data)
