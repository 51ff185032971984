"""The public log at its sizes: proofs out of a million entries, and 50,000 recognitions taken in.

A proof comes from the stored tiles and is verified as a stranger would; its rival hashes all
entries anew. The limit is 20 ms a proof. Taking in, publishing and auditing run on both databases.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ENTRIES, PROOFS = 1_000_000, 300
RECOGNITIONS = int(os.environ.get("OCOP_RECOGNITIONS", "50000"))
LIMIT = 20  # milliseconds
HERE = Path(__file__)
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]


def start() -> None:
    from ocop.commands import _framework

    _framework.start()


def prove() -> int:
    """Proofs from the tiles of a log of a million entries."""
    start()
    from django.utils import timezone

    from ocop.core import keys
    from ocop.core.transparency import merkle
    from ocop.core.transparency.checkpoints import Checkpoint
    from ocop.core.transparency.notes import VerifierKey, sign
    from ocop.core.transparency.tiles import Tree
    from ocop.recognition.log import queries, store

    tree, began = Tree(), time.perf_counter()
    padding = "x" * 300
    for n in range(ENTRIES):
        for path, content in tree.add(f'{{"entry":{n},"of":"{padding}"}}'.encode()):
            _write(store.folder() / path, content)
    for path, content in tree.partial():
        _write(store.folder() / path, content)
    print(f"{ENTRIES:,} entries hashed and written in {time.perf_counter() - began:.1f} s")
    signer, origin = keys.signer(keys.REGISTER, at=timezone.now()), store.origin()
    head = Checkpoint(origin, tree.size, tree.root)
    note = sign(str(head), VerifierKey(origin, signer.public), signer.sign)
    _write(store.folder() / store.CHECKPOINT, note.encode())
    took, checked = [], []
    draw = random.Random(9162)
    for _turn in range(PROOFS):
        index = draw.randrange(ENTRIES)
        began = time.perf_counter()
        proof = queries.proof_of(index)
        took.append((time.perf_counter() - began) * 1000)
        assert proof is not None
        entry = f'{{"entry":{index},"of":"{padding}"}}'.encode()
        began = time.perf_counter()
        proof.verify(entry, origin=origin, keys=store.verifier_keys())
        checked.append((time.perf_counter() - began) * 1000)
    began = time.perf_counter()
    leaves = [merkle.leaf_hash(b"%d" % n + padding.encode()) for n in range(ENTRIES)]
    merkle.root_of(leaves)
    anew = (time.perf_counter() - began) * 1000
    took.sort()
    checked.sort()
    print(
        f"proof of inclusion: median {took[PROOFS // 2]:.2f} ms, p99 "
        f"{took[int(PROOFS * 0.99)]:.2f} ms, most {took[-1]:.2f} ms (limit {LIMIT}); "
        f"verified in {checked[PROOFS // 2]:.2f} ms"
    )
    print(f"hashing all entries anew: {anew:,.0f} ms, {anew / took[PROOFS // 2]:,.0f} x as long")
    return int(took[-1] > LIMIT)


def take_in(engine: str) -> int:
    """A published import of 50,000 recognitions: into the log, out as files, audited."""
    start()
    from datetime import UTC, date, datetime

    from django.core.management import call_command

    from ocop.core import db
    from ocop.core.actor import SYSTEM
    from ocop.core.events import record
    from ocop.producers.models import Producer
    from ocop.products.models import Product
    from ocop.recognition.log import auditing, draining, publishing
    from ocop.recognition.models import Decision, Evidence, Recognition

    call_command("migrate", verbosity=0, skip_checks=True)
    at = datetime(2026, 11, 23, tzinfo=UTC)
    maker = Producer.objects.create(
        code="00000000", name="HTX", folded="htx", province="01", created_at=at
    )
    products = db.insert([
        Product(code=f"{n:08d}", name=f"Mật ong {n}", folded=f"mat ong {n}", producer=maker,
                province="01", listed=True, created_at=at)
        for n in range(RECOGNITIONS)
    ])  # fmt: skip
    paper = Decision.objects.create(
        number="3981/QĐ-UBND", signed_on=date(2025, 1, 1), authority="UBND thành phố Hà Nội"
    )
    rows = db.insert([
        Recognition(product=product, decision=paper, authority=paper.authority, stars=3 + n % 2,
                    evidence=Evidence.A, province="01", evaluated_on=date(2025, 1, 1), year=2025,
                    valid_from=date(2025, 1, 1), expires_on=date(2028, 1, 1),
                    row_key=f"{n:064d}", created_at=at)
        for n, product in enumerate(products)
    ])  # fmt: skip
    record(
        SYSTEM, "recognition.decision_recorded", paper, at=at,
        also=[("recognition", row.pk) for row in rows],
    )  # fmt: skip
    db.learn()

    def timed(act: Callable[[], Any]) -> tuple[float, Any]:
        began = time.perf_counter()
        done = act()
        return time.perf_counter() - began, done

    taken, entries = timed(lambda: draining.drain(at=at))
    published, _head = timed(lambda: publishing.publish(at=at))
    again, _none = timed(lambda: draining.drain(at=at))
    audited, audit = timed(lambda: auditing.audit(at=at))
    assert audit.difference is None
    print(
        f"{engine:>10}: {entries:,} entries taken in {taken:.1f} s, published in "
        f"{published:.1f} s, audited in {audited:.1f} s; nothing new in {again * 1000:.0f} ms"
    )
    return 0


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def main() -> int:
    if sys.argv[1:] == ["prove"]:
        return prove()
    if sys.argv[1:]:
        return take_in(sys.argv[1])
    failed = 0
    for name in ("prove", "SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory() as folder:
            command: list[Any] = [sys.executable, HERE, name]
            if name == "PostgreSQL":
                command = [sys.executable, HERE.parent / "postgres.py", *command]
            environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
            environment["OCOP_DATA_DIR"] = folder
            failed |= subprocess.run(command, env=environment, check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
