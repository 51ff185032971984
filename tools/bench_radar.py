"""The radar of stars that end, over 50,000 recognitions, on both databases.

The radar in each cut (query, arithmetic and the names of a page) and the council's work to come:
median and slowest of ten. A full expiry run: every star that ended or ends within twelve months
with its state and its days for filing, by commune, and their workbook. The counts of both
databases must be the same.
"""

import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

RECOGNITIONS, PRODUCTS, PRODUCERS, COMMUNES = 50_000, 35_000, 12_000, 126
ON = date(2026, 11, 30)
TURNS = 10
HERE = Path(__file__)


def fill() -> None:
    """35,000 products; 15,000 of them got a second star in the place of the first."""
    from ocop.core.folding import words
    from ocop.places.models import Level, Unit
    from ocop.producers.models import Producer
    from ocop.products.models import Product, Sector
    from ocop.recognition.models import Evidence, Kind, Recognition
    from ocop.recognition.validity import expiry_of

    draw, at = random.Random(4), datetime(2026, 1, 1, tzinfo=UTC)
    communes = Unit.objects.bulk_create(
        Unit(code=f"9{n:04d}", name=f"Xã Số {n}", folded=f"xa so {n}", kind="xã",
             level=Level.COMMUNE, valid_from=date(2025, 7, 1))
        for n in range(COMMUNES)
    )  # fmt: skip
    makers = Producer.objects.bulk_create(
        [
            Producer(code=f"{n:08d}", name=(called := f"HTX Số {n}"), folded=words(called),
                     province="01", listed=True, commune=draw.choice(communes), created_at=at)
            for n in range(PRODUCERS)
        ],
        batch_size=2000,
    )  # fmt: skip
    sectors = list(Sector)
    products = Product.objects.bulk_create(
        [
            Product(code=f"{n:08d}", name=(called := f"Sản phẩm {n}"), folded=words(called),
                    producer=makers[n % PRODUCERS], province="01", listed=True,
                    sector=draw.choice(sectors), commune=makers[n % PRODUCERS].commune,
                    created_at=at)
            for n in range(PRODUCTS)
        ],
        batch_size=2000,
    )  # fmt: skip
    rows = []
    for n in range(RECOGNITIONS):
        product = products[n % PRODUCTS]
        again = n >= PRODUCTS
        signed = date(2024, 1, 1) if again else date(2019, 6, 1)
        signed += timedelta(days=draw.randrange(1000 if again else 2600))
        rows.append(
            Recognition(
                product=product, stars=draw.choice((3, 4)), evidence=Evidence.A, province="01",
                kind=Kind.REEVALUATION if again else Kind.FIRST, evaluated_on=signed,
                year=signed.year, valid_from=signed + timedelta(days=1),
                expires_on=expiry_of(signed), commune=product.commune,
                row_key=f"{n:064d}", created_at=at,
            )
        )  # fmt: skip
    Recognition.objects.bulk_create(rows, batch_size=2000)


def run(engine: str) -> None:
    """Fill the database, look, print."""
    from ocop.commands._framework import start

    start()
    from django.core.management import call_command
    from django.db import connection

    from ocop.core.actor import SYSTEM
    from ocop.programme import workload
    from ocop.recognition import expiry_list, radar
    from ocop.recognition.ending import Ending
    from ocop.recognition.expiry import by_commune

    call_command("migrate", verbosity=0, skip_checks=True)
    fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    by = Ending(province="01")

    def looked(cut: radar.Cut) -> radar.Board:
        found = radar.board(SYSTEM, cut, on=ON, by=by)
        radar.named(cut, found.lines[:60])
        return found

    ways: dict[str, Callable[[], Any]] = {
        f"by {cut}": (lambda cut=cut: looked(cut)) for cut in radar.Cut
    }
    ways["workload"] = lambda: workload.outlook(SYSTEM, on=ON, province="01")
    for name, way in ways.items():
        took = []
        for _turn in range(TURNS):
            began = time.perf_counter()
            way()
            took.append((time.perf_counter() - began) * 1000)
        took.sort()
        print(f"{engine:>10} radar {name:>11}: median {took[TURNS // 2]:.0f} ms, "
              f"slowest {took[-1]:.0f} ms")  # fmt: skip
    board = looked(radar.Cut.COMMUNE)
    began = time.perf_counter()
    found = by_commune(SYSTEM, radar.within(by, ON), on=ON)
    listed = time.perf_counter() - began
    expiry_list.write_workbook(io.BytesIO(), found, on=ON)
    written = time.perf_counter() - began - listed
    rows = sum(len(commune.rows) for commune in found)
    print(f"{engine:>10} full expiry run: {rows:,} stars listed in {listed:.1f} s, their workbook "
          f"in {written:.1f} s; same as the radar: {rows == board.total}")  # fmt: skip
    print(f"counts {board.totals} {sorted(board.states.items())}")


def main() -> None:
    if len(sys.argv) > 1:
        run(sys.argv[1])
        return
    counts = set()
    for engine in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory() as folder:
            command: list[Any] = [sys.executable, HERE, engine]
            if engine == "PostgreSQL":
                command = [sys.executable, HERE.parent / "postgres.py", *command]
            environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
            environment["OCOP_DATA_DIR"] = folder
            done = subprocess.run(
                command, env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
        *lines, told = done.stdout.strip().splitlines()
        print("\n".join(lines), flush=True)
        counts.add(told)
    print("both databases count the same" if len(counts) == 1 else "THE COUNTS DIFFER")


if __name__ == "__main__":
    main()
