"""Examples of events, plans, applications and allocations."""

from datetime import datetime, timedelta
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.core.jobs.files import JobState
from ocop.promotion import plan
from ocop.promotion.models import Allocation
from ocop.promotion.services import allocating, applying, plans
from tests.promotion import factories as making
from tests.world import member


def _apply(now: datetime) -> dict[str, Any]:
    product = making.make_goods(now)
    return {
        "event": making.make_event(now),
        "producer": product.producer,
        "wish": making.wish_of(product),
    }


def _applied(now: datetime) -> dict[str, Any]:
    return {"application": making.applied(now, making.make_event(now))}


def _change(now: datetime) -> dict[str, Any]:
    row = making.applied(now, making.make_event(now))
    return {"application": row, "wish": making.wish_of(row.goods.get().product, power=True)}


def _refused(now: datetime) -> dict[str, Any]:
    row = _applied(now)["application"]
    applying.refuse_application(actor=SYSTEM, application=row, reason="Thiếu nhãn", at=now)
    return {"application": row, "reason": "Đã bổ sung nhãn"}


def _free(now: datetime) -> dict[str, Any]:
    event = making.choosing(now, applicants=1)
    return {"application": event.applications.get(), "booth": event.booths.get(label="A01")}


def _seated(now: datetime) -> dict[str, Any]:
    free = _free(now)
    plans.assign_booth(actor=SYSTEM, **free, at=now)
    return {"application": free["application"]}


def _asked(now: datetime) -> Allocation:
    made = allocating.ask_allocation(actor=SYSTEM, event=making.choosing(now), at=now)
    Allocation.objects.filter(pk=made.pk).update(state=JobState.WORKING)
    made.refresh_from_db()
    return made


def _silent(now: datetime) -> dict[str, Any]:
    made = _asked(now)
    Allocation.objects.filter(pk=made.pk).update(seen_at=now - timedelta(hours=1))
    made.refresh_from_db()
    return {"made": made}


def _call_to_tell(now: datetime) -> dict[str, Any]:
    member(now, making.make_goods(now).producer)
    return {"event": making.make_event(now)}


def _over(now: datetime) -> dict[str, Any]:
    event = making.told(now, making.choosing(now))
    return {"event": event, "at": making.day_after(event)}


def _chosen(now: datetime) -> dict[str, Any]:
    event = making.choosing(now)
    allocating.take_allocation(actor=SYSTEM, made=making.computed(now, event), at=now)
    return {"event": event}


EXAMPLES = {
    "promotion.plan_event": lambda now: {"particulars": making.particulars_of(now)},
    "promotion.change_event": lambda now: {
        "event": making.make_event(now),
        "particulars": making.particulars_of(now, name="Tên mới"),
    },
    "promotion.open_call": lambda now: {"event": making.make_event(now, called=False)},
    "promotion.invite": _call_to_tell,
    "promotion.close_call": lambda now: {"event": making.make_event(now)},
    "promotion.publish_result": _chosen,
    "promotion.finish_event": _over,
    "promotion.cancel_event": lambda now: {
        "event": making.make_event(now),
        "reason": "Mưa bão",
    },
    "promotion.set_plan": lambda now: {
        "event": making.make_event(now),
        "hall": making.HALL,
        "spots": [plan.Spot("A01", 0, 0, 30, 30)],
    },
    "promotion.assign_booth": _free,
    "promotion.clear_booth": _seated,
    "promotion.apply": _apply,
    "promotion.change_application": _change,
    "promotion.withdraw_application": lambda now: _applied(now) | {"reason": "Bận mùa vụ"},
    "promotion.refuse_application": lambda now: _applied(now) | {"reason": "Thiếu nhãn"},
    "promotion.readmit_application": _refused,
    "promotion.ask_allocation": lambda now: {"event": making.choosing(now)},
    "promotion.keep_allocation": lambda now: {
        "made": _asked(now),
        "computed": allocating.Computed({"seats": {}, "refusals": {}}, "0" * 64),
    },
    "promotion.give_up_allocation": lambda now: {"made": _asked(now), "failure": "Hỏng"},
    "promotion.allocate_again": _silent,
    "promotion.take_allocation": lambda now: {"made": making.computed(now, making.choosing(now))},
}
