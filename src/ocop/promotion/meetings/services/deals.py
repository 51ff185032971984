"""Memoranda and contracts: recorded, followed for a year, ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ocop.core import folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, check_year, fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.producers.models import Producer
from ocop.promotion import lifecycle
from ocop.promotion.meetings import following, rules
from ocop.promotion.meetings.models import Deal, DealKind, DealState, Demand, FollowUp
from ocop.promotion.meetings.services.demands import one_of, refuse
from ocop.promotion.models import TradeEvent

MOST_VALUE = 10**14  # đồng


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed. `follows`: the memorandum that becomes this contract; the buyer's name is
    that of the demand where there is one."""

    kind: DealKind
    subject: str
    signed_on: date
    buyer: str = ""
    number: str = ""
    value: int | None = None
    demand: Demand | None = None
    event: TradeEvent | None = None
    follows: Deal | None = None


@action("promotion.record_deal")
def record_deal(*, actor: Actor, producer: Producer, signed: Signed, at: datetime) -> Deal:
    """Record a memorandum or a contract; from then on it is asked after for a year. A memorandum
    that becomes a contract is done by it.

    Refused: a day to come, a contract without its value, a memorandum of another producer or one
    that has its contract, an event at which the producer was not or that had not begun, what is
    recorded already.
    """
    require(actor, rules.may_offer_for, producer, timezone.localdate(at))
    row = Deal(
        code=public_code(), producer=producer, entered_by_id=actor.user_id, created_at=at,
        demonstration=options.DEMONSTRATION.get(),
    )  # fmt: skip
    Producer.objects.select_for_update().get(pk=producer.pk)  # of the same sent twice one is first
    _fill(row, signed, timezone.localdate(at))
    _expect_there(row)
    if row.follows is not None:
        _become(row.follows, row, at)
    _expect_new(row)
    row.save()
    FollowUp.objects.bulk_create(
        FollowUp(deal=row, number=number, due_on=day)
        for number, day in enumerate(following.due_days(row.signed_on), start=1)
    )
    record(actor, "promotion.deal_recorded", row, producer, *_also(row), at=at)
    return row


@action("promotion.follow_deal")
def follow_deal(
    *, actor: Actor, follow_up: FollowUp, delivered: int, note: str = "", at: datetime
) -> FollowUp:
    """Tell what was delivered of a deal since it was signed, in đồng; told anew it is corrected.

    Refused: a deal that ended, less than was told for an earlier day, a day that is to come by more
    than a month.
    """
    deal = Deal.objects.select_for_update().get(pk=follow_up.deal_id)
    require(actor, rules.may_follow, deal, timezone.localdate(at))
    _expect_running(deal)
    opens_on = following.months_after(follow_up.due_on, -1)
    if opens_on > timezone.localdate(at):
        raise refuse("delivered", _("Chưa đến kỳ này. Kỳ mở trước hạn một tháng."))
    if not 0 <= delivered <= MOST_VALUE:
        raise refuse("delivered", _("Giá trị phải từ 0 đồng và không quá lớn."))
    for other in deal.follow_ups.exclude(pk=follow_up.pk).filter(told_at__isnull=False):
        earlier, told = other.number < follow_up.number, other.delivered or 0
        if told > delivered if earlier else told < delivered:
            raise refuse(
                "delivered",
                _("Giá trị là số cộng dồn từ ngày ký, không thể giảm theo thời gian."),
            )
    follow_up.delivered, follow_up.note = delivered, note.strip()
    check_text(follow_up.note, "note", 500)
    follow_up.told_at, follow_up.told_by_id = at, actor.user_id
    follow_up.save()
    record(
        actor, "promotion.deal_followed", deal, deal.producer, at=at,
        change={"number": follow_up.number},
    )  # fmt: skip
    return follow_up


