"""Scans on both databases: how fast the journal is counted, and standing figures of ten million.

Three questions, each with its rival in the same run. How many scans a second go from the journal
into the sums, beside the obvious way (a few ORM statements for each). How long a report of a month
takes from the sums with 10,000,000 scans in them, beside GROUP BY over the scans themselves and
DuckDB over their Parquet. How long an office form waits to commit while scans are counted.

`python tools/bench_scans.py [SCANS]` fills fewer. Processor time beside a rate is that of the
counting process alone; it says more where others work on the same machine.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from filling import copies

HERE = Path(__file__)
SCANS, ITEMS, LOTS = 10_000_000, 3_000, 4
DRAINED, OBVIOUS, BESIDE = 100_000, 1_500, 30_000
ROUNDS, RAW_ROUNDS = 40, 3
FIRST = date(2026, 1, 1)
_AT_ONCE = 50_000
_RAW = "bench_raw"

#: A year of scans: some products are liked more than others, most are scanned in Hà Nội.
_GENERATE = """
create table raw as
select day, item, item * {lots} + (day_number * {lots}) // 334 as lot, place, client, stamp
from (
    select date '2026-01-01' + n_day as day, n_day as day_number,
        least({items} - 1, floor({items} * pow(random(), 2.2)))::int as item,
        case when random() < 0.6 then '01'
            else list_extract({places}, 1 + floor(random() * {many})::int) end as place,
        floor(random() * 400000)::bigint as client,
        floor(random() * 6000000)::bigint as stamp
    from (select floor(random() * 334)::int as n_day from range({scans}))
)
"""
_DAYS = """
select day, item, lot, place, count(*), count(distinct client), count(distinct stamp) from raw
group by all
"""
_PLACES = "select day, place, count(*), count(*), count(*), 0, 0 from raw group by all"
_PERIODS = """
select period, item, count(*), count(*), count(*) from (
    select strftime(day, '%Y-%m') as period, item from raw
    union all select strftime(day, '%Y'), item from raw
) group by all
"""


def scenery() -> tuple[list[int], list[int]]:
    """Sales units and lots: their keys."""
    from ocop.producers.models import Producer
    from ocop.products.models import Product
    from ocop.traceability.models import Lot, StampKey, StampOrder, StampRange, TradeItem

    at = datetime(2026, 1, 1, tzinfo=UTC)
    maker = Producer.objects.create(
        code="00000000", name="HTX", folded="htx", province="01", created_at=at
    )
    products = [
        Product(code=f"{n:08d}", name=f"Sản phẩm {n}", folded=f"san pham {n}", producer=maker,
                province="01", created_at=at)
        for n in range(ITEMS)
    ]  # fmt: skip
    products = Product.objects.bulk_create(products, batch_size=500)
    items = [
        TradeItem(code=f"{n:08d}", product=p, name="Hộp", gtin=f"{n:014d}", created_at=at)
        for n, p in enumerate(products)
    ]
    items = TradeItem.objects.bulk_create(items, batch_size=500)
    lots = [
        Lot(code=f"{n * LOTS + m:08d}", item=item, number=f"L{m}", created_at=at)
        for n, item in enumerate(items)
        for m in range(LOTS)
    ]
    lots = Lot.objects.bulk_create(lots, batch_size=500)
    key = StampKey.objects.create(version=1, fingerprint="0" * 64, created_at=at)
    orders = [
        StampOrder(code=f"{n:08d}", item=item, quantity=5_000, year=2026, state="approved",
                   key=key, first=n * 5_000, requested_at=at)
        for n, item in enumerate(items)
    ]  # fmt: skip
    orders = StampOrder.objects.bulk_create(orders, batch_size=500)
    ranges = [
        StampRange(order=o, key=key, first=o.first, count=5_000, state="active",
                   lot=lots[n * LOTS], activated_at=at)
        for n, o in enumerate(orders)
    ]  # fmt: skip
    StampRange.objects.bulk_create(ranges, batch_size=500)
    return [item.pk for item in items], [lot.pk for lot in lots]


# --- The count.


def made(many: int, seed: int) -> list[Any]:
    """Scans of stamps all over the country, one after the other."""
    from ocop.traceability.journal import Scan

    draw = Random(seed)
    start = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp() * 1000)
    return [
        Scan(start + n * 20, "", "", 1, draw.randrange(ITEMS * 5_000), draw.randbytes(8), "01")
        for n in range(many)
    ]


def obvious(scans: list[Any]) -> None:
    """A row for the day and one for the stamp, each fetched or made, then raised by one."""
    from django.db import transaction
    from django.db.models import F

    from ocop.traceability.models import ScanDay, StampRange, StampSeen
    from ocop.traceability.scans.knowing import moment

    for scan in scans:
        with transaction.atomic():
            part = StampRange.objects.filter(first__lte=scan.number).latest("first")
            told = {"day": date(2020, 1, 1), "item_id": part.order.item_id, "lot_id": part.lot_id}
            row, _new = ScanDay.objects.get_or_create(**told, place=scan.place)
            ScanDay.objects.filter(pk=row.pk).update(scans=F("scans") + 1)
            at = moment(scan.at)
            usual = {"first_at": at, "last_at": at, "day": 0, "today": b""}
            stamp, _new = StampSeen.objects.get_or_create(
                version=15, number=scan.number, defaults=usual
            )
            StampSeen.objects.filter(pk=stamp.pk).update(scans=F("scans") + 1, last_at=at)


def count(engine: str) -> None:
    """Scans a second, ours and the obvious way by turns."""
    from ocop.traceability.scans import draining, journals

    store, source = journals.store(), journals.source()
    ours: list[float] = []
    theirs: list[float] = []
    each: list[float] = []
    for turn in range(3):
        store.append(made(DRAINED // 3, turn))
        used = time.process_time()
        ours.append(_rate(lambda: draining.drain(source), DRAINED // 3))
        each.append((time.process_time() - used) / (DRAINED // 3) * 1e6)
        few = made(OBVIOUS // 3, 100 + turn)
        theirs.append(_rate(lambda few=few: obvious(few), OBVIOUS // 3))
    store.close()
    fast, slow = statistics.median(ours), statistics.median(theirs)
    ratio = f"{fast / slow:.0f} x the obvious way ({slow:,.0f}/s)"
    cpu = f"{statistics.median(each):.0f} µs of the processor each"
    print(f"{engine:>10} count: {fast:,.0f} scans/s, {cpu}, {ratio}", flush=True)


def _rate(work: Callable[[], object], many: int) -> float:
    began = time.perf_counter()
    work()
    return many / (time.perf_counter() - began)


def form_beside(engine: str) -> None:
    """Commits of an office form while scans are counted without a pause, and without."""
    from ocop.core.models import Option
    from ocop.traceability.scans import journals

    Option.objects.update_or_create(key="bench", defaults={"value": 0})
    store = journals.store()
    store.append(made(BESIDE, 7))
    store.close()
    quiet = _forms(lambda n: n >= 200)
    command = [sys.executable, str(HERE), "drain"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as counting:
        assert counting.stdout is not None
        counting.stdout.readline()
        busy = _forms(lambda _n: counting.poll() is not None)
    for name, times in (("nobody scans", quiet), ("scans are counted", busy)):
        times.sort()
        print(
            f"{engine:>10} office form while {name}: median {times[len(times) // 2]:.1f} ms, "
            f"p99 {times[int(len(times) * 0.99)]:.1f} ms"
        )


def drain() -> None:
    """Count what the journal holds, in a process of its own."""
    from ocop.commands._framework import start

    start()
    from ocop.traceability.scans import draining, journals

    print("begins", flush=True)
    draining.drain(journals.source())


def _forms(enough: Callable[[int], bool]) -> list[float]:
    from django.db import transaction

    from ocop.core.models import Option

    took: list[float] = []
    while not enough(len(took)):
        began = time.perf_counter()
        with transaction.atomic():  # as every action has one
            Option.objects.filter(key="bench").update(value=len(took))
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(0.005)
    return took


# --- The reports.


def fill(scans: int, items: list[int], lots: list[int], folder: Path) -> Any:
    """A year of scans in DuckDB, as Parquet, in the sums and as rows of the database."""
    import duckdb

    from ocop.traceability.models import ScanClient, ScanDay, ScanPeriod, ScanPlaceDay

    database = duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(folder)})
    database.execute("select setseed(0.26)")
    places = [f"{n:02d}" for n in range(2, 35)]
    told = {"scans": scans, "items": ITEMS, "lots": LOTS, "places": places, "many": len(places)}
    database.execute(_GENERATE.format(**told))
    database.execute(f"copy raw to '{folder / 'raw.parquet'}' (format parquet, compression zstd)")
    for model in (ScanClient, ScanDay, ScanPlaceDay, ScanPeriod):
        model.objects.all()._raw_delete("default")
    sums = ("scans", "clients", "firsts")
    rows = (
        (day, items[item], lots[lot], place, *rest)
        for day, item, lot, place, *rest in _fetched(database, _DAYS)
    )
    _insert("ocop_scanday", ("day", "item_id", "lot_id", "place", *sums), rows)
    columns = ("day", "place", *sums, "forged", "unissued")
    _insert("ocop_scanplaceday", columns, _fetched(database, _PLACES))
    periods = ((p, items[item], *rest) for p, item, *rest in _fetched(database, _PERIODS))
    _insert("ocop_scanperiod", ("period", "item_id", *sums), periods)
    _raw_table(database)
    return database


def _fetched(database: Any, query: str) -> Iterator[tuple[Any, ...]]:
    found = database.cursor().execute(query)
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


def _raw_table(database: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {_RAW} (day date, item integer, place text, client bigint)")
    rows = _fetched(database, "select day, item, place, client from raw")
    _insert(_RAW, ("day", "item", "place", "client"), rows)


def _insert(table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    from django.db import connection, transaction

    named = ", ".join(columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * len(columns))
        plain = ((each[0].isoformat() if isinstance(each[0], date) else each[0], *each[1:])
                 for each in rows)  # fmt: skip
        raw: Any = connection.connection
        raw.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", plain)


def page(engine: str, scans: int) -> None:
    """What the page of a stamp asks, with so many scans in the sums: one visitor, and a crowd."""
    from django.db import connection

    from ocop.traceability.models import StampSeen
    from ocop.traceability.seen_rows import told_of
    from ocop.traceability.serials import Stamp

    at = datetime(2026, 6, 1, tzinfo=UTC)
    StampSeen.objects.all()._raw_delete("default")
    like = StampSeen.objects.create(
        version=1, number=0, scans=2, clients=2, places=1, first_at=at, last_at=at,
        places_seen="01", last_place="01", last_place_at=at, day=20_000, today=b"12345678",
    )  # fmt: skip
    copies(like, scans // 2, number="3 + n * 3")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    draw = Random(3)
    for crowd in (1, 48):
        took = []
        for _turn in range(400):
            stamps = [Stamp(1, 3 + draw.randrange(scans // 2) * 3) for _n in range(crowd)]
            began = time.perf_counter()
            found = told_of(stamps)
            took.append((time.perf_counter() - began) * 1000)
            assert all(found[stamp].scans == 2 for stamp in stamps)
        took.sort()
        print(
            f"{engine:>10} what {crowd} stamps tell, {scans // 2:,} seen: median "
            f"{took[200]:.2f} ms, p99 {took[396]:.2f} ms",
            flush=True,
        )


def report(engine: str, scans: int, database: Any, items: list[int]) -> None:
    """The page's questions, and the same to the scans themselves."""
    from django.db import connection

    from ocop.core.actor import SYSTEM
    from ocop.traceability.models import ScanDay, TradeItem
    from ocop.traceability.scans import periods, queries

    month, year = periods.read("2026-06"), periods.read("2026")
    assert month is not None
    assert year is not None
    item = TradeItem.objects.get(pk=items[700])

    def standing(period: Any) -> list[tuple[date, int]]:
        lines, _places = queries.overview(SYSTEM, period)
        queries.most_scanned(SYSTEM, period)
        return [(line.day, line.sums.scans) for line in lines]

    def one() -> None:
        queries.days(SYSTEM, month, item)
        queries.places(SYSTEM, month, item)
        queries.lots(month, item)

    def raw() -> list[tuple[date, int]]:
        where = f"FROM {_RAW} WHERE day >= '2026-06-01' AND day < '2026-07-01'"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT day, count(*) {where} GROUP BY day ORDER BY day")
            days = [(_day(day), many) for day, many in cursor.fetchall()]
            cursor.execute(f"SELECT place, count(*) {where} GROUP BY place")
            cursor.fetchall()
            cursor.execute(
                f"SELECT item, count(*) n {where} GROUP BY item ORDER BY n DESC LIMIT 10"
            )
            cursor.fetchall()
        return days

    def parquet() -> list[tuple[date, int]]:
        where = "from parquet where day >= date '2026-06-01' and day < date '2026-07-01'"
        days = database.execute(
            f"select day, count(*) {where} group by day order by day"
        ).fetchall()
        database.execute(f"select place, count(*) {where} group by place").fetchall()
        found = f"select item, count(*) n {where} group by item order by n desc limit 10"
        database.execute(found).fetchall()
        return [(_day(day), many) for day, many in days]

    ways: dict[str, tuple[Callable[[], Any], int]] = {
        "a month, all": (lambda: standing(month), ROUNDS),
        "a year, all": (lambda: standing(year), ROUNDS),
        "a month, one product": (one, ROUNDS),
        "GROUP BY of the scans": (raw, RAW_ROUNDS),
        "DuckDB over Parquet": (parquet, RAW_ROUNDS),
    }
    assert standing(month) == raw() == parquet()
    took: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS):
        for name, (way, rounds) in ways.items():
            if turn < rounds:
                began = time.perf_counter()
                way()
                took[name].append((time.perf_counter() - began) * 1000)
    for name, times in took.items():
        times.sort()
        middle = f"best {times[0]:.1f} ms, median {times[len(times) // 2]:.1f} ms"
        print(f"{engine:>10} {name:>22}: {middle}, worst {times[-1]:.1f} ms")
    ours, theirs, duck = (
        statistics.median(took[name])
        for name in ("a month, all", "GROUP BY of the scans", "DuckDB over Parquet")
    )
    print(
        f"{engine:>10} {scans:,} scans in {ScanDay.objects.count():,} rows: GROUP BY takes "
        f"{theirs / ours:,.0f} x our sums, DuckDB {duck / ours:,.0f} x; the same figures"
    )


