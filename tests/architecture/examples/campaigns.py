"""Examples of campaigns for re-evaluations."""

from datetime import date, datetime, timedelta
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.programme.models import Campaign
from ocop.programme.services import campaigns
from ocop.recognition.models import Recognition
from tests.factories import RecognitionFactory, UnitFactory


def _star(now: datetime) -> Recognition:
    ended: Recognition = RecognitionFactory(
        on=now.date() - timedelta(days=1000), commune=UnitFactory()
    )
    return ended


def _plan() -> campaigns.Plan:
    return campaigns.Plan(
        "Đánh giá lại", "Nhiều sản phẩm hết hạn", "Hãy nhắc.", "Hãy nộp.", date(2026, 12, 20)
    )


def _new(now: datetime) -> dict[str, Any]:
    return {"plan": _plan(), "recognitions": [_star(now)]}


def _made(now: datetime) -> Campaign:
    return campaigns.create_campaign(actor=SYSTEM, at=now, **_new(now))


def _sent(now: datetime) -> Campaign:
    campaign = _made(now)
    campaigns.send_campaign(actor=SYSTEM, campaign=campaign, at=now)
    return campaign


EXAMPLES = {
    "programme.create_campaign": _new,
    "programme.change_campaign": lambda now: {"campaign": _made(now), "plan": _plan()},
    "programme.extend_campaign": lambda now: {
        "campaign": _made(now),
        "recognitions": [_star(now)],
    },
    "programme.send_campaign": lambda now: {"campaign": _made(now)},
    "programme.remind_campaign": lambda now: {"campaign": _sent(now)},
    "programme.close_campaign": lambda now: {"campaign": _made(now), "reason": "xong đợt"},
}
