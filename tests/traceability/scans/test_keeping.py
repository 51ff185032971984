"""Sums for ever, single scans for a set time: what is written, what goes, and in which order."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from django.conf import LazySettings

from ocop.core import options as core_options
from ocop.core.actor import SYSTEM
from ocop.traceability.journal import Scan
from ocop.traceability.models import ForgedSource, ScanClient, ScanDay, ScanFile
from ocop.traceability.scans import draining, files, journals, keeping, options, salts
from tests.traceability.scans.reference import kept
from tests.traceability.scans.scenery import GTINS, build, client, look, scan, write

pytestmark = pytest.mark.django_db

#: The last millisecond of November by UTC, and a day in the middle of the months around it.
NOVEMBER_ENDS = 1_796_083_199_999
OCTOBER, NOVEMBER, DECEMBER = (
    int(datetime(2026, month, 15, 5, tzinfo=UTC).timestamp() * 1000) for month in (10, 11, 12)
)
NEW_YEAR = datetime(2027, 1, 1, 2, tzinfo=UTC)


def counted(*scans: Scan) -> None:
    write(*scans)
    draining.drain(journals.source())


def keep(at: datetime) -> keeping.Kept:
    return keeping.keep(journals.source(), at=at)


def in_journal() -> int:
    return len(journals.source().rows_after(0, 1000))


def test_month_that_is_over_becomes_a_file_with_the_same_scans(settings: LazySettings) -> None:
    build()
    november = [
        look(NOVEMBER, phone=2, lot="L-01"),
        scan(NOVEMBER + 5, number=7, client=b"\xff" * 8, place=""),
        look(NOVEMBER_ENDS, gtin="", phone=3),
    ]
    counted(*november, look(NOVEMBER_ENDS + 1))
    did = keep(datetime(2026, 12, 2, 1, tzinfo=UTC))
    row = ScanFile.objects.get()
    assert (did.written, row.scans, row.month) == (1, 3, "2026-11")
    assert row.size == keeping.path_of(row).stat().st_size
    asked = (
        "select epoch_ms(scanned_at), gtin, lot, version, number, client, place"
        f" from '{keeping.path_of(row)}' order by scanned_at"
    )
    told = duckdb.sql(asked).fetchall()
    assert told == [
        (s.at, s.gtin, s.lot, s.version, s.number, int.from_bytes(s.client, "big"), s.place)
        for s in november
    ]
    assert [path.name for path in Path(settings.OCOP_SCAN_FILES).iterdir()] == [row.name]


def test_month_is_not_written_before_it_is_over_and_counted() -> None:
    build()
    counted(look(NOVEMBER))
    assert keep(datetime(2026, 12, 2, 1, tzinfo=UTC)).written == 0  # nothing of December yet
    write(look(NOVEMBER_ENDS + 1))
    assert keep(datetime(2026, 12, 2, 1, tzinfo=UTC)).written == 0  # not counted
    draining.drain(journals.source())
    assert keep(datetime(2026, 12, 1, 23, tzinfo=UTC)).written == 0  # a day has not passed
    assert keep(datetime(2026, 12, 2, 1, tzinfo=UTC)).written == 1
    assert keep(datetime(2026, 12, 3, 1, tzinfo=UTC)).written == 0  # once


def test_scans_leave_the_journal_when_they_are_old_and_their_sums_stay() -> None:
    build()
    counted(look(OCTOBER), look(NOVEMBER), look(DECEMBER))
    before = kept()
    end = datetime(2026, 11, 1, tzinfo=UTC)
    kept_for = timedelta(days=options.JOURNAL_DAYS.get())
    assert keep(end + kept_for - timedelta(seconds=1)).let_go == 0
    assert in_journal() == 3
    assert keep(end + kept_for).let_go == 1
    assert in_journal() == 2
    assert {**kept(), "sources": {}} == {**before, "sources": {}}
    assert draining.drain(journals.source()) == 0
    row = ScanFile.objects.get(month="2026-10")
    assert row.let_go_at is not None
    assert keeping.path_of(row).exists()


def test_scan_that_came_late_is_in_the_file_before_it_leaves() -> None:
    """A writer that hung commits to a month whose file is written."""
    build()
    counted(look(OCTOBER), look(DECEMBER))
    keep(datetime(2026, 12, 16, tzinfo=UTC))
    counted(look(OCTOBER + 1), look(DECEMBER + 1))
    did = keep(NEW_YEAR + timedelta(days=30))
    assert did.let_go == 2
    row = ScanFile.objects.get(month="2026-10")
    assert row.scans == 2
    assert duckdb.sql(f"select count(*) from '{keeping.path_of(row)}'").fetchall() == [(2,)]


def test_stop_between_mark_and_deletion_is_made_good() -> None:
    build()
    counted(look(OCTOBER), look(OCTOBER + 1), look(DECEMBER))
    keep(datetime(2026, 12, 16, tzinfo=UTC))
    ScanFile.objects.filter(month="2026-10").update(let_go_at=NEW_YEAR)
    source = journals.source()
    source.forget((2026, 10), source.rows_after(0, 9)[1][0])  # the first of the two is gone
    assert keep(NEW_YEAR + timedelta(days=30)).let_go == 1
    assert ScanFile.objects.get(month="2026-10").scans == 2  # the file was not written anew


def test_last_scan_counted_never_leaves() -> None:
    """By it the journal is known again."""
    build()
    counted(look(OCTOBER), look(OCTOBER + 1))
    write(look(DECEMBER))
    draining.drain(journals.source(), portion=1)
    ScanFile.objects.create(
        journal=journals.source().name(), month="2026-12", name="x", scans=1, size=1, sha256="0",
        written_at=NEW_YEAR, let_go_at=NEW_YEAR,
    )  # fmt: skip
    keep(NEW_YEAR + timedelta(days=200))
    assert in_journal() == 1
    assert draining.drain(journals.source()) == 0


def test_files_are_deleted_when_the_office_keeps_them_no_longer() -> None:
    build()
    counted(look(OCTOBER), look(NOVEMBER), look(DECEMBER))
    core_options.set_option(actor=SYSTEM, option=options.FILE_MONTHS, value=4, at=NEW_YEAR)
    keep(datetime(2027, 2, 28, tzinfo=UTC))
    october = ScanFile.objects.get(month="2026-10")
    assert keeping.path_of(october).exists()
    assert keep(datetime(2027, 3, 5, tzinfo=UTC)).dropped == 1
    october.refresh_from_db()
    assert october.dropped_at is not None
    assert not keeping.path_of(october).exists()
    assert keep(datetime(2027, 3, 6, tzinfo=UTC)).dropped == 0


def test_phones_are_forgotten_two_days_after_the_last_scan() -> None:
    build()
    day = 86_400_000
    counted(scan(NOVEMBER), scan(NOVEMBER, version=-2, number=5), look(NOVEMBER + 2 * day))
    assert keep(NEW_YEAR).clients == 0
    counted(look(NOVEMBER + 3 * day))
    assert keep(NEW_YEAR).clients == 2
    assert ForgedSource.objects.count() == 0
    assert ScanClient.objects.count() == 2
    assert ScanDay.objects.count() == 3


def test_salts_of_before_go_with_the_nightly_look() -> None:
    salts.folder().mkdir(parents=True)
    for name in ("2026-11-14", "2026-11-15"):
        (salts.folder() / name).write_bytes(b"salt")
    keep(datetime(2026, 11, 15, 16, 59, tzinfo=UTC))  # a minute before midnight in Hà Nội
    assert [path.name for path in salts.folder().iterdir()] == ["2026-11-15"]
    keep(datetime(2026, 11, 15, 17, 0, tzinfo=UTC))
    assert list(salts.folder().iterdir()) == []


def test_question_is_answered_over_all_months(settings: LazySettings) -> None:
    build()
    folder = Path(settings.OCOP_SCAN_FILES)
    assert files.ask(folder, "select count(*) as n from scan") == (["n"], [(0,)])
    counted(*(look(OCTOBER + n, phone=n) for n in range(3)), look(NOVEMBER), look(DECEMBER))
    keep(datetime(2026, 12, 16, tzinfo=UTC))
    asked = (
        "select monthname(scanned_at), count(distinct client) from scan where gtin = ?"
        " group by 1 order by 2"
    )
    assert files.ask(folder, asked, [GTINS[0]])[1] == [("November", 1), ("October", 3)]


def test_file_holds_a_scan_in_few_bytes(tmp_path: Path) -> None:
    """8.6 bytes a scan were measured; here phones repeat less."""
    rows = [
        (n, NOVEMBER + n * 40, GTINS[n % 2], "L-01", 3, n % 500, client(n % 900), "01")
        for n in range(20_000)
    ]
    made = files.write(tmp_path / "x.parquet", [rows[:7000], rows[7000:]])
    assert made.scans == 20_000
    assert made.size / made.scans < 16
