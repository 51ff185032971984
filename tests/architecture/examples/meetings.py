"""Examples of demands, offers, rounds of meetings and deals."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ocop.promotion.meetings.services.offers import Answer, Offered
from tests.promotion.factories import make_goods
from tests.promotion.meetings import factories as making


def _answer(now: datetime) -> dict[str, Any]:
    return {
        "demand": making.posted(now),
        "product": make_goods(now),
        "answer": Answer("Nguyễn Thị A"),
    }


def _offer(now: datetime) -> dict[str, Any]:
    return {"offer": making.answered(now, making.posted(now))}


def _met(now: datetime) -> dict[str, Any]:
    slot = making.told(now)
    return {"slot": slot, "outcome": "talked", "at": slot.round.starts_at + timedelta(hours=2)}


def _due(now: datetime) -> dict[str, Any]:
    row = making.deal(now).follow_ups.get(number=1)
    return {"follow_up": row, "delivered": 20_000_000, "at": now + timedelta(days=90)}


EXAMPLES = {
    "promotion.post_demand": lambda now: {"told": making.told_of(now)},
    "promotion.confirm_demand": lambda now: {"demand": making.sent(now)},
    "promotion.publish_demand": lambda now: {"demand": making.confirmed(now)},
    "promotion.refuse_demand": lambda now: {
        "demand": making.confirmed(now),
        "reason": "Không phải sản phẩm OCOP",
    },
    "promotion.extend_demand": lambda now: {
        "demand": making.posted(now),
        "open_until": timezone.localdate(now) + timedelta(days=90),
    },
    "promotion.close_demand": lambda now: {"demand": making.posted(now), "reason": "Đã mua đủ"},
    "promotion.offer_supply": lambda now: {
        "product": make_goods(now),
        "offered": Offered(Decimal(100)),
    },
    "promotion.end_supply": lambda now: {"supply": making.supplied(now)},
    "promotion.answer_demand": _answer,
    "promotion.withdraw_offer": _offer,
    "promotion.judge_offer": lambda now: _offer(now) | {"wanted": True},
    "promotion.plan_meetings": lambda now: {"plan": making.plan_of(now)},
    "promotion.change_meetings": lambda now: {
        "round": making.planned(now),
        "plan": making.plan_of(now, tables=5),
    },
    "promotion.arrange_meetings": lambda now: {"round": making.arranged(now)},
    "promotion.tell_meetings": lambda now: {"round": making.arranged(now)},
    "promotion.cancel_meetings": lambda now: {
        "round": making.told(now).round,
        "reason": "Hội trường không dùng được",
    },
    "promotion.note_meeting": _met,
    "promotion.record_deal": lambda now: {
        "producer": make_goods(now).producer,
        "signed": making.signed_of(now),
    },
    "promotion.follow_deal": _due,
    "promotion.end_deal": lambda now: {
        "deal": making.deal(now),
        "broken": True,
        "reason": "Người mua ngừng nhập",
    },
}
