"""The draft of the decision that recognises products, for the chair of the province to sign."""

from collections.abc import Sequence
from datetime import date

from ocop.core import papers
from ocop.core.numbers import write_date, write_number
from ocop.core.official import services as frames
from ocop.core.official.paper import Grid, Official, Signature, Text, dated
from ocop.councils.models import Sitting
from ocop.councils.papers.head import drafted
from ocop.criteria.models import LegalVersion
from ocop.dossiers.models import Dossier
from ocop.dossiers.papers.deciding import Proposed, by_ministry, left_aside, proposed
from ocop.places.letterhead import committee, letterhead
from ocop.recognition.certificates import SIGNER
from ocop.recognition.legal_versions import law_of_sets
from ocop.recognition.validity import MONTHS

_HEADINGS = ("STT", "Sản phẩm", "Chủ thể", "Xã, phường", "Hạng")
_WIDTHS = (11, 54, 50, 32, 18)

_NOTHING = (
    "Phiên họp này chưa có sản phẩm nào được đề nghị Chủ tịch Ủy ban nhân dân công nhận nên chưa "
    "có dự thảo quyết định."
)

DECREE = frames.declare("decree", "Dự thảo quyết định công nhận hạng sao")


def decree(
    dossiers: Sequence[Dossier],
    held: Sitting,
    *,
    on: date,
    final: bool,
    notes: Sequence[Text] = (),
) -> Official:
    """The decision as the office proposes it: grounds, articles and the list. `final`: the sitting
    is closed, so that its minutes can be named; else nobody may sign it. Where nothing is proposed
    there is nothing to sign: the paper says so, and why."""
    head, able = letterhead(), proposed(dossiers, on=on)
    chair = f"CHỦ TỊCH {committee().upper()}"
    rows = able.rows()
    marks = (
        *((papers.mark(),) if any(row.demonstration for row in dossiers) else ()),
        *(("DỰ THẢO",) if final else drafted(final=False)),
    )
    if not rows:
        return Official(
            parent=head.parent,
            issuer=head.office,
            dated=dated(head.place, on),
            title="CHƯA CÓ DỰ THẢO QUYẾT ĐỊNH",
            subtitle="Về việc công nhận kết quả đánh giá, phân hạng sản phẩm OCOP",
            blocks=[Text(_NOTHING), *left_aside(able, dossiers), *notes],
            marks=marks,
        )
    return Official(
        parent="",
        issuer=committee(),
        number="Số:        /QĐ-UBND",
        dated=dated(head.place, None),
        title="QUYẾT ĐỊNH",
        subtitle="Về việc công nhận kết quả đánh giá, phân hạng sản phẩm OCOP",
        blocks=[
            Text(chair, "centre"),
            *(Text(ground) for ground in _grounds(held, able, on)),
            Text("QUYẾT ĐỊNH:", "centre"),
            Text(
                f"Điều 1. Công nhận kết quả đánh giá, phân hạng {write_number(len(rows))} sản phẩm "
                f"OCOP{': ' + able.counts if able.counts else ''} (danh sách kèm theo)."
            ),
            Text(
                f"Điều 2. Giấy chứng nhận có giá trị {MONTHS} tháng, tính từ ngày liền sau ngày ký "
                "Quyết định này. Chủ thể duy trì các điều kiện đã được công nhận và nộp hồ sơ đánh "
                "giá lại từ 180 đến 120 ngày trước ngày hết hạn."
            ),
            Text(
                f"Điều 3. {head.office}, Ủy ban nhân dân các xã, phường có liên quan và các chủ "
                "thể chịu trách nhiệm thi hành Quyết định này./."
            ),
            Text("Danh sách kèm theo Quyết định", "heading"),
            Grid(_HEADINGS, [_listed(row) for row in rows], _WIDTHS, centred=(0, 4)),
            *notes,
        ],
        signatures=(Signature(SIGNER.get(), "", ""),),
        recipients=("- Như Điều 3;", f"- Lưu: VT, {head.symbol}."),
        marks=marks,
    )


def _listed(row: Sequence[str]) -> tuple[str, ...]:
    number, product, producer, commune, _kind, _points, star = row
    return number, product, producer, commune, star


def _laws(able: Proposed, on: date) -> list[LegalVersion]:
    """The law by whose criteria sets the council judged (Art. 12), each once."""
    sets = {row.version.legal_version for row, _told in able.ranked}
    return sorted({law_of_sets(law, on) for law in sets}, key=lambda law: law.effective_from)


def _grounds(held: Sitting, able: Proposed, on: date) -> list[str]:
    """What the decision rests on: the law, the minutes of the sitting, the Ministry's result where
    it has spoken, who proposes."""
    head = letterhead()
    found = ["Căn cứ Luật Tổ chức chính quyền địa phương;"]
    found += [
        f"Căn cứ Quyết định số {law.document} ngày {write_date(law.issued_on)} của Thủ tướng "
        "Chính phủ về đánh giá, phân hạng sản phẩm Chương trình mỗi xã một sản phẩm;"
        for law in _laws(able, on)
    ]
    council = held.council
    found.append(
        f"Căn cứ Quyết định số {council.decision_number} ngày {write_date(council.decided_on)} về "
        "việc thành lập hội đồng đánh giá, phân hạng sản phẩm OCOP;"
    )
    if held.minutes_number and held.minutes_on:
        found.append(
            f"Theo biên bản số {held.minutes_number} ngày {write_date(held.minutes_on)} của hội "
            "đồng;"
        )
    found += [f"{result};" for result in by_ministry(able)]
    return [*found, f"Xét đề nghị của {head.office}."]
