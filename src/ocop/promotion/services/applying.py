"""Applications for an event: sent, changed, withdrawn, refused by hand and taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.promotion import conditions, lifecycle, notices, queries, rules
from ocop.promotion.models import (
    ApplicationState,
    BoothAssignment,
    EventApplication,
    EventGoods,
    TradeEvent,
)

MOST_GOODS = 20
MOST_AREA = 20_000  # square decimetres


@dataclass(frozen=True, slots=True)
class GoodsWish:
    """A product to be shown; `labelled`: its labels are lawful, says the applicant."""

    product: Product
    labelled: bool = False
    offer: str = ""
    price: int | None = None
    usual_price: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """An application as it is filled in; the first of its goods decides the sector."""

    contact: str
    goods: Sequence[GoodsWish]
    phone: str = ""
    area: int = 0
    power: bool = False
    water: bool = False
    note: str = ""


@action("promotion.apply")
def apply(
    *, actor: Actor, event: TradeEvent, producer: Producer, wish: Wish, at: datetime
) -> EventApplication:
    """Ask for a place at an event.

    Refused: no call is open, a producer that applied already, goods of others or goods that lack
    what the event asks for, each named with what it lacks.
    """
    require(actor, rules.may_apply_for, producer, timezone.localdate(at))
    TradeEvent.objects.select_for_update().get(pk=event.pk)
    _expect_called(event, at)
    still = event.applications.exclude(state=ApplicationState.WITHDRAWN)
    if still.filter(producer=producer).exists():
        raise _refuse("producer", _("Chủ thể này đã đăng ký. Hãy sửa hồ sơ đã gửi."))
    row = EventApplication(
        code=public_code(), event=event, producer=producer, user_id=actor.user_id, sent_at=at
    )
    _fill(row, wish, at)
    row.save()
    _keep_goods(row, wish.goods)
    record(actor, "promotion.applied", row, event, producer, at=at)
    return row


@action("promotion.change_application")
def change_application(
    *, actor: Actor, application: EventApplication, wish: Wish, at: datetime
) -> EventApplication:
    """Change an application while the call is open; it keeps its place among those of equal points.
    A booth that was computed for what it asked before is free again.

    Refused as in `apply`; one that was answered or withdrawn.
    """
    require(actor, rules.may_act_for, application, timezone.localdate(at))
    TradeEvent.objects.select_for_update().get(pk=application.event_id)
    _expect_called(application.event, at)
    application.refresh_from_db(fields=["state"])
    if application.state != ApplicationState.SENT:
        raise Refused("application_answered", _("Hồ sơ này đã rút hoặc đã được trả lời."))
    _fill(application, wish, at)
    application.save()
    BoothAssignment.objects.filter(application=application, by_hand=False).delete()
    application.goods.all().delete()
    _keep_goods(application, wish.goods)
    record(
        actor, "promotion.application_changed", application, application.event,
        application.producer, at=at,
    )  # fmt: skip
    return application


@action("promotion.withdraw_application")
def withdraw_application(
    *, actor: Actor, application: EventApplication, reason: str, at: datetime
) -> EventApplication:
    """Take an application back; a booth it had is free again.

    Refused: withdrawn or refused already; the event has begun.
    """
    require(actor, rules.may_act_for, application, timezone.localdate(at))
    needs_reason(reason, most=500)
    event = application.event
    if event.starts_on <= timezone.localdate(at) or event.state not in lifecycle.ALIVE:
        raise Refused("event_begun", _("Sự kiện đã bắt đầu hoặc đã hủy, không rút được nữa."))
    _leave(application, ApplicationState.WITHDRAWN, "", at)
    record(
        actor, "promotion.application_withdrawn", application, event, application.producer,
        at=at, reason=reason.strip(),
    )  # fmt: skip
    return application


@action("promotion.refuse_application")
def refuse_application(
    *, actor: Actor, application: EventApplication, reason: str, at: datetime
) -> EventApplication:
    """Refuse an application by hand; the producer is told why at once."""
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    if application.event.state not in lifecycle.ALIVE:
        raise Refused("event_state", _("Sự kiện đã kết thúc hoặc đã hủy."))
    _leave(application, ApplicationState.REFUSED, reason.strip(), at)
    record(
        actor, "promotion.application_refused", application, application.event,
        application.producer, at=at, reason=reason.strip(),
    )  # fmt: skip
    notices.refused(application=application, at=at)
    return application


@action("promotion.readmit_application")
def readmit_application(
    *, actor: Actor, application: EventApplication, reason: str, at: datetime
) -> EventApplication:
    """Take up a refused application again: it waits for the result or, once that is told, takes
    part. Refused: one that was not refused."""
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    event = application.event
    event.refresh_from_db(fields=["state"])
    if event.state not in lifecycle.ALIVE:
        raise Refused("event_state", _("Sự kiện đã kết thúc hoặc đã hủy."))
    told = event.state == lifecycle.PUBLISHED
    state = ApplicationState.ACCEPTED if told else ApplicationState.SENT
    here = EventApplication.objects.filter(pk=application.pk, state=ApplicationState.REFUSED)
    if not here.update(state=state, answer="", answered_at=at if told else None):
        raise Refused("application_not_refused", _("Hồ sơ này không ở tình trạng không được xếp."))
    application.refresh_from_db()
    record(
        actor, "promotion.application_readmitted", application, event, application.producer,
        at=at, reason=reason.strip(),
    )  # fmt: skip
    if told:
        notices.accepted(application=application, label="", at=at)
    return application


def _leave(
    application: EventApplication, state: ApplicationState, answer: str, at: datetime
) -> None:
    """End an application that stands; of two who do so at once only one does."""
    here = EventApplication.objects.filter(
        pk=application.pk, state__in=(ApplicationState.SENT, ApplicationState.ACCEPTED)
    )
    if not here.update(state=state, answer=answer, answered_at=at):
        raise Refused("application_answered", _("Hồ sơ này đã rút hoặc đã bị từ chối."))
    BoothAssignment.objects.filter(application=application).delete()
    application.refresh_from_db()


def _expect_called(event: TradeEvent, at: datetime) -> None:
    event.refresh_from_db(fields=["state", "calls_until"])
    if event.state != lifecycle.CALLING:
        raise Refused("call_closed", _("Sự kiện không nhận đăng ký."))
    if event.calls_until < timezone.localdate(at):
        raise Refused("call_over", _("Đã hết hạn đăng ký. Hãy liên hệ Văn phòng Điều phối."))


def _fill(row: EventApplication, wish: Wish, at: datetime) -> None:
    row.contact, row.phone = folding.clean(wish.contact), folding.clean(wish.phone)
    row.note = wish.note.strip()
    if not row.contact:
        raise _refuse("contact", _("Hãy ghi họ tên người liên hệ."))
    if not 0 <= wish.area <= MOST_AREA:
        raise _refuse("area", _("Diện tích gian từ 0 đến 200 m²."))
    if row.event.takes_booths and not wish.area:
        raise _refuse("area", _("Hãy ghi diện tích gian cần có."))
    row.area, row.power, row.water = wish.area, wish.power, wish.water
    _check_goods(row, wish.goods, at)
    first = wish.goods[0].product
    row.sector, row.group = first.sector, first.set_number or 0
    fits(row)


def _check_goods(row: EventApplication, goods: Sequence[GoodsWish], at: datetime) -> None:
    if not 1 <= len(goods) <= MOST_GOODS:
        raise _refuse("goods", _("Hãy chọn từ 1 đến %d sản phẩm.") % MOST_GOODS)
    keys = [wish.product.pk for wish in goods]
    if len(set(keys)) != len(keys):
        raise _refuse("goods", _("Có sản phẩm được chọn hai lần."))
    if any(wish.product.producer_id != row.producer_id for wish in goods):
        raise _refuse("goods", _("Có sản phẩm của chủ thể khác."))
    for wish in goods:
        both = wish.price is not None and wish.usual_price is not None
        if both and wish.price > wish.usual_price:  # type: ignore[operator]
            raise _refuse("goods", _("Giá ưu đãi của %s cao hơn giá thường.") % wish.product.name)
    labelled = {wish.product.pk: wish.labelled for wish in goods}
    judged = queries.judged(
        row.event, Product.objects.filter(pk__in=keys), labelled, timezone.localdate(at)
    )
    lacking = [
        f"{each.product.name}: {', '.join(_(conditions.WORDS[lack]) for lack in each.lacks)}"
        for each in judged
        if each.lacks
    ]
    if lacking:
        message = _("Chưa đủ điều kiện tham gia. %s.") % "; ".join(lacking)
        raise Refused("event_conditions", message, fields={"goods": [message]})


def _keep_goods(row: EventApplication, goods: Sequence[GoodsWish]) -> None:
    rows = [
        EventGoods(
            application=row, product=wish.product, position=place, labelled=wish.labelled,
            offer=folding.clean(wish.offer), price=wish.price, usual_price=wish.usual_price,
        )
        for place, wish in enumerate(goods)
    ]  # fmt: skip
    for each in rows:
        fits(each)
    EventGoods.objects.bulk_create(rows)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"application_{field}", message, fields={field: [message]})
