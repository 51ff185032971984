"""The code under the cover of a stamp."""

from datetime import datetime
from typing import Any

from ocop.traceability import hidden, stamp_keys
from ocop.traceability.serials import Stamp
from tests.architecture.examples import Example
from tests.factories import ProductFactory
from tests.traceability.factories import make_item, make_lot
from tests.traceability.stamping import activate, make_order, serial


def _check(now: datetime) -> dict[str, Any]:
    order = make_order(make_item(ProductFactory(), now), now, hidden=True)
    activate(order, make_lot(order.item, now), now)
    assert order.first is not None
    secret = stamp_keys.hidden_secret(order.key.version)
    return {
        "serial": serial(order),
        "typed": hidden.code(secret, Stamp(order.key.version, order.first)),
    }


EXAMPLES: dict[str, Example] = {"traceability.check_hidden_code": _check}
