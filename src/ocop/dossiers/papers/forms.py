"""Forms 01, 02 and 03 of Decision 26/2026/QĐ-TTg, from what the producer and the commune wrote.

Forms 01 and 02 print the dossier as it was filed last, with the hash of that state; before the
first filing they print what stands there now and say that it is a draft.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from ocop.core import papers
from ocop.core.numbers import write_date, write_number
from ocop.core.official import services as frames
from ocop.core.official.paper import Block, Facts, Grid, Official, Signature, Text, dated
from ocop.criteria import queries as criteria
from ocop.criteria.scoring import Outcome, score
from ocop.criteria.sets import CriteriaSet
from ocop.dossiers import checklist, conditions, evidence_types, forms, saying
from ocop.dossiers.completeness import questions
from ocop.dossiers.models import CommuneReport, Dossier, Snapshot
from ocop.dossiers.queries import filing
from ocop.places.letterhead import letterhead
from ocop.recognition.models import Recognition

FORM_01 = frames.declare("form_01", "Mẫu số 01: Phiếu đăng ký")
FORM_02 = frames.declare("form_02", "Mẫu số 02: Báo cáo tự đánh giá")
FORM_03 = frames.declare("form_03", "Mẫu số 03: Báo cáo của Ủy ban nhân dân cấp xã")
KINDS = {"first": "lần đầu", "upgrade": "nâng hạng", "reevaluation": "đánh giá lại"}
_DRAFT = "BẢN NHÁP: hồ sơ chưa nộp"
_EMPTY = "…………"


@dataclass(frozen=True, slots=True)
class Filed:
    """What a form prints: the content of a snapshot, the sentences at its head, the hash at its
    foot."""

    content: Mapping[str, Any]
    marks: tuple[str, ...]
    trace: str
    on: date | None
    gates: Mapping[str, bool]  # the conditions as they count in the result


def filed(dossier: Dossier) -> Filed:
    """The dossier as it was filed last, else as it stands."""
    marks = (papers.mark(),) if dossier.demonstration else ()
    last = Snapshot.objects.filter(dossier=dossier).order_by("-number").first()
    if last is None:
        today = timezone.localdate()
        content, gates = filing.content_of(dossier, today), filing.gates_on(dossier, today)
        return Filed(content, (*marks, _DRAFT), "", None, gates)
    if behalf := last.content.get("behalf"):
        marks = (*marks, f"Văn phòng Điều phối làm thay chủ thể. Lý do: {behalf}")
    hashed = f"Bản nộp số {last.number} · SHA-256 {last.sha256}"
    on = timezone.localdate(last.made_at)
    return Filed(last.content, marks, hashed, on, last.content["gates"])


def form_01(dossier: Dossier) -> Official:
    """The registration slip (phiếu đăng ký)."""
    told = filed(dossier)
    answers = told.content["answers"]
    slip = told.content["dossier"]["slip_number"]
    return Official(
        form="Mẫu số 01",
        issuer=str(answers.get("producer_name", "")) or dossier.product.producer.name,
        number=f"Số: {slip or '……/PĐK'}",
        dated=dated(_place(dossier), told.on),
        title="PHIẾU ĐĂNG KÝ ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP",
        subtitle=f"Hình thức đăng ký: {KINDS[dossier.kind]}",
        to=_commune(dossier),
        blocks=_numbered(_pages(dossier, answers, "01")),
        signatures=(_representative(answers),),
        marks=told.marks,
        trace=told.trace,
    )


def form_02(dossier: Dossier) -> Official:
    """The self-assessment (báo cáo tự đánh giá): texts, marks with evidence, and the result."""
    told = filed(dossier)
    content = told.content
    criteria_set = criteria.worded(dossier.version).criteria_set
    own = content["self"]
    star = f"{own['star']} sao" if own["star"] else "không xếp hạng"
    return Official(
        form="Mẫu số 02",
        issuer=str(content["answers"].get("producer_name", "")) or dossier.product.producer.name,
        dated=dated(_place(dossier), told.on),
        title="BÁO CÁO TỰ ĐÁNH GIÁ SẢN PHẨM OCOP",
        subtitle=content["product"]["name"],
        blocks=[
            Facts(
                [
                    ("Bộ tiêu chí", f"{criteria_set.number}. {criteria_set.name}"),
                    ("Văn bản áp dụng", dossier.version.legal_version.document),
                    ("Tổng điểm tự chấm", f"{write_number(own['total'])}/100"),
                    ("Hạng sao theo điểm và mức tối thiểu", star),
                ]
            ),
            *_numbered(
                [
                    *_pages(dossier, content["answers"], "02"),
                    Text("Điểm tự chấm và minh chứng theo tiêu chí", "heading"),
                    _marks(criteria_set, told),
                    Text("Trả lời các điều kiện", "heading"),
                    _conditions(criteria_set, content),
                    Text("Danh mục minh chứng", "heading"),
                    _evidence(content),
                ]
            ),
        ],
        signatures=(_representative(content["answers"]),),
        marks=told.marks,
        trace=told.trace,
    )


def form_03(dossier: Dossier, report: CommuneReport) -> Official:
    """The commune's report on four topics (báo cáo đánh giá một số nội dung)."""
    commune = _commune(dossier)
    topics: list[Block] = []
    for topic in checklist.TOPICS:
        told = report.topics.get(topic.key, {})
        holds = {True: "Đúng như chủ thể khai.", False: "Không đúng như chủ thể khai."}
        topics.append(Text(topic.words, "heading"))
        topics.append(
            Text(f"{holds.get(told.get('holds'), _EMPTY)} {told.get('text', '')}".strip())
        )
    items = checklist.ITEMS
    checked = [
        (str(n), words, "Có" if report.checklist.get(key) else "Chưa")
        for n, (key, words) in enumerate(items.items(), start=1)
        if key != "samples" or dossier.product.sector != checklist.TOURISM
    ]
    marks = (papers.mark(),) if dossier.demonstration else ()
    return Official(
        form="Mẫu số 03",
        issuer=commune,
        number=f"Số: {report.number or '……/BC-UBND'}",
        dated=dated(_place(dossier), report.signed_on),
        title="BÁO CÁO ĐÁNH GIÁ MỘT SỐ NỘI DUNG",
        subtitle=f"Sản phẩm: {dossier.product.name}",
        blocks=[
            Facts(
                [
                    ("Chủ thể", dossier.product.producer.name),
                    ("Số phiếu đăng ký", dossier.slip_number or _EMPTY),
                    ("Hình thức đăng ký", KINDS[dossier.kind]),
                ]
            ),
            *_numbered(
                [
                    *topics,
                    Text("Kiểm tra thành phần hồ sơ", "heading"),
                    Grid(("STT", "Nội dung", "Kết quả"), checked, (12, 130, 23), centred=(0, 2)),
                    Text("Kết luận", "heading"),
                    Text(report.conclusion or _EMPTY),
                ]
            ),
        ],
        signatures=(_chair(report.signer),),
        recipients=(f"- {letterhead().office};", "- Lưu: VT."),
        marks=marks,
    )


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """The parts of a form by number: their headings count."""
    numbers = count(1)
    return [
        Text(f"{next(numbers)}. {block.text}", "heading")
        if isinstance(block, Text) and block.style == "heading"
        else block
        for block in blocks
    ]


