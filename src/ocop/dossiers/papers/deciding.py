"""The list for decision, and the notices to communes and producers of what became of dossiers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ocop.core import papers
from ocop.core.language import using
from ocop.core.numbers import write_date, write_number
from ocop.core.official import services as frames
from ocop.core.official.paper import Facts, Grid, Official, Signature, Text, dated
from ocop.councils import summary
from ocop.councils.outcome import from_json
from ocop.councils.papers.head import UNFINISHED, drafted, titled
from ocop.criteria import scoring
from ocop.dossiers.coming_back import after_refusal
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.papers.forms import KINDS
from ocop.dossiers.queries import conclusions
from ocop.dossiers.queries.refusals import Refusal, refusal_of
from ocop.places.letterhead import letterhead
from ocop.recognition.validity import expiry_of

LIST = frames.declare("decision_list", "Danh sách đề nghị công nhận hạng sao")
NOTICE = frames.declare("notice", "Thông báo kết quả đánh giá, phân hạng")
_TOP = 5
_EARLY = (
    "Phiên họp chưa kết thúc với số và ngày biên bản nên chưa đề nghị công nhận sản phẩm nào "
    "trong phiên."
)
_SAME = "%d sản phẩm nâng hạng không lên hạng cao hơn hạng đang có nên không đề nghị công nhận."
_TO_MINISTRY = (
    "%d sản phẩm đạt từ 90 điểm, được trình Bộ Nông nghiệp và Môi trường đánh giá trước nên chưa "
    "đề nghị công nhận."
)
_BELOW = "%d sản phẩm không đủ điều kiện công nhận theo kết luận của hội đồng."
_DECIDED = "%d sản phẩm đã có quyết định công nhận nên không đề nghị lại."


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the province is asked to recognise, by star and then by name; `same`: upgrades that did
    not rise, `early`: dossiers whose sitting has no minutes yet; how many wait for the Ministry
    (`higher`) and how many came to no star of the province (`below`)."""

    ranked: Sequence[tuple[Dossier, conclusions.Conclusion]]
    same: frozenset[Dossier]
    early: frozenset[Dossier]
    higher: int
    below: int

    @property
    def counts(self) -> str:
        """How many of each star, in words."""
        stars = [told.star for _row, told in self.ranked]
        return ", ".join(f"{stars.count(s)} sản phẩm {s} sao" for s in (5, 4, 3) if s in stars)

    def rows(self) -> list[tuple[str, ...]]:
        """The rows of the list."""
        return [
            (
                str(n),
                row.product.name,
                row.product.producer.name,
                row.commune.name if row.commune else "",
                KINDS[row.kind],
                _points(told, shown=2),
                f"{told.star} sao",
            )
            for n, (row, told) in enumerate(self.ranked, start=1)
        ]


def proposed(dossiers: Sequence[Dossier], *, on: date) -> Proposed:
    """Which of these dossiers the province is asked to recognise."""
    found = [(row, conclusions.conclusion_of(row)) for row in dossiers]
    early = frozenset(row for row, told in found if told and not conclusions.is_minuted(row))
    able = [
        (row, told) for row, told in found if told and _provinces(row, told) and row not in early
    ]
    same = frozenset(
        row for row, told in able if conclusions.held_already(row, told, on) is not None
    )
    ranked = sorted(
        ((row, told) for row, told in able if row not in same),
        key=lambda pair: (-(pair[1].star or 0), pair[0].product.folded),
    )
    rest = [(row, told) for row, told in found if told and _is_open(row) and row not in early]
    higher = sum(_awaits_ministry(row, told) for row, told in rest)
    below = sum(not _awaits_ministry(row, told) and not _provinces(row, told) for row, told in rest)
    return Proposed(ranked, same, early, higher, below)


def by_ministry(able: Proposed) -> list[str]:
    """The Ministry's results that stars rest on (Art. 5), by document, in whole sentences."""
    found: dict[tuple[str, date], list[str]] = defaultdict(list)
    for row, told in able.ranked:
        referral = conclusions.referral_of(row) if told.central else None
        if referral is not None and referral.central_on is not None:
            star = f"{told.star} sao"
            found[referral.central_document, referral.central_on].append(
                f"“{row.product.name}” ({_points(told, shown=2)} điểm, {star})"
            )
    return [
        f"Theo kết quả đánh giá của Bộ Nông nghiệp và Môi trường tại văn bản số {document} ngày "
        f"{write_date(day)} đối với sản phẩm {', '.join(products)}"
        for (document, day), products in found.items()
    ]


