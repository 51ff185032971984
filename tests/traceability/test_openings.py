"""The code under the cover: the first right entry stays known, and nobody finds it by trying."""

from datetime import datetime, timedelta

import pytest

from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.traceability import hidden, stamp_keys
from ocop.traceability.models import StampOpening, StampOrder
from ocop.traceability.serials import Stamp
from ocop.traceability.services.openings import MOST_TRIES, Outcome, Result, check_hidden_code
from tests.factories import ProductFactory
from tests.traceability.factories import make_item, make_lot
from tests.traceability.stamping import activate, make_order, serial

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db: None, now: datetime) -> StampOrder:
    made = make_order(make_item(ProductFactory(), now), now, hidden=True)
    activate(made, make_lot(made.item, now), now)
    return made


def code_of(order: StampOrder, place: int = 0) -> str:
    assert order.first is not None
    secret = stamp_keys.hidden_secret(order.key.version)
    return hidden.code(secret, Stamp(order.key.version, order.first + place))


def tried(order: StampOrder, typed: str, at: datetime, place: int = 0) -> Outcome:
    return check_hidden_code(actor=SYSTEM, serial=serial(order, place), typed=typed, at=at)


def wrong(order: StampOrder) -> str:
    return f"{(int(code_of(order)) + 1) % 10**8:08d}"


def test_first_right_entry_fixes_when_it_was_opened(order: StampOrder, now: datetime) -> None:
    code = code_of(order)
    assert tried(order, f"{code[:4]} {code[4:]}", now) == Outcome(Result.FIRST, now, MOST_TRIES)
    later = now + timedelta(days=9)
    assert tried(order, code, later) == Outcome(Result.AGAIN, now, MOST_TRIES)
    row = StampOpening.objects.get()
    assert (row.opened_at, row.checks) == (now, 1)


@pytest.mark.parametrize("state", ["ordered", "printed", "delivered"])
def test_code_of_a_stamp_that_is_on_no_goods_is_not_used_up(
    order: StampOrder, now: datetime, state: str
) -> None:
    lot = order.ranges.get().lot
    order.ranges.update(state=state, lot=None, activated_at=None)
    with pytest.raises(Refused) as refusal:
        tried(order, code_of(order), now)
    assert refusal.value.code == "stamp_on_no_goods"
    assert not StampOpening.objects.exists()
    order.ranges.update(state="active", lot=lot, activated_at=now)
    assert tried(order, code_of(order), now).result is Result.FIRST


def test_code_of_one_stamp_opens_no_other(order: StampOrder, now: datetime) -> None:
    assert tried(order, code_of(order, 1), now).result is Result.WRONG
    assert tried(order, code_of(order, 1), now, place=1).result is Result.FIRST


def test_wrong_tries_are_limited_for_each_stamp_and_day(order: StampOrder, now: datetime) -> None:
    left = [tried(order, wrong(order), now).left for _ in range(MOST_TRIES)]
    assert left == [4, 3, 2, 1, 0]
    for typed in (wrong(order), code_of(order)):  # not even the right one
        with pytest.raises(Refused) as refusal:
            tried(order, typed, now)
        assert refusal.value.code == "hidden_code_tries"
    assert tried(order, code_of(order, 1), now, place=1).result is Result.FIRST
    assert tried(order, wrong(order), now + timedelta(days=1)).left == 4


def test_day_of_the_limit_is_that_of_vietnam(order: StampOrder, now: datetime) -> None:
    before_midnight = now.replace(hour=16, minute=59)  # 23:59 in Hà Nội
    for _ in range(MOST_TRIES):
        tried(order, wrong(order), before_midnight)
    assert tried(order, code_of(order), now.replace(hour=17)).result is Result.FIRST


def test_wrong_tries_after_opening_change_nothing_of_it(order: StampOrder, now: datetime) -> None:
    tried(order, code_of(order), now)
    outcome = tried(order, wrong(order), now + timedelta(hours=1))
    assert (outcome.result, outcome.opened_at) == (Result.WRONG, now)


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "abcdefgh", "１２３４５６７８"])
def test_what_is_no_code_is_wrong(order: StampOrder, now: datetime, typed: str) -> None:
    assert tried(order, typed, now).result is Result.WRONG


def test_stamp_without_a_hidden_code_has_none(now: datetime) -> None:
    plain = make_order(make_item(ProductFactory(), now), now)
    for text in (serial(plain), serial(plain, plain.quantity), "0" * 20, "x"):
        with pytest.raises(Refused) as refusal:
            check_hidden_code(actor=SYSTEM, serial=text, typed="12345678", at=now)
        assert refusal.value.code == "stamp_without_hidden_code"
    assert not StampOpening.objects.exists()


def test_nobody_calls_it_but_the_page(order: StampOrder, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        check_hidden_code(actor=ANONYMOUS, serial=serial(order), typed="1", at=now)
