"""`ocop serve`: the web application and the worker of background jobs, in one process group."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

from ocop.commands import _framework, _install, _serving
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

SUMMARY = N_("Mở hệ thống cho trình duyệt.")
_RESTART_AFTER = 5.0  # seconds, when the worker of background jobs ends by itself
_LOOKED_AT = "/robots.txt"
_STOP_WITHIN = 10  # seconds that a running job or answer gets to finish


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _serving.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    _framework.data_folder()
    place = _serving.place(options)
    os.environ.setdefault("OCOP_BASE_URL", place.address)
    _framework.start()
    _prepare()
    signal.signal(signal.SIGTERM, lambda *_ignored: sys.exit(143))  # until the server takes over
    words = _words(place.address)
    jobs = _Jobs()
    try:
        _serving.say_when_answering(place, _LOOKED_AT, words)
        _serving.serve("ocop.asgi:application", place, stop_within=_STOP_WITHIN)
    finally:
        jobs.stop()
    return 0


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


def _words(address: str) -> str:
    """What is told once the address answers."""
    from ocop.commands.demo import login_lines
    from ocop.core import options

    lines = [_("Hệ thống mở tại %s (Ctrl-C để dừng).") % address]
    if options.DEMONSTRATION.get():
        lines += login_lines()
    return "\n".join(lines)


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
