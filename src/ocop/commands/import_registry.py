"""`ocop import-registry`: a registry file into the register, or only what it would bring."""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from pydantic_core import to_json
from rich.console import Console
from rich.progress import Progress

from ocop.commands._framework import start_installed
from ocop.core import zone
from ocop.core.collector import without_collector
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.recognition.registry_import import (
    Field,
    Remembered,
    Report,
    Result,
    Wishes,
    read,
    write_errors,
)

SUMMARY = N_("Nhập sổ đăng ký từ tệp Excel hoặc CSV")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file and what to do with it."""
    parser.add_argument("file", help=_("tệp XLSX hoặc CSV"))
    parser.add_argument("--dry-run", action="store_true", help=_("chỉ xem thử, không lưu gì"))
    parser.add_argument("--json", action="store_true", help=_("in JSON"))
    parser.add_argument("--sheet", default="", help=_("tên trang tính"))
    parser.add_argument(
        "--map", action="append", default=[], metavar="TRƯỜNG=CỘT", help=_("chỉ rõ một cột")
    )
    parser.add_argument("--evidence", default="", choices=["", "A", "B1", "B2", "C"])
    parser.add_argument(
        "--province",
        default="",
        metavar="MÃ",
        help=_("mã tỉnh của tệp, khi địa chỉ và cơ quan ký không ghi tỉnh"),
    )
    parser.add_argument("--skip-bad", action="store_true", help=_("bỏ qua các dòng sai"))
    parser.add_argument("--publish", action="store_true", help=_("công bố ngay sau khi nhập"))
    parser.add_argument("--errors", default="", help=_("ghi các dòng cần sửa ra tệp Excel"))


def run(options: argparse.Namespace) -> int:
    """Read, and store unless it is a dry run."""
    with without_collector():  # all rows live until the end
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    path = Path(options.file)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused("file", _("Không đọc được tệp %s.") % options.file) from error
    wishes = Wishes(options.sheet, dict(_mapping(options.map)), options.evidence, options.province)
    if not options.dry_run:
        start_installed()
    compared, remembered, own_province = _register()
    with _bar() as told:
        result = read(
            content,
            path.name,
            today=zone.today(),
            wishes=wishes,
            remembered=remembered,
            own_province=own_province,
            progress=told,
        )

    def write(reports: Sequence[Report]) -> None:
        if options.errors:
            with _writing(options.errors) as into:
                write_errors(into, content, path.name, reports, wishes, remembered)

    if not options.dry_run:
        return _store(options, path.name, content, wishes, result, write)
    unchanged = compared(result)
    write(result.reports)
    if options.json:
        print(to_json(result.told(), indent=2).decode())
    else:
        print("\n".join(_lines(result, unchanged)))
    return 0


def _writing(name: str) -> IO[bytes]:
    try:
        return Path(name).open("wb")
    except OSError as error:
        raise Refused("file", _("Không ghi được tệp %s.") % name) from error


def _register() -> tuple[Callable[[Result], int | None], Remembered | None, str]:
    """What holds a file against the register, the columns remembered, and whose province this is.
    On a machine with no installation there is none of them, and a dry run tells of the file
    alone."""
    try:
        start_installed()
    except Refused:
        return lambda _result: None, None, ""
    from ocop.core.options import PROVINCE
    from ocop.recognition import importing, imports

    return importing.hold_against_register, imports.remembered_columns, PROVINCE.get()


def _store(
    options: argparse.Namespace,
    name: str,
    content: bytes,
    wishes: Wishes,
    result: Result,
    write: Callable[[Sequence[Report]], None],
) -> int:
    from django.utils import timezone

    from ocop.core.actor import SYSTEM
    from ocop.recognition import importing, imports

    try:
        batch = importing.import_file(
            actor=SYSTEM,
            content=content,
            filename=name,
            wishes=wishes,
            result=result,
            skip_bad=options.skip_bad,
            publish=options.publish,
            at=timezone.now(),
        )
    except Refused as refusal:
        if refusal.code not in ("bad_rows", "nothing_new"):
            raise
        unchanged = importing.hold_against_register(result)
        write(result.reports)  # these are the rows that the refusal tells to mend
        if refusal.code == "bad_rows" or not unchanged:
            raise
        facts = _nothing_new(result, unchanged) | _published(options, content, result)
        if "published_before" in facts:
            facts["state"] = "published"
        _tell(options, facts)
        return 0
    _tell(
        options,
        {
            "batch": batch.pk,
            "rows": batch.rows,
            "accepted": batch.accepted,
            "rejected": batch.rejected,
            "unchanged": batch.unchanged,
            "state": batch.state,
            **(_published(options, content, result) if options.publish else {}),
        },
    )
    write(imports.reports_of(batch))
    return 0


def _published(options: argparse.Namespace, content: bytes, result: Result) -> dict[str, object]:
    """Rows that were loaded before and not published. With `--publish` the import of this very
    file is published; of others, which hold more than this file, the numbers are told."""
    from django.utils import timezone

    from ocop.core.actor import SYSTEM
    from ocop.recognition import importing, imports

    digest = hashlib.sha256(content).hexdigest()
    done, waiting = [], []
    for batch in imports.not_published(SYSTEM, result):
        if options.publish and batch.attachment.sha256 == digest:
            importing.publish_import(actor=SYSTEM, batch=batch, at=timezone.now())
            done.append(batch.pk)
        else:
            waiting.append(batch.pk)
    return {
        **({"published_before": done} if done else {}),
        **({"not_published": waiting} if waiting else {}),
    }


def _nothing_new(result: Result, unchanged: int) -> dict[str, object]:
    """What is told of a file that the register holds already: a command may be repeated, as by a
    timetable, and nothing is stored then."""
    return {
        "batch": None,
        "rows": result.rows,
        "accepted": 0,
        "rejected": len(result.rejected),
        "unchanged": unchanged,
        "state": "unchanged",
    }


def _tell(options: argparse.Namespace, facts: dict[str, object]) -> None:
    if options.json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print(
            _("Đã nhập %(accepted)d trên %(rows)d dòng; %(unchanged)d dòng đã có từ trước.") % facts
        )
        if facts["state"] == "loaded":
            print(
                _(
                    "Chưa công bố: các dòng này chưa hiện với mọi người và chưa tính vào số liệu. "
                    "Để công bố, chạy lại lệnh này với --publish, hoặc mở Nhập dữ liệu, chọn lần "
                    "nhập số %s rồi bấm Công bố."
                )
                % facts["batch"]
            )
        sentences = {
            "published_before": _("Đã công bố lần nhập số %s, nạp từ trước bằng chính tệp này."),
            "not_published": _(
                "Có dòng thuộc lần nhập số %s, đã nạp mà chưa công bố. Hãy mở Nhập dữ liệu, chọn "
                "lần nhập đó rồi bấm Công bố."
            ),
        }
        for name, sentence in sentences.items():
            if numbers := facts.get(name):
                print(sentence % ", ".join(map(str, cast("list[int]", numbers))))


class _bar:  # noqa: N801 - reads as what it shows
    """A progress bar on a terminal; nothing elsewhere."""

    def __enter__(self) -> "_bar":
        console = Console(stderr=True)
        self.progress = Progress(console=console, disable=not console.is_terminal)
        self.progress.start()
        self.task = self.progress.add_task(_("Đọc các dòng"), total=None)
        return self

    def __call__(self, rows: int) -> None:
        self.progress.update(self.task, completed=rows)

    def __exit__(self, *_error: object) -> None:
        self.progress.stop()


def _mapping(given: list[str]) -> Iterator[tuple[Field, str]]:
    for pair in given:
        name, equals, column = pair.partition("=")
        if not equals or name not in list(Field):
            known = ", ".join(Field)
            raise Refused(
                "map",
                _("Không hiểu “%(pair)s”. Hãy viết TRƯỜNG=CỘT, trường là một trong: %(known)s.")
                % {"pair": pair, "known": known},
            )
        yield Field(name), column


def _lines(result: Result, unchanged: int | None) -> Iterator[str]:
    yield _("Trang “%(table)s”: %(rows)d dòng, nhận %(accepted)d, chưa nhận %(rejected)d.") % {
        "table": result.table,
        "rows": result.rows,
        "accepted": len(result.accepted),
        "rejected": len(result.rejected),
    }
    if not result.rows:
        yield _("  Dưới dòng tiêu đề không có dòng dữ liệu nào. Hãy kiểm tra tệp hoặc trang tính.")
    if unchanged:
        yield _("  %d dòng đã có trong sổ đăng ký.") % unchanged
    counted = Counter(_kind(report) for report in result.reports)
    for kind, count in counted.most_common():
        example = next(report for report in result.reports if _kind(report) == kind)
        yield _("  %(count)d × dòng %(row)d, %(field)s: %(message)s") % {
            "count": count,
            "row": example.row,
            "field": example.label,
            "message": example.message,
        }


def _kind(report: Report) -> tuple[str, str]:
    """What is told once, with how often: of the file's columns each by itself."""
    return report.code, "" if report.field else report.label
