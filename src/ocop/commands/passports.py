"""`ocop passports`: digital passports for national systems, of one lot, one sales unit or all."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from ocop.commands._framework import start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused

SUMMARY = N_("Xuất hộ chiếu số của các lô cho hệ thống quốc gia.")
KINDS = ("json", "csv", "jsonld")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose passports, and into what."""
    parser.add_argument("--kind", default="json", choices=KINDS, help=_("loại tệp"))
    parser.add_argument("--producer", default="", help=_("mã chủ thể"))
    parser.add_argument("--item", default="", help=_("mã quy cách"))
    parser.add_argument("--lot", default="", help=_("mã lô"))
    parser.add_argument("--output", default="-", help=_("tệp để ghi, - là màn hình"))


def run(options: argparse.Namespace) -> int:
    """Write them while they are read; the first line of a file may be read at once."""
    start_installed()
    from ocop.traceability.passport_writing import write_all, write_one

    if options.lot:
        parts: Iterable[str] = [write_one(_of_lot(options.lot), options.kind)]
    else:
        parts = write_all(_counted(_items(options)), options.kind)
    if options.output == "-":
        sys.stdout.writelines(parts)
        return 0
    try:
        with Path(options.output).open("w", encoding="utf-8", newline="") as into:
            into.writelines(parts)
    except OSError as error:
        raise Refused("file", _("Không ghi được tệp %s.") % options.output) from error
    return 0


def _of_lot(code: str) -> Any:
    from ocop.traceability import passports
    from ocop.traceability.models import Lot

    lot = Lot.objects.select_related("item__product__producer__commune").filter(code=code).first()
    if lot is None:
        raise Refused("lot", _("Không có lô mang mã “%s”.") % code)
    return passports.passport_of(lot.item, lot)


def _items(options: argparse.Namespace) -> Any:
    """The sales units that are meant. Refused: none."""
    from ocop.traceability.models import TradeItem

    rows = TradeItem.objects.all()
    if options.producer:
        rows = rows.filter(product__producer__code=options.producer)
    if options.item:
        rows = rows.filter(code=options.item)
    if not rows.exists():
        raise Refused("items", _("Không có quy cách nào như vậy."))
    return rows


def _counted(items: Any) -> Iterator[Any]:
    """The passports, with a bar where somebody looks on."""
    from ocop.traceability import passports

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(_("Xuất hộ chiếu số"), total=None)
        for told in passports.all_passports(items):
            progress.advance(task)
            yield told
