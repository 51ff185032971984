"""Search among 100,000 products on both databases: milliseconds, median and 99th of a hundred.

Interleaved in one run: our index, and LIKE over the same folded text. The catalogue is the public
page's own query, with the star of the day. The hits with and without marks, and of the two
databases, must be the same.
"""

import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PRODUCTS, PRODUCERS, ASKED = 100_000, 40_000, 200
HERE = Path(__file__)
_GOODS = (
    "Mật ong", "Chè xanh", "Gạo nếp", "Miến dong", "Nấm khô", "Cà phê", "Mắm tép", "Bưởi Diễn",
    "Giò chả", "Trà sen", "Rượu nếp", "Tinh dầu sả", "Gốm sứ", "Lụa tơ tằm", "Mây tre đan",
)  # fmt: skip
_WORDS = (
    "Hương", "Sơn", "Đức", "Thủy", "Bình", "Minh", "Quảng", "Yên", "Hòa", "Thạch", "Phúc", "Lâm",
    "Ngọc", "Vân", "Hải", "Tân", "Kim", "Đông", "Tây", "Nam", "Bắc", "Trung", "Thanh", "Xuân",
)  # fmt: skip


def fill() -> None:
    """The same rows on both databases."""
    from datetime import UTC, date, datetime

    from ocop.core.folding import words
    from ocop.producers.models import Producer
    from ocop.products.models import Product
    from ocop.recognition.models import Evidence, Recognition

    draw, at = random.Random(26), datetime(2026, 1, 1, tzinfo=UTC)

    def name() -> str:
        return " ".join(draw.choice(_WORDS) for _turn in range(3))

    makers = [
        Producer(code=f"{n:08d}", name=(called := f"HTX {name()} {n}"), folded=words(called),
                 province="01", listed=True, created_at=at)
        for n in range(PRODUCERS)
    ]  # fmt: skip
    makers = Producer.objects.bulk_create(makers, batch_size=2000)
    products = []
    for n in range(PRODUCTS):
        maker = makers[n % PRODUCERS]
        called = f"{draw.choice(_GOODS)} {name()} {n}"
        products.append(
            Product(code=f"{n:08d}", name=called, folded=words(called, maker.name), producer=maker,
                    province="01", listed=True, created_at=at)
        )  # fmt: skip
    products = Product.objects.bulk_create(products, batch_size=2000)
    rows = (
        Recognition(product=p, stars=3 + n % 2, evidence=Evidence.A, province="01",
                    evaluated_on=date(2025, 1, 1), year=2025, valid_from=date(2025, 1, 1),
                    expires_on=date(2028, 1, 1), row_key=f"{n:064d}", created_at=at)
        for n, p in enumerate(products)
    )  # fmt: skip
    Recognition.objects.bulk_create(rows, batch_size=2000)


def questions() -> list[tuple[str, str]]:
    """What people type, with marks and without: two words, the last one cut short."""
    from ocop.core.folding import fold

    draw = random.Random(5)
    asked = []
    for _turn in range(ASKED):
        text = f"{draw.choice(_GOODS)} {draw.choice(_WORDS)} {draw.choice(_WORDS)[:2]}"
        asked.append((text, fold(text)))
    return asked


def run(engine: str) -> None:
    """Fill the database, ask, print."""
    from ocop.commands._framework import start

    start()
    from datetime import date

    from django.core.management import call_command
    from django.db import connection

    from ocop.core.actor import ANONYMOUS
    from ocop.core.folding import tokens
    from ocop.products.models import Product
    from ocop.products.search import matching
    from ocop.recognition import queries
    from ocop.recognition.narrowing import Narrowing

    call_command("migrate", verbosity=0, skip_checks=True)
    fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def indexed(text: str) -> list[int]:
        rows = matching(Product.objects.filter(listed=True), text).order_by("folded", "pk")
        return list(rows.values_list("pk", flat=True)[:24])

    def obvious(text: str) -> list[int]:
        rows = Product.objects.filter(listed=True)
        for word in tokens(text):
            rows = rows.filter(folded__contains=word)
        return list(rows.order_by("folded", "pk").values_list("pk", flat=True)[:24])

    def page(text: str) -> list[int]:
        by = Narrowing(text=text, province="01")
        rows = queries.catalogue(ANONYMOUS, on=date(2026, 11, 24), by=by)
        return [row.pk for row in rows.order_by("-stars", "folded", "pk")[:24]]

    ways: dict[str, Callable[[str], list[int]]] = {
        "our index": indexed, "LIKE": obvious, "catalogue page": page,
    }  # fmt: skip
    took: dict[str, list[float]] = {name: [] for name in ways}
    digest, same = hashlib.sha256(), True
    for marked, bare in questions():
        for name, way in ways.items():
            began = time.perf_counter()
            found = way(marked)
            took[name].append((time.perf_counter() - began) * 1000)
            if name == "our index":
                same = same and found == way(bare)
                digest.update(repr(found).encode())
    for name, times in took.items():
        times.sort()
        print(
            f"{engine:>10} {name:>15}: median {times[len(times) // 2]:.1f} ms, "
            f"p99 {times[int(len(times) * 0.99)]:.1f} ms"
        )
    ratio = sum(took["LIKE"]) / sum(took["our index"])
    print(f"{engine:>10} LIKE takes {ratio:.0f} x our index; same hits without marks: {same}")
    print(f"hits {digest.hexdigest()[:16]}")


def main() -> None:
    if len(sys.argv) > 1:
        run(sys.argv[1])
        return
    hits = set()
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
        hits.add(told)
    print("both databases give the same hits" if len(hits) == 1 else "THE HITS DIFFER")


if __name__ == "__main__":
    main()
