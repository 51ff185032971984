"""Star certificates: numbered once, printed whenever they are asked for."""

from collections.abc import Callable, Sequence
from datetime import datetime
from string import Formatter

import zxingcpp
from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from ocop.core import options, typesetting
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.numbers import write_date
from ocop.core.official.paper import dated
from ocop.core.refusals import Refused
from ocop.places.letterhead import committee, letterhead
from ocop.places.models import Level, Unit
from ocop.recognition import labels, rules
from ocop.recognition.log import chains
from ocop.recognition.models import CERTIFIED, Certificate, Decision, Evidence, Recognition
from ocop.recognition.own_authority import is_own, letterhead_of
from ocop.recognition.validity import MONTHS, expiry_of

_SAMPLE = {"serial": 1, "year": 2026, "province": "01"}
_MARK = "DỮ LIỆU MẪU – KHÔNG PHẢI GIẤY CHỨNG NHẬN THẬT"


def _is_format(value: object) -> bool:
    """A text in which numbers of two certificates differ."""
    if not isinstance(value, str) or not 0 < len(value) <= 40:
        return False
    try:
        if {name for _text, name, _form, _turn in Formatter().parse(value) if name} - {*_SAMPLE}:
            return False
        others: tuple[dict[str, int], ...] = ({}, {"serial": 2}, {"year": 2027})
        first, second, next_year = (value.format(**{**_SAMPLE, **other}) for other in others)
    except (KeyError, IndexError, ValueError):
        return False
    return len({first, second, next_year}) == 3 and len(first) <= 50


