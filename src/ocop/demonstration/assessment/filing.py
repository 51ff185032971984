"""Dossiers as producers would write them: marks, claims, evidence, and the commune's report."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from django.utils import timezone

from ocop.core.actor import SYSTEM, Actor
from ocop.core.official import printing
from ocop.core.official.paper import Official, Signature, Text
from ocop.criteria import queries as criteria
from ocop.criteria.sets import EVIDENCE, CriteriaSet
from ocop.demonstration import trades
from ocop.dossiers import checklist, evidence_types, forms
from ocop.dossiers.models import Dossier
from ocop.dossiers.models import Evidence as Piece
from ocop.dossiers.services import commune, drafting, registering
from ocop.dossiers.services import evidence as library
from ocop.producers.models import Producer
from ocop.products import services as products
from ocop.products.models import Product
from ocop.recognition.models import Kind

_TEXTS = {
    "producer_name": "{maker}",
    "address": "{place}",
    "phone": "024 3000 0000",
    "representative": "Đại diện chủ thể (mẫu)",
    "representative_title": "Giám đốc",
    "product_name": "{product}",
    "description": "{product} làm từ nguyên liệu trong vùng, theo cách làm lâu đời của địa phương.",
    "changes": "Đã đổi bao bì, thêm mã truy xuất nguồn gốc và ký hợp đồng với hai chuỗi cửa hàng.",
    "kept": "Vùng nguyên liệu, quy trình và chất lượng được giữ như lần công nhận trước.",
    "story": "Nghề có ở làng từ nhiều đời, nay được hợp tác xã giữ và phát triển.",
    "material": "Nguyên liệu mua của các hộ trong xã, có hợp đồng.",
    "process": "Sơ chế, chế biến, kiểm tra, đóng gói.",
    "quality_control": "Kiểm nghiệm sáu tháng một lần.",
    "markets": "Cửa hàng trong thành phố, chợ, sàn thương mại điện tử.",
    "promotion": "Hội chợ hằng năm, trang mạng xã hội.",
    "plan": "Mở rộng vùng nguyên liệu và nâng công suất.",
}
_NOTE = "Trang 1"
#: Days for which papers of these types hold; they are two hundred days old when they are filed.
_SHORT = {"environment": 260, "promotion": 400}
_STARS = ((0.9, 5), (0.7, 4), (0.5, 3))


def new_product(maker: Producer, name: str, set_number: int, at: datetime) -> Product:
    """A product not yet in the register."""
    return products.create_product(
        actor=SYSTEM,
        producer=maker,
        particulars=products.Particulars(
            name=name, sector=trades.sector_of(set_number), set_number=set_number
        ),
        confirm_alike=True,
        reason="Sản phẩm khác của tỉnh mẫu",
        at=at,
    )


def registered(product: Product, at: datetime) -> None:
    """The commune's registration of a product for the year: its dossier answers it."""
    maker, day = product.producer, timezone.localdate(at)
    if maker.commune is None:
        return
    registering.register_product(
        actor=SYSTEM,
        unit=maker.commune,
        year=day.year,
        entry=registering.Entry(product.name, maker.name, product=product),
        registered_on=day,
        at=at,
    )


def levels(criteria_set: CriteriaSet, aim: float, random: Random) -> dict[str, int]:
    """Marks around a share of every criterion's points; the minimums of its star are kept."""
    star = next((star for share, star in _STARS if aim >= share), None)
    found = {}
    for criterion in criteria_set.criteria:
        wanted = criterion.max * (aim + random.uniform(-0.1, 0.1))
        nearest = min(criterion.levels, key=lambda level: (abs(level - wanted), level))
        found[criterion.code] = max(nearest, criterion.minimum(star)) if star else nearest
    return found


def harmless(criteria_set: CriteriaSet) -> dict[str, bool]:
    """Every condition answered so that nothing stands against the product."""
    return {gate.id: gate.harmless for gate in criteria_set.gates}


