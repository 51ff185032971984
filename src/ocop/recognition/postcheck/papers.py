"""Papers after a star is given: minutes of a visit, notice of a revocation, answer to a complaint.

They are official papers: Vietnamese whatever language the reader's screen has.
"""

from datetime import date

from django.utils import timezone

from ocop.core import papers
from ocop.core.actor import Actor
from ocop.core.numbers import write_date
from ocop.core.official import services as frames
from ocop.core.official import shelf
from ocop.core.official.paper import Facts, Grid, Official, Signature, Text, dated
from ocop.core.official.shelf import Paper
from ocop.criteria.queries import worded
from ocop.criteria.sets import Criterion
from ocop.places.letterhead import letterhead
from ocop.recognition.models import Ground
from ocop.recognition.postcheck import rules
from ocop.recognition.postcheck.models import (
    CheckState,
    Complaint,
    ComplaintState,
    Held,
    PostCheck,
    RevocationCase,
)

MINUTES = frames.declare("postcheck_minutes", "Biên bản kiểm tra sau công nhận")
NOTICE = frames.declare("revocation_notice", "Thông báo thu hồi hạng sao")
ANSWER = frames.declare("complaint_answer", "Trả lời phản ánh về sản phẩm")
_HELD = {Held.KEPT: "Giữ được", Held.NOT_KEPT: "Không giữ được", Held.UNSEEN: "Chưa xem"}
_RIGHT = {Held.KEPT: "Đúng quy định", Held.NOT_KEPT: "Sai quy định", Held.UNSEEN: "Chưa xem"}
_KINDS = {"planned": "Định kỳ, theo kế hoạch", "surprise": "Đột xuất"}
_RESULTS = {
    "kept": "Giữ được điều kiện được công nhận.",
    "correct": "Cần khắc phục.",
    "ground": "Có căn cứ xem xét thu hồi hạng sao.",
}
_GROUNDS = {
    Ground.FORGED: "giả mạo hồ sơ, tài liệu",
    Ground.CRITERIA: "không còn đáp ứng tiêu chí đã được công nhận",
    Ground.BREACH: "vi phạm pháp luật về chất lượng, an toàn, môi trường, sở hữu, nhãn",
    Ground.MARK: "sử dụng nhãn hiệu OCOP sai quy định",
    Ground.STOPPED: "chủ thể ngừng sản xuất, kinh doanh",
    Ground.AUTHORITY: "kết luận khác của cơ quan có thẩm quyền",
}


def criteria_of(check: PostCheck) -> tuple[Criterion, ...]:
    """The criteria a visit is held against, in their official words; none where the set of the
    star is not known."""
    return worded(check.version).criteria_set.criteria if check.version else ()


def of_check(actor: Actor, check: PostCheck) -> list[Paper]:
    """The papers of a visit that the actor sees: its minutes once they are written."""
    if check.state in (CheckState.PLANNED, CheckState.CANCELLED):
        return []
    name = check.recognition.product.name
    if not (rules.may_see_checks(actor) or check.concluded_on):
        return []
    return [shelf.official("minutes", MINUTES, f"bien-ban-{name}", lambda: minutes(check))]


def of_case(_actor: Actor, case: RevocationCase) -> list[Paper]:
    """The papers of a case: the notice, once there is a decision."""
    if not case.decision_number:
        return []
    name = case.recognition.product.name
    return [shelf.official("notice", NOTICE, f"thong-bao-thu-hoi-{name}", lambda: notice(case))]


def of_complaint(actor: Actor, complaint: Complaint) -> list[Paper]:
    """The papers of a complaint: the answer, for the office, which alone knows whom it goes to."""
    ended = (ComplaintState.ANSWERED, ComplaintState.DISMISSED)
    if complaint.state not in ended or not rules.may_see_contact(actor):
        return []
    stem = f"tra-loi-phan-anh-{complaint.number}"
    return [shelf.official("answer", ANSWER, stem, lambda: answer(complaint))]


def minutes(check: PostCheck) -> Official:
    """The minutes of a visit, to sign on the spot or later."""
    head = letterhead()
    star, product = check.recognition, check.recognition.product
    visited = timezone.localtime(check.visited_at) if check.visited_at else None
    names = {c.code: c.name for c in criteria_of(check)}
    rows = [
        (row.criterion, names.get(row.criterion, ""), _HELD[Held(row.held)], row.words)
        for row in check.findings.all()
    ]
    facts = [
        ("Sản phẩm", product.name),
        ("Chủ thể", product.producer.name),
        ("Địa chỉ", product.producer.address or "…"),
        ("Hạng sao", f"{star.stars} sao{_decision(star.decision)}"),
        ("Hình thức kiểm tra", _KINDS[check.kind]),
        ("Thời điểm", f"{visited:%H:%M}, ngày {write_date(visited.date())}" if visited else "…"),
        ("Người kiểm tra", check.inspector.name),
    ]
    if check.lat is not None and check.lon is not None:
        facts.append(("Tọa độ", f"{check.lat:.5f}, {check.lon:.5f}"))
    return Official(
        parent=head.parent,
        issuer=head.office,
        number="Số:        /BB-KT",
        dated=dated(head.place, visited.date() if visited else None),
        title="BIÊN BẢN",
        subtitle="Kiểm tra sản phẩm OCOP sau công nhận",
        blocks=[
            Text(
                "Thực hiện Điều 9 Quyết định số 26/2026/QĐ-TTg của Thủ tướng Chính phủ, đã tiến "
                "hành kiểm tra như sau:"
            ),
            Facts(facts),
            Text("1. Nhận xét tại cơ sở", "heading"),
            Text(check.note),
            Text("2. Duy trì tiêu chí", "heading"),
            *(
                [Grid(("Số", "Tiêu chí", "Kết quả", "Điều đã thấy"), rows, (12, 60, 30, 63))]
                if rows
                else [Text("Không ghi theo từng tiêu chí.")]
            ),
            *_unseen(check, len(names)),
            Text("3. Sử dụng nhãn hiệu OCOP, quảng cáo", "heading"),
            Text(f"Sử dụng nhãn hiệu, hạng sao: {_judged(check.mark, check.mark_words)}"),
            Text(f"Quảng cáo: {_judged(check.advertising, check.advertising_words)}"),
            Text("4. Kiến nghị", "heading"),
            Text(_RESULTS.get(check.proposal, "…")),
            *([Text(f"Căn cứ: {_GROUNDS[Ground(check.ground)]}.")] if check.ground else []),
            Text(f"Ảnh kèm theo: {check.photos.count()}.", "plain"),
            Text("Biên bản được đọc cho các bên nghe, lập thành 02 bản, mỗi bên giữ 01 bản./."),
        ],
        signatures=(
            Signature("Đại diện chủ thể"),
            Signature("Người kiểm tra", check.inspector.name, ""),
        ),
        marks=_marks(demonstration=check.demonstration),
    )


