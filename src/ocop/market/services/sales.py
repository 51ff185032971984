"""Writes of online sales by quarter, and of what sellers have ready."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.market import checklist, quarters, rules
from ocop.market.models import OnlineReport, SellerList
from ocop.market.quarters import Quarter
from ocop.producers.models import Producer

MOST_DONG = 10**15


@action("market.report_online_sales")
def report_online_sales(
    *, actor: Actor, producer: Producer, quarter: Quarter, total: int, online: int, at: datetime
) -> OnlineReport:
    """Tell what a producer sold in a quarter and what of it online, in whole đồng. Told again it
    takes the place of what was told.

    Refused: a quarter that is not over or longer ago than a year, more online than in all.
    """
    on = timezone.localdate(at)
    require(actor, rules.may_sell, producer, on)
    if quarter not in quarters.tellable(on):
        message = _("Chỉ ghi được các quý đã hết trong vòng một năm.")
        raise Refused("online_quarter", message, fields={"quarter": [message]})
    _check("total", total)
    _check("online", online)
    if online > total:
        message = _("Bán online không thể nhiều hơn tổng doanh thu của quý.")
        raise Refused("online_more", message, fields={"online": [message]})
    Producer.objects.select_for_update().get(pk=producer.pk)  # two devices tell one after the other
    report, made = OnlineReport.objects.update_or_create(
        producer=producer,
        starts_on=quarter.first_day,
        defaults={
            "total": total,
            "online": online,
            "sent_by_id": actor.user_id,
            "sent_at": at,
            "demonstration": producer.demonstration,
        },
    )
    change = {"quarter": quarter.name, "replaced": not made}
    record(actor, "market.online_sales_reported", report, producer, at=at, change=change)
    return report


@action("market.answer_checklist")
def answer_checklist(
    *, actor: Actor, producer: Producer, answers: Mapping[str, str], note: str = "", at: datetime
) -> SellerList:
    """Say what a producer has ready to sell online, by the list of today. What is not answered may
    be answered later. Refused: questions and answers that the list does not have."""
    on = timezone.localdate(at)
    require(actor, rules.may_sell, producer, on)
    asked = checklist.checklist_on(on)
    given = {key: answer for key, answer in answers.items() if answer}
    for key, answer in given.items():
        if key not in asked.questions or answer not in checklist.ANSWERS:
            message = _("Hãy chọn một mục trong danh sách.")
            raise Refused("checklist_answer", message, fields={key: [message]})
    row = SellerList(producer=producer, checklist=asked.key, note=folding.clean(note))
    fits(row)
    Producer.objects.select_for_update().get(pk=producer.pk)
    kept, _made = SellerList.objects.update_or_create(
        producer=producer,
        checklist=asked.key,
        defaults={
            "answers": given,
            "note": row.note,
            "answered_by_id": actor.user_id,
            "answered_at": at,
            "demonstration": producer.demonstration,
        },
    )
    done = checklist.progress(asked.questions, given)
    change = {"ready": done.ready, "of": len(asked.questions)}
    record(actor, "market.checklist_answered", kept, producer, at=at, change=change)
    return kept


def _check(field: str, amount: int) -> None:
    if not 0 <= amount <= MOST_DONG:
        message = _("Hãy ghi số tiền từ 0 đồng trở lên.")
        raise Refused(f"online_{field}", message, fields={field: [message]})
