"""Stamps are activated while somebody tells an event that names one of them."""

import threading
from datetime import datetime

import pytest
from django.db import connection, transaction

from ocop.core.actor import SYSTEM
from ocop.traceability.models import EventThing
from ocop.traceability.services import ranges
from ocop.traceability.stamp_queries import span_of
from tests.councils.test_races import _protected_again, really_committed  # noqa: F401
from tests.traceability import stamping, stamps_making
from tests.traceability.making import maker
from tests.traceability.test_goods import take, turned

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("really_committed")]


def test_event_told_while_its_stamps_are_activated_speaks_of_their_lot(now: datetime) -> None:
    order = stamps_making.delivered(now, stamps_making.sold(now))
    lot = stamps_making.traced(order.item, now)
    target = maker(now)
    event = turned(
        f"http://localhost:8000/S/{stamping.serial(order, 40)}", target.lot, target, piece=True
    )
    activated, told = threading.Event(), threading.Event()

    def activate() -> None:
        try:
            with transaction.atomic():
                spans = [span_of(order)]
                ranges.activate_stamps(actor=SYSTEM, order=order, spans=spans, lot=lot, at=now)
                activated.set()
                told.wait(30)
        finally:
            connection.close()

    def tell() -> None:
        try:
            take(now, event)
        finally:
            connection.close()

    first, second = threading.Thread(target=activate), threading.Thread(target=tell)
    first.start()
    assert activated.wait(30)
    second.start()
    second.join(1)
    assert second.is_alive()  # it waits for the end of the activation
    told.set()
    first.join(30)
    second.join(30)
    assert EventThing.objects.get(role="input").lot == lot
