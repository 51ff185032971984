"""The journal of scans in its two stores, in one run: how many a second, and what a commit flushes.

As the resolver does it: 48 visitors at once, each waits for the commit of its group and comes
again. Both stores flush at every commit (SQLite synchronous=FULL; PostgreSQL with fsync). They are
asked in turn, round after round: only the ratio counts. Beside them the same SQLite file with a
commit for every scan. Flushes are counted by strace where there is one.

    python tools/bench_journal.py [ROUNDS [SECONDS]]
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import psycopg

HERE = Path(__file__)
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ocop.traceability.journal import Journal, Scan, Store  # noqa: E402 - after its place is known
from ocop.traceability.journal_postgres import PostgresStore  # noqa: E402
from ocop.traceability.journal_sqlite import SqliteStore  # noqa: E402

VISITORS, COMMITS, AIM = 48, 200, 0.9
AT = 1_795_000_000_000


def scan(number: int) -> Scan:
    return Scan(AT + number, "09520123456788", "", 1, number, b"12345678", "01")


async def visited(store: Store, seconds: float) -> int:
    """How many scans were answered."""
    journal, until = Journal(store), time.perf_counter() + seconds

    async def visitor(first: int) -> int:
        number = first
        while time.perf_counter() < until:
            await journal.write(scan(number))
            number += VISITORS
        return (number - first) // VISITORS

    counts = await asyncio.gather(*(visitor(n) for n in range(VISITORS)))
    await journal.close()
    return sum(counts)


def grouped(make: Callable[[], Store], seconds: float) -> tuple[float, float]:
    """Scans a second, and microseconds of this process for one."""
    began, used = time.perf_counter(), time.process_time()
    many = asyncio.run(visited(make(), seconds))
    return many / (time.perf_counter() - began), (time.process_time() - used) / many * 1e6


def one_by_one(store: Store, seconds: float) -> float:
    number, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        store.append([scan(number)])
        number += 1
    store.close()
    return number / seconds


def flushes(pid: int, work: Callable[[], None]) -> int:
    """How often a process flushes while work is done."""
    with tempfile.NamedTemporaryFile(mode="r") as told:
        watch = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", told.name]
        with subprocess.Popen([*watch, "-p", str(pid)]) as strace:
            time.sleep(1)
            work()
            time.sleep(0.2)
            strace.send_signal(signal.SIGINT)
        return sum("sync(" in line for line in told)


def flushed(folder: Path, conninfo: str) -> bool:
    """Whether every commit was, in a process of its own for SQLite and in the server for
    PostgreSQL."""
    if shutil.which("strace") is None:
        print("no strace: flushes are not counted")
        return True
    command = [sys.executable, str(HERE), "commit", str(folder / "traced.sqlite3")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        to, told = child.stdin, child.stdout
        told.readline()

        def go() -> None:
            to.write("\n")
            to.flush()
            told.readline()

        sqlite = flushes(child.pid, go)
    print(f"SQLite: {sqlite} flushes seen in {COMMITS} commits")
    store = PostgresStore(conninfo)
    store.append([scan(0)])
    assert store._connection is not None
    backend = store._connection.info.backend_pid
    many = flushes(backend, lambda: commits(store))
    store.close()
    print(f"PostgreSQL: {many} flushes seen in {COMMITS} commits")
    return min(sqlite, many) >= COMMITS


def commits(store: Store) -> None:
    for number in range(COMMITS):
        store.append([scan(number)])


def commit(path: Path) -> None:
    """Some commits, once a line is read."""
    store = SqliteStore(path)
    store.append([scan(0)])
    print("ready", flush=True)
    sys.stdin.readline()
    commits(store)
    print("done", flush=True)


def beside_us(conninfo: str) -> str:
    """The same server through its socket in the file system, as one on this machine is called."""
    with psycopg.connect(conninfo) as connection:
        (folder,) = connection.execute("show unix_socket_directories").fetchone() or ("",)
        told = connection.info
        return f"postgresql://{told.user}@/{told.dbname}?host={folder}&port={told.port}"


def bare_flushes(path: Path, seconds: float) -> float:
    """Microseconds of a flush of 8 kB alone, the middle of many: what no store can be without."""
    took: list[float] = []
    with path.open("wb") as file:
        file.write(bytes(1 << 24))
        os.fsync(file.fileno())
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            start = time.perf_counter()
            os.pwrite(file.fileno(), b"x" * 8192, len(took) % 2048 * 8192)
            os.fdatasync(file.fileno())
            took.append((time.perf_counter() - start) * 1e6)
    return median(took)


def measure(rounds: int = 7, seconds: float = 2.0) -> int:
    conninfo = os.environ["DATABASE_URL"]
    local = beside_us(conninfo)
    with tempfile.TemporaryDirectory(prefix="ocop-journal-") as kept:
        folder = Path(kept)
        ways: dict[str, Callable[[], Store]] = {
            "SQLite": lambda: SqliteStore(folder / "scans.sqlite3"),
            "PostgreSQL": lambda: PostgresStore(conninfo),
            "by its socket": lambda: PostgresStore(local),
        }
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        alone, flush = [], []
        for turn in range(rounds + 1):  # the first warms up
            told = {name: grouped(make, seconds) for name, make in ways.items()}
            one = one_by_one(SqliteStore(folder / "alone.sqlite3"), seconds / 2)
            bare = bare_flushes(folder / "bare", seconds / 4)
            if turn:
                alone.append(told["SQLite"][0] / one)
                flush.append(bare)
                for name, each in told.items():
                    found[name].append(each)
        print(f"{VISITORS} visitors, {rounds} rounds of {seconds:g} s, medians; a flush alone: "
              f"{median(flush):,.0f} µs ({min(flush):,.0f} to {max(flush):,.0f})")  # fmt: skip
        for name, each in found.items():
            rates, cpu = [rate for rate, _used in each], median(used for _rate, used in each)
            ratio = median(b[0] / a[0] for a, b in zip(found["SQLite"], each, strict=True))
            beside = f"{median(alone):.1f} x a commit for each"
            if name != "SQLite":
                beside = f"{ratio:.2f} x SQLite (aim {AIM})"
            print(f"{name}: {median(rates):,.0f} scans/s ({min(rates):,.0f} to {max(rates):,.0f}), "
                  f"{cpu:.1f} µs of our process each; {beside}")  # fmt: skip
        return 0 if flushed(folder, conninfo) else 1


def main() -> int:
    if sys.argv[1:2] == ["commit"]:
        commit(Path(sys.argv[2]))
        return 0
    if sys.argv[1:2] == ["measure"]:
        given = [float(each) for each in sys.argv[2:]]
        return measure(*(cast(each) for cast, each in zip((int, float), given, strict=False)))
    server = [sys.executable, str(HERE.parent / "postgres.py"), "--durable"]
    here = [sys.executable, str(HERE), "measure", *sys.argv[1:]]
    return subprocess.run([*server, *here]).returncode


if __name__ == "__main__":
    sys.exit(main())
