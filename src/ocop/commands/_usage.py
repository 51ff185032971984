"""How a command is called, in the language of the terminal: `argparse` knows English only."""

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

#: What is wrong, as the library says it, and as we do. The names are those of its own pattern.
_SAID = (
    (r"unrecognized arguments: (?P<what>.+)", N_("Không hiểu tham số: %(what)s.")),
    (r"the following arguments are required: (?P<what>.+)", N_("Thiếu tham số: %(what)s.")),
    (
        r"argument (?P<what>.+?): expected .*argument.*",
        N_("Tham số %(what)s cần một giá trị đi sau."),
    ),
    (
        r"argument (?P<what>.+?): invalid choice: '?(?P<given>.*?)'? \(choose from (?P<known>.+)\)",
        N_("Tham số %(what)s không nhận “%(given)s”; chỉ nhận: %(known)s."),
    ),
    (
        r"argument (?P<what>.+?): invalid int value: '(?P<given>.*)'",
        N_("Tham số %(what)s phải là số nguyên, không phải “%(given)s”."),
    ),
    (
        r"argument (?P<what>.+?): ignored explicit argument '(?P<given>.*)'",
        N_("Tham số %(what)s không đi kèm giá trị “%(given)s”."),
    ),
    (
        r"ambiguous option: (?P<given>.+?) could match (?P<known>.+)",
        N_("Tham số %(given)s chưa rõ, có thể là: %(known)s."),
    ),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or _("Cách dùng: "))


class Parser(argparse.ArgumentParser):
    """A parser that explains itself, and says in one line what is wrong (exit code 2)."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(
            prog=prog, description=description, formatter_class=_Formatter, add_help=False
        )
        self._positionals.title = _("Tham số bắt buộc hoặc theo thứ tự")
        self._optionals.title = _("Tham số")
        self.add_argument("-h", "--help", action="help", help=_("in phần giải thích này"))

    def error(self, message: str) -> NoReturn:
        how = _("Gõ `%s --help` để xem cách dùng.") % self.prog
        print(f"{_told(message)} {how}".replace("\n", " "), file=sys.stderr)
        raise SystemExit(2)


def _told(message: str) -> str:
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            facts = {name: text.replace("'", "") for name, text in found.groupdict().items()}
            return _(words) % facts
    return _("Cách gọi lệnh chưa đúng.")
