"""A round at its fullest: twenty members mark dossiers of an agenda of two hundred, watched.

Every member is a browser of its own: opens the sheet, saves marks three times, hands it in, and
pauses between (OCOP_PAUSE seconds). With the 4 seconds of the default the whole agenda, a saving
for every criterion, would be done in six hours without a break: faster than people read. The
chair's pages are asked again every few seconds. Prints the 95th percentile of every page; the limit
is 300 ms on two cores. OCOP_MEMBERS, OCOP_CASES (on the agenda) and OCOP_MARKED (of them, marked in
this run) change the size; DATABASE_URL takes PostgreSQL.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
MARKED = int(os.environ.get("OCOP_MARKED", "12"))
MEMBERS = int(os.environ.get("OCOP_MEMBERS", "20"))
CASES = int(os.environ.get("OCOP_CASES", "200"))
PAUSE = float(os.environ.get("OCOP_PAUSE", "4"))
LIMIT = 300  # milliseconds
FORM = "application/x-www-form-urlencoded"
PARTS = 3  # savings of a sheet
Sheet = tuple[str, dict[str, int], dict[str, bool]]  # item, marks, answers to conditions


def prepare() -> tuple[str, list[tuple[str, str]], list[Sheet]]:
    """The council and its open sitting; for every member a signed-in session."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ocop.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.utils import timezone

    from ocop.core import options
    from ocop.core.actor import SYSTEM
    from ocop.criteria.sets import load_set
    from ocop.web.council.sheet_reading import owner_of
    from tests.councils.hall import marks, new_case, open_hall

    call_command("migrate", verbosity=0, interactive=False)
    now = timezone.now()
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    numbers = [1, 5, 8, 13, 17, 21, 23, 26]
    cases = [new_case(now, numbers[n % len(numbers)]) for n in range(CASES)]
    hall = open_hall(now, members=MEMBERS, cases=cases)
    people = []
    for user in hall.people:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        people.append((session.session_key, owner_of(user)))
    sheets = []
    for item, case in zip(hall.items, cases, strict=True):
        criteria_set = load_set(case.version.number)
        gates = {gate.id: gate.type in ("eligibility", "evidence") for gate in criteria_set.gates}
        sheets.append((item.code, marks(criteria_set, 80), gates))
    return hall.sitting.code, people, sheets


class Browser:
    """One person's connection with its cookies; notes how long every answer took."""

    def __init__(self, port: int, session: str, took: dict[str, list[float]]) -> None:
        self._port = port
        self._cookies = {"sessionid": session, "ocop_language": "vi"}
        self._took = took
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(
        self, what: str, method: str, path: str, body: str | None = None, kind: str = ""
    ) -> int:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Accept-Encoding": "gzip",
        }
        if body is not None:
            headers["Content-Type"] = kind
            headers["X-CSRFToken"] = self._cookies.get("csrftoken", "")
        began = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            answer.read()
        except (ConnectionError, TimeoutError):
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
            return 0
        self._took[what].append(time.perf_counter() - began)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _sign, rest = cookie.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        return answer.status