def left_aside(able: Proposed, dossiers: Sequence[Dossier]) -> list[Text]:
    """Why products of a sitting are not proposed."""
    decided = sum(row.state == State.DECIDED for row in dossiers)
    return [
        *([Text(_TO_MINISTRY % able.higher, "note")] if able.higher else []),
        *([Text(_BELOW % able.below, "note")] if able.below else []),
        *([Text(_DECIDED % decided, "note")] if decided else []),
        *([Text(_SAME % len(able.same), "note")] if able.same else []),
        *([Text(_EARLY, "note")] if able.early else []),
    ]


def decision_list(
    dossiers: Sequence[Dossier], *, on: date, final: bool, notes: Sequence[Text] = ()
) -> Official:
    """The products proposed to the chair of the province, by star and then by name.

    A draft, which nobody signs, unless `final`: the sitting they come from is closed. `notes`
    stand under it.
    """
    head = letterhead()
    able = proposed(dossiers, on=on)
    rows = able.rows()
    counts = able.counts
    return Official(
        parent=head.parent,
        issuer=head.office,
        number=f"Số:        /{head.symbol}",
        dated=dated(head.place, on),
        title=titled("DANH SÁCH ĐỀ NGHỊ CÔNG NHẬN", final=final),
        subtitle="Sản phẩm OCOP được hội đồng đánh giá, phân hạng",
        blocks=[
            Grid(
                ("STT", "Sản phẩm", "Chủ thể", "Xã, phường", "Hình thức", "Điểm", "Hạng"),
                rows,
                (12, 66, 66, 40, 24, 19, 20),
                centred=(0, 4, 5, 6),
            ),
            Text(f"Tổng số: {len(rows)} sản phẩm{': ' + counts if counts else ''}.", "plain"),
            *(Text(f"{result}.", "plain") for result in by_ministry(able)),
            *left_aside(able, dossiers),
            *notes,
            *([] if final else [Text(UNFINISHED, "note")]),
        ],
        signatures=(Signature("Người lập danh sách"), Signature(head.signer, "", ""))
        if final
        else (),
        marks=(*_marks(dossiers), *drafted(final=final)),
        landscape=True,
    )


def notice(dossier: Dossier, *, to_commune: bool, on: date) -> Official:
    """What became of a dossier, to its producer or its commune (step 3g)."""
    head = letterhead()
    told = conclusions.conclusion_of(dossier)
    commune = dossier.commune.name if dossier.commune else "xã, phường"
    committee = f"Ủy ban nhân dân {commune[:1].lower()}{commune[1:]}"
    facts = [
        ("Sản phẩm", dossier.product.name),
        ("Chủ thể", dossier.product.producer.name),
        ("Số phiếu đăng ký", dossier.slip_number),
        ("Hình thức", KINDS[dossier.kind]),
    ]
    if told is not None and told.total is not None:
        facts.append(("Tổng điểm", f"{_points(told)}/100"))
    return Official(
        parent=head.parent,
        issuer=head.office,
        number=f"Số:        /{head.symbol}",
        about="V/v kết quả đánh giá, phân hạng sản phẩm OCOP",
        dated=dated(head.place, on),
        to=committee if to_commune else dossier.product.producer.name,
        title="",
        blocks=[
            Text(
                "Thực hiện Quyết định số 26/2026/QĐ-TTg của Thủ tướng Chính phủ, "
                f"{head.office} thông báo kết quả đánh giá, phân hạng như sau:"
            ),
            Facts(facts),
            *(
                Text(sentence)
                for sentence in _sentences(dossier, told, to_commune=to_commune, on=on)
            ),
        ],
        signatures=(Signature(head.signer, "", ""),),
        recipients=("- Như trên;", f"- Lưu: VT, {head.symbol}."),
        marks=_marks([dossier]),
    )


