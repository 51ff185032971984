"""From the proposal to the decision: agenda, conclusion, decision, refusal (Art. 5)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils import rules as council_rules
from ocop.councils.models import Case, Item, ItemState, Sitting, SittingKind, SittingState
from ocop.councils.services import cases, obstacles, sittings, steps
from ocop.criteria.queries import set_of, star_rule
from ocop.criteria.scoring import Outcome, score
from ocop.dossiers.models import Dossier, Proposal, State
from ocop.dossiers.queries import filing
from ocop.dossiers.services.checks import (
    decided_by,
    judged_in_time,
    nothing_asked,
    nothing_owed,
    proposal_holds,
    stands,
)
from ocop.dossiers.services.moving import move
from ocop.dossiers.standing import judged_in_writing
from ocop.recognition.models import Kind

PLACES_OF_TOTAL = 4  # of Recognition.total


@action("dossiers.put_on_agenda")
def put_on_agenda(
    *,
    actor: Actor,
    dossiers: Sequence[Dossier],
    sitting: Sitting,
    reason: str = "",
    at: datetime,
) -> list[Item]:
    """Put dossiers that are ready on the agenda of a sitting, all of them or none.

    A case is opened for every dossier that has none; conflicts of interest are looked for.
    `reason`: why a re-evaluation is met upon at once, without written opinions before (Art. 6).
    Refused: an empty list, a dossier that is not ready, one whose producer owes an answer or waits
    for one, or that changed since the team's proposal, a day after the 45 of a re-evaluation, the
    wrong way to judge one, what `councils.add_to_agenda` refuses.
    """
    require(actor, council_rules.may_plan_sitting, sitting)
    if reason.strip():
        needs_reason(reason)
    if not dossiers:
        raise Refused("no_dossiers", _("Chưa chọn hồ sơ nào. Hãy chọn ít nhất một hồ sơ."))
    sitting = steps.locked_sitting(sitting)
    chosen = []
    for dossier in dossiers:
        stands(dossier, State.READY)
        nothing_owed(dossier)
        nothing_asked(dossier)
        proposal_holds(dossier)
        _expect_way(dossier, sitting, reason)
        judged_in_time([dossier], sitting, at=at)
        case = _told_again(dossier) if dossier.case else _case_of(dossier, at)
        move(dossier, "schedule", at=at, case=case, due_on=decided_by(dossier))
        chosen.append(case)
    items = sittings.place_on_agenda(actor=actor, sitting=sitting, cases=chosen, at=at)
    record(
        actor,
        "dossiers.agenda_filled",
        sitting,
        *dossiers,
        *items,
        at=at,
        reason=reason.strip(),
        change={"items": len(items)},
    )
    return items


def _expect_way(dossier: Dossier, sitting: Sitting, reason: str) -> None:
    """Refuse written opinions on a re-evaluation that is met upon, saying why it is; and a meeting
    on one that is judged in writing before its opinions are known, unless a reason is given."""
    if dossier.kind != Kind.REEVALUATION:
        return
    name, writing = dossier.product.name, by_writing(dossier)
    if sitting.kind == SittingKind.WRITTEN and not writing:
        if _called_complex(dossier):
            message = _("“%s”: tổ tư vấn đề nghị họp vì việc phức tạp. Hãy đưa vào một phiên họp.")
        else:
            message = _(
                "“%s”: hạng sao đã hết hạn nên sản phẩm quay lại qua phiên họp, theo thiết lập "
                "của tỉnh, thành phố. Hãy đưa vào một phiên họp."
            )
        raise Refused("meeting_needed", message % name)
    if sitting.kind == SittingKind.MEETING and writing and not reason.strip():
        # A meeting that followed written opinions and fell through is tried again without asking.
        asked = Item.objects.filter(
            case=dossier.case_id, sitting__follows__kind=SittingKind.WRITTEN
        )
        if dossier.case_id is None or not asked.exists():
            message = _(
                "“%s” là hồ sơ đánh giá lại: lấy ý kiến bằng văn bản trước, chỉ họp khi ý kiến "
                "khác nhau hoặc việc phức tạp. Nếu họp ngay vì việc phức tạp, hãy ghi lý do."
            )
            raise Refused("opinions_first", message % name, fields={"reason": [message % name]})


def _case_of(dossier: Dossier, at: datetime) -> Case:
    """The council's case of a dossier, with its self-assessment. Who was out of it when the
    province evaluated it before stays out."""
    own = _own_score(dossier)
    before = Case.objects.filter(
        reference=dossier.slip_number, producer=dossier.product.producer_id
    ).exclude(reference="")
    earlier = list(before)
    case = cases.build_case(
        title=dossier.product.name,
        reference=dossier.slip_number,
        producer=dossier.product.producer,
        version=dossier.version,
        self_total=Decimal(own.total),
        self_star=own.star,
        written=by_writing(dossier),
        at=at,
    )
    obstacles.keep_recused(earlier, case)
    return case


def _told_again(dossier: Dossier) -> Case:
    """The case that a dossier has already, with the self-assessment as it was filed last."""
    case = dossier.case
    assert case is not None
    own = _own_score(dossier)
    case.self_total, case.self_star = Decimal(own.total), own.star
    case.written = by_writing(dossier)
    case.save(update_fields=["self_total", "self_star", "written"])
    return case


def _own_score(dossier: Dossier) -> Outcome:
    return score(
        set_of(dossier.version),
        dossier.marks,
        gates=dossier.gates,
        rule=star_rule(),
        dependent=True,
    )


def by_writing(dossier: Dossier) -> bool:
    """Whether members give written opinions first (`standing.judged_in_writing`); a matter that the
    advisory team calls complex is met upon."""
    if _called_complex(dossier):
        return False
    return judged_in_writing(dossier.kind, dossier.road, after_expiry=filing.after_expiry())


def _called_complex(dossier: Dossier) -> bool:
    return Proposal.objects.filter(dossier=dossier, complex=True).exists()


@action("dossiers.note_taken_off")
def note_taken_off(*, actor: Actor, item: Item, reason: str, at: datetime) -> Dossier | None:
    """A case left the agenda: its dossier waits for another sitting. None: no dossier's case."""
    require(actor, council_rules.may_plan_sitting, item.sitting)
    needs_reason(reason)
    dossier = _of(item)
    if item.state != ItemState.TAKEN_OFF and item.sitting.state != SittingState.CANCELLED:
        raise Refused("still_on_agenda", _("Nội dung này vẫn còn trong chương trình họp."))
    if dossier is not None:
        move(dossier, "take_off", at=at, due_on=decided_by(dossier))
    record(actor, "dossiers.taken_off_noted", dossier or item, at=at, reason=reason.strip())
    return dossier


@action("dossiers.note_conclusion")
def note_conclusion(*, actor: Actor, item: Item, at: datetime) -> Dossier | None:
    """The council concluded on an item: its dossier waits for the decision.

    A first pass only finds gaps: the dossier is ready for the second. None: no dossier's case.
    """
    require(actor, council_rules.may_plan_sitting, item.sitting)
    dossier = _of(item)
    if item.state != ItemState.CONCLUDED:
        raise Refused("not_concluded", _("Hội đồng chưa kết luận về nội dung này."))
    if dossier is not None:
        name = "find_gaps" if item.sitting.passing == 1 else "conclude"
        move(dossier, name, at=at, due_on=decided_by(dossier))
    record(
        actor,
        "dossiers.conclusion_noted",
        dossier or item,
        at=at,
        change={"star": item.star, "passing": item.sitting.passing},
    )
    return dossier


def _of(item: Item) -> Dossier | None:
    return Dossier.objects.filter(case=item.case_id).select_related("round").first()
