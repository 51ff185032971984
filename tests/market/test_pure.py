"""Marketplaces, quarters, verdicts and the list of sellers: the rules alone."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import resources

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ocop.market import checklist, marketplaces, quarters, verdicts
from ocop.market.quarters import Quarter
from ocop.market.verdicts import Reason, State

DAYS = st.dates(date(2019, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("shopee.vn", "shopee"),
        ("banhang.shopee.vn", "shopee"),
        ("buudien.vn", "postmart"),
        ("notshopee.vn", None),
        ("shopee.vn.htx.vn", None),
        ("htx.vn", None),
    ],
)
def test_a_marketplace_is_known_by_its_host(host: str, key: str | None) -> None:
    found = marketplaces.of_host(host)
    assert (found.key if found else None) == key


def test_kinds_of_places_are_told() -> None:
    assert marketplaces.kind_of("shopee") == "marketplace"
    assert marketplaces.kind_of("facebook") == "social"
    assert marketplaces.kind_of("") == "site"


def test_a_marketplace_is_closed_after_its_last_day() -> None:
    closed = marketplaces.known()["adayroi"]
    assert not closed.closed(date(2019, 12, 17))
    assert closed.closed(date(2019, 12, 18))
    assert not marketplaces.known()["shopee"].closed(date(2040, 1, 1))


def test_nothing_is_kept_of_a_marketplace_that_is_not_known() -> None:
    text = resources.files("ocop.market").joinpath("data/marketplaces.yaml").read_text("utf-8")
    kept = {name for row in yaml.safe_load(text) for name in row}
    assert kept == {"key", "name", "kind", "hosts", "until", "uncertain"}  # no first years


def test_only_the_demonstrations_marketplaces_are_invented() -> None:
    invented = {key for key, place in marketplaces.known().items() if place.invented}
    assert invented == {"mau", "chomau"}


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "2026-q1"),
        (date(2026, 3, 31), "2026-q1"),
        (date(2026, 4, 1), "2026-q2"),
        (date(2026, 12, 31), "2026-q4"),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, name: str) -> None:
    assert quarters.of_day(day).name == name


@given(DAYS)
def test_quarters_follow_each_other_without_a_gap(day: date) -> None:
    quarter = quarters.of_day(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.last_day + timedelta(days=1) == quarter.after.first_day
    assert quarter.after.before == quarter == quarter.before.after
    assert quarters.read(quarter.name) == quarter


@given(DAYS)
def test_only_four_quarters_that_are_over_may_be_told(day: date) -> None:
    found = quarters.tellable(day)
    assert len(found) == 4
    assert all(each.last_day < day for each in found)
    assert found == sorted(found, reverse=True)
    assert found[0].after == quarters.of_day(day)


@pytest.mark.parametrize("name", ["", "2026", "2026-q0", "2026-q5", "1926-q1", "2026-q11"])
def test_what_is_no_quarter_is_none(name: str) -> None:
    assert quarters.read(name) is None


def test_a_quarter_is_awaited_from_the_first_day_of_selling() -> None:
    on = date(2026, 11, 23)
    assert quarters.awaited(date(2026, 5, 2), on, {Quarter(2026, 3)}) == [Quarter(2026, 2)]
    assert quarters.awaited(date(2026, 10, 1), on, set()) == []


def test_a_reminder_waits_some_days_after_the_quarter() -> None:
    assert quarters.overdue(date(2026, 10, 10)) is None
    assert quarters.overdue(date(2026, 10, 11)) == Quarter(2026, 3)


@pytest.mark.parametrize(
    ("online", "total", "part"),
    [(0, 0, None), (0, 10, "0.0"), (1, 3, "33.3"), (2, 3, "66.7"), (5, 5, "100.0")],
)
def test_the_share_is_of_all_sales_with_one_decimal(
    online: int, total: int, part: str | None
) -> None:
    assert quarters.share(online, total) == (None if part is None else Decimal(part))


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (200, Reason.OK),
        (204, Reason.OK),
        (404, Reason.GONE),
        (410, Reason.GONE),
        (403, Reason.TURNED_AWAY),
        (429, Reason.TURNED_AWAY),
        (500, Reason.SERVER_ERROR),
        (503, Reason.SERVER_ERROR),
        (304, Reason.NOT_WEB),
        (400, Reason.NOT_WEB),
    ],
)
def test_a_status_says_what_came_of_asking(status: int, reason: Reason) -> None:
    assert verdicts.of_status(status) == reason


def test_a_page_that_leads_to_the_first_one_is_not_taken_for_found() -> None:
    assert verdicts.of_status(200, to_home=True) == Reason.HOME
    assert verdicts.of_status(404, to_home=True) == Reason.GONE


def test_a_page_that_is_gone_ends_a_link_at_once() -> None:
    assert verdicts.after(Reason.GONE, State.ALIVE, 0).state == State.DEAD


def test_a_bad_hour_ends_a_link_only_at_the_third_time() -> None:
    state, failures = State.ALIVE, 0
    for time in (1, 2):
        found = verdicts.after(Reason.NO_ANSWER, state, failures)
        state, failures = found.state, found.failures
        assert (state, failures, found.again) == (State.ALIVE, time, timedelta(days=1))
    assert verdicts.after(Reason.NO_ANSWER, state, failures).state == State.DEAD


@pytest.mark.parametrize("reason", [Reason.SERVER_ERROR, Reason.NO_NAME, Reason.CERTIFICATE])
def test_a_new_link_that_was_never_opened_is_not_shown(reason: Reason) -> None:
    """It is looked at again the next day, and is dead at the third time."""
    state, failures = State.WAITING, 0
    for time in (1, 2):
        found = verdicts.after(reason, state, failures)
        state, failures = found.state, found.failures
        assert (state in verdicts.SHOWN, failures) == (False, time)
        assert found.again == timedelta(days=1)
    assert verdicts.after(reason, state, failures).state == State.DEAD


@given(st.sampled_from(State), st.integers(0, 100))
def test_a_page_that_is_found_makes_a_link_alive_whatever_was_before(
    state: State, failures: int
) -> None:
    found = verdicts.after(Reason.OK, state, failures)
    assert (found.state, found.failures) == (State.ALIVE, 0)


@given(st.sampled_from(Reason), st.sampled_from(State), st.integers(0, 100))
def test_every_check_ends_in_a_state_and_a_day_to_look_again(
    reason: Reason, before: State, failures: int
) -> None:
    found = verdicts.after(reason, before, failures)
    assert found.state != State.WAITING or before == State.WAITING
    assert timedelta(days=1) <= found.again <= timedelta(days=7)
    assert verdicts.WORDS[reason]


def test_the_list_of_sellers_is_the_newest_that_had_begun() -> None:
    first = checklist.checklists()[0]
    assert checklist.checklist_on(first.since).key == first.key
    assert checklist.checklist_on(date(2019, 1, 1)).key == first.key
    assert set(first.questions) == set(checklist.QUESTIONS)


def test_a_seller_is_ready_when_nothing_is_missing_and_nothing_open() -> None:
    asked = ("licence", "price", "account")
    begun = checklist.progress(asked, {"licence": "yes", "price": "no"})
    assert (begun.ready, begun.missing, begun.open) == (1, ("price",), ("account",))
    assert not begun.done
    done = checklist.progress(asked, {"licence": "yes", "price": "yes", "account": "other"})
    assert done.ready == 3
    assert done.done
