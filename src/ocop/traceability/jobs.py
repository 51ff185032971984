"""Files of stamps as jobs: asked for by a person, made by the worker, with signs of life."""

from datetime import datetime
from typing import IO

from django.utils import timezone
from django_tasks import task

from ocop.core import folding, options
from ocop.core.actor import SYSTEM, Actor
from ocop.core.jobs import files
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.traceability import print_files, print_layouts, stamp_keys
from ocop.traceability.intervals import Span
from ocop.traceability.models import PrintKind, StampOrder, StampPrint
from ocop.traceability.services import printing
from ocop.traceability.stamp_queries import address_of, key_of, old, span_of

_ENDINGS = {
    PrintKind.A4: "pdf",
    PrintKind.ROLL: "pdf",
    PrintKind.SVG: "zip",
    PrintKind.PNG: "zip",
    PrintKind.CSV: "csv",
    PrintKind.HIDDEN: "zip",
}
MEDIA_TYPES = {"pdf": "application/pdf", "zip": "application/zip", "csv": "text/csv"}


def ask_print(*, actor: Actor, order: StampOrder, wish: printing.Wish, at: datetime) -> StampPrint:
    """Ask for a file of stamps; the worker makes it unless it is there or being made."""
    asked = printing.ask_print(actor=actor, order=order, wish=wish, at=at)
    return files.hand_over(asked, work.enqueue)


@task()
def work(key: int, run: int) -> None:
    """The worker's side."""
    rows = StampPrint.objects.select_related(
        "order__item__product__producer", "order__key", "asked_by"
    )
    files.work(rows, key, run, _make, _give_up)


def make_now(made: StampPrint, tell: print_files.Tell) -> StampPrint:
    """Make a file that was asked for in this process, for who waits at a terminal. Refused: it
    cannot be made, and the row says why."""
    files.begin_work(StampPrint.objects.filter(pk=made.pk, run=made.run))
    made.refresh_from_db()
    try:
        _make(made, tell)
    except Refused as refused:
        _give_up(made, refused.message)
        raise
    made.refresh_from_db()
    return made


def resume_silent(*, at: datetime) -> int:
    """Begin again what ended with its machine, or give it up; gives back how many were begun."""
    return files.resume(
        StampPrint.objects.all(),
        at=at,
        begin=work.enqueue,
        again=lambda made: printing.make_print_again(actor=SYSTEM, made=made, at=at),
        give_up=_give_up,
    )


def forget_old(*, at: datetime) -> int:
    """Remove the files that are not kept any longer."""
    return printing.forget_prints(actor=SYSTEM, at=at) if old(at).exists() else 0


def name_of(made: StampPrint) -> str:
    """A plain name for the file: what, of which order, of which places."""
    stem = "-".join(folding.tokens(made.order.item.product.name))[:40]
    first = made.first - span_of(made.order).first + 1
    what = "ma-an" if made.kind == PrintKind.HIDDEN else f"tem-{made.kind}"
    places = f"{first}-{first + made.count - 1}"
    return f"{what}-{made.order.code}-{places}-{stem}.{_ENDINGS[PrintKind(made.kind)]}"


def put(made: StampPrint, into: IO[bytes], tell: print_files.Tell) -> None:
    """Write the file of a job, or of `ocop print-stamps`. Refused: as in `services.printing`."""
    order, layout = made.order, print_layouts.kept(made.layout)
    wish = printing.Wish(made.kind, Span(made.first, made.count), layout)
    numbers = printing.printable(order, wish)
    printing.expect_room(order, wish)
    version = key_of(order).version
    address, level = address_of(order.item), printing.level_of(order)
    key = stamp_keys.serial_key(version)
    job = print_files.Job(key, tuple(numbers), span_of(order).first, address, level)
    if made.kind in (PrintKind.A4, PrintKind.ROLL):
        roll = made.kind == PrintKind.ROLL
        grid = (print_layouts.label if roll else print_layouts.sheet)(layout, address, level)
        print_files.pdf(into, job, grid, layout.words, _foot(made, short=roll), tell)
    elif made.kind == PrintKind.SVG:
        print_files.svgs(into, job, layout.module, tell)
    elif made.kind == PrintKind.PNG:
        print_files.pngs(into, job, layout.module, tell)
    elif made.kind == PrintKind.CSV:
        print_files.csv(into, job, tell)
    else:
        secret = stamp_keys.hidden_secret(version)
        word = print_files.password(secret, made.code)
        print_files.hidden_codes(into, job, secret, word, made.asked_at, tell)


def _foot(made: StampPrint, *, short: bool) -> str:
    """What stands at the end of a sheet; on a label only that it is a sample, if it is one."""
    parts = []
    if options.DEMONSTRATION.get():
        parts.append(_("MẪU, KHÔNG DÁN") if short else _("DỮ LIỆU MẪU – KHÔNG DÁN LÊN HÀNG"))
    if not short:
        order = made.order
        first = made.first - span_of(order).first + 1
        last = first + made.count - 1
        places = _("tem %(first)s–%(last)s") % {
            "first": write_number(first),
            "last": write_number(last),
        }
        parts += [order.item.product.name, order.item.name, order.code.upper(), places]
    return " · ".join(parts)


def _give_up(made: StampPrint, failure: str) -> None:
    printing.give_up_print(actor=SYSTEM, made=made, failure=failure, at=timezone.now())


def _make(made: StampPrint, tell: print_files.Tell | None = None) -> None:
    name, beat = name_of(made), files.heartbeat(made)

    def told(done: int) -> None:
        beat(done)
        if tell is not None:
            tell(done)

    def keep(file: str, size: int) -> None:
        result = printing.Made(file, name, size)
        printing.keep_print(actor=SYSTEM, made=made, result=result, at=timezone.now())

    ending = name.rpartition(".")[2]
    files.store(made, "stamps", ending, lambda into: put(made, into, told), keep)
