"""The resolver beside a bare server, what the field runs and our own framework, in one run.

Every server has one worker process on the first core, the questions come from the last one through
48 connections that stay open, and the servers are asked in turn, round after round: only the ratios
count. All that count a scan have it on the disk before they answer.

    python tools/bench_resolver.py [ROUNDS [SECONDS]]
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BENCHED = Path(__file__).resolve().parent / "benched"
CONNECTIONS = 48
STAMPS = 100_000
GTIN = "09520123456788"
PHONE = (
    "Host: localhost\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/124.0.0.0 Mobile Safari/537.36\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8\r\n"
    "Accept-Language: vi-VN,vi;q=0.9,en;q=0.8\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n\r\n"
)
#: Name, server, status, path with the place of a serial.
ASKED = (
    ("hello", "hello", 200, "/"),
    ("redirect", "ours", 307, f"/01/{GTIN}/21/{{serial}}"),
    ("page", "ours", 200, "/S/{serial}"),
    ("forged", "ours", 404, "/S/{forged}"),
    ("flask", "flask", 200, "/S/{serial}"),
    ("django", "django", 200, "/django/{serial}"),
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, server: str = "") -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    path = os.pathsep.join([str(ROOT / "src"), str(BENCHED)])
    return kept | {
        "OCOP_DATA_DIR": str(folder),
        "PYTHONPATH": path,
        "OCOP_BASE_URL": "http://localhost",
        "OCOP_HOSTS": "localhost",
        "DJANGO_SETTINGS_MODULE": "benched_settings" if server == "django" else "ocop.settings",
    }


def prepared(folder: Path) -> list[str]:
    """An installation with a lot of stamps, all active; some of their serials."""
    given = environment(folder)
    ocop = [sys.executable, "-m", "ocop"]
    subprocess.run([*ocop, "init", "--province", "01", "--quiet"], check=True, env=given)
    told = subprocess.run(
        [sys.executable, str(BENCHED / "stamps.py"), GTIN, str(STAMPS)],
        check=True,
        env=given,
        stdout=subprocess.PIPE,
        text=True,
    )
    serials: list[str] = json.loads(told.stdout)
    return serials


def granian(application: str, port: int) -> list[str]:
    options = ["--interface", "asgi", "--workers", "1", "--no-ws", "--log-level", "error"]
    place = ["--host", "127.0.0.1", "--port", str(port)]
    return [sys.executable, "-m", "granian", *options, *place, application]


def commands(ports: dict[str, int]) -> dict[str, list[str]]:
    gunicorn = [sys.executable, "-m", "gunicorn", "--workers", "1", "--log-level", "error"]
    threads = ["--threads", "8", "--keep-alive", "60"]
    return {
        "hello": granian("hello:application", ports["hello"]),
        "ours": granian("ocop.web.stamps.process:application", ports["ours"]),
        "flask": [*gunicorn, *threads, "-b", f"127.0.0.1:{ports['flask']}", "peer:application"],
        "django": granian("ocop.asgi:application", ports["django"]),
    }


def waited(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"no server on {port}")


def requests_for(path: str, serials: list[str]) -> str:
    random = Random(1)
    lines = []
    for serial in random.sample(serials, min(20_000, len(serials))):
        at = random.randrange(len(serial))
        wrong = serial[:at] + ("0" if serial[at] != "0" else "1") + serial[at + 1 :]
        told = path.replace("{serial}", serial).replace("{forged}", wrong)
        lines.append(json.dumps(f"GET {told} HTTP/1.1\r\n{PHONE}"))
        if told == path:
            break
    return "\n".join(lines)


def asked(port: int, status: int, requests: str, seconds: float, cores: list[int]) -> Any:
    load = [sys.executable, str(ROOT / "tools" / "load.py")]
    done = subprocess.run(
        [*load, str(port), str(CONNECTIONS), str(seconds), str(status)],
        input=requests,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {cores[-1]}),
    )
    told = json.loads(done.stdout)
    if told["wrong"]:
        raise SystemExit(f"{told['wrong']} answers on port {port} were not {status}")
    return told


def measure(rounds: int, seconds: float) -> dict[str, list[Any]]:
    cores = sorted(os.sched_getaffinity(0))
    found: dict[str, list[Any]] = {name: [] for name, *_rest in ASKED}
    with tempfile.TemporaryDirectory(prefix="ocop-bench-") as kept:
        folder = Path(kept)
        serials = prepared(folder)
        ports = {server: free_port() for server in ("hello", "ours", "flask", "django")}
        running = [
            subprocess.Popen(
                command,
                env=environment(folder, server),
                start_new_session=True,
                preexec_fn=lambda: os.sched_setaffinity(0, {cores[0]}),
            )
            for server, command in commands(ports).items()
        ]
        try:
            for port in ports.values():
                waited(port)
            requests = {name: requests_for(path, serials) for name, _s, _t, path in ASKED}
            for turn in range(rounds + 1):  # the first warms up
                for name, server, status, _path in ASKED:
                    length = seconds if turn else min(1.0, seconds)
                    told = asked(ports[server], status, requests[name], length, cores)
                    if turn:
                        found[name].append(told)
        finally:
            for process in running:
                os.killpg(process.pid, signal.SIGTERM)
            for process in running:
                process.wait()
    return found


def main(rounds: int = 5, seconds: float = 3.0) -> None:
    found = measure(rounds, seconds)
    print(f"{CONNECTIONS} connections, {rounds} rounds of {seconds:g} s, medians")
    for name, told in found.items():
        ratio = median(t["rate"] / h["rate"] for t, h in zip(told, found["hello"], strict=True))
        rate = median(t["rate"] for t in told)
        p50, p99 = (median(t[key] for t in told) for key in ("p50", "p99"))
        print(
            f"  {name:<9}{rate:>9,.0f} answers/s  {ratio:5.2f} × hello"
            f"  p50 {p50:6.2f} ms  p99 {p99:6.2f} ms"
        )
    for name in ("redirect", "page"):
        for peer in ("flask", "django"):
            pairs = zip(found[name], found[peer], strict=True)
            ratio = median(ours["rate"] / other["rate"] for ours, other in pairs)
            print(f"  {name} / {peer}: {ratio:.1f} ×")


if __name__ == "__main__":
    given = [float(each) for each in sys.argv[1:]]
    main(*(cast(each) for cast, each in zip((int, float), given, strict=False)))