def _star_before(row: Recognition) -> list[tuple[str, str]]:
    """The recognition that this dossier follows, as the register has it."""
    decision = row.decision
    number = decision.number if decision else row.decision_number
    signed = f" ngày {write_date(decision.signed_on)}" if decision else ""
    return [
        ("Hạng sao đã được công nhận", f"{row.stars} sao"),
        ("Quyết định", f"{number}{signed}" if number else _EMPTY),
        ("Cơ quan công nhận", row.authority or _EMPTY),
        ("Có giá trị đến hết ngày", write_date(row.expires_on) if row.expires_on else _EMPTY),
    ]


def _pages(dossier: Dossier, answers: Mapping[str, Any], form: str) -> list[Block]:
    blocks: list[Block] = []
    for page in forms.pages_for(dossier.kind, dossier.version.sector):
        if page.form != form:
            continue
        blocks.append(Text(page.title, "heading"))
        if page.key == forms.PAST and dossier.previous is not None:
            blocks.append(Facts(_star_before(dossier.previous)))
        short = [f for f in page.fields if f.type not in (forms.TEXT, forms.YES)]
        if short:
            blocks.append(Facts([(f.label, _said(f, answers.get(f.key))) for f in short]))
        for field in page.fields:
            if field.type == forms.TEXT:
                blocks.append(Text(f"{field.label}:", "plain"))
                said = _said(field, answers.get(field.key))
                blocks.extend(Text(line) for line in said.splitlines())
            elif field.type == forms.YES:
                box = "☒" if answers.get(field.key) else "☐"
                blocks.append(Text(f"{box} {field.label}.", "plain"))
    return blocks


def _said(field: forms.Field, value: Any) -> str:
    return saying.said(field, value) or _EMPTY


def _counted(criteria_set: CriteriaSet, told: Filed) -> Outcome | None:
    """What the marks come to under the answers; nothing where that is not the total that was
    frozen, so that the sums always add up."""
    found = score(criteria_set, told.content["marks"], gates=told.gates, dependent=True)
    return found if found.total == told.content["self"]["total"] else None


