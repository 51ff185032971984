"""The advisory team's report on a dossier: findings, visits, samples and tests, proposal."""

from collections.abc import Sequence

from django.utils import timezone

from ocop.core import papers
from ocop.core.numbers import write_date, write_number
from ocop.core.official import services as frames
from ocop.core.official.paper import Block, Facts, Grid, Official, Signature, Text, dated
from ocop.criteria import queries as criteria
from ocop.dossiers.models import Dossier, Finding, Proposal, Sample, TestOrder, Verdict, Visit
from ocop.people.models import User
from ocop.places.letterhead import letterhead

EXAMINATION = frames.declare("examination", "Báo cáo xem xét của tổ tư vấn")
_VERDICTS = {
    Verdict.PROVEN: "Có căn cứ",
    Verdict.DOUBTFUL: "Cần làm rõ",
    Verdict.LACKING: "Thiếu minh chứng",
}
_NOTHING = "Chưa có."
_GAPS = "Chưa xem xét, chưa đạt và vì sao vẫn đủ điều kiện"


def examination(dossier: Dossier) -> Official:
    """What the team found so far; a draft until it has made its proposal."""
    head = letterhead()
    proposal = Proposal.objects.filter(dossier=dossier).first()
    marks = (papers.mark(),) if dossier.demonstration else ()
    written = timezone.localdate(proposal.written_at) if proposal else None
    return Official(
        parent=head.office,
        issuer="Tổ tư vấn",
        dated=dated(head.place, written),
        title="BÁO CÁO XEM XÉT HỒ SƠ",
        subtitle=f"Sản phẩm: {dossier.product.name}",
        blocks=[
            Facts(
                [
                    ("Chủ thể", dossier.product.producer.name),
                    ("Số phiếu đăng ký", dossier.slip_number or "…………"),
                ]
            ),
            Text("1. Xem xét theo tiêu chí", "heading"),
            *_findings(dossier),
            Text("2. Thẩm tra tại cơ sở", "heading"),
            *_visits(list(dossier.visits.select_related("adviser").prefetch_related("photos"))),
            Text("3. Mẫu và kiểm nghiệm", "heading"),
            *_samples(list(dossier.samples.all()), list(dossier.tests.all())),
            Text("4. Đề nghị", "heading"),
            *_proposal(proposal),
        ],
        signatures=(Signature("TM. TỔ TƯ VẤN", _signer(proposal)),),
        marks=marks if proposal else (*marks, "DỰ THẢO: tổ tư vấn chưa đề nghị"),
    )


def _findings(dossier: Dossier) -> list[Block]:
    found = list(Finding.objects.filter(dossier=dossier).select_related("adviser"))
    if not found:
        return [Text(_NOTHING, "plain")]
    by_code = criteria.set_of(dossier.version).by_code
    order = {code: place for place, code in enumerate(by_code)}
    rows = [
        (
            row.criterion,
            by_code[row.criterion].name,
            _VERDICTS[Verdict(row.verdict)],
            "–" if row.points is None else str(row.points),
            row.note,
            row.adviser.name,
        )
        for row in sorted(found, key=lambda row: (order[row.criterion], row.pk))
    ]
    return [
        Grid(
            ("Mã", "Tiêu chí", "Nhận xét", "Điểm có căn cứ", "Nội dung", "Người xem xét"),
            rows,
            (13, 45, 22, 17, 42, 26),
            centred=(0, 3),
        )
    ]


def _visits(visits: Sequence[Visit]) -> list[Block]:
    blocks: list[Block] = []
    for row in visits:
        day = write_date(timezone.localdate(row.visited_at))
        photos = row.photos.count()
        place = f"; vị trí {row.lat:.5f}, {row.lon:.5f}" if row.lat and row.lon else ""
        blocks.append(
            Text(f"Ngày {day}, {row.adviser.name}; {write_number(photos)} ảnh{place}.", "plain")
        )
        blocks.extend(Text(line) for line in row.note.splitlines())
    return blocks or [Text(_NOTHING, "plain")]


def _samples(samples: Sequence[Sample], tests: Sequence[TestOrder]) -> list[Block]:
    blocks: list[Block] = [
        Text(
            f"Nhận {write_number(row.count)} mẫu ngày {write_date(row.received_on)}"
            f"{': ' + row.condition if row.condition else ''}.",
            "plain",
        )
        for row in samples
    ]
    if tests:
        passed = {True: "đạt", False: "không đạt", None: "chưa có kết quả"}
        rows = [
            (
                row.laboratory,
                row.parameters,
                write_date(row.ordered_on),
                f"{passed[row.passed]}{': ' + row.result if row.result else ''}",
            )
            for row in tests
        ]
        headings = ("Nơi kiểm nghiệm", "Chỉ tiêu", "Ngày gửi", "Kết quả")
        blocks.append(Grid(headings, rows, (45, 45, 25, 50), centred=(2,)))
    return blocks or [Text(_NOTHING, "plain")]


def _proposal(proposal: Proposal | None) -> list[Block]:
    if proposal is None:
        return [Text(_NOTHING, "plain")]
    ready = (
        "Đủ điều kiện trình hội đồng." if proposal.ready else "Chưa đủ điều kiện trình hội đồng."
    )
    star = f" Hạng sao có căn cứ: {proposal.star} sao." if proposal.star else ""
    texts = (("Nhận xét", proposal.text), (_GAPS, proposal.unexamined))
    return [
        Text(ready + star, "plain"),
        *(
            Text(line if n else f"{label}: {line}")
            for label, text in texts
            for n, line in enumerate(text.splitlines())
        ),
    ]


def _signer(proposal: Proposal | None) -> str:
    """Who wrote the proposal and signs for the team; nobody signs a draft."""
    who = proposal and User.objects.filter(pk=proposal.written_by).first()
    return who.name if who else ""
