"""What the commands share: starting the framework, the folder of the state, showing progress."""

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from ocop.core import language, zone
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

T = TypeVar("T")
DATABASE = "ocop.sqlite3"  # in the folder of the state, unless DATABASE_URL names another
_FORMS = ("%Y-%m-%d", "%d/%m/%Y")


def start() -> None:
    """Set up Django in the language of the terminal; safe to call again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language.active())


def start_installed() -> None:
    """Set up Django for a command that needs an installation. Refused, and nothing made: none."""
    if "DATABASE_URL" not in os.environ and not (_folder() / DATABASE).exists():
        raise not_installed()
    start()
    from ocop.commands._install import tables_are_current
    from ocop.core import options

    if not tables_are_current() or not options.PROVINCE.get():
        raise not_installed()


def not_installed() -> Refused:
    """What is said where nothing is installed yet."""
    return Refused(
        "not_installed",
        _(
            "Hệ thống chưa được cài đặt. Chạy `ocop init --province MÃ` để làm việc thật, "
            "hoặc `ocop demo` để xem dữ liệu mẫu."
        ),
    )


def _folder() -> Path:
    return Path(os.environ.get("OCOP_DATA_DIR") or "var").absolute()


def data_folder() -> Path:
    """The folder that holds all state (`OCOP_DATA_DIR`), made when it is missing.

    Refused: a place where nothing can be written.
    """
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise Refused(
            "folder_read_only",
            _("Không ghi được vào thư mục %s. Hãy chọn thư mục khác qua biến OCOP_DATA_DIR.")
            % folder,
        ) from error


def read_day(text: str) -> date:
    """A day as a person types it; today, where the programme runs, when nothing is typed."""
    if not text:
        return zone.today()
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Refused("day", _("Không hiểu ngày “%s”. Hãy viết 2024-03-31 hoặc 31/03/2024.") % text)


def read_lines(name: str, *, errors: str = "strict") -> list[str]:
    """The lines of a text file, parted as the standard input parts them; for `errors` see there."""
    try:
        with open(name, encoding="utf-8-sig", errors=errors) as file:
            return list(file)
    except OSError as error:
        raise Refused("file", _("Không đọc được tệp %s.") % name) from error
    except UnicodeDecodeError as error:
        raise Refused("file_encoding", _("Tệp %s phải ở mã UTF-8.") % name) from error


def standard_input(*, errors: str) -> Iterable[str]:
    """The lines of the standard input, in UTF-8 whatever the locale says. `errors` is what becomes
    of bytes that are none, as `str.decode` has it: one of them does not end the lines."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors=errors)
    return sys.stdin


class Steps:
    """Runs steps one after the other behind a progress bar.

    On a terminal there is a bar, gone when all is done; elsewhere one line a step, none if quiet.
    """

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._total = total
        self._terminal = sys.stderr.isatty()
        self._quiet = quiet

    def __enter__(self) -> "Steps":
        if self._terminal:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            self._bar = Progress(
                TextColumn("{task.description:<44}"),
                BarColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._task = self._bar.add_task("", total=self._total)
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._terminal:
            self._bar.stop()

    def run(self, label: str, step: Callable[[], T]) -> T:
        """One step: what it is called and what it does; gives back what the step gives."""
        if self._terminal:
            self._bar.update(self._task, description=label)
        elif not self._quiet:
            print(label, file=sys.stderr)
        result = step()
        if self._terminal:
            self._bar.advance(self._task)
        return result
