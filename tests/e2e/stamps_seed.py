"""Gives stamps to a product of a served demonstration, one of them voided; tells their serials.

Run as `python -m tests.e2e.stamps_seed` with the server's OCOP_DATA_DIR. Prints JSON.
"""

import json
import os
from datetime import timedelta


def main() -> None:
    """Do it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    from django.utils import timezone

    from ocop.core.actor import SYSTEM
    from ocop.core.events import record
    from ocop.core.zone import today
    from ocop.products.models import Product
    from ocop.recognition.standing import standing
    from tests.traceability.factories import make_item, make_lot, make_site
    from tests.traceability.stamping import activate, except_one, make_order, serial

    at = timezone.now()
    rows = standing(Product.objects.filter(demonstration=True, listed=True), today())
    product = rows.filter(star_state="valid", images__isnull=False).first()
    item = make_item(product, at, name="Hộp thử (mẫu)")
    lot = make_lot(
        item, at, number="THU-1", site=make_site(product, at), expires_on=today() + timedelta(90)
    )
    order = make_order(item, at, 20, hidden=True)
    activate(order, lot, at)
    except_one(order, 1, "voided", at)
    record(SYSTEM, "traceability.order_approved", order, item, at=at)
    record(
        SYSTEM, "traceability.stamps_activated", order, lot, item, order.key, at=at,
        change={"numbers": f"{lot.code}:1-20"},
    )  # fmt: skip
    told = {
        "producer": product.producer.name,
        "product": product.name,
        "serials": [serial(order, place) for place in range(3)],
        "lot": lot.code,
    }
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
