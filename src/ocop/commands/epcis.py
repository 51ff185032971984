"""`ocop epcis`: events of EPCIS 2.0 from a file into the register, and out of it into a file."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import Progress

from ocop.commands._framework import start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused

if TYPE_CHECKING:
    from ocop.producers.models import Producer
    from ocop.traceability.epcis.validation import Problem

SUMMARY = N_("Nhập, xuất sự kiện truy xuất theo chuẩn EPCIS 2.0.")
_AT_ONCE = 1_000
_MOST_LINES = 20  # about one thing that is wrong
#: Of an export: the producers of events without a place of ours, by the ids of the events. It
#: stands beside the events: within them it would change their hash ids.
OWNERS = "urn:ocop:producers"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One of two: into the register, or out of it."""
    ways = parser.add_subparsers(dest="way", required=True, metavar="import|export")
    words = _("nhập tài liệu EPCIS dạng JSON")
    into = ways.add_parser("import", help=words, description=words)
    into.add_argument("file", help=_("tệp JSON; - là đọc từ đầu vào chuẩn"))
    into.add_argument("--producer", default="", help=_("mã chủ thể của sự kiện không tự nói rõ"))
    into.add_argument("--proceed", action="store_true", help=_("bỏ qua các sự kiện sai"))
    into.add_argument("--json", action="store_true", help=_("in JSON"))
    words = _("xuất sự kiện thành một tài liệu EPCIS")
    out = ways.add_parser("export", help=words, description=words)
    out.add_argument("--producer", default="", help=_("chỉ của chủ thể có mã này"))
    out.add_argument("--lot", default="", help=_("chỉ của lô có mã này"))
    out.add_argument("--output", default="-", help=_("tệp ghi ra; - là đầu ra chuẩn"))


def run(options: argparse.Namespace) -> int:
    """Take in or put out."""
    start_installed()
    return _import(options) if options.way == "import" else _export(options)


def _import(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from ocop.core.actor import SYSTEM
    from ocop.traceability.epcis import documents
    from ocop.traceability.services.bringing import bring
    from ocop.traceability.services.capturing import NotCaptured

    document = documents.loads(_read(options.file))
    raws = documents.events_of(document)
    owners = _owners(document)
    owner = _producer(options.producer) if options.producer else None
    try:
        with _bar("import", len(raws)) as done:
            brought = bring(actor=SYSTEM, raws=raws, proceed=options.proceed, owner=owner,
                            owners=owners, clock=timezone.now, done=done)  # fmt: skip
    except NotCaptured as refusal:
        _tell(refusal.problems)
        raise
    problems = brought.problems
    told = {"new": len(brought.new), "known": brought.known, "wrong": len(problems)}
    _tell(problems)
    if options.json:
        print(json.dumps(told))
    else:
        print(_("Đã ghi %(new)d sự kiện mới, %(known)d đã có, %(wrong)d lỗi.") % told)
    return 1 if problems else 0


def _tell(problems: list["Problem"]) -> None:
    """What is wrong, one line each; of many of one kind the first ones: the rest is as they are."""
    by_words: dict[str, list[str]] = {}
    for problem in problems:
        by_words.setdefault(problem.words, []).append(problem.place)
    for words, places in by_words.items():
        for place in places[:_MOST_LINES]:
            print(f"{place}: {words}", file=sys.stderr)
        if len(places) > _MOST_LINES:
            more = {"more": len(places) - _MOST_LINES, "words": words}
            print(_("… và %(more)d chỗ nữa: %(words)s") % more, file=sys.stderr)


def _export(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from ocop.traceability.epcis import documents, queries
    from ocop.traceability.models import TraceEvent

    rows = TraceEvent.objects.order_by("pk")
    if options.producer:
        rows = rows.filter(producer=_producer(options.producer))
    if options.lot:
        rows = rows.filter(things__lot__code=options.lot.lower()).distinct()
    whole = documents.document_of([], created=timezone.now().isoformat(timespec="milliseconds"))
    head, tail = json.dumps(whole, ensure_ascii=False).split("[]", 1)
    owners = dict(rows.filter(site=None).values_list("event_id", "producer__code"))
    if owners:
        tail = f"{tail.removesuffix('}')}, {json.dumps(OWNERS)}: {json.dumps(owners)}}}"
    with _writing(options.output) as into:
        into.write(f"{head}[")
        comma = ""
        for row in _told("export", rows.iterator(_AT_ONCE), rows.count()):
            into.write(comma + json.dumps(queries.told(row), ensure_ascii=False))
            comma = ",\n"
        into.write(f"]{tail}\n")
    return 0


def _owners(document: Any) -> dict[str, "Producer"]:
    """Whose events are that name no place of a register, as our own export says. What it cannot
    say is left to the events."""
    from ocop.producers.models import Producer
    from ocop.traceability.portions import portions

    told = document.get(OWNERS, {})
    if not isinstance(told, dict) or not all(isinstance(code, str) for code in told.values()):
        return {}
    rows: dict[str, Producer] = {}
    for codes in portions(set(told.values())):
        rows |= {row.code: row for row in Producer.objects.filter(code__in=codes)}
    return {name: rows[code] for name, code in told.items() if code in rows}


def _producer(code: str) -> "Producer":
    from ocop.producers.models import Producer

    found = Producer.objects.filter(code=code.lower()).first()
    if found is None:
        raise Refused("producer", _("Không có chủ thể nào mang mã %s.") % code)
    return found


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Refused("file", _("Không đọc được tệp %s.") % name) from error


@contextmanager
def _writing(name: str) -> Iterator[IO[str]]:
    if name == "-":
        yield sys.stdout
        return
    try:
        into = Path(name).open("w", encoding="utf-8")  # noqa: SIM115 - closed below
    except OSError as error:
        raise Refused("file", _("Không ghi được tệp %s.") % name) from error
    with into:
        yield into


def _told(name: str, rows: Iterable[Any], total: int) -> Iterator[Any]:
    """The rows, with a bar on a terminal."""
    with _bar(name, total) as done:
        for at, row in enumerate(rows, 1):
            yield row
            done(at, total)


@contextmanager
def _bar(name: str, total: int) -> Iterator[Callable[[int, int], None]]:
    """What tells a bar on a terminal how far it is, and of how many."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=total)
        yield lambda at, of: progress.update(task, completed=at, total=of)
