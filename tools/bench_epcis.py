"""Events of EPCIS 2.0 at their sizes: validation, durable capture, a recall in a million events.

Validation: this schema against the `jsonschema` package by itself, one run. Capture: documents of
100 events and events one by one, each commit on the disk (SQLite synchronous=FULL; PostgreSQL as
it is), with the peer in the field at 191 events/s. Recall: a million events that say what lots were
made of, a lot with 1,000 descendants in a tree of ten levels; the limit is 2 s.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

EVENTS = int(os.environ.get("OCOP_EVENTS", "1000000"))
DESCENDANTS, LIMIT, PEER, AIM = 1_000, 2.0, 191, 500
HERE = Path(__file__)
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from filling import copies  # noqa: E402 - after its place is known

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)


def start() -> None:
    from ocop.commands import _framework

    _framework.start()


def event(number: int, place: str, uri: str) -> dict[str, Any]:
    """A shipment, another with each number."""
    return {
        "type": "ObjectEvent",
        "eventTime": (BEGAN + timedelta(seconds=number)).isoformat(),
        "eventTimeZoneOffset": "+07:00",
        "action": "OBSERVE",
        "bizStep": "shipping",
        "disposition": "in_transit",
        "quantityList": [{"epcClass": uri, "quantity": 1 + number % 50, "uom": "KGM"}],
        "readPoint": {"id": place},
        "bizTransactionList": [{"type": "desadv", "bizTransaction": f"urn:ocop:x:bt:{number}"}],
    }


def validate() -> None:
    """How many events a second are held against the schema, beside the package of the field."""
    import jsonschema

    from ocop.traceability.epcis import documents, validation

    one = event(1, "urn:epc:id:sgln:0614141.07346.0", "urn:epc:class:lgtin:4012345.012345.9")
    (raw,) = documents.events_of(one)
    schema = json.loads((ROOT / "src/ocop/traceability/epcis/schema.json").read_text())
    peer = jsonschema.Draft202012Validator(
        {"$ref": "#/$defs/ObjectEvent", "$defs": schema["$defs"]}
    )
    ours, theirs = 0.0, 0.0
    for _turn in range(5):
        began = time.perf_counter()
        for _n in range(2_000):
            validation.problems(raw, BEGAN)
        ours += time.perf_counter() - began
        began = time.perf_counter()
        for _n in range(100):
            list(peer.iter_errors(raw.body))
        theirs += time.perf_counter() - began
    a, b = 10_000 / ours, 500 / theirs
    print(f"validation with the words of CBV: {a:,.0f} events/s, {a / b:,.0f} x jsonschema")


def capture() -> int:
    """Durable capture, in documents and one by one."""
    from django.utils import timezone

    from ocop.core.actor import SYSTEM
    from ocop.core.db import durable
    from ocop.traceability import naming
    from ocop.traceability.epcis import documents
    from ocop.traceability.services.capturing import capture as take
    from tests.traceability.making import maker

    made = maker(timezone.now(), gtin="")
    place, uri = naming.site_uri(made.site), naming.lot_uri(made.lot)
    rates = []
    for size, documents_count in ((100, 40), (1, 400)):
        bodies = [
            [event(size * 100_000 + n * size + k, place, uri) for k in range(size)]
            for n in range(documents_count)
        ]
        texts = [
            json.dumps(documents.document_of(b, created="2026-01-01T00:00:00Z")) for b in bodies
        ]
        began = time.perf_counter()
        for text in texts:
            with durable():
                raws = documents.events_of(documents.loads(text.encode()))
                take(actor=SYSTEM, raws=raws, at=timezone.now())
        rates.append(size * documents_count / (time.perf_counter() - began))
    print(
        f"captured durably: {rates[0]:,.0f} events/s in documents of 100, {rates[1]:,.0f} one by "
        f"one (aim {AIM}); {rates[0] / PEER:,.1f} x and {rates[1] / PEER:,.1f} x the peer's {PEER}"
    )
    return int(rates[0] < AIM)


def recall() -> int:
    """A recall in very many events."""
    from django.utils import timezone

    from ocop.core import db
    from ocop.core.actor import SYSTEM
    from ocop.core.codes import public_code
    from ocop.traceability import naming
    from ocop.traceability.models import EventThing, Lot, TraceEvent
    from ocop.traceability.services import recalling
    from tests.traceability.making import maker

    now = timezone.now()
    made = maker(now, gtin="")
    draw = random.Random(2026)
    began = time.perf_counter()
    lots = [
        Lot(code=public_code(draw), item=made.item, number=f"N{n}", created_at=now)
        for n in range(DESCENDANTS + 1)
    ]
    db.insert(lots)
    uris = [naming.lot_uri(lot) for lot in lots]
    pairs: list[tuple[str, Any, str, Any]] = []
    for n in range(1, DESCENDANTS + 1):  # a tree: each lot of one of those before it
        parent = (n - 1) // 2 if n < 200 else draw.randrange(n // 2, n)
        pairs.append((uris[parent], lots[parent].pk, uris[n], lots[n].pk))
    for at in range(0, DESCENDANTS, 20_000):
        some = pairs[at : at + 20_000]
        keys = db.insert_values(
            TraceEvent,
            [
                {
                    "event_id": f"urn:x:event:{at + n}", "digest": f"{at + n:064d}",
                    "type": "TransformationEvent", "event_time": now, "record_time": now,
                    "biz_step": "creating_class_instance", "producer_id": made.producer.pk,
                    "body": {},
                }
                for n in range(len(some))
            ],
        )  # fmt: skip
        rows = []
        for key, (used, used_lot, out, out_lot) in zip(keys, some, strict=True):
            rows.append({"event_id": key, "role": "input_class", "value": used, "lot_id": used_lot})
            rows.append({"event_id": key, "role": "output_class", "value": out, "lot_id": out_lot})
        db.insert_values(EventThing, rows)
    _others(TraceEvent.objects.latest("pk"), EVENTS - DESCENDANTS)
    db.learn(TraceEvent, EventThing, Lot)
    print(f"{EVENTS:,} events written in {time.perf_counter() - began:,.0f} s")
    took = []
    for _turn in range(5):
        began = time.perf_counter()
        turned = recalling.recall_lot(actor=SYSTEM, lot=lots[0], reason="Thử tải", at=now)
        took.append(time.perf_counter() - began)
        assert turned == DESCENDANTS, turned
        recalling.lift_recall(actor=SYSTEM, lot=lots[0], reason="Thử tải", at=now)
    took.sort()
    print(
        f"recall of a lot and {turned:,} made of it: median {took[2]:.2f} s, "
        f"most {took[-1]:.2f} s (limit {LIMIT:.0f} s)"
    )
    return int(took[-1] > LIMIT)


def _others(like: Any, many: int) -> None:
    """Events like one, each of which makes one thing out of another."""
    from ocop.traceability.models import EventThing, TraceEvent

    like.pk, like.event_id, like.digest = None, "urn:x:like", "like"
    like.save(force_insert=True)
    copies(like, many, event_id="'urn:x:other:' || n", digest="'other' || n")
    first = TraceEvent.objects.get(event_id="urn:x:other:0")
    for role, number in (
        ("input_class", f"(CAST(n AS bigint) * 7919) % {many}"),
        ("output_class", "n"),
    ):
        thing = EventThing.objects.create(event=first, role=role, value="like")
        copies(thing, many, event_id=f"{first.pk} + n", value=f"'urn:x:lot:' || ({number})")


def measure() -> int:
    """Everything on the database of the environment."""
    start()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    print(f"— {connection.vendor} —")
    if connection.vendor == "sqlite":
        validate()
    return capture() | recall()


def main() -> int:
    """On SQLite, then on PostgreSQL."""
    if sys.argv[1:] == ["measure"]:
        return measure()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="ocop-epcis-") as folder:
        env = {**os.environ, "OCOP_DATA_DIR": folder}
        env.pop("DATABASE_URL", None)
        here = [sys.executable, str(HERE), "measure"]
        failed |= subprocess.run(here, env=env).returncode
        failed |= subprocess.run(
            [sys.executable, str(ROOT / "tools/postgres.py"), "--durable", *here], env=env
        ).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