def _day(day: Any) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def run(engine: str, scans: int) -> None:
    """All of it on one database, with its journal in the same kind of store."""
    if engine == "PostgreSQL":
        os.environ["OCOP_SCANS"] = os.environ["DATABASE_URL"]
    from ocop.commands._framework import start

    start()
    from django.core.management import call_command
    from django.db import connection

    from ocop.places.models import Level, Unit

    call_command("migrate", verbosity=0, skip_checks=True)
    for n in range(1, 35):
        Unit.objects.create(
            code=f"{n:02d}", name=f"Tỉnh {n}", kind="tỉnh", level=Level.PROVINCE,
            valid_from=FIRST - timedelta(days=200), folded=f"tinh {n}",
        )  # fmt: skip
    items, lots = scenery()
    count(engine)
    form_beside(engine)
    page(engine, scans)
    with tempfile.TemporaryDirectory() as folder:
        database = fill(scans, items, lots, Path(folder))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        database.execute("drop table raw")
        file = Path(folder) / "raw.parquet"
        database.execute(f"create view parquet as select * from read_parquet('{file}')")
        report(engine, scans, database, items)
        database.close()


def main() -> None:
    if sys.argv[1:] == ["drain"]:
        drain()
        return
    if len(sys.argv) > 2:
        run(sys.argv[1], int(sys.argv[2]))
        return
    scans = int(sys.argv[1]) if len(sys.argv) > 1 else SCANS
    for engine in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory() as folder:
            command: list[Any] = [sys.executable, HERE, engine, str(scans)]
            environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
            environment["OCOP_DATA_DIR"] = folder
            if engine == "PostgreSQL":
                command = [sys.executable, HERE.parent / "postgres.py", "--durable", *command]
            subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main()