def _is_words(most: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and 0 < len(value.strip()) <= most


#: The template and the form of the number are not public (DOMAIN 5): each province sets its own.
NUMBER = options.declare(
    "certificates.number",
    "{serial:04d}/{year}/GCN-OCOP",
    noop("Mẫu số giấy chứng nhận, dùng {serial:04d}, {year} và {province}"),
    _is_format,
)
TITLE = options.declare(
    "certificates.title",
    "GIẤY CHỨNG NHẬN SẢN PHẨM OCOP",
    noop("Tiêu đề giấy chứng nhận"),
    _is_words(80),
)
BODY = options.declare(
    "certificates.body",
    "Chứng nhận sản phẩm",
    noop("Lời ghi trên giấy chứng nhận, trước tên sản phẩm"),
    _is_words(200),
)
SIGNER = options.declare(
    "certificates.signer",
    "CHỦ TỊCH",
    noop("Chức vụ người ký giấy chứng nhận"),
    _is_words(80),
)


@action("recognition.issue_certificates")
def issue_certificates(*, actor: Actor, decision: Decision, at: datetime) -> list[Certificate]:
    """Number the certificates of a decision, those that have none yet, by star and name.

    Numbers go on through the year of signing. A star that was annulled or revoked gets none.
    Refused: nothing to number, a decision of which only news are known, one that awaits its
    publication (the label on a certificate leads to a page that must know the star), one of
    another authority, which numbers and prints its own.
    """
    require(actor, rules.may_issue_certificates)
    _expect_own(decision)
    if decision.awaits_publication:
        raise Refused(
            "decision_not_published",
            _("Quyết định chưa được công bố. Hãy công bố trước rồi cấp giấy chứng nhận."),
        )
    _hold_book()
    rows = list(
        Recognition.objects.filter(
            Q(revoked_on=None) | Q(restored_on__isnull=False),
            decision=decision,
            certificate=None,
            annulled_on=None,
            evidence__in=CERTIFIED,
        )
        .select_related("product__producer", "unit__parent__parent")
        .order_by("-stars", "product__folded", "pk")
    )
    if not rows:
        raise Refused(
            "no_certificate_due",
            _("Mọi sản phẩm của quyết định này đã có giấy chứng nhận hoặc không được cấp."),
        )
    made = Certificate.objects.bulk_create(_numbered(rows, decision, at), batch_size=500)
    record(
        actor,
        "recognition.certificates_issued",
        decision,
        at=at,
        change={"rows": len(made), "first": made[0].number, "last": made[-1].number},
        also=[("recognition", row.pk) for row in rows],
    )
    return made


def _expect_own(decision: Decision) -> None:
    """Refuse to number or print under a decision of another authority."""
    if not is_own(decision):
        raise Refused(
            "certificate_of_another",
            _(
                "Quyết định %(number)s do %(authority)s ký: giấy chứng nhận do cơ quan đó cấp. Ở "
                "đây chỉ cấp và in giấy chứng nhận theo quyết định của %(own)s."
            )
            % {
                "number": decision.number,
                "authority": decision.authority or _("cơ quan khác"),
                "own": committee(),
            },
        )


def _hold_book() -> None:
    """One at a time: of two who number at once the second finds what the first gave."""
    provinces = Unit.objects.filter(level=Level.PROVINCE, code=options.PROVINCE.get())
    provinces.select_for_update().order_by("pk").first()


def _numbered(rows: Sequence[Recognition], decision: Decision, at: datetime) -> list[Certificate]:
    year, form = decision.signed_on.year, NUMBER.get()
    found = []
    last: dict[str, int] = {}
    for row in rows:
        place = row.province
        if place not in last:
            given = Certificate.objects.filter(province=place, year=year)
            last[place] = given.aggregate(last=Max("serial"))["last"] or 0
        last[place] += 1
        found.append(
            Certificate(
                recognition=row,
                province=place,
                year=year,
                serial=last[place],
                number=form.format(serial=last[place], year=year, province=place),
                issued_on=timezone.localdate(at),
                words=_words(row, decision),
            )
        )
    return found


def printed(
    certificates: Sequence[Certificate], *, at: datetime, beat: Callable[[int], None] | None = None
) -> bytes:
    """Certificates as one PDF/A, each on a page, with the signed label as a QR code.

    Their rows come with recognition, product, producer, unit and decision. `beat` is told how
    many codes are drawn. Refused: one under a decision of another authority.
    """
    decisions = {each.recognition.decision_id: each.recognition.decision for each in certificates}
    for decision in decisions.values():
        if decision is not None:
            _expect_own(decision)
    sign = chains.signer(labels.PURPOSE, at=at).sign
    told = []
    for number, certificate in enumerate(certificates, start=1):
        told.append(_told(certificate, sign))
        if beat:
            beat(number)
    data = {"language": "vi", "title": TITLE.get(), "certificates": told}
    return typesetting.pdf(
        "ocop.recognition", "certificate.typ", data, face=typesetting.PAPER, archival=True
    )


def label_address(recognition: Recognition, sign: Callable[[bytes], bytes]) -> str:
    """Where the code of a certificate leads, in the signs of an alphanumeric QR code."""
    said = labels.Label(recognition.product.code, recognition.pk, recognition.expires_on)
    return f"{settings.BASE_URL}/V/".upper() + labels.written(said, sign)


def void_words(row: Recognition) -> str:
    """What is stamped across the certificate of a star that was annulled or revoked, in official
    Vietnamese; empty while nothing of the kind stands."""
    if row.annulled_on and row.mistaken:
        return f"BẢN GHI SAI, ĐÃ ĐÍNH CHÍNH NGÀY {write_date(row.annulled_on)}"
    if row.annulled_on:
        return f"ĐÃ HỦY KẾT QUẢ TỪ NGÀY {write_date(row.annulled_on)}"
    if row.revoked_on and not row.restored_on:
        return f"ĐÃ BỊ THU HỒI TỪ NGÀY {write_date(row.revoked_on)}"
    return ""


def expect_printable(actor: Actor, certificate: Certificate) -> None:
    """Refuse a producer the certificate of a star that was annulled or revoked: it would pass for a
    good one. The office prints it with a mark across it."""
    if void_words(certificate.recognition) and not rules.may_see_certificates(actor):
        raise Refused(
            "certificate_void",
            _(
                "Giấy chứng nhận này không còn giá trị vì hạng sao đã bị thu hồi hoặc kết quả đã "
                "bị hủy, nên không in được nữa."
            ),
        )


def _told(certificate: Certificate, sign: Callable[[bytes], bytes]) -> dict[str, object]:
    row = certificate.recognition
    address = label_address(row, sign)
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return {
        **certificate.words,
        "mark": _MARK if row.evidence == Evidence.M else "",
        "void": void_words(row),
        "number": certificate.number,
        "code": code.to_svg(add_quiet_zones=False),
        "address_of_code": address,
        # What a device says of the code without a network, to be held against it.
        "label": f"Mã {row.product.code}, lần công nhận số {row.pk}",
    }


def _words(row: Recognition, decision: Decision) -> dict[str, object]:
    product = row.product
    return {
        "authority": letterhead_of(decision),
        "title": TITLE.get(),
        "body": BODY.get(),
        "product": product.name,
        "producer": product.producer.name,
        "address": product.producer.address or _place(row.unit),
        "stars": row.stars,
        "decision": f"Quyết định số {decision.number} ngày {write_date(decision.signed_on)}",
        "validity": _validity(row),
        "scan": "Quét mã để xem hạng sao của sản phẩm hôm nay.",
        "dated": dated(letterhead().place, decision.signed_on),
        "signer": SIGNER.get(),
    }


def _validity(row: Recognition) -> str:
    if row.expires_on is None:
        return "Chưa rõ thời hạn"
    last = f"đến hết ngày {write_date(row.expires_on)}"
    if row.valid_from is None:
        return f"Có giá trị {last}"
    told = f"Có giá trị từ ngày {write_date(row.valid_from)} {last}"
    if row.expires_on != expiry_of(row.valid_from):
        return told  # the decision states another last day
    return f"{told} ({MONTHS} tháng, tính từ ngày liền sau ngày ký)"


def _place(unit: Unit | None) -> str:
    names: list[str] = []
    while unit is not None:
        names.append(unit.name)
        unit = unit.parent
    return ", ".join(names)
