"""`ocop work`: background jobs, messages that leave the house, and the reminders of the day."""

import argparse
import os
import signal
import threading
from collections.abc import Callable
from datetime import date, datetime

from ocop.commands._framework import start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

SUMMARY = N_("Chạy việc nền: tác vụ, gửi thông báo, nhắc hạn hằng ngày.")
_EVERY = 5.0  # seconds between two looks at what waits
_COUNTING = 20.0  # seconds for scans of stamps in one look, so that letters do not wait longer
_SETTLE = 5.0  # seconds that a letter under way gets when the worker stops
_FROM = 6  # the hour of Hà Nội from which the day's reminders go out
_NIGHT = 2  # and from which the public log is looked at


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--once", action="store_true", help=_("làm hết việc đang chờ rồi dừng, cho lịch hệ thống")
    )


def run(options: argparse.Namespace) -> int:
    """Work until a signal ends it, or once."""
    start_installed()
    if options.once:
        from django.utils import timezone

        from ocop.people import tasks
        from ocop.recognition.log import keeping
        from ocop.traceability.scans import draining, journals
        from ocop.traceability.scans import keeping as scans

        _jobs(batch=True)
        keeping.keep(at=timezone.now())
        draining.drain(journals.source())
        scans.keep(journals.source(), at=timezone.now())
        sent = tasks.deliver_waiting()
        print(
            _("Đã gửi %(sent)d, gửi lại sau %(later)d, không gửi được %(failed)d.")
            % {"sent": sent.sent, "later": sent.later, "failed": sent.failed}
        )
        return 0
    post = Post()
    post.start()
    try:
        _jobs(batch=False)  # takes the signals, so it has the main thread
    finally:
        post.stop()
    return 0


def _jobs(*, batch: bool) -> None:
    from django.core.management import call_command

    # Quiet: how a job ended, and the trace of one that failed, stands in its row.
    call_command("db_worker", queue_name="*", reload=False, verbosity=0, batch=batch)


class Post:
    """The thread that sends what waits, counts scans and sees to the public log and reminders."""

    def __init__(self, every: float = _EVERY) -> None:
        self._every = every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._reminded_on: date | None = None
        self._checked_on: date | None = None
        self._logged_at: datetime | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to finish, and wait a little for a letter under way."""
        self._stopping.set()
        self._thread.join(_SETTLE)

    def _run(self) -> None:
        from django.db import DatabaseError, close_old_connections

        try:
            while not self._stopping.is_set():
                close_old_connections()
                try:
                    self.turn(stop=self._stopping.is_set)
                except DatabaseError:
                    # Busy or restarting: what waits is still there at the next turn.
                    close_old_connections()
                self._stopping.wait(self._every)
        finally:
            if not self._stopping.is_set():
                # An error of ours: end the worker, so that whoever runs it starts it anew.
                os.kill(os.getpid(), signal.SIGTERM)

    def turn(self, stop: Callable[[], bool] = lambda: False) -> None:
        """One look: send what waits, count scans, begin anew what fell silent, forget who tried
        what; hand to the jobs what the public log has still to take in and, once a day, its check,
        what is kept of scans and the reminders."""
        from django.utils import timezone

        from ocop.core import caching, db
        from ocop.dossiers import jobs as papers
        from ocop.people import tasks
        from ocop.programme import jobs
        from ocop.promotion import jobs as booths
        from ocop.recognition.log import jobs as log
        from ocop.recognition.log import keeping
        from ocop.traceability import capture_jobs
        from ocop.traceability import jobs as stamps
        from ocop.traceability.scans import tasks as scans

        db.shorten_log()
        tasks.deliver_waiting(stop=stop)
        scans.count_scans(seconds=_COUNTING, stop=stop)
        papers.resume_silent(at=timezone.now())
        stamps.resume_silent(at=timezone.now())
        booths.resume_silent(at=timezone.now())
        capture_jobs.resume(at=timezone.now())
        caching.forget(at=timezone.now())
        now = timezone.localtime()
        rested = self._logged_at is None or now - self._logged_at >= keeping.pause()
        if rested and keeping.is_behind():
            log.keep_log.enqueue()
            self._logged_at = now
        if now.hour >= _NIGHT and self._checked_on != now.date():
            log.check_log.enqueue()
            scans.keep_scans.enqueue()
            self._checked_on = now.date()
        if now.hour >= _FROM and self._reminded_on != now.date():
            jobs.remind_day.enqueue()
            self._reminded_on = now.date()