@action("promotion.end_deal")
def end_deal(
    *,
    actor: Actor,
    deal: Deal,
    broken: bool,
    reason: str = "",
    mistaken: bool = False,
    at: datetime,
) -> Deal:
    """A deal is carried out, or broken off for a reason; nothing more is asked of it. One that was
    entered by mistake (`mistaken`) counts nowhere from then on, also when it had ended; the
    memorandum that it carried out runs again.

    Refused: ended before.
    """
    require(actor, rules.may_follow, deal, timezone.localdate(at))
    if broken or mistaken:
        needs_reason(reason, most=500)
    else:
        check_text(reason.strip(), "reason", 500)
    told = reason.strip() if broken or mistaken else ""
    state = DealState.BROKEN if broken else DealState.DONE
    here = Deal.objects.filter(pk=deal.pk, state=DealState.RUNNING)
    if mistaken:
        state = DealState.MISTAKEN
        here = Deal.objects.filter(pk=deal.pk).exclude(state=DealState.MISTAKEN)
        if deal.follows_id is not None:
            Deal.objects.filter(pk=deal.follows_id, state=DealState.DONE).update(
                state=DealState.RUNNING, ended_at=None
            )
            Deal.objects.filter(pk=deal.pk).update(follows=None)
    if not here.update(state=state, ended_for=told, ended_at=at):
        raise _ended()
    deal.refresh_from_db()
    record(actor, "promotion.deal_ended", deal, deal.producer, at=at, reason=told)
    return deal


def _become(memorandum: Deal, contract: Deal, at: datetime) -> None:
    """A memorandum ends with the contract it becomes."""
    if memorandum.kind != DealKind.MEMORANDUM or contract.kind != DealKind.CONTRACT:
        raise refuse("follows", _("Chỉ biên bản ghi nhớ mới chuyển thành hợp đồng."))
    if memorandum.producer_id != contract.producer_id:
        raise refuse("follows", _("Biên bản này của chủ thể khác."))
    here = Deal.objects.filter(pk=memorandum.pk, state=DealState.RUNNING)
    if not here.update(state=DealState.DONE, ended_at=at):
        raise refuse("follows", _("Biên bản này đã kết thúc hoặc đã thành hợp đồng."))


def _expect_there(row: Deal) -> None:
    """Refuse an event at which nothing can have been signed by this producer."""
    event = row.event
    if event is None:
        return
    took_part = event.applications.filter(producer=row.producer, state=lifecycle.ACCEPTED)
    if not took_part.exists():
        raise refuse("event", _("Chủ thể không tham gia sự kiện này."))
    if row.signed_on < event.starts_on:
        raise refuse("signed_on", _("Ngày ký trước ngày bắt đầu của sự kiện."))


def _expect_new(row: Deal) -> None:
    """Refuse a deal that is recorded: sent twice it would count twice."""
    same = Deal.objects.filter(
        producer=row.producer, kind=row.kind, signed_on=row.signed_on, value=row.value,
        folded=row.folded,
    ).exclude(state=DealState.MISTAKEN)  # fmt: skip
    if same.exists():
        raise Refused(
            "deal_recorded",
            _("Thỏa thuận này đã ghi. Nếu là văn bản khác, hãy ghi số văn bản để phân biệt."),
        )


def _expect_running(deal: Deal) -> None:
    if deal.state != DealState.RUNNING:
        raise _ended()


def _ended() -> Refused:
    return Refused("deal_ended", _("Thỏa thuận này đã kết thúc."))


def _also(row: Deal) -> Iterable[Demand | TradeEvent | Deal]:
    return [each for each in (row.demand, row.event, row.follows) if each is not None]


def _fill(row: Deal, signed: Signed, today: date) -> None:
    row.kind = one_of(signed.kind, DealKind.values, "kind")
    row.demand, row.event, row.follows = signed.demand, signed.event, signed.follows
    row.buyer = folding.clean(signed.demand.buyer if signed.demand else signed.buyer)
    row.subject, row.number = folding.clean(signed.subject), folding.clean(signed.number)
    if not row.buyer:
        raise refuse("buyer", _("Hãy ghi tên đơn vị mua."))
    if not row.subject:
        raise refuse("subject", _("Hãy ghi hàng hóa của thỏa thuận."))
    if signed.signed_on > today:
        raise refuse("signed_on", _("Ngày ký chưa đến."))
    check_year(signed.signed_on, "signed_on", today)
    if row.kind == DealKind.CONTRACT and not signed.value:
        raise refuse("value", _("Hãy ghi giá trị hợp đồng."))
    if signed.value is not None and not 0 <= signed.value <= MOST_VALUE:
        raise refuse("value", _("Giá trị phải từ 0 đồng và không quá lớn."))
    row.signed_on, row.value = signed.signed_on, signed.value
    told = folding.words(row.number, row.producer.name, row.buyer, row.subject)
    row.folded = told[:620]
    fits(row)
