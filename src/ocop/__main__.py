"""`ocop`, the command line. Each command is a module of `ocop.commands` with two functions:
`add_arguments(parser)` and `run(options) -> int`, the exit code."""

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from ocop import commands
from ocop.commands._usage import Parser
from ocop.core import language
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused


def names() -> list[str]:
    """The commands there are, as a person types them."""
    found = (m.name for m in pkgutil.iter_modules(commands.__path__))
    return sorted(n.replace("_", "-") for n in found if not n.startswith("_"))


def load(name: str) -> ModuleType:
    """The module of a command."""
    return importlib.import_module(f"ocop.commands.{name.replace('-', '_')}")


def summary(module: ModuleType) -> str:
    """One line on what a command does."""
    return _(module.SUMMARY)


def _overview() -> str:
    lines = [_("Cách dùng: ocop LỆNH [THAM SỐ]; ocop LỆNH --help giải thích từng lệnh."), ""]
    lines += [f"  {name:<18}{summary(load(name))}" for name in names()]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Refusals give exit code 1 and one line; wrong usage gives 2."""
    language.activate(language.from_environment())
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0
    if given[0] not in names():
        message = _("Không có lệnh “%s”. Gõ `ocop` để xem các lệnh.") % given[0]
        print(message, file=sys.stderr)
        return 2
    module = load(given[0])
    parser = Parser(f"ocop {given[0]}", summary(module))
    module.add_arguments(parser)
    options = parser.parse_args(given[1:])
    try:
        return int(module.run(options))
    except Refused as refusal:
        print(refusal.message, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print(_("Đã dừng theo yêu cầu."), file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
