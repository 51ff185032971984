"""Every scan is counted once: against a slow counter, in any portions, whoever else counts."""

import logging
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from ocop.traceability.journal import FORGED, NO_STAMP, Scan
from ocop.traceability.models import ScanClient, ScanDay, ScanHead, StampSeen
from ocop.traceability.scans import draining, journals
from ocop.traceability.scans.counting import MOST_CLIENTS
from tests.traceability.scans.reference import expected, kept
from tests.traceability.scans.scenery import (
    ACTIVE,
    BESIDE,
    DAY,
    DELIVERED,
    FAR,
    GTINS,
    HERE,
    HOUR,
    LOST,
    MINUTE,
    START,
    UNISSUED,
    VERSION,
    build,
    client,
    look,
    scan,
    write,
)

pytestmark = pytest.mark.django_db

_moments = st.integers(0, 3 * DAY).map(lambda ms: START + ms)
_shared = {
    "at": _moments,
    "client": st.integers(0, 5).map(client),
    "place": st.sampled_from([HERE, BESIDE, FAR, "", "77"]),  # the last one there is not
}
_numbers = (*ACTIVE[:3], *DELIVERED[:2], *LOST, *UNISSUED[:1])
_stamped = st.builds(
    Scan,
    gtin=st.sampled_from(["", *GTINS]),
    lot=st.just(""),
    version=st.sampled_from([VERSION, VERSION, VERSION, 4]),
    number=st.sampled_from(_numbers),
    **_shared,
)
_looked = st.builds(
    Scan,
    gtin=st.sampled_from([*GTINS, "", "own", "08930000000031"]),
    lot=st.sampled_from(["", "L-01", "L-02", "L/2", "A", "none"]),
    version=st.just(NO_STAMP),
    number=st.just(0),
    **_shared,
)
_forged = st.builds(
    Scan, gtin=st.just(GTINS[0]), lot=st.just(""), version=st.just(FORGED),
    number=st.integers(1, 30), **_shared,
)  # fmt: skip


@pytest.mark.whole
@given_settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    scans=st.lists(st.one_of(_stamped, _stamped, _looked, _forged), max_size=60),
    portion=st.integers(1, 25),
    pieces=st.integers(1, 4),
)
def test_sums_are_those_of_a_slow_counter(
    settings: LazySettings,
    tmp_path_factory: pytest.TempPathFactory,
    scans: list[Scan],
    portion: int,
    pieces: int,
) -> None:
    """Written in some pieces and counted in portions of any size, between them and at the end."""
    settings.OCOP_SCANS = str(tmp_path_factory.mktemp("journal") / "scans.sqlite3")
    with transaction.atomic():
        scenery = build()
        own = scenery.items[2].code.upper()
        told = [_own(each, own) for each in scans]
        for at in range(pieces):
            write(*told[at::pieces])
            draining.drain(journals.source(), portion=portion)
        in_order = [each for at in range(pieces) for each in told[at::pieces]]
        assert kept() == expected(in_order)
        transaction.set_rollback(True)


def _own(each: Scan, code: str) -> Scan:
    """The code of the sales unit without a GTIN is drawn when it is made."""
    gtin = code if each.gtin == "own" else each.gtin
    return Scan(each.at, gtin, each.lot, each.version, each.number, each.client, each.place)


def test_nothing_is_counted_twice_by_counting_again() -> None:
    build()
    write(scan(), look())
    assert draining.drain(journals.source()) == 2
    before = kept()
    assert draining.drain(journals.source()) == 0
    assert kept() == before


def test_journal_without_a_file_holds_nothing() -> None:
    assert draining.drain(journals.source()) == 0
    assert not draining.is_behind(journals.source())
    assert draining.counted_until() is None


def test_it_tells_whether_it_is_behind() -> None:
    build()
    write(scan(START + HOUR))
    assert draining.is_behind(journals.source())
    draining.drain(journals.source())
    assert not draining.is_behind(journals.source())
    until = draining.counted_until()
    assert until is not None
    assert int(until.timestamp() * 1000) == START + HOUR


def test_who_counts_while_another_counts_writes_nothing() -> None:
    """The other one finished between the reading and the writing."""
    build()
    write(scan(), scan(phone=2))
    source = journals.source()
    name = source.name()

    class Overtaken:
        """The journal, and somebody who counts it just after it was read."""

        def __init__(self) -> None:
            self.at_of, self.last_until = source.at_of, source.last_until

        def rows_after(self, last: int, most: int) -> list[object]:
            rows = source.rows_after(last, most)
            draining.count_portion(source, name)
            return rows

    with pytest.raises(draining.CountedByOthersError):
        draining.count_portion(Overtaken(), name)  # type: ignore[arg-type]
    stamp = StampSeen.objects.get()
    assert (stamp.scans, stamp.clients) == (2, 2)


