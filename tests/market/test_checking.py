"""The worker's look at links: some at a time, few of one shop, none where it may not reach out."""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from ocop.market import checking, jobs
from ocop.market.fetching import Answer
from ocop.market.models import LinkCheck, LinkState, ShopLink
from ocop.market.verdicts import Reason
from tests.market.factories import make_link, starred, waiting
from tests.market.test_fetching import _answer, shop

pytestmark = pytest.mark.django_db


class Asked(list[str]):
    """Notes what was asked; every page is found."""

    def __call__(self, address: str) -> Answer:
        self.append(address)
        return Answer(Reason.OK, 200)


def test_links_that_are_due_are_asked_the_longest_due_first(now: datetime) -> None:
    product = starred()
    later = waiting(product, host="b.vn", check_from=now)
    first = waiting(product, host="a.vn", check_from=now - timedelta(days=1))
    make_link(product, host="c.vn", check_from=now + timedelta(days=1))
    make_link(product, host="d.vn", check_from=None)
    asked = Asked()
    assert checking.check_due(at=now, ask=asked) == 2
    assert asked == [first.address, later.address]
    assert not checking.is_due(now)
    assert set(ShopLink.objects.filter(checked_at=now)) == {first, later}


def test_one_shop_is_asked_few_times_in_a_pass(now: datetime) -> None:
    product = starred()
    for number in range(checking.MOST_OF_A_SHOP + 2):
        waiting(product, address=f"https://shopee.vn/{number}")
    asked = Asked()
    assert checking.check_due(at=now, ask=asked) == checking.MOST_OF_A_SHOP
    assert checking.check_due(at=now, ask=asked) == 2
    assert len(set(asked)) == len(asked)


def test_a_pass_ends_in_time_and_keeps_what_it_found(now: datetime) -> None:
    product = starred()
    for host in ("a.vn", "b.vn"):
        waiting(product, host=host)
    assert checking.check_due(at=now, ask=Asked(), seconds=0) == 0
    assert not LinkCheck.objects.exists()
    assert checking.is_due(now)


def test_where_it_may_not_reach_out_nothing_is_asked(now: datetime, settings: Settings) -> None:
    settings.OCOP_LINK_CHECKS = False
    waiting()
    asked = Asked()
    assert checking.check_due(at=now, ask=asked) == 0
    assert not asked


def test_the_job_asks_the_shop_itself(settings: Settings) -> None:
    settings.OCOP_LINK_LOOPBACK = True
    with shop({"/co": _answer("200 OK")}) as found:
        product = starred()
        there = waiting(product, host="127.0.0.1", address=found.address("/co"))
        gone = waiting(product, host="127.0.0.1", address=found.address("/het"))
        jobs.check_links.enqueue()
    for link, state, status in ((there, LinkState.ALIVE, 200), (gone, LinkState.DEAD, 404)):
        link.refresh_from_db()
        assert (link.state, link.checks.get().status) == (state, status)


def test_without_the_setting_of_tests_the_job_asks_no_machine_of_ours() -> None:
    with shop({"/co": _answer("200 OK")}) as found:
        link = waiting(host="127.0.0.1", address=found.address("/co"))
        jobs.check_links.enqueue()
    link.refresh_from_db()
    assert (link.state, link.reason) == (LinkState.DEAD, "inner")
    assert found.asked == []
