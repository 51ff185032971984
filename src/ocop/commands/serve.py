"""`ocop serve`: the web application and the worker of background jobs, in one process group."""

import argparse
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

from ocop.commands import _framework, _install
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused

SUMMARY = N_("Mở hệ thống cho trình duyệt.")
_RESTART_AFTER = 5.0  # seconds, when the worker of background jobs ends by itself
_STOP_WITHIN = 10  # seconds that a running job or answer gets to finish
_MOST_WORKERS = 4  # unless asked for more
_EVERYWHERE = ("0.0.0.0", "::")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host",
        default=os.environ.get("HOST") or "127.0.0.1",
        help=_("địa chỉ lắng nghe (biến HOST; mặc định 127.0.0.1)"),
    )
    parser.add_argument(
        "--port",
        default=os.environ.get("PORT") or "8000",
        help=_("cổng (biến PORT; mặc định 8000)"),
    )
    parser.add_argument(
        "--workers",
        default=os.environ.get("OCOP_WORKERS") or str(min(os.cpu_count() or 1, _MOST_WORKERS)),
        help=_("số tiến trình trả lời (biến OCOP_WORKERS; mặc định bằng số nhân, tối đa 4)"),
    )


def run(options: argparse.Namespace) -> int:
    _framework.data_folder()
    port = _port(options.port)
    workers = _workers(options.workers)
    host = _free_address(options.host, port)
    address = f"http://{_shown(options.host)}:{port}"
    os.environ.setdefault("OCOP_BASE_URL", address)
    _framework.start()
    _prepare()
    signal.signal(signal.SIGTERM, lambda *_ignored: sys.exit(143))  # until the server takes over
    jobs = _Jobs()
    try:
        _announce(address)
        _serve(host, port, workers)
    finally:
        jobs.stop()
    return 0


def _port(text: str) -> int:
    """A port number. Refused: anything else."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Refused("port", _("Cổng phải là số từ 1 đến 65535, không phải “%s”.") % text)


def _workers(text: str) -> int:
    """How many processes answer. Refused: no number, or none."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= 64:
        return int(text)
    raise Refused("workers", _("Số tiến trình phải là số từ 1 đến 64, không phải “%s”.") % text)


def _free_address(host: str, port: int) -> str:
    """The numeric address of a host. Refused: no such host, not of this machine, a taken port."""
    try:
        family, kind, _proto, _name, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise Refused(
            "address_taken",
            _(
                "Không mở được %(host)s:%(port)d, có thể cổng đang được dùng hoặc địa chỉ sai. "
                "Hãy chọn cổng khác, ví dụ PORT=%(other)d."
            )
            % {"host": host, "port": port, "other": port % 60000 + 1},
        ) from error
    return str(place[0])


def _shown(host: str) -> str:
    """How the address is written for a browser on this machine."""
    if host in (*_EVERYWHERE, "127.0.0.1", "::1"):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _prepare() -> None:
    """Tables up to date, static files there. Refused: nothing installed yet."""
    from django.db import connection

    from ocop.core import options
    from ocop.core.models import Option

    current = _install.tables_are_current()
    there = Option._meta.db_table in connection.introspection.table_names()
    if there and not current:
        _install.migrate()
    if not there or not options.PROVINCE.get():
        raise _framework.not_installed()
    _install.static_files()


def _announce(address: str) -> None:
    from ocop.commands.demo import print_logins
    from ocop.core import options

    print(_("Hệ thống mở tại %s (Ctrl-C để dừng).") % address)
    if options.DEMONSTRATION.get():
        print_logins()
    sys.stdout.flush()


def _serve(host: str, port: int, workers: int) -> None:
    """Serve until a signal ends it."""
    from django.db import connection
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connection.close()  # the processes that answer are forked and open their own
    Granian(
        "ocop.asgi:application",
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.ASGI,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        # One that is still starting does not hear the signal, and would be waited for without end.
        workers_kill_timeout=_STOP_WITHIN,
    ).serve()


class _Jobs:
    """The worker of jobs and messages: started, started again when it ends by itself, stopped."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._process = self._start()
        Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Ask it to finish; end it when it does not."""
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _start(self) -> "subprocess.Popen[bytes]":
        source = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH"))))
        return subprocess.Popen(
            [sys.executable, "-m", "ocop", "work"],
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
        )

    def _watch(self) -> None:
        while True:
            self._process.wait()
            if self._stopping.wait(_RESTART_AFTER):
                return
            self._process = self._start()