def _sentences(
    dossier: Dossier, told: conclusions.Conclusion | None, *, to_commune: bool, on: date
) -> list[str]:
    state = State(dossier.state)
    whom = "chủ thể" if to_commune else "quý chủ thể"
    if state is State.DECIDED and dossier.recognition and dossier.recognition.decision:
        decision = dossier.recognition.decision
        return [
            f"Sản phẩm được công nhận {dossier.recognition.stars} sao tại Quyết định số "
            f"{decision.number} ngày {write_date(decision.signed_on)}. Hạng sao có giá trị đến hết "
            f"ngày {write_date(expiry_of(decision.signed_on))}.",
            f"Đề nghị {whom} sử dụng nhãn hiệu OCOP đúng quy định và nộp hồ sơ đánh giá lại trong "
            "thời gian từ 180 đến 120 ngày trước ngày hết hạn./.",
        ]
    if state is State.REFUSED:
        given = refusal_of(dossier)
        reason = _bare(given.reason) if given else ""
        with using("vi"):  # the paper is, whoever prints it
            kept = after_refusal(dossier, on)
        again = "nộp hồ sơ mới" if kept else "đăng ký lại ở đợt đánh giá sau"
        return [
            f"Sản phẩm không được công nhận hạng sao trong lần đánh giá này{_by(given)}.",
            *([f"Lý do: {reason}."] if reason else []),
            *_grounds(dossier, told),
            *([kept] if kept else []),
            f"Đề nghị {whom} hoàn thiện sản phẩm và {again}./.",
        ]
    if state is State.AT_MINISTRY and not (told and told.central):
        return [
            "Hồ sơ đạt từ 90 điểm, được trình Bộ Nông nghiệp và Môi trường đánh giá. Kết quả cấp "
            "tỉnh được giữ nguyên trong thời gian chờ kết quả của Bộ./."
        ]
    if told is not None:
        return _concluded(dossier, told, on)
    return ["Hồ sơ đang được xem xét, kết quả sẽ được thông báo sau./."]


def _concluded(dossier: Dossier, told: conclusions.Conclusion, on: date) -> list[str]:
    """A result on which nothing is decided yet, and what follows from it (Art. 5)."""
    who = "Bộ Nông nghiệp và Môi trường" if told.central else "Hội đồng"
    said = f"{who} đã kết luận: {_star(told)}."
    if conclusions.goes_to_ministry(told):
        return [
            f"{said} Hồ sơ đạt từ 90 điểm nên được trình Bộ Nông nghiệp và Môi trường đánh giá "
            "trước khi có quyết định./."
        ]
    if told.star is None or told.star < conclusions.CERTIFIED:
        return [
            said,
            *_grounds(dossier, told),
            "Sản phẩm dưới 3 sao nên không có quyết định công nhận./.",
        ]
    if (held := conclusions.held_already(dossier, told, on)) is not None:
        return [
            f"{said} Sản phẩm đang có {held} sao nên kết quả này không nâng hạng, không có quyết "
            "định công nhận mới; hạng sao đang có vẫn giữ đến hết thời hạn của nó./."
        ]
    return [f"{said} Kết quả có hiệu lực khi có quyết định công nhận./."]


def _star(told: conclusions.Conclusion) -> str:
    """A star as who concluded may say it: five are the Ministry's to give."""
    if told.central and told.star == _TOP:
        return f"{told.star} sao"
    with using("vi"):
        return summary.star_words(told.star)


def _grounds(dossier: Dossier, told: conclusions.Conclusion | None) -> list[str]:
    """The conditions and minimums that the council's result fell by; the Ministry's are not
    recorded here."""
    item = conclusions.last_item(dossier)
    if told is None or told.central or item is None or item.outcome is None:
        return []
    with using("vi"):
        return summary.grounds_of(from_json(item.outcome))


def _by(given: Refusal | None) -> str:
    """The paper that a refusal rests on; the first ones had none."""
    if given is None or not given.document or given.signed_on is None:
        return ""
    return f", theo văn bản số {given.document} ngày {write_date(given.signed_on)}"


def _bare(reason: str) -> str:
    return reason.strip().rstrip(".; ")


def _provinces(dossier: Dossier, told: conclusions.Conclusion) -> bool:
    """Whether the province decides: three or four stars below 90 points, or what the Ministry
    found, and not while the Ministry still has it (Art. 5); nothing that has ended."""
    if not _is_open(dossier) or _awaits_ministry(dossier, told):
        return False
    return told.star in (3, 4) or (told.central and told.star == _TOP)


def _is_open(dossier: Dossier) -> bool:
    return dossier.state not in (State.DECIDED, State.REFUSED, State.WITHDRAWN)


def _awaits_ministry(dossier: Dossier, told: conclusions.Conclusion) -> bool:
    """Whether the Ministry finds first: it has the dossier, or is to have it."""
    return dossier.state == State.AT_MINISTRY or conclusions.goes_to_ministry(told)


def _points(told: conclusions.Conclusion, *, shown: int | None = None) -> str:
    """Points as the council's papers show them: never in another band."""
    return "" if told.total is None else write_number(scoring.shown(told.total), shown)


def _marks(dossiers: Sequence[Dossier]) -> tuple[str, ...]:
    return (papers.mark(),) if any(row.demonstration for row in dossiers) else ()