def write(
    dossier: Dossier, writer: Actor, aim: float, random: Random, at: datetime, *, whole: bool = True
) -> Dossier:
    """Fill the forms; `whole=False` leaves the second half of the criteria open."""
    criteria_set = criteria.set_of(dossier.version)
    marks = levels(criteria_set, aim, random)
    if not whole:
        marks = dict(list(marks.items())[: len(marks) // 2])
    dossier = drafting.save_answers(
        actor=writer,
        dossier=dossier,
        revision=dossier.revision,
        answers=_answers(dossier),
        marks=marks,
        gates=harmless(criteria_set) if whole else {},
        claims={code: _claim(points) for code, points in list(marks.items())[:6] if points},
        at=at,
    )
    _prove(dossier, writer, criteria_set, at)
    return dossier


def report(dossier: Dossier, officer: Actor, at: datetime) -> None:
    """The commune's Form 03, favourable."""
    told: Mapping[str, Mapping[str, Any]] = {
        topic.key: {"holds": True, "text": "Đã kiểm tra tại cơ sở, đúng như chủ thể khai."}
        for topic in checklist.TOPICS
    }
    commune.save_report(
        actor=officer,
        dossier=dossier,
        report=commune.Report(
            topics=told,
            checklist=dict.fromkeys(checklist.items_for(dossier.version.sector), True),
            conclusion="Hồ sơ đầy đủ, đề nghị cấp trên xem xét.",
            number="15/BC-UBND",
            signer="Người đứng đầu (mẫu)",
            signed_on=timezone.localdate(at),
        ),
        revision=0,
        at=at,
    )


def _answers(dossier: Dossier) -> dict[str, Any]:
    words = {
        "maker": dossier.product.producer.name,
        "place": dossier.product.producer.address or "Hà Nội",
        "product": dossier.product.name,
    }
    found: dict[str, Any] = {}
    for key, field in forms.fields_for(dossier.kind, dossier.version.sector).items():
        if field.type == forms.YES:
            found[key] = True
        elif key == "samples":
            found[key] = 5
        elif key in _TEXTS:
            found[key] = _TEXTS[key].format(**words)
    return found


def _claim(points: int) -> str:
    return f"Đạt mức {points} điểm, xem minh chứng kèm theo."


def _prove(dossier: Dossier, writer: Actor, criteria_set: CriteriaSet, at: datetime) -> None:
    """A document of each usual type for the criteria of its topics, and for every claim that
    counts only with a paper."""
    by_topic = {topic: kind for kind, topics in evidence_types.TOPICS.items() for topic in topics}
    kept: dict[str, Piece] = {}
    for criterion in criteria_set.criteria:
        kind = by_topic.get(criterion.topic)
        needed = any(gate.type == EVIDENCE for gate in criterion.gates)
        if kind is None and not needed:
            continue
        kind = kind or "award"
        if kind not in kept:
            kept[kind] = _piece(dossier.product.producer, writer, kind, at)
        library.use_evidence(
            actor=writer,
            dossier=dossier,
            evidence=kept[kind],
            criterion=criterion.code,
            note=_NOTE,
            at=at,
        )


def _piece(maker: Producer, writer: Actor, kind: str, at: datetime) -> Piece:
    """The producer's document of a type: kept once, used again."""
    known = maker.evidence.filter(type=kind, withdrawn_at=None, replaced_by=None).first()
    if known is not None:
        return known
    issued = timezone.localdate(at) - timedelta(days=200)
    return library.add_evidence(
        actor=writer,
        producer=maker,
        particulars=library.Particulars(
            type=kind,
            title=str(dict(evidence_types.TYPES)[kind]),
            number="01/2026 (mẫu)",
            issuer="Cơ quan cấp (mẫu)",
            issued_on=issued,
            valid_until=_until(kind, issued),
        ),
        content=_document(kind),
        filename=f"{kind}.pdf",
        at=at,
    )


def _until(kind: str, issued: date) -> date:
    """Two years; what must be renewed oftener ends while the round is on, so that the next dossier
    finds it expired."""
    if kind in _SHORT:
        return issued + timedelta(days=_SHORT[kind])
    return date(issued.year + 2, issued.month, 1)


@cache
def _document(kind: str) -> bytes:
    """An invented document of a type, marked as one."""
    title = str(dict(evidence_types.TYPES)[kind])
    return printing.pdf(
        Official(
            title=title.upper(),
            issuer="Cơ quan cấp (mẫu)",
            blocks=[Text("Tài liệu này là mẫu, không có giá trị pháp lý.")],
            signatures=(Signature("Người ký (mẫu)"),),
            marks=("DỮ LIỆU MẪU",),
        )
    )


def begin(product: Product, kind: Kind, writer: Actor, at: datetime) -> Dossier:
    """A dossier just begun."""
    return drafting.begin_dossier(actor=writer, product=product, kind=kind, at=at)
