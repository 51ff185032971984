"""Killed at any moment, the count neither loses a scan nor counts one twice. On both databases."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
import pytest

ROUNDS, SCANS = 10, 12_000
ROOT = Path(__file__).parents[3]

#: Asks of a process of its own: a database with its tables, a scenery and a full journal.
_PREPARE = """
from random import Random
from ocop.commands._framework import start
start()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from tests.traceability.scans import scenery
from tests.traceability.scans.test_killed import some
scenery.build()
scenery.write(*some(Random(5)))
"""
_DRAIN = """
from ocop.commands._framework import start
start()
from ocop.traceability.scans import draining, journals
from ocop.traceability.models import ScanHead
print("begins", flush=True)
draining.drain(journals.source(), portion=60)
print("done", flush=True)
"""
_COMPARE = """
import json
from random import Random
from ocop.commands._framework import start
start()
from ocop.traceability.scans import draining, journals
from tests.traceability.scans.reference import expected, kept
from tests.traceability.scans.test_killed import some
source = journals.source()
told = {"before": draining.position(source.name()).number}
draining.drain(source)
told["after"] = draining.position(source.name()).number
told["same"] = kept() == expected(some(Random(5)))
told["scans"] = sum(row[0] for row in kept()["places"].values())
print(json.dumps(told))
"""


def some(draw: Random) -> list[object]:
    """Scans of everything there is, over three days."""
    from ocop.traceability.journal import FORGED
    from tests.traceability.scans import scenery as s

    numbers = (*s.ACTIVE, *s.DELIVERED, *s.LOST, *s.UNISSUED)
    made: list[object] = []
    for n in range(SCANS):
        at = s.START + n * 20_000 + draw.randrange(60_000)
        told = {"phone": draw.randrange(40), "place": draw.choice((s.HERE, s.BESIDE, s.FAR, ""))}
        kind = draw.random()
        if kind < 0.7:
            made.append(s.scan(at, number=draw.choice(numbers), **told))
        elif kind < 0.95:
            lot = draw.choice(("L-01", "L-02", ""))
            made.append(s.look(at, gtin=draw.choice(s.GTINS), lot=lot, **told))
        else:
            made.append(s.scan(at, version=FORGED, number=draw.randrange(1, 9), **told))
    return made


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.whole),
        pytest.param("postgres", marks=pytest.mark.postgres),
    ]
)
def surroundings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of processes with a database and a journal of their own."""
    told = {**os.environ, "OCOP_DATA_DIR": str(tmp_path)}
    told["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    if request.param == "sqlite":
        told.pop("DATABASE_URL", None)
        yield told
        return
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    names = [f"killed_{kind}_{os.getpid()}" for kind in ("main", "journal")]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        for name in names:
            admin.execute(f"create database {name}".encode())
        main, journal = (f"{server}/{name}" for name in names)
        yield {**told, "DATABASE_URL": main, "OCOP_SCANS": journal}
        for name in names:
            admin.execute(f"drop database {name} with (force)".encode())


@pytest.mark.whole
def test_kill_at_any_moment_loses_and_doubles_no_scan(surroundings: dict[str, str]) -> None:
    _run(_PREPARE, surroundings)
    draw = Random(11)
    killed = [_killed(surroundings, draw.uniform(0.03, 0.5)) for _round in range(ROUNDS)]
    told = json.loads(_run(_COMPARE, surroundings))
    assert killed.count(True) == ROUNDS
    assert 0 < told["before"] < told["after"]  # it was on its way, and not at its end
    assert told["same"]


def _run(program: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _killed(environment: dict[str, str], seconds: float) -> bool:
    """Whether a count was killed before its end."""
    command = [sys.executable, "-c", _DRAIN]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
        threading.Timer(seconds, process.kill).start()
        rest = process.stdout.read()
    return process.returncode == -9 and "done" not in rest