def member(browser: Browser, owner: str, sheets: list[Sheet], wrong: list[str]) -> None:
    """Mark everything, one after the other."""
    for code, marks, gates in sheets:
        page = f"/hoi-dong/phieu/{code}/"
        _expect(wrong, page, 200, browser.ask("sheet page", "GET", page))
        time.sleep(PAUSE)
        given = list(marks.items())
        step = -(-len(given) // PARTS)
        for part in range(PARTS):
            stamp = time.time_ns() // 1_000_000
            changes: dict[str, Any] = {
                code: {"points": points, "stamp": stamp}
                for code, points in given[part * step : (part + 1) * step]
            }
            if part == PARTS - 1:
                changes |= {f"gate:{g}": {"answer": a, "stamp": stamp} for g, a in gates.items()}
            told = json.dumps({"owner": owner, "attempt": 1, "changes": changes})
            answer = browser.ask("saving", "POST", f"{page}luu/", told, "application/json")
            _expect(wrong, f"{page}luu/", 200, answer)
            time.sleep(PAUSE)
        form = f"owner={owner}&attempt=1"
        answer = browser.ask("handing in", "POST", f"{page}nop/", form, FORM)
        _expect(wrong, f"{page}nop/", 302, answer)
        time.sleep(PAUSE)


def watch(browser: Browser, sitting: str, over: threading.Event, wrong: list[str]) -> None:
    """The chair looks at the sitting, and the screen in the hall refreshes itself."""
    while not over.wait(3):
        for what, path in (("sitting page", ""), ("screen of the hall", "truc-tiep/")):
            address = f"/hoi-dong/phien/{sitting}/{path}"
            _expect(wrong, address, 200, browser.ask(what, "GET", address))
        _expect(wrong, "home", 200, browser.ask("own work", "GET", "/hoi-dong/"))


def _expect(wrong: list[str], what: str, wanted: int, status: int) -> None:
    if status != wanted:
        wrong.append(f"{what}: {status}")


def play(port: int, sitting: str, people: list[tuple[str, str]], sheets: list[Sheet]) -> list[str]:
    """Everybody at once; what went wrong. Prints what every page took."""
    took: dict[str, list[float]] = defaultdict(list)
    wrong: list[str] = []
    over = threading.Event()
    chair = threading.Thread(
        target=watch, args=(Browser(port, people[0][0], took), sitting, over, wrong)
    )
    hands = [
        threading.Thread(target=member, args=(Browser(port, session, took), owner, sheets, wrong))
        for session, owner in people
    ]
    began = time.perf_counter()
    for number, thread in enumerate([chair, *hands]):
        thread.start()
        time.sleep(PAUSE / len(hands) if number else 0)
    for thread in hands:
        thread.join()
    over.set()
    chair.join()
    lasted = time.perf_counter() - began
    asked = sum(len(each) for each in took.values())
    print(f"{len(people)} members, {len(sheets)} dossiers, {asked} requests in {lasted:.0f} s")
    for what, each in sorted(took.items()):
        each.sort()
        half, most, nearly = (_at(each, share) for share in (0.5, 0.95, 0.99))
        line = f"{what:<18} {len(each):6}  p50 {half:5.0f}  p95 {most:5.0f}  p99 {nearly:5.0f} ms"
        late = most > LIMIT
        print(f"{line}  over the limit" if late else line)
        if late:
            wrong.append(f"{what} is slow")
    return wrong


def _at(took: list[float], share: float) -> float:
    """The time below which this share of the answers stayed, in milliseconds."""
    return took[min(len(took) - 1, int(len(took) * share))] * 1000


def lost(people: int, sheets: list[Sheet]) -> list[str]:
    """Whether every sheet is there once, handed in, with all its marks."""
    from ocop.councils.models import Sheet as Row

    found = []
    for code, marks, _gates in sheets:
        rows = list(Row.objects.filter(item__code=code, state="submitted"))
        if len(rows) != people or any(row.marks != marks for row in rows):
            found.append(f"{code}: a sheet or a mark is missing")
    return found


def main() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(OCOP_DATA_DIR=folder, PORT=str(port))
        subprocess.run([sys.executable, str(ROOT / "tools/build_static.py")], check=True)
        sitting, people, sheets = prepare()
        server = subprocess.Popen(
            [sys.executable, "-m", "ocop", "serve"],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.DEVNULL,
        )
        try:
            while _closed(port):
                time.sleep(0.1)
            wrong = play(port, sitting, people, sheets[:MARKED])
        finally:
            server.terminate()
            server.wait(timeout=20)
        wrong += lost(len(people), sheets[:MARKED])
    for line in wrong[:10]:
        print(line)
    return 1 if wrong else 0


def _closed(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


if __name__ == "__main__":
    sys.exit(main())
