"""Examples of links to shops, online sales and lists of sellers."""

from datetime import datetime
from typing import Any

from ocop.market.fetching import Answer
from ocop.market.quarters import of_day
from ocop.market.services.links import Checked
from ocop.market.verdicts import Reason
from tests.factories import ProducerFactory
from tests.market.factories import make_link, starred


def _report(now: datetime) -> dict[str, Any]:
    quarter = of_day(now.date()).before
    return {"producer": ProducerFactory(), "quarter": quarter, "total": 100, "online": 20}


EXAMPLES = {
    "market.add_link": lambda _now: {"product": starred(), "address": "https://htx.vn/sp"},
    "market.change_link": lambda _now: {"link": make_link(), "address": "https://htx.vn/moi"},
    "market.close_link": lambda _now: {"link": make_link(), "reason": "Đóng gian hàng"},
    "market.ask_check": lambda _now: {"link": make_link()},
    "market.record_checks": lambda _now: {"checked": [Checked(make_link(), Answer(Reason.GONE))]},
    "market.report_online_sales": _report,
    "market.answer_checklist": lambda _now: {
        "producer": ProducerFactory(),
        "answers": {"licence": "yes"},
    },
}
