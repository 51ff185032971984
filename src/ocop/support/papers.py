"""Papers of a request for support: decision, minutes of acceptance, request for payment, notice of
a reclaim.

They are official papers: Vietnamese whatever language the reader's screen has. The decision and
the minutes are taken before they are signed; signed ones come back as papers of the request.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from ocop.core import papers
from ocop.core.actor import Actor
from ocop.core.money_words import in_words
from ocop.core.numbers import write_date, write_number
from ocop.core.official import services as frames
from ocop.core.official import shelf
from ocop.core.official.paper import Facts, Grid, Official, Signature, Text, dated
from ocop.core.official.shelf import Paper
from ocop.places.letterhead import Letterhead, letterhead
from ocop.support import lifecycle
from ocop.support.models import BudgetLine, Money, MoneyKind, PaperKind, SupportRequest

DECISION = frames.declare("support_decision", "Quyết định hỗ trợ chủ thể")
MINUTES = frames.declare("support_minutes", "Biên bản nghiệm thu nội dung hỗ trợ")
PAYMENT = frames.declare("support_payment", "Giấy đề nghị thanh toán tiền hỗ trợ")
RECLAIM = frames.declare("support_reclaim", "Thông báo thu hồi tiền hỗ trợ")
_BLANK = "……………………………"
_KINDS = {
    PaperKind.PLAN: "Dự toán, báo giá",
    PaperKind.INVOICE: "Hóa đơn, chứng từ",
    PaperKind.ACCEPTANCE: "Biên bản nghiệm thu",
    PaperKind.OTHER: "Giấy tờ khác",
}


def of_request(_actor: Actor, request: SupportRequest) -> list[Paper]:
    """The papers of a request that can be written by now, for whoever sees the request."""
    if request.state not in lifecycle.HOLDING:
        return []
    name = request.producer.name
    found = [
        shelf.official(
            "decision", DECISION, f"quyet-dinh-ho-tro-{name}", lambda: decision(request)
        ),
        shelf.official("minutes", MINUTES, f"nghiem-thu-{name}", lambda: minutes(request)),
    ]
    if request.state != lifecycle.APPROVED:
        found.append(
            shelf.official("payment", PAYMENT, f"thanh-toan-{name}", lambda: payment(request))
        )
    if request.reclaimed:
        found.append(shelf.official("reclaim", RECLAIM, f"thu-hoi-{name}", lambda: notice(request)))
    return found


def decision(request: SupportRequest) -> Official:
    """The decision by which the money is promised, to be signed by the head of the office."""
    head, line, policy = letterhead(), _line(request), request.policy
    day = write_date(timezone.localdate(request.asked_at))
    return Official(
        parent=head.parent,
        issuer=head.office,
        number=f"Số: {_numbered(request.decision, f'QĐ-{head.symbol}')}",
        dated=dated(head.place, request.decided_on),
        title="QUYẾT ĐỊNH",
        subtitle="Về việc hỗ trợ chủ thể tham gia Chương trình OCOP",
        blocks=[
            Text(head.signer, "centre"),
            Text(f"Căn cứ {policy.document} ({policy.title});"),
            Text(f"Căn cứ {line.source} (dự toán năm {line.year} của {line.unit.name});"),
            Text(f"Xét đề nghị ngày {day} của {request.producer.name}."),
            Text("QUYẾT ĐỊNH:", "centre"),
            Text(f"Điều 1. Hỗ trợ {request.producer.name} như sau:"),
            Facts(_facts(request)),
            Text(f"Số tiền hỗ trợ tối đa: {_sum(request.approved_amount or 0)}"),
            Text(f"Điều 2. Nguồn kinh phí: dự toán năm {line.year} của {line.unit.name}."),
            Text(
                "Điều 3. Chủ thể thực hiện đúng nội dung, gửi hóa đơn, chứng từ và biên bản nghiệm "
                "thu. Số được chi tính theo chi phí thực tế, không quá số tại Điều 1. Chi sai nội "
                "dung hoặc chứng từ không hợp lệ thì bị thu hồi."
            ),
            Text(
                f"Điều 4. {head.office}, {request.producer.name} và các đơn vị có liên quan chịu "
                "trách nhiệm thi hành Quyết định này./."
            ),
        ],
        signatures=(Signature(head.signer, "", ""),),
        recipients=(
            "- Như Điều 4;",
            f"- Ủy ban nhân dân {line.unit.name[:1].lower()}{line.unit.name[1:]};",
            f"- Lưu: VT, {head.symbol}.",
        ),
        marks=_marks(request),
    )


def minutes(request: SupportRequest) -> Official:
    """The minutes of acceptance: with blanks to fill in by hand until acceptance is noted."""
    head = letterhead()
    known = request.accepted_amount is not None
    cost = _money(request.real_cost or 0) if known else _BLANK
    due = _sum(request.accepted_amount or 0) if known else _BLANK
    return Official(
        parent=head.parent,
        issuer=head.office,
        number="Số:        /BB-NT",
        dated=dated(head.place, request.accepted_on),
        title="BIÊN BẢN NGHIỆM THU",
        subtitle="Nội dung được hỗ trợ theo Chương trình OCOP",
        blocks=[
            Text(f"Thực hiện Quyết định số {_decision(request, head)}, hai bên đã nghiệm thu:"),
            Facts(_facts(request)),
            Text("1. Kết quả thực hiện", "heading"),
            Text("Nội dung, số lượng, chất lượng so với đề nghị: " + _BLANK),
            Text("2. Chi phí", "heading"),
            Facts(
                [
                    ("Được duyệt", _money(request.approved_amount or 0)),
                    *_others(request),
                    ("Chi phí thực tế theo chứng từ", cost),
                    ("Số được chi", due),
                ]
            ),
            *_listed(request),
            Text("3. Kết luận", "heading"),
            Text("Đủ điều kiện thanh toán:   ☐ Có    ☐ Không. Lý do: " + _BLANK),
            Text("Biên bản lập thành 02 bản, mỗi bên giữ 01 bản./."),
        ],
        signatures=(
            Signature("Đại diện chủ thể"),
            Signature("Đại diện Văn phòng Điều phối"),
        ),
        marks=_marks(request),
    )


def payment(request: SupportRequest) -> Official:
    """The producer asks for the money that is due."""
    head = letterhead()
    return Official(
        issuer=request.producer.name,
        dated=dated(head.place, None),
        title="GIẤY ĐỀ NGHỊ THANH TOÁN",
        subtitle="Tiền hỗ trợ theo Chương trình OCOP",
        to=head.office,
        blocks=[
            Text(
                f"Theo Quyết định số {_decision(request, head)} và biên bản nghiệm thu ngày "
                f"{_day(request.accepted_on)}, {request.producer.name} đề nghị thanh toán:"
            ),
            Facts(
                [
                    *_facts(request),
                    ("Địa chỉ", request.producer.address or _BLANK),
                    ("Mã số thuế", request.producer.tax_code or _BLANK),
                    ("Số tài khoản", _BLANK),
                    ("Mở tại", _BLANK),
                ]
            ),
            Text(f"Số tiền đề nghị thanh toán: {_sum(request.accepted_amount or 0)}"),
            *_listed(request),
            Text(
                "Chủ thể cam đoan các chứng từ kèm theo là thật và khoản này chưa được ngân sách "
                "nào khác chi trả./."
                if not request.others
                else "Chủ thể cam đoan các chứng từ kèm theo là thật; ngoài phần ngân sách khác đã "
                "nêu, khoản này chưa được ngân sách nào chi trả./."
            ),
        ],
        signatures=(
            Signature("Kế toán"),
            Signature("Đại diện chủ thể", "", "(Ký, ghi rõ họ tên, đóng dấu nếu có)"),
        ),
        marks=_marks(request),
    )


def notice(request: SupportRequest) -> Official:
    """What was taken back, with its vouchers."""
    head = letterhead()
    rows = [row for row in request.money.all() if row.kind == MoneyKind.RECLAIMED]
    return Official(
        parent=head.parent,
        issuer=head.office,
        number=f"Số:        /TB-{head.symbol}",
        dated=dated(head.place, rows[-1].on if rows else None),
        title="THÔNG BÁO",
        subtitle="Về việc thu hồi tiền hỗ trợ",
        blocks=[
            Text(
                f"{head.office} đã chi {_money(request.accepted_amount or 0)} cho "
                f"{request.producer.name} theo Quyết định số {_decision(request, head)}. Số tiền "
                "sau đây được thu hồi, nộp ngân sách nhà nước:"
            ),
            Grid(
                ("Ngày", "Chứng từ", "Lý do", "Số tiền (đồng)"),
                [*_returned(rows), ("", "", "Cộng", write_number(request.reclaimed))],
                (25, 35, 70, 35),
                numbers=(3,),
                strong=(len(rows),),
            ),
            Text(f"Tổng số thu hồi: {_sum(request.reclaimed)}"),
            Text("Đề nghị chủ thể và các đơn vị có liên quan thực hiện./."),
        ],
        signatures=(Signature(head.signer, "", ""),),
        recipients=(f"- {request.producer.name};", f"- Lưu: VT, {head.symbol}."),
        marks=_marks(request),
    )


def _facts(request: SupportRequest) -> list[tuple[str, str]]:
    """What is supported, for whom."""
    product, quantity = request.product, request.quantity
    star = f", {request.star} sao" if request.star else ""
    return [
        ("Chủ thể", request.producer.name),
        ("Nội dung", request.purpose),
        *([("Sản phẩm", f"{product.name}{star}")] if product else []),
        *(
            [("Số lượng", f"{write_number(quantity)} {request.policy.measure}".strip())]
            if quantity
            else []
        ),
        *([("Chi phí dự kiến", _money(request.cost))] if request.cost else []),
    ]


def _others(request: SupportRequest) -> list[tuple[str, str]]:
    return [("Ngân sách khác chi", _money(request.others))] if request.others else []


def _listed(request: SupportRequest) -> list[Text | Grid]:
    """The papers that came with the request, as a numbered list."""
    kept = [(_KINDS[PaperKind(row.kind)], row.name) for row in request.papers.all()]
    if not kept:
        return [Text("Chứng từ kèm theo: " + _BLANK)]
    rows = [(str(place), *told) for place, told in enumerate(kept, start=1)]
    headings = ("STT", "Loại", "Tên giấy tờ")
    return [Text("Chứng từ kèm theo:"), Grid(headings, rows, (12, 50, 103), centred=(0,))]


def _returned(rows: Iterable[Money]) -> list[tuple[str, ...]]:
    return [(write_date(row.on), row.voucher, row.reason, write_number(row.amount)) for row in rows]


def _decision(request: SupportRequest, head: Letterhead) -> str:
    number = _numbered(request.decision, f"QĐ-{head.symbol}")
    return f"{number} ngày {_day(request.decided_on)} của {head.office}"


def _numbered(number: str, sign: str) -> str:
    """The number as it was given with its sign, else with the usual one."""
    return number if "/" in number else f"{number or '       '}/{sign}"


def _day(day: date | None) -> str:
    return write_date(day) if day else "…"


def _money(amount: int) -> str:
    return f"{write_number(amount)} đồng"


def _sum(amount: int) -> str:
    return f"{_money(amount)} (bằng chữ: {in_words(amount).lower()})."


def _line(request: SupportRequest) -> BudgetLine:
    if request.line is None:
        raise ValueError(f"request {request.code} has no line")
    return request.line


def _marks(request: SupportRequest) -> tuple[str, ...]:
    shown = request.demonstration or request.producer.demonstration
    return (papers.mark(),) if shown else ()
