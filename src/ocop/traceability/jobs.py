"""Files of stamps as jobs: asked for by a person, made by the worker, with signs of life."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from io import SEEK_END
from tempfile import TemporaryFile
from typing import IO

from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from ocop.core import folding, language, options
from ocop.core.actor import SYSTEM, Actor
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.traceability import print_files, print_layouts, stamp_keys
from ocop.traceability.intervals import Span
from ocop.traceability.models import PrintKind, PrintState, StampOrder, StampPrint
from ocop.traceability.services import printing
from ocop.traceability.stamp_queries import address_of, key_of, old, silent, span_of

RUNS = 3  # a job that ends with its machine so often is not begun again by itself
_BEAT = timedelta(seconds=1)
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
    if asked.state == PrintState.WAITING:
        transaction.on_commit(partial(work.enqueue, asked.pk, asked.run))
    return asked


@task()
def work(key: int, run: int) -> None:
    """The worker's side. Asked for twice, or by a run that is not the last, it does nothing."""
    same = StampPrint.objects.filter(pk=key, run=run)
    if not same.filter(state=PrintState.WAITING).update(
        state=PrintState.WORKING, seen_at=timezone.now()
    ):
        return
    made = same.select_related("order__item__product__producer", "order__key", "asked_by").get()
    with translation.override(made.language), language.using(made.language):
        failure = _(
            "Lỗi ở phía chúng tôi. Hãy yêu cầu tạo lại; nếu vẫn lỗi, báo quản trị hệ thống."
        )
        try:
            _make(made)
            failure = ""
        except printing.Superseded:
            failure = ""
        except Refused as refused:
            failure = refused.message
        finally:
            if failure:
                printing.give_up_print(actor=SYSTEM, made=made, failure=failure, at=timezone.now())


def make_now(made: StampPrint, tell: print_files.Tell) -> StampPrint:
    """Make a file that was asked for in this process, for who waits at a terminal. Refused: it
    cannot be made, and the row says why."""
    StampPrint.objects.filter(pk=made.pk, run=made.run).update(
        state=PrintState.WORKING, seen_at=timezone.now()
    )
    made.refresh_from_db()
    try:
        _make(made, tell)
    except Refused as refused:
        printing.give_up_print(actor=SYSTEM, made=made, failure=refused.message, at=timezone.now())
        raise
    made.refresh_from_db()
    return made


def resume_silent(*, at: datetime) -> int:
    """Begin again what ended with its machine, or give it up; gives back how many were begun."""
    begun = 0
    for made in silent(at):
        if made.run >= RUNS:
            with language.using(made.language):
                words = _("Việc tạo tệp bị ngắt nhiều lần. Hãy báo quản trị hệ thống.")
            printing.give_up_print(actor=SYSTEM, made=made, failure=words, at=at)
            continue
        again = printing.make_print_again(actor=SYSTEM, made=made, at=at)
        transaction.on_commit(partial(work.enqueue, again.pk, again.run))
        begun += 1
    return begun


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
        parts.append(_("DỮ LIỆU MẪU") if short else _("DỮ LIỆU MẪU – KHÔNG DÁN LÊN HÀNG"))
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


def _make(made: StampPrint, tell: print_files.Tell | None = None) -> None:
    name, storage = name_of(made), made.file.storage
    beat = _heartbeat(made)

    def told(done: int) -> None:
        beat(done)
        if tell is not None:
            tell(done)

    with TemporaryFile() as into:
        put(made, into, told)
        size = into.seek(0, SEEK_END)
        into.seek(0)
        ending = name.rpartition(".")[2]
        kept = storage.save(f"stamps/{made.code}-{made.run}.{ending}", File(into))
    stored = False
    try:
        printing.keep_print(
            actor=SYSTEM, made=made, result=printing.Made(kept, name, size), at=timezone.now()
        )
        stored = True
    finally:
        if not stored:
            storage.delete(kept)


def _heartbeat(made: StampPrint) -> Callable[[int], None]:
    """Tells the page how far it is, once a second at most; ends a run that is not the last."""
    last = timezone.now()

    def beat(done: int) -> None:
        nonlocal last
        now = timezone.now()
        if now - last < _BEAT:
            return
        last = now
        running = StampPrint.objects.filter(pk=made.pk, run=made.run, state=PrintState.WORKING)
        if not running.update(done=done, seen_at=now):
            raise printing.Superseded

    return beat
