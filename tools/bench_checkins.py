"""Check-in at three gates: 2,000 tickets shown within an hour without a network, then merged.

Three devices note what they see; a tenth of the tickets are shown again elsewhere. Each sends what
it has in parts of 200, the parts in no order and a fifth of them twice, as phones do that lose the
answer. One part after the other goes through the service that the page of the door calls, on an
installation of its own, on SQLite and on PostgreSQL. It ends with an error where a ticket entered
twice or not at all, or where its entry is not the earliest showing.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

HERE = Path(__file__)
sys.path.insert(0, str(HERE.parent.parent / "src"))

TICKETS, GATES, PART, HOUR = 2_000, "ABC", 200, 3_600
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def scenery() -> tuple[Any, list[str]]:
    """The session of an open class, and the tickets of those who have a seat in it."""
    from ocop.core.codes import public_codes
    from ocop.producers.models import Producer
    from ocop.training.models import Enrolment, TrainingClass, TrainingCourse, TrainingSession

    maker = Producer.objects.create(
        code="00000000", name="HTX", folded="htx", province="01", created_at=AT
    )
    course = TrainingCourse.objects.create(
        code="00000000", title="Lớp", folded="lop", year=2026, audience="producers", created_at=AT
    )
    found = TrainingClass.objects.create(
        code="00000000", course=course, name="Lớp", folded="lop", place="Hội trường",
        capacity=TICKETS, taken=TICKETS, state="open", starts_at=AT,
        ends_at=AT + timedelta(hours=4), created_at=AT,
    )  # fmt: skip
    session = TrainingSession.objects.create(
        training_class=found, number=1, starts_at=AT, ends_at=AT + timedelta(hours=4)
    )
    codes = public_codes(TICKETS, Enrolment.objects.all())
    Enrolment.objects.bulk_create(
        Enrolment(
            code=code, training_class=found, producer=maker, name=code, folded=code,
            state="enrolled", enrolled_at=AT,
        )
        for code in codes
    )  # fmt: skip
    return session, codes


def noted(codes: list[str], draw: Random) -> dict[str, list[Any]]:
    """What each device has noted."""
    from ocop.core.checkins import CheckIn

    devices: dict[str, list[Any]] = {gate: [] for gate in GATES}
    for code in codes:
        for _ in range(2 if draw.random() < 0.1 else 1):
            gate = draw.choice(GATES)
            at = AT + timedelta(seconds=draw.randrange(HOUR))
            made = UUID(int=draw.getrandbits(128), version=4)
            devices[gate].append(CheckIn(at, made, code, gate, f"may-{gate}"))
    return devices


def run(engine: str) -> None:
    """Send everything and say how long it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from ocop.core.actor import SYSTEM
    from ocop.training.models import TrainingCheckIn
    from ocop.training.services.attending import check_in

    call_command("migrate", verbosity=0, skip_checks=True)
    draw = Random(6)
    session, codes = scenery()
    devices = noted(codes, draw)
    parts = [
        some[start : start + PART]
        for some in devices.values()
        for start in range(0, len(some), PART)
    ]
    parts += draw.sample(parts, len(parts) // 5)
    draw.shuffle(parts)
    received = AT + timedelta(hours=2)
    took, used = [], time.process_time()
    for part in parts:
        began = time.perf_counter()
        check_in(actor=SYSTEM, session=session, records=part, at=received)
        took.append(time.perf_counter() - began)
    used = time.process_time() - used
    earliest: dict[str, Any] = {}
    for record in sorted(each for some in devices.values() for each in some):
        earliest.setdefault(record.ticket, record.id)
    entries = TrainingCheckIn.objects.filter(entry=True)
    kept = list(entries.values_list("enrolment__code", "client_id"))
    shown = sum(map(len, devices.values()))
    if sorted(kept) != sorted(earliest.items()) or TrainingCheckIn.objects.count() != shown:
        sys.exit("a ticket entered twice, not at all, or not by its earliest showing")
    sent = sum(map(len, parts))
    print(
        f"{engine}: {len(kept):,} entries of {shown:,} showings sent as {sent:,} in {len(parts)} "
        f"parts: {sum(took):.2f} s ({used:.2f} s of this process), a part of {PART} "
        f"{median(took) * 1e3:.0f} ms (worst {max(took) * 1e3:.0f}), {sent / sum(took):,.0f}/s",
        flush=True,
    )


def main() -> None:
    """Each database in a process of its own."""
    if sys.argv[1:]:
        run(sys.argv[1])
        return
    for engine in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory() as folder:
            command: list[Any] = [sys.executable, HERE, engine]
            environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
            environment["OCOP_DATA_DIR"] = folder
            if engine == "PostgreSQL":
                command = [sys.executable, HERE.parent / "postgres.py", "--durable", *command]
            subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main()