def test_failure_in_the_middle_leaves_position_and_sums_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build()
    write(scan())
    draining.drain(journals.source())
    before, head = kept(), ScanHead.objects.get()
    write(scan(phone=2))
    with monkeypatch.context() as patched:
        patched.setattr(draining, "raise_what_was_caught", lambda *_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            draining.drain(journals.source())
    assert kept() == before
    assert ScanHead.objects.get().positions == head.positions
    draining.drain(journals.source())
    assert StampSeen.objects.get().scans == 2


def test_two_journals_are_counted_side_by_side(settings: LazySettings, tmp_path: Path) -> None:
    """Two machines, each with a file of its own."""
    build()
    for name in ("one", "other"):
        settings.OCOP_SCANS = str(tmp_path / name)
        write(scan(phone=1), scan(phone=2))
        draining.drain(journals.source())
    stamp = StampSeen.objects.get()
    assert (stamp.scans, stamp.clients) == (4, 2)
    assert len(ScanHead.objects.get().positions) == 2


def test_journal_from_a_copy_is_noticed_and_what_is_new_is_counted(
    settings: LazySettings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build()
    path = Path(settings.OCOP_SCANS)
    write(scan(START + 10 * HOUR))
    copy = tmp_path / "copy"
    copy.write_bytes(_whole(path))
    write(scan(START + 11 * HOUR, phone=2))
    draining.drain(journals.source())
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()
    path.write_bytes(copy.read_bytes())
    write(scan(START + 12 * HOUR, phone=3), scan(START + 13 * HOUR, phone=4))
    with caplog.at_level(logging.ERROR, logger="ocop.scans"):
        assert draining.drain(journals.source()) == 2
    assert "come from a copy" in caplog.text
    assert StampSeen.objects.get().scans == 4
    assert draining.drain(journals.source()) == 0


def _whole(path: Path) -> bytes:
    """A file of SQLite with what stands in its log."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    return path.read_bytes()


def test_day_ends_at_midnight_in_vietnam() -> None:
    build()
    write(look(START - 1), look(START))
    draining.drain(journals.source())
    days = [f"{row.day}" for row in ScanDay.objects.order_by("day")]
    assert days == ["2026-11-22", "2026-11-23"]


def test_phone_counts_once_a_day_and_again_the_day_after() -> None:
    build()
    write(*(look(START + minute * MINUTE) for minute in range(5)), look(START + DAY))
    draining.drain(journals.source())
    assert [(row.scans, row.clients) for row in ScanDay.objects.order_by("day")] == [(5, 1), (1, 1)]
    assert ScanClient.objects.count() == 2


def test_stamp_tells_so_many_phones_of_a_day_apart_and_no_more() -> None:
    build()
    many = MOST_CLIENTS + 10
    write(*(scan(phone=phone) for phone in range(many)), scan(phone=0))
    draining.drain(journals.source(), portion=50)
    stamp = StampSeen.objects.get()
    assert (stamp.scans, stamp.clients) == (many + 1, MOST_CLIENTS)
    assert len(bytes(stamp.today)) == 8 * MOST_CLIENTS
    assert ScanDay.objects.get().clients == many  # the day has its rows


def test_phones_whose_bytes_overlap_are_told_apart() -> None:
    """The bytes of a third stand across the border of two others."""
    build()
    one, other = b"aaaabbbb", b"ccccdddd"
    write(*(scan(client=each) for each in (one, other, b"bbbbcccc", one)))
    draining.drain(journals.source())
    assert StampSeen.objects.get().clients == 3


def test_activation_is_not_early_from_its_own_moment_on() -> None:
    scenery = build()
    write(scan(START + 9 * HOUR - 1), scan(START + 9 * HOUR))
    draining.drain(journals.source())
    assert StampSeen.objects.get().early == 1
    assert scenery.active.seen.early == 1


def test_it_stops_when_it_is_told_to() -> None:
    build()
    write(*(look() for _n in range(6)))
    asked = iter([False, False, True])
    assert draining.drain(journals.source(), portion=2, stop=lambda: next(asked)) == 4
    assert draining.drain(journals.source(), portion=2, seconds=0) == 0
    assert draining.drain(journals.source()) == 2
