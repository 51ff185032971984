"""Codes through the real server: as they are sent, new within a second, kept whatever happens."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ocop.__main__ import main
from ocop.traceability.journal_sqlite import scans_after

pytestmark = pytest.mark.whole
GTIN = "09520123456788"
STAMPS = 40_000  # more than can be looked at before the last kill
PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/90 Mobile",
    "Accept": "text/html,*/*;q=0.8",
    "Accept-Encoding": "gzip",
}
ROOT = Path(__file__).parents[2]

_SET_UP = """
import json, sys
import django
django.setup()
from datetime import date
from django.utils import timezone
from tests.factories import ProductFactory
from tests.traceability.factories import make_item, make_lot
from tests.traceability.stamping import activate, make_order
from ocop.traceability import serials, stamp_keys
now = timezone.now()
item = make_item(ProductFactory(name="Bánh gai"), now, gtin=sys.argv[1])
lot = make_lot(item, now, number="L/1")
order = make_order(item, now, int(sys.argv[2]))
activate(order, lot, now)
rows = serials.serials(stamp_keys.serial_key(0), order.first, order.quantity)
told = {"order": order.pk, "lot": lot.pk, "serials": [bytes(row).decode() for row in rows]}
print(json.dumps(told))
"""
_RECALL = """
import sys
import django
django.setup()
from django.utils import timezone
from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.traceability.models import Lot
lot = Lot.objects.get(pk=sys.argv[1])
lot.recalled_at, lot.recall_reason = timezone.now(), "Có tạp chất"
lot.save()
record(SYSTEM, "traceability.lot_recalled", lot, at=timezone.now())
print(timezone.now().timestamp())
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installed:
    """An installation with stamps, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        self.scans = folder / "scans.sqlite3"
        self.environment = {
            **kept,
            "OCOP_DATA_DIR": str(folder),
            "OCOP_LANGUAGE": "vi",
            "DJANGO_SETTINGS_MODULE": "ocop.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        init = [sys.executable, "-m", "ocop", "init", "--province", "01", "--quiet"]
        subprocess.run(init, check=True, env=self.environment)
        told: dict[str, Any] = json.loads(self.run(_SET_UP, GTIN, str(STAMPS)))
        self.lot, self.serials = told["lot"], told["serials"]

    def run(self, script: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            check=True,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout


class Resolver:
    """`ocop resolver` or `ocop serve` at work, and how to ask it."""

    def __init__(self, installed: Installed, command: str = "resolver", workers: int = 1) -> None:
        self.port = _free_port()
        given = ["--port", str(self.port), "--workers", str(workers)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ocop", command, *given],
            env=installed.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> "Resolver":
        for _attempt in range(600):
            with suppress(OSError), self.connected() as connection:
                self.ask(connection, "/.well-known/gs1resolver")
                return self
            time.sleep(0.1)
        raise AssertionError("it does not answer")

    def __exit__(self, *_error: object) -> None:
        self.end(signal.SIGTERM)

    def end(self, sent: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, sent)
        self.process.wait(30)

    def connected(self) -> Any:
        return closing(HTTPConnection("127.0.0.1", self.port, timeout=10))

    def ask(
        self, connection: HTTPConnection, path: str, method: str = "GET"
    ) -> tuple[int, dict[str, str], bytes]:
        connection.request(method, path, headers=PHONE)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    def once(self, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        with self.connected() as connection:
            return self.ask(connection, path, method)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module", params=["resolver", "serve"])
def resolver(installed: Installed, request: pytest.FixtureRequest) -> Iterator[Resolver]:
    with Resolver(installed, request.param) as running:
        yield running


def test_page_and_redirect_are_served(installed: Installed, resolver: Resolver) -> None:
    serial = installed.serials[0]
    before = len([*scans_after(installed.scans, 0, 10**6)])
    status, headers, body = resolver.once(f"/S/{serial}")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert int(headers["content-length"]) == len(body)
    status, headers, body = resolver.once(f"/01/{GTIN}/21/{serial}")
    assert (status, body) == (307, b"")
    assert headers["location"].partition("?luot=")[0].endswith(f"/T/{serial}")
    assert len([*scans_after(installed.scans, 0, 10**6)]) == before + 2


def test_slash_of_a_lot_arrives_as_it_was_sent(resolver: Resolver) -> None:
    assert resolver.once(f"/01/{GTIN}/10/L%2F1")[0] == 307
    assert resolver.once(f"/01/{GTIN}/10/L/1")[0] == 400
    assert resolver.once(f"/01/{GTIN}/10/%zz")[0] == 400


def test_head_and_options_are_answered(installed: Installed, resolver: Resolver) -> None:
    for path in (f"/S/{installed.serials[0]}", f"/01/{GTIN}/21/{installed.serials[0]}"):
        status, _headers, body = resolver.once(path, "HEAD")
        assert (status in (200, 307), body) == (True, b"")
        assert resolver.once(path, "OPTIONS")[0] == 204


def test_other_pages_are_the_office_s(resolver: Resolver, installed: Installed) -> None:
    status, headers, _body = resolver.once("/san-pham/?q=x%20y")
    if status == 307:  # the resolver alone
        assert headers["location"] == "http://localhost:8000/san-pham/?q=x%20y"
    else:
        assert status == 200


def test_recall_is_told_within_a_second(installed: Installed, resolver: Resolver) -> None:
    """Nobody tells the resolver; it looks by itself."""
    path = f"/T/{installed.serials[1]}"
    installed.run(_RECALL.replace('timezone.now(), "Có tạp chất"', 'None, ""'), str(installed.lot))
    time.sleep(1)
    with resolver.connected() as connection:
        before = resolver.ask(connection, path)[2]
        done_at = float(installed.run(_RECALL, str(installed.lot)))
        while (now := resolver.ask(connection, path)[2]) == before:
            assert time.time() < done_at + 1
            time.sleep(0.02)
    assert now != before


def test_kill_at_any_moment_loses_no_answered_scan(installed: Installed) -> None:
    """Three times, with two processes that write to one journal."""
    random = Random(5)
    unused = iter(installed.serials[100:])
    answered: list[str] = []
    for _ in range(3):
        resolver = Resolver(installed, workers=2)
        with suppress(OSError, HTTPException):
            resolver.__enter__()
            answered += _hunted(resolver, unused, random.uniform(0.2, 0.8))
    written = Counter(scan.number for _at, scan in scans_after(installed.scans, 0, 10**6))
    place_of = {serial: place for place, serial in enumerate(installed.serials)}
    assert len(answered) > 100
    assert {written[place_of[serial]] for serial in answered} == {1}


def _hunted(resolver: Resolver, unused: Iterator[str], seconds: float) -> list[str]:
    """Serials whose page came whole before the server was killed."""
    answered: list[str] = []
    lock = threading.Lock()

    def look() -> None:
        with suppress(OSError, HTTPException), resolver.connected() as connection:
            while True:
                with lock:
                    serial = next(unused)
                status, _headers, _body = resolver.ask(connection, f"/S/{serial}")
                assert status == 200
                answered.append(serial)

    looking = [threading.Thread(target=look) for _ in range(16)]
    for each in looking:
        each.start()
    time.sleep(seconds)
    resolver.end(signal.SIGKILL)
    for each in looking:
        each.join()
    return answered


def test_signal_ends_it(installed: Installed) -> None:
    with Resolver(installed) as running:
        running.end(signal.SIGTERM)
        assert running.process.returncode == 0


def test_without_the_right_keys_it_does_not_begin(
    installed: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ocop", "resolver", "--port", str(_free_port())],
        env=installed.environment | {"OCOP_KEYS_DIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Thiếu khóa tem" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_nothing_installed_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["resolver", "--port", str(_free_port())]) == 1
    assert "chưa được cài đặt" in capsys.readouterr().err
