"""`ocop print-stamps`: a file of stamps of an order, written here with a progress bar."""

import argparse
import shutil
from pathlib import Path

from ocop.commands._framework import start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused

SUMMARY = N_("Tạo tệp in tem của một đơn: tờ A4, cuộn, SVG, PNG, danh sách cho nhà in, mã ẩn.")
_KINDS = ("a4", "roll", "svg", "png", "csv", "hidden")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("order", help=_("mã đơn đặt tem"))
    parser.add_argument("output", type=Path, help=_("tệp hoặc thư mục để ghi"))
    parser.add_argument("--kind", choices=_KINDS, default="a4", help=_("loại tệp"))
    parser.add_argument("--places", default="", help=_("tem số, ví dụ 1-800; để trống là mọi tem"))
    parser.add_argument("--module", type=float, default=0.4, help=_("cạnh một ô của mã, mm"))
    parser.add_argument(
        "--words", action="append", help=_("dòng chữ dưới mã; ghi hai lần cho hai dòng")
    )


def run(options: argparse.Namespace) -> int:
    """Write the file; for hidden codes say the password, too."""
    start_installed()
    from django.utils import timezone
    from rich.console import Console
    from rich.progress import Progress

    from ocop.core.actor import SYSTEM
    from ocop.core.jobs.files import JobState
    from ocop.traceability import jobs, stamp_keys, stamp_lists, stamp_queries
    from ocop.traceability.models import StampOrder
    from ocop.traceability.print_layouts import Layout
    from ocop.traceability.services import printing
    from ocop.traceability.stamp_options import WORDS

    order = StampOrder.objects.filter(code=options.order.lower()).first()
    if order is None:
        raise Refused("order_unknown", _("Không có đơn đặt tem %s.") % options.order)
    if order.first is None:
        raise Refused("order_without_numbers", _("Đơn chưa được duyệt nên chưa có tem."))
    whole = stamp_queries.span_of(order)
    spans = [whole]
    if options.places:
        version = stamp_queries.key_of(order).version
        spans = stamp_lists.read(options.places, whole, version, stamp_keys.reader())
    if len(spans) != 1:
        raise Refused("print_places", _("Hãy ghi một khoảng liền nhau, ví dụ 1-800."))
    words = options.words or [order.item.product.name, WORDS.get()]
    layout = Layout(module=options.module, words=tuple(words[:2]))
    wish = printing.Wish(options.kind, spans[0], layout)
    made = printing.ask_print(actor=SYSTEM, order=order, wish=wish, at=timezone.now())
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(_("Tạo tệp in"), total=made.pieces)
        if made.state != JobState.READY:
            made = jobs.make_now(made, lambda done: bar.update(task, completed=done))
    into = options.output / made.name if options.output.is_dir() else options.output
    try:
        with made.file.open("rb") as source, open(into, "wb") as target:
            shutil.copyfileobj(source, target)
    except OSError as error:
        raise Refused("file", _("Không ghi được tệp %s.") % into) from error
    print(_("Đã ghi %(count)d tem vào %(file)s.") % {"count": made.pieces, "file": into})
    if options.kind == "hidden":
        told = printing.tell_password(actor=SYSTEM, made=made, at=timezone.now())
        print(_("Mật khẩu của tệp: %s") % told)
    return 0
