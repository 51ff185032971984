"""What portions of scans add, where others have a say: hidden codes that were opened."""

from ocop.traceability.journal import Row
from ocop.traceability.scans.counting import Issued, Known, Ranges, Stamp, count
from ocop.traceability.scans.distances import Distances
from ocop.traceability.scans.suspicion import Limits

NOON = 1_795_410_000_000  # 2026-11-23, 12:00 in Hà Nội
DAY = 86_400_000


def known(opened: int) -> Known:
    return Known(
        items={},
        lots={},
        ranges=Ranges([Issued(3, 0, 10, 7, 8, 9, 0)]),
        gone={},
        opened={(3, 1): opened},
        provinces=frozenset({"01"}),
        distances=Distances([("01", 21.0, 105.8)]),
        limits=Limits(),
    )


def row(number: int, at: int, phone: bytes) -> Row:
    return (number, at, "", "", 3, 1, phone.ljust(8), "01")


def after_opening(*rows: Row, opened: int = NOON) -> int:
    stamp: Stamp = count(rows, known(opened), {}).stamps[3, 1]
    return stamp.after_opening


def test_who_opened_the_stamp_and_looks_again_is_no_news() -> None:
    """One scans, opens, and reads the page once more: the phone is known by then."""
    rows = [row(1, NOON - 60_000, b"buyer"), row(2, NOON + 60_000, b"buyer")]
    assert after_opening(*rows) == 0


def test_other_phones_after_the_opening_count_once_a_day() -> None:
    rows = [
        row(1, NOON - 1, b"buyer"),
        row(2, NOON, b"friend"),  # at the very moment
        row(3, NOON + 1, b"a"),
        row(4, NOON + 2, b"a"),
        row(5, NOON + DAY, b"a"),
        row(6, NOON + DAY + 1, b"b"),
    ]
    assert after_opening(*rows) == 3


def test_stamp_that_nobody_opened_has_none() -> None:
    found = count([row(1, NOON, b"a")], known(NOON), {})
    assert found.stamps[3, 1].after_opening == 0
    other = (2, NOON, "", "", 3, 2, b"a".ljust(8), "01")
    assert count([other], known(0), {}).stamps[3, 2].after_opening == 0