def notice(case: RevocationCase) -> Official:
    """The notice of a revocation to the producer, communes and the public."""
    head = letterhead()
    star, product = case.recognition, case.recognition.product
    told = case.notice or (
        f"Thu hồi hạng {star.stars} sao của sản phẩm nêu trên. Từ ngày thu hồi, sản phẩm không "
        "được dùng hạng sao OCOP trên nhãn, biển hiệu và quảng cáo."
    )
    return Official(
        parent=head.parent,
        issuer=head.office,
        number=f"Số: {_numbered(case.notice_number, f'TB-{head.symbol}')}",
        dated=dated(head.place, _day(case)),
        title="THÔNG BÁO",
        subtitle="Về việc thu hồi hạng sao sản phẩm OCOP",
        blocks=[
            Text(
                f"Thực hiện Quyết định số {case.decision_number} ngày "
                f"{write_date(case.decision_on) if case.decision_on else '…'} của "
                f"{case.decision_authority}, {head.office} thông báo:"
            ),
            Facts(
                [
                    ("Sản phẩm", product.name),
                    ("Chủ thể", product.producer.name),
                    ("Hạng sao bị thu hồi", f"{star.stars} sao{_decision(star.decision)}"),
                    ("Căn cứ (Điều 8)", _GROUNDS[Ground(case.ground)]),
                    ("Thu hồi từ ngày", _since(case)),
                ]
            ),
            Text(told),
            Text("Đề nghị các cơ quan, điểm giới thiệu và bán sản phẩm phối hợp thực hiện./."),
        ],
        signatures=(Signature(head.signer, "", ""),),
        recipients=("- Chủ thể;", "- Ủy ban nhân dân cấp xã;", f"- Lưu: VT, {head.symbol}."),
        marks=_marks(demonstration=case.demonstration),
    )


def answer(complaint: Complaint) -> Official:
    """The answer to a complaint as a letter, where there is somebody to send it to."""
    head = letterhead()
    received = write_date(timezone.localdate(complaint.received_at))
    product = complaint.product
    about = (
        f"sản phẩm {product.name} của {product.producer.name}"
        if product
        else "mã không do Văn phòng cấp"
    )
    on = timezone.localdate(complaint.answered_at) if complaint.answered_at else None
    return Official(
        parent=head.parent,
        issuer=head.office,
        number=f"Số:        /{head.symbol}",
        about="V/v trả lời phản ánh về sản phẩm OCOP",
        dated=dated(head.place, on),
        to=complaint.contact_name or f"Người gửi phản ánh số {complaint.number}",
        title="",
        blocks=[
            Text(
                f"{head.office} nhận phản ánh số {complaint.number} ngày {received} về {about}. "
                f"Sau khi xem xét, {head.office} trả lời như sau:"
            ),
            Text(complaint.answer),
            Text("Cảm ơn ông, bà đã phản ánh./."),
        ],
        signatures=(Signature(head.signer, "", ""),),
        recipients=("- Như trên;", f"- Lưu: VT, {head.symbol}."),
        marks=_marks(demonstration=complaint.demonstration),
    )


def _numbered(number: str, sign: str) -> str:
    """The number as it was given with its sign, else with the usual one."""
    return number if "/" in number else f"{number or '       '}/{sign}"


def _decision(decision: object) -> str:
    return f" (Quyết định số {decision})" if decision else ""


def _judged(held: str, words: str) -> str:
    told = _RIGHT[Held(held)]
    return f"{told}. {words}" if words else f"{told}."


def _unseen(check: PostCheck, all_of_them: int) -> list[Text]:
    seen = check.findings.exclude(held=Held.UNSEEN).count()
    if not all_of_them or seen >= all_of_them:
        return []
    return [Text(f"Chưa xem {all_of_them - seen} trong {all_of_them} tiêu chí của bộ.", "note")]


def _since(case: RevocationCase) -> str:
    """The first day of this revocation: the star may have been given back and revoked anew."""
    return write_date(case.revocation.revoked_on) if case.revocation else "…"


def _day(case: RevocationCase) -> date | None:
    return timezone.localdate(case.published_at) if case.published_at else None


def _marks(*, demonstration: bool) -> tuple[str, ...]:
    return (papers.mark(),) if demonstration else ()
