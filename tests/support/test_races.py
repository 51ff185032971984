"""Two approvals at once never go over a budget line or a ceiling, on both databases.

SQLite keeps the tests' tables in memory, where writers cannot run side by side: the rows are copied
into a file, as an installation has one, and the writers work there.
"""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from ocop.core.actor import SYSTEM
from ocop.support.models import BudgetLine, Money, Policy, Quota, SupportRequest
from ocop.support.services import budgets, paying, requests
from tests.councils.test_races import _protected_again, at_once, really_committed
from tests.factories import ProducerFactory
from tests.support import factories as making
from tests.support.factories import LineFactory, PolicyFactory

__all__ = ["_protected_again", "really_committed"]

pytestmark = pytest.mark.usefixtures("really_committed")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def elsewhere(
    request: pytest.FixtureRequest, really_committed: None, tmp_path: Path
) -> Iterator[Callable[[], None]]:
    """Called when the rows are there: from then on new connections work on a file with them."""
    if request.param == "postgresql":
        yield lambda: None
        return
    told = connections.settings["default"]
    before = told["NAME"]

    def move() -> None:
        copy = sqlite3.connect(tmp_path / "race.sqlite3")
        connection.ensure_connection()
        connection.connection.backup(copy)
        copy.close()
        told["NAME"] = str(tmp_path / "race.sqlite3")

    yield move
    told["NAME"] = before


def afterwards(read: Callable[[], Any]) -> Any:
    """What stands where the writers wrote."""

    def alone() -> Any:
        try:
            return read()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()


def approving(request: SupportRequest, line: BudgetLine, now: datetime) -> Callable[[], Any]:
    return lambda: requests.approve_request(
        actor=SYSTEM,
        request=SupportRequest.objects.get(pk=request.pk),
        line=BudgetLine.objects.get(pk=line.pk),
        amount=request.asked_amount,
        decision="1/QĐ",
        decided_on=now.date(),
        at=now,
    )


def test_a_line_pays_for_three_of_eight_requests_approved_at_once(
    now: datetime, elsewhere: Callable[[], None]
) -> None:
    line = LineFactory(amount=35_000_000)
    asked = [making.asked(now) for _one in range(8)]  # ten million each
    elsewhere()
    found = at_once(*(approving(request, line, now) for request in asked))
    assert found.count("budget_line") == 5
    line = afterwards(lambda: BudgetLine.objects.get())
    held = afterwards(lambda: SupportRequest.objects.filter(state="approved").count())
    assert (line.committed, held) == (30_000_000, 3)


def test_a_ceiling_lets_one_of_four_requests_through(
    now: datetime, elsewhere: Callable[[], None]
) -> None:
    line, maker = LineFactory(), ProducerFactory()
    policy = PolicyFactory(ceiling=15_000_000)
    asked = [making.asked(now, policy, producer=maker) for _one in range(4)]
    elsewhere()
    found = at_once(*(approving(request, line, now) for request in asked))
    assert found.count("support_amount") == 3
    assert afterwards(lambda: Quota.objects.get().amount) == 10_000_000
    assert afterwards(lambda: BudgetLine.objects.get().committed) == 10_000_000


def test_requests_under_two_policies_for_one_purpose_see_each_other(
    now: datetime, elsewhere: Callable[[], None]
) -> None:
    line, maker = LineFactory(), ProducerFactory()
    policies: list[Policy] = [PolicyFactory(most_count=1) for _one in range(4)]
    asked = [making.asked(now, policy, producer=maker) for policy in policies]
    elsewhere()
    found = at_once(*(approving(request, line, now) for request in asked))
    assert found.count("support_count_used") == 3


def test_one_request_approved_by_four_is_approved_once(
    now: datetime, elsewhere: Callable[[], None]
) -> None:
    line, request = LineFactory(), making.asked(now)
    elsewhere()
    found = at_once(*[approving(request, line, now)] * 4)
    assert found.count("move_not_possible") == 3
    assert afterwards(lambda: BudgetLine.objects.get().committed) == request.asked_amount


def test_a_line_lowered_during_an_approval_is_never_below_it(
    now: datetime, elsewhere: Callable[[], None]
) -> None:
    line, request = LineFactory(amount=10_000_000), making.asked(now)
    elsewhere()
    at_once(
        approving(request, line, now),
        lambda: budgets.change_line(
            actor=SYSTEM, line=BudgetLine.objects.get(), amount=5_000_000, reason="Cắt", at=now
        ),
    )
    line = afterwards(lambda: BudgetLine.objects.get())
    assert (line.amount, line.committed) in ((10_000_000, 10_000_000), (5_000_000, 0))


def test_payment_asked_for_twice_goes_out_once(
    now: datetime, elsewhere: Callable[[], None]
) -> None:
    request = making.accepted(now)
    elsewhere()
    found = at_once(
        *[
            lambda: paying.pay_request(
                actor=SYSTEM,
                request=SupportRequest.objects.get(pk=request.pk),
                paid_on=now.date(),
                voucher="UNC 1",
                at=now,
            )
        ]
        * 4
    )
    assert found.count("move_not_possible") == 3
    assert afterwards(lambda: Money.objects.count()) == 1
    assert afterwards(lambda: BudgetLine.objects.get().paid) == request.accepted_amount


def test_more_is_never_taken_back_than_was_paid(
    now: datetime, elsewhere: Callable[[], None]
) -> None:
    request = making.paid(now)  # ten million
    elsewhere()
    found = at_once(*[_taking_back(now, request, f"PT {n}") for n in range(4)])
    assert found.count("support_amount") == 2
    assert afterwards(lambda: SupportRequest.objects.get().reclaimed) == 8_000_000
    assert afterwards(lambda: BudgetLine.objects.get().reclaimed) == 8_000_000


def test_one_voucher_sent_three_times_came_back_once(
    now: datetime, elsewhere: Callable[[], None]
) -> None:
    request = making.paid(now)
    elsewhere()
    found = at_once(*[_taking_back(now, request, "PT 1")] * 3)
    assert found.count("support_voucher") == 2
    assert afterwards(lambda: SupportRequest.objects.get().reclaimed) == 4_000_000


def _taking_back(
    now: datetime, request: SupportRequest, voucher: str
) -> Callable[[], SupportRequest]:
    return lambda: paying.reclaim(
        actor=SYSTEM,
        request=SupportRequest.objects.get(pk=request.pk),
        amount=4_000_000,
        on=now.date(),
        voucher=voucher,
        reason="Sai hóa đơn",
        at=now,
    )