def _conditions(criteria_set: CriteriaSet, content: Mapping[str, Any]) -> Grid:
    """The conditions and what the producer answered."""
    given = {True: "Có", False: "Không", None: "–"}
    rows = [
        (gate.criterion, conditions.asked(gate), given[content["gates"].get(gate.id)])
        for gate in questions(criteria_set)
    ]
    return Grid(("Tiêu chí", "Điều kiện", "Trả lời"), rows, (20, 120, 25), centred=(0, 2))


def _marks(criteria_set: CriteriaSet, told: Filed) -> Grid:
    """Every criterion under its section, with the level claimed and the papers that prove it; a
    mark that does not count says so, and is in no sum."""
    content = told.content
    counted = _counted(criteria_set, told)
    voided = counted.voided if counted else frozenset()
    papers_of: dict[str, list[str]] = {}
    numbers = {e["code"]: n for n, e in enumerate(_pieces(content), start=1)}
    for piece in content["evidence"]:
        note = f" ({piece['note']})" if piece["note"] else ""
        papers_of.setdefault(piece["criterion"], []).append(f"[{numbers[piece['code']]}]{note}")
    rows: list[tuple[str, ...]] = []
    strong = []
    section = ""
    for criterion in criteria_set.criteria:
        if criterion.section != section:
            section = criterion.section
            part = next(s for s in criteria_set.sections if s.code == section)
            total = str(counted.sections[section]) if counted else ""
            strong.append(len(rows))
            rows.append((section, part.name, str(part.max), total, ""))
        mark = content["marks"].get(criterion.code)
        void = criterion.code in voided
        claim = content["claims"].get(criterion.code, "")
        said = "\n".join(filter(None, [claim, " ".join(papers_of.get(criterion.code, []))]))
        rows.append(
            (
                criterion.code,
                criterion.name,
                str(criterion.max),
                "–" if mark is None else f"{mark} (không tính)" if void else str(mark),
                said,
            )
        )
    strong.append(len(rows))
    rows.append(("", "Tổng điểm", "100", write_number(content["self"]["total"]), ""))
    return Grid(
        ("Mã", "Tiêu chí", "Tối đa", "Tự chấm", "Giải trình, minh chứng"),
        rows,
        (13, 62, 15, 15, 60),
        strong=tuple(strong),
        centred=(0, 2, 3),
    )


def _pieces(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Each piece of evidence once, in the order of its first use."""
    return list({piece["code"]: piece for piece in content["evidence"]}.values())


def _evidence(content: Mapping[str, Any]) -> Grid:
    names = dict(evidence_types.TYPES)
    rows = [
        (
            str(n),
            piece["title"],
            str(names.get(piece["type"], "")),
            ", ".join(filter(None, [piece["number"], piece["issuer"]])),
            write_date(date.fromisoformat(piece["valid_until"])) if piece["valid_until"] else "",
        )
        for n, piece in enumerate(_pieces(content), start=1)
    ]
    return Grid(
        ("STT", "Tên", "Loại", "Số, nơi cấp", "Hiệu lực đến"),
        rows,
        (12, 48, 43, 38, 24),
        centred=(0, 4),
    )


def _representative(answers: Mapping[str, Any]) -> Signature:
    title = str(answers.get("representative_title") or "Đại diện chủ thể")
    return Signature(
        title, str(answers.get("representative") or ""), "(Ký, ghi rõ họ tên, đóng dấu)"
    )


_CHAIR, _DEPUTY = "Chủ tịch", "Phó Chủ tịch"


def _chair(signer: str) -> Signature:
    """For the commune's People's Committee signs its chair, or a deputy instead of the chair: who
    writes the office before the name has it printed above the signature."""
    authority, office, name = ["TM. Ủy ban nhân dân"], _CHAIR, signer
    for told in (_DEPUTY, _CHAIR):
        if signer.lower().startswith(told.lower()):
            office, name = told, signer[len(told) :].lstrip(" ,:-–")
            break
    if office == _DEPUTY:
        authority.append(f"KT. {_CHAIR}")
    return Signature(office, name, "(Ký, ghi rõ họ tên, đóng dấu)", authority)


def _commune(dossier: Dossier) -> str:
    if dossier.commune is None:
        return "Ủy ban nhân dân xã, phường"
    name = dossier.commune.name
    return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}"


def _place(dossier: Dossier) -> str:
    if dossier.commune is None:
        return letterhead().place
    kind, _space, rest = dossier.commune.name.partition(" ")
    return rest if kind in ("Xã", "Phường") else dossier.commune.name
